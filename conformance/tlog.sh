#!/usr/bin/env bash
# Has logs that coseal writes judged by another implementation, golang.org/x/mod (Debian: golang-go and
# golang-golang-x-mod-dev). See README.md.
#   tlog.sh                      a log of 700 entries and copies of it with something wrong, and a store that coseal wrote
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

# What the program itself writes: three runs, pushed after the first and after the last.
(cd "$here/.." && cargo build --quiet --locked -p coseal)
target="$(cd "$here/.." && cargo metadata --format-version 1 --no-deps --locked | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')"
coseal() {
  env -i HOME="$work/home" COSEAL_STORE="$work/store" COSEAL_SEEN="$work/seen" COSEAL_KEY="$work/key" \
    "$target/debug/coseal" "$@"
}
example="$here/../examples/support-bot"
coseal evidence key new "$work/key" >"$work/said"
mkdir "$work/copy"
for run in 1 2 3; do
  coseal check "$example" --record --fail-on never >"$work/said"
  [ "$run" = 2 ] || coseal evidence push "$work/copy" >"$work/said"
  if [ "$run" = 1 ]; then cp -r "$work/copy" "$work/once"; fi
done
written=("$work"/store/logs/*/*) pushed=("$work"/copy/logs/*/*) once=("$work"/once/logs/*/*)
key="$(cat "${written[0]}/key")"
proofs=()
coseal evidence list --in "$example" --last 3 | awk 'NR % 40 == 1 { print $1 }' >"$work/ids"
[ "$(wc -l <"$work/ids")" -ge 5 ] || { echo "there are fewer than five records"; exit 1; }
while read -r id; do
  coseal evidence prove "$id" --in "$example" >"$work/$id.tlog-proof"
  coseal evidence show "$id" --in "$example" --envelope >"$work/$id.entry"
  proofs+=(--proof "$work/$id.tlog-proof" --entry "$work/$id.entry")
done <"$work/ids"
older=(--older "${once[0]}/checkpoint")
expect 0 "coseal's store" "${written[0]}" "$key" "${older[@]}" "${proofs[@]}"
expect 0 "its copy in a folder" "${pushed[0]}" "$key" "${older[@]}" "${proofs[@]}"
expect 0 "the copy of one run" "${once[0]}" "$key"
expect 1 "that, rolled back to" "${once[0]}" "$key" --older "${pushed[0]}/checkpoint"
expect 1 "a proof of another record" "${pushed[0]}" "$key" "${proofs[@]:0:3}" "${proofs[7]}"
entries=("${pushed[0]}"/tile/entries/000)
size=$(stat -c %s "${entries[0]}")
printf '\377' | dd of="${entries[0]}" bs=1 seek=$((size / 2)) conv=notrunc status=none
expect 1 "one byte edited" "${pushed[0]}" "$key"
exit "$failed"
