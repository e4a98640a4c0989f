#!/usr/bin/env bash
# Builds the doors (packaging/README.md) and walks through each. Needs Python 3.9 with venv, PyPI, Node with npm; root for the empty root of the container.
# What is missing is said in one line each and ends with 3, unless all doors were tried.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
cd "$root"
: "${CARGO_TARGET_DIR:=$root/target}"
export CARGO_TARGET_DIR
target=$(rustc -vV | sed -n 's/^host: //p')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
missing=0
skip() { echo "skipped: $1"; missing=3; }
fail() { echo "failed: $1"; exit 1; }
hostile=$root/examples/support-bot/models/intent.pkl

# A model file that is harmless: eight bytes of length, a header, two numbers.
header='{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}  '
{ printf "$(printf '\\x%02x' ${#header})\0\0\0\0\0\0\0%s" "$header"; printf '\0\0\200\077\0\0\0\100'; } > "$work/model.safetensors"

# The command in "$@" has to find the example's model file hostile and the other one clean.
try() {
  local code=0
  "$@" scan "$work/model.safetensors" > "$work/out" || fail "$* did not find a clean file clean"
  grep -q 'clean' "$work/out" || fail "$* does not say that it is clean"
  "$@" scan "$hostile" > "$work/out" || code=$?
  [ "$code" = 1 ] || fail "$* ended with $code on a file that runs code"
  echo "  scan through it says: $(head -1 "$work/out")"
}

python=${PYTHON:-python3}
if "$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
  echo "wheel"
  "$python" -m venv "$work/tools"
  "$work/tools/bin/pip" install --quiet --disable-pip-version-check 'maturin==1.16.0' 'uv==0.13.9' 'pre-commit==4.7.0' 'check-jsonschema==0.39.0' 2>"$work/err" || { cat "$work/err"; fail "the tools can't be installed"; }
  PATH=$work/tools/bin:$PATH maturin build --release --locked --quiet --out "$work/wheels" >/dev/null
  wheel=$(echo "$work"/wheels/*.whl)
  echo "  $(basename "$wheel"), $(stat -c %s "$wheel") bytes"
  "$python" -m venv "$work/clean"
  "$work/clean/bin/pip" install --quiet --disable-pip-version-check --no-index "$wheel"
  try "$work/clean/bin/coseal"
  try "$work/tools/bin/uvx" --offline --no-index --quiet --from "$wheel" coseal

  echo "action"
  "$work/tools/bin/check-jsonschema" --builtin-schema vendor.github-actions action.yml >/dev/null || fail "action.yml is not valid"
  code=0
  : > "$work/summary"
  PATH=$work/clean/bin:$PATH COSEAL_ACTION_PATH=examples/support-bot COSEAL_ACTION_SARIF=$work/coseal.sarif GITHUB_STEP_SUMMARY=$work/summary GITHUB_OUTPUT=$work/output \
    bash packaging/action/run.sh || code=$?
  [ "$code" = 1 ] && grep -q '^exit-code=1$' "$work/output" && grep -q '"2.1.0"' "$work/coseal.sarif" || fail "the action's script ended with $code"
  [ -s "$work/summary" ] || fail "the action wrote no summary"
  echo "  ends as the check, writes SARIF of $(stat -c %s "$work/coseal.sarif") bytes and a summary of $(stat -c %s "$work/summary")"

  echo "pre-commit"
  "$work/tools/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
  mkdir "$work/project"
  cp "$hostile" "$work/project/intent.pkl"
  cp "$work/model.safetensors" "$work/project/"
  git -C "$work/project" init --quiet
  git -C "$work/project" add .
  code=0
  (cd "$work/project" && PRE_COMMIT_HOME=$work/cache "$work/tools/bin/pre-commit" try-repo "$root" coseal-scan --files intent.pkl model.safetensors) > "$work/out" 2>&1 || code=$?
  [ "$code" = 1 ] && grep -q 'intent.pkl' "$work/out" || { cat "$work/out"; fail "the hook ended with $code"; }
  (cd "$work/project" && PRE_COMMIT_HOME=$work/cache "$work/tools/bin/pre-commit" try-repo "$root" coseal-scan --files model.safetensors) > "$work/out" 2>&1 || { cat "$work/out"; fail "the hook stops what is clean"; }
  echo "  stops a hostile file, lets a clean one pass"
else
  skip "no Python 3.9 with venv: wheel, action and hooks are not tried"
fi

echo "static binary"
RUSTFLAGS="-C target-feature=+crt-static" cargo build --quiet --release --locked -p coseal --target "$target"
static=$CARGO_TARGET_DIR/$target/release/coseal
! ldd "$static" 2>/dev/null | grep -q '=>' || fail "the binary is not static"
mkdir -p "$work/image/data"
install -m 0555 "$static" "$work/image/coseal"
cp "$hostile" "$work/image/data/intent.pkl"
chmod -R a+rX "$work" "$work/image"
if [ "$(id -u)" = 0 ] && command -v chroot >/dev/null; then
  code=0
  chroot --userspec=65532:65532 "$work/image" /coseal scan /data/intent.pkl > "$work/out" || code=$?
  [ "$code" = 1 ] || { cat "$work/out"; fail "in an empty root it ended with $code"; }
  echo "  in an empty root, as nobody: $(head -1 "$work/out")"
else
  skip "not root: the static binary is not tried in an empty root"
fi
if command -v docker >/dev/null && docker info >/dev/null 2>&1; then
  docker build --quiet -t coseal-doors . >/dev/null
  code=0
  docker run --rm --network none --read-only -v "$root/examples/support-bot:/data:ro" coseal-doors scan models/intent.pkl || code=$?
  [ "$code" = 1 ] || fail "the container ended with $code"
else
  echo "  no docker here: the image itself is not built, its binary is built by the same command"
fi

if command -v npm >/dev/null; then
  echo "npm"
  platform=$(node -p 'process.platform + "-" + process.arch')
  packaging/npm/pack.sh "$work/npm" "$platform=$static" >/dev/null
  mkdir "$work/node"
  # From the two packages alone: the wrapper's other platforms are optional, and none is asked of a registry.
  (cd "$work/node" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund --offline --omit=optional "$work"/npm/coseal-"$platform"-*.tgz "$work"/npm/coseal-[0-9]*.tgz)
  try "$work/node/node_modules/.bin/coseal"
else
  skip "no npm: its packages are not tried"
fi
exit "$missing"
