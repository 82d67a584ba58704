#!/bin/sh
# Makes an apt repository of the packages that a fresh Debian would fetch for the ones that are named.
#   packages.sh ROOT FOLDER PACKAGE...      ROOT is a copy that may be thrown away; FOLDER is made
# This computer's settings of apt are used, so that mirrors and proxies work.
set -eu
root=$1 folder=$2
shift 2
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
for file in /etc/apt/apt.conf.d/*; do
  grep -q -i -E 'proxy|verify' "$file" && cp "$file" "$root/etc/apt/apt.conf.d/"
done
inside() { chroot "$root" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
inside apt-get update -qq
inside apt-get clean
inside apt-get install -qq --yes --download-only --no-install-recommends "$@"
mkdir "$folder"
mv "$root"/var/cache/apt/archives/*.deb "$folder"
cd "$folder"
dpkg-scanpackages . /dev/null > Packages 2> /dev/null
