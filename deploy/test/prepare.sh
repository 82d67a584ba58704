#!/bin/bash
# Makes what is tried in fresh Debians, of the program as it is built in dist:
#   prepare.sh FOLDER
#     pressel.deb pressel-node.deb   the packages
#     next.deb                       the package of a later version, with another sample configuration
#     release/                       an unpacked release, with install.sh
#     node/                          a mirror of nodejs.org with the one archive that install.sh wants
#     update/VERSION/                releases for "pressel update": one that works, and three that do not
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
arch=$(dpkg --print-architecture)
cpu=${arch/amd64/x64}
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
next=99.0.0
work=$(mktemp -d "${TMPDIR:-/var/tmp}/pressel-prepare.XXXXXX")
trap 'rm -rf "$work"' EXIT

DPKG_DEB_COMPRESSOR_TYPE=gzip sh "$root/deploy/package-deb/build.sh" --arch "$arch" --with-node --out "$work/debs"
mv "$work"/debs/pressel_*.deb "$out/pressel.deb"
mv "$work"/debs/pressel-node_*.deb "$out/pressel-node.deb"
sh "$root/deploy/package-deb/release.sh" --arch "$arch" --out "$work/releases"
mkdir -p "$out/release"
tar -xzf "$work"/releases/pressel-*.tar.gz -C "$out/release" --strip-components=1

dpkg-deb -R "$out/pressel.deb" "$work/next"
mv "$work/next/opt/pressel/versions/$version" "$work/next/opt/pressel/versions/$next"
ln -sfn "versions/$next" "$work/next/opt/pressel/current"
sed -i "s/$version/$next/" "$work/next/opt/pressel/versions/$next/package.json" "$work/next/DEBIAN/control"
echo '# A later sample.' >> "$work/next/etc/pressel/config.toml"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/next" "$out/next.deb" > /dev/null

# What the official archive looks like, made of the package's Node.
node_version=$(sed -n 's/^NODE_VERSION=//p' "$root/deploy/install.sh")
name=node-v$node_version-linux-$cpu
dpkg-deb -x "$out/pressel-node.deb" "$work/node"
mkdir -p "$out/node/v$node_version"
mv "$work/node/opt/pressel/node" "$work/$name"
tar -C "$work" -cf - "$name" | xz -0 > "$out/node/v$node_version/$name.tar.xz"
(cd "$out/node/v$node_version" && sha256sum "$name.tar.xz" > SHASUMS256.txt)

release() { # VERSION FOLDER_OF_IT
  mkdir -p "$out/update/$1"
  local file=$out/update/$1/pressel.tar.gz
  tar -C "$2" --transform "s,^\.,pressel-$1," -cf - . | gzip -1n > "$file"
  cat > "$out/update/$1/release.json" <<JSON
{ "version": "$1", "minimumNode": "20.19.0", "notes": "- What is new in $1.",
  "archives": { "$cpu": { "file": "pressel.tar.gz", "bytes": $(stat -c %s "$file"),
    "sha256": "$(sha256sum "$file" | cut -d' ' -f1)", "unpackedBytes": $(du -sB1 "$2" | cut -f1) } } }
JSON
}
release $next "$work/next/opt/pressel/versions/$next"

# What answers when it is asked for its version, and then goes wrong.
broken() { # VERSION WHAT_IT_DOES_INSTEAD_OF_RUNNING
  local folder=$work/broken-$1
  mkdir "$folder"
  cp -a "$out/release/deploy" "$folder/"
  sed "s/\"version\": \"$version\"/\"version\": \"$1\"/" "$out/release/package.json" > "$folder/package.json"
  # It says its version and has its models, as "pressel update" asks for both before it switches.
  printf '#!/bin/sh\ncase $1 in --version) exec echo %s ;; models) exit ;; esac\n%s\n' "$1" "$2" > "$folder/deploy/pressel"
  release "$1" "$folder"
}
broken 99.1.0 'exit 1'
broken 99.2.0 'exec sleep 1h'
# It is ready, and has ended.
broken 99.3.0 'exec systemd-notify --ready'
