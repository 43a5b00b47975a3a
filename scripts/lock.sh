#!/usr/bin/env bash
# Writes requirements/base.txt, dev.txt, bench.txt and train.txt: every package pinned and hashed, no address of an index in them.
# Run with the oldest Python we support, so that what it picks exists for the newer ones too.
set -euo pipefail

venv=$1
cd "$(dirname "$0")/.."

if [ "$("$venv/bin/python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "3.11" ]; then
  echo "The locks are made with Python 3.11: rm -rf $venv && make lock PYTHON=python3.11" >&2
  exit 1
fi

compile() {
  CUSTOM_COMPILE_COMMAND="make lock" "$venv/bin/pip-compile" --quiet --upgrade --all-build-deps \
    --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe \
    pyproject.toml "$@" 2> >(grep -v 'is ignored: it is neither' >&2)
}
compile --output-file requirements/base.txt
compile --extra dev --constraint requirements/base.txt --output-file requirements/dev.txt
compile --extra dev --extra bench --constraint requirements/dev.txt --output-file requirements/bench.txt
compile --extra train --constraint requirements/base.txt --output-file requirements/train.txt

if grep -nE '://|^-|@ ' requirements/base.txt requirements/dev.txt requirements/bench.txt requirements/train.txt; then
  echo "An address or an option got into a lock; see the lines above." >&2
  exit 1
fi
