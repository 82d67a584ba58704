#!/bin/sh
# Makes what "pressel update" reads, of the program as it is built in dist (npm run build):
#   release.sh [--arch arm64|amd64]... [--key PRIVATE.pem] [--out FOLDER]
# FOLDER (dist-release unless given) then holds pressel-VERSION-linux-ARCH.tar.gz for each architecture (without --arch:
# arm64), release.json and, with --key, release.json.sig. Put all of them beside each other on a web server or a USB stick.
#
#   release.json      { "version", "minimumNode", "notes", "archives": { "arm64"|"x64": { "file", "bytes", "sha256", "unpackedBytes" } } }
#   release.json.sig  the Ed25519 signature (RFC 8032) of the bytes of release.json, in base64
#   archive           tar.gz of one folder: the program with the packages it needs
#
# A key:         openssl genpkey -algorithm ed25519 -out private.pem
# Its public half for update.public_key:
#                openssl pkey -in private.pem -pubout -outform DER | tail -c 32 | base64
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
archs=''
key=''
out=$root/dist-release
while [ $# -gt 0 ]; do
  case $1 in
    --arch) archs="$archs $2"; shift 2 ;;
    --key) key=$2; shift 2 ;;
    --out) mkdir -p "$2"; out=$(cd "$2" && pwd); shift 2 ;;
    *) echo "release: unknown option $1" >&2; exit 2 ;;
  esac
done
[ -n "$archs" ] || archs=arm64
mkdir -p "$out"
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
: "${SOURCE_DATE_EPOCH:=$(git -C "$root" log -1 --format=%ct 2> /dev/null || date +%s)}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

: > "$work/archives"
for arch in $archs; do
  name=pressel-$version
  sh "$here/stage.sh" "$arch" "$work/$arch/$name"
  cpu=$(echo "$arch" | sed s/amd64/x64/)
  file=$name-linux-$cpu.tar.gz
  tar -C "$work/$arch" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$name" |
    gzip -9n > "$out/$file"
  printf '%s %s %s %s %s\n' "$cpu" "$file" "$(stat -c %s "$out/$file")" "$(sha256sum "$out/$file" | cut -d' ' -f1)" \
    "$(du -sB1 "$work/$arch" | cut -f1)" >> "$work/archives"
  rm -rf "${work:?}/$arch"
  echo "$out/$file  $(du -h --apparent-size "$out/$file" | cut -f1)"
done
node "$here/releaseJson.mjs" "$root" "$work/archives" > "$out/release.json"
if [ -n "$key" ]; then
  openssl pkeyutl -sign -rawin -inkey "$key" -in "$out/release.json" | base64 -w0 > "$out/release.json.sig"
fi
