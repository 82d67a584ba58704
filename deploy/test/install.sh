#!/bin/bash
# Tries both ways to install in a fresh Debian, from the first byte to the last: the Debian packages and install.sh.
# Needs root, mmdebstrap (apt) and some 3 GB; takes minutes. Not part of "npm test".
#   install.sh [--suite trixie|bookworm]... [--keep]
# This computer's settings of apt and npm are used in the fresh system too, so that mirrors and proxies work there.
# What is quoted is for the shell inside.
# shellcheck disable=SC2016
set -euo pipefail
umask 022
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
suites=()
keep=no
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suites+=("$2"); shift 2 ;;
    --keep) keep=yes; shift ;;
    *) echo "install.sh: unknown option $1" >&2; exit 2 ;;
  esac
done
[ ${#suites[@]} -gt 0 ] || suites=(trixie bookworm)
[ "$(id -u)" = 0 ] || { echo 'skipped: this needs to be root' >&2; exit 0; }
command -v mmdebstrap > /dev/null || { echo 'skipped: mmdebstrap is missing (apt install mmdebstrap)' >&2; exit 0; }
[ -f "$root/dist/src/cli/main.js" ] || { echo 'Nothing is built: npm ci && npm run build' >&2; exit 1; }

work=$(mktemp -d "${TMPDIR:-/tmp}/pressel-install.XXXXXX")
fresh=''
cleanup() {
  [ -z "$fresh" ] || umount "$fresh/proc" 2> /dev/null || true
  if [ "$keep" = yes ]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap cleanup EXIT

passed=0
ok() { passed=$((passed + 1)); echo "ok $passed - $*"; }
# Everything that is checked has to hold; what does not says so and ends the run.
check() { # WHAT COMMAND...
  local what=$1
  shift
  if "$@" > "$work/output" 2>&1; then ok "$what"; else echo "not ok - $what: $*"; cat "$work/output"; exit 1; fi
}
refused() { # WHAT PATTERN COMMAND...
  local what=$1 pattern=$2
  shift 2
  if "$@" > "$work/output" 2>&1; then echo "not ok - $what: it was not refused"; exit 1; fi
  if grep -q -e "$pattern" "$work/output"; then ok "$what"; else echo "not ok - $what: says something else"; cat "$work/output"; exit 1; fi
}
inside() { chroot "$fresh" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive sh -c "$1"; }
is() { [ "$(inside "$1")" = "$2" ] || { echo "expected: $2"; echo "found:    $(inside "$1")"; return 1; }; }

# What is to be installed: this version, and the same program with the next number.
arch=$(dpkg --print-architecture)
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
next=99.0.0
echo "# packages of $version and $next for $arch"
DPKG_DEB_COMPRESSOR_TYPE=gzip "$root/deploy/package-deb/build.sh" --arch "$arch" --with-node --out "$work/debs"
"$root/deploy/package-deb/release.sh" --arch "$arch" --out "$work/releases"
mkdir "$work/$version" "$work/next"
tar -xzf "$work"/releases/pressel-*.tar.gz -C "$work/$version" --strip-components=1
cp -a "$work/$version" "$work/$next"
sed -i "s/\"version\": \"$version\"/\"version\": \"$next\"/" "$work/$next/package.json"
# The next package, with a sample configuration of its own, made of this one.
dpkg-deb -R "$work"/debs/pressel_*.deb "$work/next"
mv "$work/next/opt/pressel/versions/$version" "$work/next/opt/pressel/versions/$next"
ln -sfn "versions/$next" "$work/next/opt/pressel/current"
sed -i "s/$version/$next/" "$work/next/opt/pressel/versions/$next/package.json" "$work/next/DEBIAN/control"
echo '# A later sample.' >> "$work/next/etc/pressel/config.toml"
dpkg-deb --root-owner-group -Zgzip -z1 -b "$work/next" "$work/debs/next.deb" > /dev/null
# And its release for "pressel update", and one that does not start.
release() { # VERSION FOLDER
  mkdir -p "$2"
  tar -C "$work" -czf "$2/pressel.tar.gz" "$1"
  cat > "$2/release.json" <<JSON
{ "version": "$1", "minimumNode": "20.19.0", "notes": "- What is new.",
  "archives": { "${arch/amd64/x64}": { "file": "pressel.tar.gz", "bytes": $(stat -c %s "$2/pressel.tar.gz"),
    "sha256": "$(sha256sum "$2/pressel.tar.gz" | cut -d' ' -f1)", "unpackedBytes": 200000000 } } }
JSON
}
release "$next" "$work/update"

state_of_system() { # every file outside of what changes by itself
  inside "find / -xdev \( -path /proc -o -path /tmp -o -path /var/cache -o -path /var/log -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /root -o -path /run \) -prune -o ! -type d -print" | sort
}

for suite in "${suites[@]}"; do
  echo "# a fresh $suite"
  fresh=$work/$suite
  mmdebstrap --quiet --variant=minbase --include=systemd,systemd-sysv,udev,dbus,ca-certificates "$suite" "$fresh"
  cp /etc/resolv.conf "$fresh/etc/resolv.conf"
  for file in /etc/apt/apt.conf.d/*; do
    grep -q -i -E 'proxy|verify|check-' "$file" && cp "$file" "$fresh/etc/apt/apt.conf.d/"
  done
  [ ! -f ~/.npmrc ] || cp ~/.npmrc "$fresh/root/.npmrc"
  # No service is started here; nobody would run it.
  printf '#!/bin/sh\nexit 101\n' > "$fresh/usr/sbin/policy-rc.d"
  chmod +x "$fresh/usr/sbin/policy-rc.d"
  mount -t proc proc "$fresh/proc"
  inside 'apt-get update -qq'

  echo "# $suite: the Debian package"
  cp "$work"/debs/*.deb "$fresh/tmp/"
  node=''
  if [ "$suite" = bookworm ]; then
    refused 'a Node that is too old is refused' 'pressel-node\|nodejs' inside "apt-get install -y -qq --no-install-recommends /tmp/pressel_${version}_$arch.deb"
    node=$(cd "$fresh" && echo tmp/pressel-node_*.deb)
  fi
  check 'it installs' inside "apt-get install -y -qq --no-install-recommends /tmp/pressel_${version}_$arch.deb ${node:+/$node}"
  check 'the command answers' is 'pressel --version' "$version"
  check 'the user has its groups' is 'id -nG pressel | tr " " "\n" | sort | xargs' 'audio gpio input pressel spi'
  check 'the user cannot log in' is 'getent passwd pressel | cut -d: -f6,7' '/var/lib/pressel:/usr/sbin/nologin'
  check 'the state is its own' is 'stat -c "%U:%G %a" /var/lib/pressel' 'pressel:pressel 700'
  check 'the program belongs to root, and nobody else may write it' is 'find /opt/pressel ! -type l \( ! -user root -o -perm /022 \) | head' ''
  check 'the service is enabled' is 'systemctl is-enabled pressel' enabled
  check 'dpkg finds every file as it was packed' is 'dpkg --verify pressel' ''
  check 'the service user speaks' inside 'cd /tmp && runuser -u pressel -- pressel say "Good morning." --out /tmp/said.wav && test -s /tmp/said.wav && rm /tmp/said.wav'
  refused 'update is left to apt' 'apt install' inside 'pressel update --check'
  inside 'sed -i "s/^# voice = .*/voice = \"flite:slt\"/" /etc/pressel/config.toml; runuser -u pressel -- touch /var/lib/pressel/kept'
  check 'it installs once more over itself' inside "dpkg --force-confold -i /tmp/pressel_${version}_$arch.deb"
  check 'it is upgraded' inside 'dpkg --force-confold -i /tmp/next.deb'
  check 'the new version is the one that runs' is 'pressel --version' "$next"
  check 'the old version is gone' is 'ls /opt/pressel/versions' "$next"
  check 'the owner'"'"'s configuration is kept, the new sample is beside it' is 'grep -c "^voice = .flite:slt" /etc/pressel/config.toml; ls /etc/pressel' "$(printf '1\nconfig.toml\nconfig.toml.dpkg-dist\nskills.d')"
  check 'it is removed' inside 'apt-get remove -y -qq pressel'
  check 'configuration and state stay' inside 'test -e /etc/pressel/config.toml -a -e /var/lib/pressel/kept -a ! -e /usr/bin/pressel'
  check 'it comes back' inside 'dpkg --force-confold -i /tmp/next.deb'
  check 'it is purged' inside 'apt-get purge -y -qq pressel'
  check 'nothing of it is left' is 'find / -xdev -path /proc -prune -o -path /tmp -prune -o -path /var/log -prune -o -iname "*pressel*" ! -path "*/pressel-node*" ! -path /opt/pressel -print; getent passwd pressel; getent group pressel' ''
  [ -z "$node" ] || check 'and neither of its Node' inside 'apt-get purge -y -qq pressel-node && test ! -e /opt/pressel'

  echo "# $suite: install.sh"
  cp -a "$work/$version" "$fresh/root/release"
  cp -a "$work/update" "$fresh/root/update"
  options=''
  if [ "$suite" = bookworm ]; then
    # What the official archive looks like, made of the package's Node.
    case $arch in amd64) cpu=x64 ;; *) cpu=$arch ;; esac
    dpkg-deb -x "$work"/debs/pressel-node_*.deb "$work/node"
    mkdir -p "$work/official"
    mv "$work/node/opt/pressel/node" "$work/official/node-linux-$cpu"
    tar -C "$work/official" -cf - "node-linux-$cpu" | xz -0 > "$fresh/root/node.tar.xz"
    options='--node /root/node.tar.xz'
  fi
  before=$(state_of_system)
  check 'a dry run lists commands' inside "/root/release/deploy/install.sh --dry-run $options"
  [ "$before" = "$(state_of_system)" ] && ok 'and changes nothing'
  refused 'not without root' 'sudo' inside 'chmod 755 /root; runuser -u nobody -- /root/release/deploy/install.sh'
  refused 'not on a 32-bit system' '32-bit' inside 'mkdir -p /tmp/fake && printf "#!/bin/sh\necho armhf\n" > /tmp/fake/dpkg && chmod +x /tmp/fake/dpkg && PATH=/tmp/fake:$PATH /root/release/deploy/install.sh'
  refused 'not on an old system' 'too old' inside 'cp -L /etc/os-release /tmp/os; rm /etc/os-release; sed "s/^VERSION_ID=.*/VERSION_ID=11/" /tmp/os > /etc/os-release; /root/release/deploy/install.sh; r=$?; ln -sf ../usr/lib/os-release /etc/os-release; exit $r'
  refused 'not on a full disk' 'MB free' inside 'printf "#!/bin/sh\necho Avail; echo 12\n" > /tmp/fake/df && chmod +x /tmp/fake/df && rm /tmp/fake/dpkg && PATH=/tmp/fake:$PATH /root/release/deploy/install.sh'
  refused 'not twice at once' 'under way' inside 'mkdir -p /opt/pressel; flock /opt/pressel/update.lock /root/release/deploy/install.sh'
  refused 'not over somebody else'"'"'s folder' 'has not made it' inside 'touch /opt/pressel/theirs; /root/release/deploy/install.sh; r=$?; rm -r /opt/pressel; exit $r'
  refused 'not over somebody else'"'"'s command' 'something else' inside 'touch /usr/local/bin/pressel; /root/release/deploy/install.sh; r=$?; rm /usr/local/bin/pressel; exit $r'
  check 'it installs' inside "/root/release/deploy/install.sh --yes $options"
  check 'the command answers' is 'pressel --version' "$version"
  check 'the user has its groups' is 'id -nG pressel | tr " " "\n" | sort | xargs' 'audio gpio input pressel spi'
  check 'the state is its own' is 'stat -c "%U:%G %a" /var/lib/pressel' 'pressel:pressel 700'
  check 'the service is enabled' is 'systemctl is-enabled pressel' enabled
  check 'the service user speaks' inside 'cd /tmp && runuser -u pressel -- pressel say "Good morning." --out /tmp/said.wav && test -s /tmp/said.wav && rm /tmp/said.wav'
  inside 'sed -i "s/^# voice = .*/voice = \"flite:slt\"/" /etc/pressel/config.toml; runuser -u pressel -- touch /var/lib/pressel/kept'
  once=$(state_of_system)
  check 'it installs once more' inside "/root/release/deploy/install.sh --yes $options"
  [ "$once" = "$(state_of_system)" ] && ok 'and changes nothing more'
  refused 'the Debian package is refused beside it' 'install.sh --uninstall' inside 'dpkg -i /tmp/next.deb'
  check 'dpkg has forgotten that' inside 'dpkg --purge --force-all pressel; pressel --version'
  check 'an update switches to the next version' inside 'pressel update --from /root/update'
  check 'which is the one that runs' is 'pressel --version' "$next"
  check 'two versions are kept' is 'ls /opt/pressel/versions | xargs' "$version $next"
  check 'the way back' inside 'pressel update --rollback'
  check 'leads to the version before' is 'pressel --version' "$version"
  check 'a Pressel that runs says what it did' inside 'pressel update --check --from /root/update --json | grep -q "\"newer\": true"'
  check 'it is uninstalled' inside '/root/release/deploy/install.sh --uninstall'
  check 'configuration and state stay' inside 'grep -q "^voice = .flite:slt" /etc/pressel/config.toml && test -e /var/lib/pressel/kept -a ! -e /opt/pressel -a ! -e /usr/local/bin/pressel'
  check 'it is purged' inside '/root/release/deploy/install.sh --uninstall --purge'
  check 'nothing of it is left' is 'find / -xdev -path /proc -prune -o -path /tmp -prune -o -path /root -prune -o -iname "*pressel*" -print; getent passwd pressel; getent group pressel' ''
  umount "$fresh/proc"
  [ "$keep" = yes ] || rm -rf "$fresh"
  fresh=''
done
echo "# all $passed checks hold"
