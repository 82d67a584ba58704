#!/bin/sh
# Builds the Debian packages of the program as it is built in dist (npm run build).
#   build.sh [--arch arm64|amd64]... [--with-node] [--out FOLDER]
# Makes FOLDER/pressel_VERSION_ARCH.deb and, with --with-node, FOLDER/pressel-node_VERSION_ARCH.deb for systems whose own
# Node is too old. Without --arch: arm64. FOLDER is dist-deb unless given.
#
# dpkg-deb on a staged tree is Debian's own way to make a package, is on every machine that can install one, and does the
# same for any architecture; debhelper would bring a build in Debian's way for a program that npm has built already.
# DEBFULLNAME and DEBEMAIL name who publishes the packages. The same sources and SOURCE_DATE_EPOCH (unset: the time of the last commit) make the same file, byte for byte.
set -eu
umask 022
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
archs=''
with_node=no
out=$root/dist-deb
while [ $# -gt 0 ]; do
  case $1 in
    --arch) archs="$archs $2"; shift 2 ;;
    --with-node) with_node=yes; shift ;;
    --out) mkdir -p "$2"; out=$(cd "$2" && pwd); shift 2 ;;
    *) echo "build: unknown option $1" >&2; exit 2 ;;
  esac
done
[ -n "$archs" ] || archs=arm64
command -v dpkg-deb > /dev/null || { echo "build: dpkg-deb is missing: apt install dpkg" >&2; exit 1; }
for file in pressel pressel.service pressel-models.service pressel.sysusers 60-pressel.rules pressel.polkit.rules; do
  file=deploy/$file
  [ -f "$root/$file" ] || { echo "build: $file is missing" >&2; exit 1; }
done
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
# What Debian sorts before the version that it comes before.
debian_version=$(echo "$version" | tr - '~')
: "${SOURCE_DATE_EPOCH:=$(git -C "$root" log -1 --format=%ct 2> /dev/null || date +%s)}"
export SOURCE_DATE_EPOCH
maintainer="${DEBFULLNAME:-The Pressel authors} <${DEBEMAIL:-pressel@localhost}>"
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Completes a tree that has DEBIAN/control with what the tree itself tells, and packs it.
pack() { # TREE NAME_OF_THE_FILE
  size=$(du -sk --apparent-size "$1" | cut -f1)
  echo "Installed-Size: $size" >> "$1/DEBIAN/control"
  (cd "$1" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums)
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Z"${DPKG_DEB_COMPRESSOR_TYPE:-xz}" --build "$1" "$out/$2" > /dev/null
  echo "$out/$2  $(du -h --apparent-size "$out/$2" | cut -f1), installed $((size / 1024)) MB"
}

# copyright, changelog and the reasons for what lintian does not like, where Debian wants them.
document() { # TREE PACKAGE
  doc=$1/usr/share/doc/$2
  install -d "$doc" "$1/usr/share/lintian/overrides"
  install -m 644 "$here/$2.copyright" "$doc/copyright"
  install -m 644 "$here/$2.lintian-overrides" "$1/usr/share/lintian/overrides/$2"
  printf '%s (%s) stable; urgency=medium\n\n  * See /opt/pressel/current/CHANGELOG.md.\n\n -- %s  %s\n' \
    "$2" "$debian_version" "$maintainer" "$(date -R -u -d "@$SOURCE_DATE_EPOCH")" |
    gzip -9n > "$doc/changelog.gz"
  chmod 644 "$doc/changelog.gz"
}

build_pressel() { # ARCH
  tree=$work/pressel-$1
  program=$tree/opt/pressel/versions/$version
  install -d "$tree/DEBIAN" "$tree/opt/pressel/versions" "$tree/usr/bin" "$tree/etc/pressel/skills.d" \
    "$tree/usr/lib/systemd/system" "$tree/usr/lib/sysusers.d" "$tree/usr/lib/udev/rules.d" \
    "$tree/usr/share/polkit-1/rules.d"
  sh "$here/stage.sh" "$1" "$program"
  ln -s "versions/$version" "$tree/opt/pressel/current"
  ln -s /opt/pressel/current/deploy/pressel "$tree/usr/bin/pressel"
  install -m 644 "$root/deploy/config.toml" "$tree/etc/pressel/config.toml"
  install -m 644 "$root/deploy/pressel.service" "$root/deploy/pressel-models.service" "$tree/usr/lib/systemd/system/"
  install -m 644 "$root/deploy/pressel.sysusers" "$tree/usr/lib/sysusers.d/pressel.conf"
  install -m 644 "$root/deploy/60-pressel.rules" "$tree/usr/lib/udev/rules.d/"
  install -m 644 "$root/deploy/pressel.polkit.rules" "$tree/usr/share/polkit-1/rules.d/60-pressel.rules"
  document "$tree" pressel
  sed -e "s/@VERSION@/$debian_version/" -e "s/@ARCH@/$1/" -e "s/@MAINTAINER@/$maintainer/" "$here/pressel.control" > "$tree/DEBIAN/control"
  echo /etc/pressel/config.toml > "$tree/DEBIAN/conffiles"
  for script in preinst postinst prerm postrm; do
    install -m 755 "$here/pressel.$script" "$tree/DEBIAN/$script"
  done
  pack "$tree" "pressel_${debian_version}_$1.deb"
}

build_node() { # ARCH
  tree=$work/node-$1
  install -d "$tree/DEBIAN" "$tree/opt/pressel"
  sh "$here/fetch-node.sh" "$1" "$tree/opt/pressel/node"
  document "$tree" pressel-node
  node_version=$(sed -n 's/^NODE_VERSION=//p' "$here/node-version")
  sed -e "s/@VERSION@/$node_version/" -e "s/@ARCH@/$1/" -e "s/@MAINTAINER@/$maintainer/" "$here/pressel-node.control" > "$tree/DEBIAN/control"
  install -m 755 "$here/pressel-node.postrm" "$tree/DEBIAN/postrm"
  pack "$tree" "pressel-node_${node_version}_$1.deb"
}

for arch in $archs; do
  build_pressel "$arch"
  [ "$with_node" = no ] || build_node "$arch"
done
