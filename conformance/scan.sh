#!/usr/bin/env bash
# Measures `coseal scan` on the development corpus, and on models that scikit-learn, NumPy and joblib write here and now: see scan.py.
#
#     conformance/scan.sh COSEAL
#
# Needs Python 3.11 or newer and PyPI. Environment and corpus are kept in $COSEAL_CONFORMANCE_CACHE, outside of the tree.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
coseal=$(realpath "$1")
cache=${COSEAL_CONFORMANCE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coseal-conformance}
pins=$here/corpus/environments/sklearn-current.txt
environment=$cache/scan-$(sha256sum "$pins" | cut -c1-16)
mkdir -p "$cache"
files=$(mktemp -d "$cache/corpus.XXXXXX")
trap 'rm -rf "$files"' EXIT

if [ ! -e "$environment/ready" ]; then
  rm -rf "$environment"
  "${PYTHON:-python3}" -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --only-binary=:all: --requirement "$pins"
  touch "$environment/ready"
fi
cd "$here"
echo "the development corpus"
"$environment/bin/python" -m corpus make --out "$files/made"
"$environment/bin/python" scan.py "$coseal" "$files/made" --missed
echo "written anew by scikit-learn, NumPy and joblib"
"$environment/bin/python" -W ignore -m corpus benign --environment sklearn-current --out "$files/anew" >/dev/null
"$environment/bin/python" scan.py "$coseal" "$files/anew" --missed
