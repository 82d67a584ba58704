#!/bin/sh
# Removes the parts of node_modules that are for other platforms than one: this machine's, or the one that is named.
# onnxruntime-node brings its library for five of them in one package (about 290 MB); one is enough to run. "npm ci"
# brings them back.
#   prune-platforms.sh [FOLDER_OF_NODE_MODULES [arm64|x64]]
set -eu
modules=${1:-"$(dirname "$0")/../node_modules"}
machine=${2:-$(uname -m)}
case "$machine" in
  aarch64 | arm64) arch=arm64 ;;
  x86_64 | x64) arch=x64 ;;
  *) echo "prune-platforms: no library for $machine is known; nothing was removed" >&2; exit 1 ;;
esac
before=$(du -sm "$modules" | cut -f1)
for folder in "$modules"/onnxruntime-node/bin/napi-v*/*/*; do
  [ "$folder" = "${folder%/linux/"$arch"}" ] && rm -rf "$folder"
done
rm -rf "$modules"/@koromix/koffi-linux-*/musl_*
echo "node_modules: $before MB before, $(du -sm "$modules" | cut -f1) MB now"
