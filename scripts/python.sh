#!/usr/bin/env bash
# Prints the first Python on the path that Ebbtide runs on (3.11 to 3.13), or says what is missing.
set -euo pipefail

fits='import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
  if command -v "$name" >/dev/null && "$name" -c "$fits" 2>/dev/null; then
    command -v "$name"
    exit 0
  fi
done

{
  echo "Ebbtide needs Python 3.11, 3.12 or 3.13 and found none of them on the path."
  echo "Found: $(python3 --version 2>&1 | head -n 1)."
  echo "Install one of them, or name it: make demo PYTHON=/path/to/python3.12"
} >&2
exit 1
