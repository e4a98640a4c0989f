#!/usr/bin/env bash
# Packs the npm packages: packaging/npm/pack.sh OUT PLATFORM=BINARY...
# PLATFORM is node's: linux-x64, linux-arm64, darwin-x64, darwin-arm64, win32-x64. The version is the workspace's.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -ge 2 ] || { echo "usage: pack.sh OUT PLATFORM=BINARY..." >&2; exit 2; }
out=$1
shift
mkdir -p "$out"
out=$(cd "$out" && pwd)
version=$(awk -F'"' '/^\[workspace.package\]/{inside=1} inside&&/^version/{print $2;exit}' "$root/Cargo.toml")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

pack() { (cd "$1" && npm pack --silent --pack-destination "$out"); }

for pair in "$@"; do
  platform=${pair%%=*} binary=${pair#*=}
  name=coseal
  [ "${platform%-*}" = win32 ] && name=coseal.exe
  mkdir -p "$work/$platform"
  install -m 0755 "$binary" "$work/$platform/$name"
  cp "$root/LICENSE" "$work/$platform/"
  cat > "$work/$platform/package.json" <<JSON
{
  "name": "@coseal/$platform",
  "version": "$version",
  "description": "The binary of coseal for $platform",
  "license": "Apache-2.0",
  "repository": { "type": "git", "url": "git+https://github.com/coseal/coseal.git" },
  "os": ["${platform%-*}"],
  "cpu": ["${platform#*-}"],
  "files": ["$name", "LICENSE"]
}
JSON
  pack "$work/$platform"
done

mkdir "$work/coseal"
cp "$here/coseal.js" "$root/README.md" "$root/LICENSE" "$work/coseal/"
sed "s/\"0\.0\.0\"/\"$version\"/" "$here/package.json" > "$work/coseal/package.json"
pack "$work/coseal"
