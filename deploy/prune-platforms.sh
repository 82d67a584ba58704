#!/bin/sh
# Removes the parts of node_modules that are for other platforms than this machine's. onnxruntime-node brings its library
# for five of them in one package (about 290 MB); one is enough to run. "npm ci" brings them back.
set -eu
cd "$(dirname "$0")/.."
case "$(uname -m)" in
  aarch64) arch=arm64 ;;
  x86_64) arch=x64 ;;
  *) echo "prune-platforms: no library for $(uname -m) is known; nothing was removed" >&2; exit 1 ;;
esac
before=$(du -sm node_modules | cut -f1)
for folder in node_modules/onnxruntime-node/bin/napi-v*/*/*; do
  [ "$folder" = "${folder%/linux/$arch}" ] && rm -rf "$folder"
done
echo "node_modules: $before MB before, $(du -sm node_modules | cut -f1) MB now"
