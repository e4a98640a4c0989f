#!/usr/bin/env bash
# What the GitHub Action does: installs coseal unless it is there, judges, writes SARIF and a summary, and ends as the check ended.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
path=${COSEAL_ACTION_PATH:-.}
sarif=${COSEAL_ACTION_SARIF:-coseal.sarif}

if ! command -v coseal >/dev/null; then
  version=${COSEAL_ACTION_VERSION:-}
  if [ -z "$version" ]; then
    version=$(awk -F'"' '/^\[workspace.package\]/{inside=1} inside&&/^version/{print $2;exit}' "$here/../../Cargo.toml")
  fi
  environment=${RUNNER_TEMP:-$(mktemp -d)}/coseal
  python3 -m venv "$environment"
  "$environment/bin/pip" install --quiet --disable-pip-version-check --only-binary=:all: "coseal==$version"
  PATH=$environment/bin:$PATH
fi

arguments=(--fail-on "${COSEAL_ACTION_FAIL_ON:-medium}")
[ -n "${COSEAL_ACTION_GATE:-}" ] && arguments+=(--gate "$COSEAL_ACTION_GATE")
[ -n "${COSEAL_ACTION_BASELINE:-}" ] && arguments+=(--baseline "$COSEAL_ACTION_BASELINE")

code=0
coseal check --quiet --format sarif "${arguments[@]}" -- "$path" > "$sarif" || code=$?
if [ "${COSEAL_ACTION_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  coseal report --format markdown --output - -- "$path" >> "$GITHUB_STEP_SUMMARY" || true
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  { echo "sarif=$sarif"; echo "exit-code=$code"; } >> "$GITHUB_OUTPUT"
fi
exit "$code"
