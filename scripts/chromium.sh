#!/usr/bin/env bash
# Makes Chromium available for the browser tests, through the system's package manager where it may.
# Never fails: where it cannot, those tests are reported as not run (and fail when CI=true).
set -uo pipefail

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then exit 0; fi
done

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    echo "No Chromium, and no right to install one: the browser tests will be reported as not run." >&2
    echo "To run them: install the package chromium, then make test." >&2
    exit 0
  fi
  as_root=(sudo -n)
fi

if ! command -v apt-get >/dev/null; then
  echo "No Chromium, and no apt-get to install it with: the browser tests will be reported as not run." >&2
  exit 0
fi

echo "Installing Chromium for the browser tests …"
export DEBIAN_FRONTEND=noninteractive
fetch() { "${as_root[@]}" apt-get install --yes --quiet --no-install-recommends chromium >/dev/null 2>&1; }
if ! { fetch || { "${as_root[@]}" apt-get update --quiet >/dev/null 2>&1 && fetch; }; }; then
  echo "Chromium could not be installed: the browser tests will be reported as not run." >&2
fi
exit 0
