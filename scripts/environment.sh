#!/usr/bin/env bash
# environment.sh VENV LOCK: creates VENV where it is missing, then installs LOCK and Ebbtide itself.
# Only what the lock names is fetched, checked against its hashes; nothing is resolved here.
set -euo pipefail

venv=$1
lock=$2
here=$(cd "$(dirname "$0")/.." && pwd)

if [ ! -x "$venv/bin/python" ]; then
  python=$("$here/scripts/python.sh")
  if ! "$python" -m venv "$venv"; then
    rm -rf "$venv"
    echo "The environment could not be created. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
  fi
fi

install() { "$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input "$@"; }

echo "Installing $lock …"
install --require-hashes --requirement "$here/$lock"
install --no-deps --no-build-isolation --editable "$here"
