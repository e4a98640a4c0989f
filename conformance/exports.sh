#!/usr/bin/env bash
# Validates what coseal exports by the formats' own schemas: see exports.py for its arguments.
# Needs Python 3.11 or newer and PyPI. The environment is kept in $COSEAL_CONFORMANCE_CACHE, outside of the tree.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${COSEAL_CONFORMANCE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coseal-conformance}
wanted=$(sha256sum "$here/exports.requirements.txt" "$here/exports.sh" | sha256sum | cut -c1-16)
environment=$cache/exports-$wanted

if [ ! -e "$environment/ready" ]; then
  rm -rf "$environment"
  mkdir -p "$cache"
  "${PYTHON:-python3}" -m venv "$environment"
  install=("$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps --only-binary=:all:)
  "${install[@]}" --requirement "$here/exports.requirements.txt"
  # It asks for 3.12 and is plain Python that 3.11 runs as well; hashed, for it is taken against its own word.
  "${install[@]}" --ignore-requires-python --require-hashes --requirement /dev/stdin <<<"oscal-validate==0.5.0 --hash=sha256:ff3a2649bc4c2cdb428a6e765c5015c555312cda7bf1e784959f3d3f6aa16d98"
  touch "$environment/ready"
fi
exec "$environment/bin/python" "$here/exports.py" "$@"
