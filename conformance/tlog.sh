#!/usr/bin/env bash
# Has logs that coseal writes judged by another implementation, golang.org/x/mod (Debian: golang-go and
# golang-golang-x-mod-dev). See README.md.
#   tlog.sh                      a log of 700 entries and copies of it with something wrong, made here
#   tlog.sh LOGDIR VKEY [OPTION…]  any log; the options are those of the judge
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

GO111MODULE=off GOPATH="${COSEAL_GOPATH:-/usr/share/gocode}" GOCACHE="$work/cache" GOFLAGS= \
  go build -o "$work/judge" "$here/tlog/judge.go"

if [ $# -gt 0 ]; then exec "$work/judge" "$@"; fi

(cd "$here/.." && cargo run --quiet --locked -p coseal-sign --example log_folder -- "$work/logs")
key="$(cat "$work/logs/vkey")"
failed=0
expect() {
  local want="$1" name="$2" said code=0
  shift 2
  said="$("$work/judge" "$@")" || code=$?
  printf '%-28s %s\n' "$name" "$said"
  if [ "$code" -ne "$want" ]; then echo "  expected exit $want, not $code"; failed=1; fi
}
proofs=()
for proof in "$work"/logs/proofs/*.tlog-proof; do
  proofs+=(--proof "$proof" --entry "${proof%.tlog-proof}.entry")
done
[ "${#proofs[@]}" -ge 20 ] || { echo "there are fewer than five proofs"; exit 1; }
older=(--older "$work/logs/older")

expect 0 good "$work/logs/good" "$key" "${older[@]}" "${proofs[@]}"
for size in "$work"/logs/sizes/*; do expect 0 "size $(basename "$size")" "$size" "$key"; done
for bad in "$work"/logs/bad/*; do expect 1 "$(basename "$bad")" "$bad" "$key" "${older[@]}"; done
for proof in "$work"/logs/bad-proofs/*.tlog-proof; do
  expect 1 "$(basename "$proof")" "$work/logs/good" "$key" --proof "$proof" --entry "${proof%.tlog-proof}.entry"
done
exit "$failed"
