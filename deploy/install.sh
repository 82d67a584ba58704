#!/bin/sh
# Installs Pressel on Raspberry Pi OS (64-bit) or Debian, 12 or newer. Run it again to bring in a newer version or to mend
# an installation; configuration and state are never overwritten.
#
#   sudo deploy/install.sh [--dry-run] [--yes] [--node FILE] [--no-start]
#   sudo deploy/install.sh --uninstall [--purge]
#
#   --dry-run     print every command that would be run, and change nothing
#   --yes         do not ask before apt-get installs packages
#   --node FILE   the official Node.js archive (node-vVERSION-linux-ARCH.tar.xz), fetched elsewhere: for use without Internet
#   --no-start    install and enable the service, but do not start it
#   --uninstall   remove the program, the service and the command; configuration and state stay
#   --purge       with --uninstall: remove configuration (/etc/pressel), state (/var/lib/pressel) and the user too
#
# Runs from an unpacked release, or from a checkout of the sources, which it builds as the user whom the checkout belongs to.
# Made: /opt/pressel, /etc/pressel, /var/lib/pressel, /usr/local/bin/pressel, three units in /usr/local/lib/systemd, rules for
# udev and polkit in /etc, the user pressel, and the groups gpio and spi where Debian lacks them. Nothing else is touched.
set -eu
umask 022
# "su" without "-" leaves these out, and dpkg, runuser and userdel are there.
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin

# The packages of the distribution that it needs.
PACKAGES='libportaudio2 alsa-utils ca-certificates'
# The oldest Node that will do, and the one that is brought where the distribution has none such.
MINIMUM_NODE=20.19.0
NODE_VERSION=24.21.0
NODE_DOWNLOADS=${PRESSEL_NODE_MIRROR:-https://nodejs.org/dist}

OPT=/opt/pressel
MARK=$OPT/.installed-by-script
COMMAND=/usr/local/bin/pressel
UNITS='pressel.service pressel-models.service pressel-update.service'
# Each unit is a short file, with all its settings in a drop-in, a link to the file that came with the program: so an update
# brings its units with it. Were the unit itself that link, "systemctl disable" would remove it and "enable" find it no more.
UNIT_FOLDER=/usr/local/lib/systemd/system
DROP_IN=00-program.conf
RULES=/etc/udev/rules.d/60-pressel.rules
# Its folder is polkit's own, with a mode of its own, and no polkit is a reason not to install.
POLKIT_RULES=/etc/polkit-1/rules.d/60-pressel.rules
MEGABYTES_NEEDED=400

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(dirname "$here")
dry=no yes=no start=yes uninstall=no purge=no node_archive=''
work=''

say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

# Shows a command and runs it, unless nothing is to be changed.
run() {
  printf '  %s\n' "$*"
  [ "$dry" = yes ] || "$@"
}

while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry=yes ;;
    --yes) yes=yes ;;
    --no-start) start=no ;;
    --uninstall) uninstall=yes ;;
    --purge) purge=yes ;;
    --node) [ $# -gt 1 ] || fail '--node needs a file'; node_archive=$2; shift ;;
    -h | --help) sed -n '2,/^set -eu/{/^set -eu/d;s/^# \{0,1\}//;p;}' "$0"; exit 0 ;;
    *) printf 'install.sh: unknown option %s (--help shows what is possible)\n' "$1" >&2; exit 2 ;;
  esac
  shift
done
if [ "$purge" = yes ] && [ "$uninstall" = no ]; then
  printf 'install.sh: --purge goes with --uninstall\n' >&2
  exit 2
fi

# --- Is this a computer that it can run on, and may we? ---

systemd_runs() { [ -d /run/systemd/system ]; }

demand_system() {
  command -v dpkg > /dev/null || fail 'This is neither Raspberry Pi OS nor Debian: dpkg is missing.'
  arch=$(dpkg --print-architecture)
  case $arch in
    arm64 | amd64) ;;
    armhf | armel)
      fail "This is a 32-bit system ($arch), even if its kernel has 64 bits: the speech models need a 64-bit one. Write Raspberry Pi OS (64-bit) onto the card." ;;
    *) fail "There is no Pressel for $arch, only for arm64 and amd64." ;;
  esac
  # shellcheck source=/dev/null
  . /etc/os-release
  case "${ID:-} ${ID_LIKE:-}" in
    debian* | raspbian* | *debian*) ;;
    *) fail "This is ${PRETTY_NAME:-an unknown system}, neither Raspberry Pi OS nor Debian." ;;
  esac
  case "${ID:-}" in
    debian | raspbian)
      # Testing has no number, and is newer.
      [ "${VERSION_ID:-99}" -ge 12 ] || fail "${PRETTY_NAME:-This system} is too old: Debian 12 (bookworm) or newer is needed." ;;
    *) say "Note: ${PRETTY_NAME:-this system} is not Debian itself. It may work; nobody has tried." ;;
  esac
}

# What is no reason to refuse, and good to know before.
advise() {
  memory=$(($(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo) / 1024))
  [ "$memory" -ge 1500 ] ||
    say "Note: With $memory MB of memory there is no room for a language model beside it: let Ollama run on another computer (llm.url)."
  [ "$(date +%Y)" -ge 2025 ] ||
    say "Note: The clock says $(date +%F). Downloads fail until it is right: timedatectl"
}

demand_root() {
  [ "$(id -u)" = 0 ] && return
  [ "$dry" = yes ] && { say 'Note: without --dry-run this needs root: sudo deploy/install.sh'; return; }
  fail 'This needs to be root. Run: sudo deploy/install.sh'
}

# What lies where ours is to lie, and is not ours, stays.
demand_own() {
  if dpkg-query -W -f '${Status}' pressel 2> /dev/null | grep -q ' installed$'; then
    fail 'Pressel is installed as a Debian package. Keep that (sudo apt install ./pressel_VERSION_ARCH.deb), or remove it first: sudo apt remove pressel'
  fi
  if [ -e "$OPT" ] && [ ! -e "$MARK" ] && [ -n "$(find "$OPT" -mindepth 1 -maxdepth 1 ! -name node ! -name node.new ! -name update.lock)" ]; then
    fail "$OPT is there already, and this script has not made it. Move it away first."
  fi
  if [ -e "$COMMAND" ] || [ -L "$COMMAND" ]; then
    [ "$(readlink "$COMMAND" || true)" = "$OPT/current/deploy/pressel" ] || fail "$COMMAND is there already and is something else. Move it away first."
  fi
  for unit in $UNITS; do
    # What lies in /etc comes first.
    for file in "$UNIT_FOLDER/$unit" "/etc/systemd/system/$unit"; do
      if [ -e "$file" ] || [ -L "$file" ]; then
        is_own_unit "$file" || fail "$file is there already and is something else. Move it away first."
      fi
    done
  done
}

# The short file, or the link that was the unit in earlier installations.
is_own_unit() { # FILE
  if [ -L "$1" ]; then
    case $(readlink "$1") in "$OPT"/*) return 0 ;; *) return 1 ;; esac
  fi
  [ -f "$1" ] && grep -q -F "# $OPT/current/deploy/" "$1"
}

# One installation or update at a time; "pressel update" takes the same lock.
lock() {
  [ "$dry" = no ] || return 0
  mkdir -p "$OPT" || fail "$OPT cannot be made. Is the disk read-only?"
  # "exec" would end this at once.
  (: >> "$OPT/update.lock") 2> /dev/null || fail "$OPT cannot be written. Is the disk read-only?"
  exec 9>> "$OPT/update.lock"
  flock --nonblock 9 || fail 'Another installation or update of Pressel is under way. Wait for it, then try again.'
}

demand_space() {
  disk=$OPT
  while [ ! -d "$disk" ]; do disk=$(dirname "$disk"); done
  free=$(df --output=avail -m "$disk" | tail -n 1 | tr -d ' ')
  [ "$free" -ge "$MEGABYTES_NEEDED" ] || fail "The disk that holds $OPT has $free MB free; $MEGABYTES_NEEDED MB are needed. Free some space first (sudo apt clean)."
}

# --- Packages and Node ---

# Waits while somebody else has apt's locks: after the first start, Debian looks for updates by itself.
apt_get() {
  printf '  apt-get %s\n' "$*"
  [ "$dry" = no ] || return 0
  tries=60
  until env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive apt-get --quiet --quiet "$@" 2> "$work/apt"; do
    if [ "$tries" = 0 ] || ! grep -q 'Could not get lock' "$work/apt"; then
      cat "$work/apt" >&2
      return 1
    fi
    [ "$tries" -lt 60 ] || { grep 'Could not get lock' "$work/apt"; say 'Waiting for it, 5 minutes at most.'; }
    tries=$((tries - 1))
    sleep 5
  done
  cat "$work/apt" >&2
}

candidate() { LC_ALL=C apt-cache policy "$1" 2> /dev/null | sed -n 's/^ *Candidate: //p'; }

# What the launcher (deploy/pressel) finds without anybody's PATH: the service has none but systemd's.
systems_node() {
  for node in /usr/local/bin/node /usr/bin/node; do
    if node_fits "$node"; then return 0; fi
  done
  return 1
}

node_fits() { # PATH_OF_NODE
  [ -x "$1" ] || return 1
  # The service sees nobody's home: a Node of nvm in there is none for it.
  case $(readlink -f "$1") in /home/* | /root/*) return 1 ;; esac
  found=$("$1" --version 2> /dev/null) || return 1
  dpkg --compare-versions "${found#v}" ge "$MINIMUM_NODE"
}

install_packages() {
  missing=''
  for package in $PACKAGES; do
    dpkg-query -W -f '${Status}' "$package" 2> /dev/null | grep -q ' installed$' || missing="$missing $package"
  done
  own_node=no
  if ! systems_node && ! node_fits "$OPT/node/bin/node"; then
    if [ -z "$node_archive" ] && [ "$dry" = no ]; then
      apt_get update || fail 'The package lists cannot be fetched, for the reason above. Check the Internet connection (or the proxy in /etc/apt), then run this again.'
    fi
    offered=$(candidate nodejs)
    if [ -z "$node_archive" ] && [ -n "$offered" ] && [ "$offered" != '(none)' ] && dpkg --compare-versions "$offered" ge "$MINIMUM_NODE"; then
      # npm fetches the speech models.
      missing="$missing nodejs npm"
    else
      own_node=yes
      missing="$missing xz-utils"
      [ -n "$node_archive" ] || missing="$missing curl"
    fi
  elif ! command -v npm > /dev/null && [ ! -x "$OPT/node/bin/npm" ]; then
    # Debian's Node comes without it.
    missing="$missing npm"
  fi
  if [ -n "$missing" ]; then
    say "Packages to be installed:$missing"
    if [ "$yes" = no ] && [ "$dry" = no ] && [ -t 0 ]; then
      printf 'Go on? [Y/n] '
      read -r answer
      case $answer in '' | y | Y | yes) ;; *) fail 'Nothing was changed.' ;; esac
    fi
    # shellcheck disable=SC2086 # a list of names
    apt_get install --yes --no-install-recommends $missing ||
      { apt_get update && apt_get install --yes --no-install-recommends $missing; } ||
      fail "apt-get could not install:$missing. The reason is above. Check the Internet connection (or the proxy in /etc/apt), or finish what was interrupted (sudo dpkg --configure -a), then run this again."
  fi
  [ "$own_node" = no ] || install_node
}

# The official archive, checked against the list of checksums that is published beside it.
install_node() {
  case $arch in arm64) cpu=arm64 ;; *) cpu=x64 ;; esac
  archive=node-v$NODE_VERSION-linux-$cpu.tar.xz
  say "Node.js $NODE_VERSION, as this system has none of $MINIMUM_NODE or newer:"
  if [ -z "$node_archive" ]; then
    if [ "$dry" = yes ]; then
      run curl -fsSL "$NODE_DOWNLOADS/v$NODE_VERSION/$archive"
    else
      for file in "$archive" SHASUMS256.txt; do
        run curl -fsSL --retry 3 -o "$work/$file" "$NODE_DOWNLOADS/v$NODE_VERSION/$file" ||
          fail "Node.js cannot be fetched from $NODE_DOWNLOADS. Check the Internet connection (behind a proxy: sudo https_proxy=http://HOST:PORT deploy/install.sh), or fetch v$NODE_VERSION/$archive elsewhere and give it with --node."
      done
      (cd "$work" && grep -F "  $archive" SHASUMS256.txt | sha256sum --check --status) ||
        fail "$archive is not what its checksum says. Try again; if it happens again, something on this network changes downloads."
    fi
    node_archive=$work/$archive
  fi
  run rm -rf "$OPT/node.new"
  run mkdir "$OPT/node.new"
  run tar -xJf "$node_archive" -C "$OPT/node.new" --strip-components=1 --no-same-owner ||
    { rm -rf "$OPT/node.new"; fail "$node_archive cannot be unpacked."; }
  if [ "$dry" = no ] && ! node_fits "$OPT/node.new/bin/node"; then
    rm -rf "$OPT/node.new"
    fail "The Node.js of $node_archive does not run here, or is older than $MINIMUM_NODE."
  fi
  run rm -rf "$OPT/node"
  run mv "$OPT/node.new" "$OPT/node"
}

# --- The program ---

# Whether what npm has made is complete and not older than what it was made of, as after "git pull".
is_fresh() { # MADE SOURCES...
  made=$1
  shift
  [ -f "$made" ] && [ -z "$(find "$@" -type f -newer "$made" -print -quit)" ]
}

# A release is complete; a checkout is built by the user whom it belongs to, never by root for somebody else.
find_program() {
  if [ -d "$root/node_modules" ] && [ ! -d "$root/src" ]; then
    program=$root
  elif [ "$dry" = yes ]; then
    program=$root
    say "Built from the sources in $root (npm ci, npm run build) as their owner."
  else
    # The one that was brought comes first: then the system's is too old to build with.
    PATH=$OPT/node/bin:$PATH
    command -v npm > /dev/null || fail 'Building the sources needs npm: sudo apt install npm. A release needs none.'
    owner=$(stat -c %U "$root")
    as_owner() { (cd "$root" && run runuser -u "$owner" -- env PATH="$PATH" "$@"); }
    # npm writes that file when it has brought all.
    is_fresh "$root/node_modules/.package-lock.json" "$root/package-lock.json" || as_owner npm ci
    is_fresh "$root/dist/src/cli/main.js" "$root/src" "$root/hardware" "$root/machines" || as_owner npm run build
    run env TMPDIR="$work" sh "$here/package-deb/stage.sh" "$arch" "$work/program"
    program=$work/program
  fi
  version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$root/package.json")
  [ -n "$version" ] || fail "$root/package.json names no version."
}

install_program() {
  target=$OPT/versions/$version
  if [ "$(readlink -f "$program")" = "$(readlink -f "$target")" ]; then
    say "$target is what is installed."
  elif [ -d "$target" ] && diff --recursive --brief "$program" "$target" > /dev/null 2>&1; then
    say "$target is up to date."
  else
    run touch "$MARK"
    run mkdir -p "$OPT/versions"
    run rm -rf "$target.new" "$target.old"
    run cp -R --no-dereference --preserve=mode,timestamps "$program" "$target.new" || { rm -rf "$target.new"; fail 'The program could not be copied. Is the disk full?'; }
    run chown -R root:root "$target.new"
    # A release that was unpacked by somebody with a strict umask could be read by root alone.
    run chmod -R u=rwX,go=rX "$target.new"
    run sync --file-system "$OPT/versions"
    [ ! -d "$target" ] || run mv "$target" "$target.old"
    run mv "$target.new" "$target"
    run rm -rf "$target.old"
  fi
  before=$(readlink "$OPT/current" || true)
  if [ "$before" != "versions/$version" ]; then
    if [ -n "$before" ] && [ -d "$OPT/$before" ]; then
      run ln -sfn "$before" "$OPT/previous"
    fi
    run ln -sfn "versions/$version" "$OPT/current.new"
    run mv -T "$OPT/current.new" "$OPT/current"
  fi
  run rm -f "$OPT/unproven.json"
  # The version that runs and the one before.
  for folder in "$OPT"/versions/*; do
    [ -d "$folder" ] || continue
    case versions/$(basename "$folder") in
      "versions/$version" | "$(readlink "$OPT/previous" || true)") ;;
      *) run rm -rf "$folder" ;;
    esac
  done
}

install_service() {
  run mkdir -p "$(dirname "$RULES")" "$(dirname "$COMMAND")" /etc/pressel/skills.d
  run systemd-sysusers "$here/pressel.sysusers"
  # What is heard and remembered in a household is nobody else's business.
  run install -d -m 0700 -o pressel -g pressel /var/lib/pressel
  [ -e /etc/pressel/config.toml ] || run install -m 0644 "$here/config.toml" /etc/pressel/config.toml
  run cp "$here/60-pressel.rules" "$RULES"
  [ ! -d "$(dirname "$POLKIT_RULES")" ] || run install -m 0644 "$here/pressel.polkit.rules" "$POLKIT_RULES"
  run ln -sfn "$OPT/current/deploy/pressel" "$COMMAND"
  for unit in $UNITS; do
    { echo "# $OPT/current/deploy/$unit has the rest."; sed -n '/^\[Install\]/,$p' "$here/$unit"; } > "$work/$unit"
    run install -D -m 0644 "$work/$unit" "$UNIT_FOLDER/$unit"
    run mkdir -p "$UNIT_FOLDER/$unit.d"
    run ln -sfn "$OPT/current/deploy/$unit" "$UNIT_FOLDER/$unit.d/$DROP_IN"
    [ ! -L "/etc/systemd/system/$unit" ] || run rm -f "/etc/systemd/system/$unit"
  done
  if [ -S /run/udev/control ]; then
    run udevadm control --reload
    run udevadm trigger --action=add --subsystem-match=gpio --subsystem-match=spidev --subsystem-match=leds
  fi
  ! systemd_runs || run systemctl daemon-reload
  run systemctl --quiet enable pressel.service pressel-update.service
  # None of it is to be empty after a power cut.
  run sync
  if [ "$start" = yes ] && systemd_runs; then
    run systemctl restart --no-block pressel.service
  fi
}

# --- And away again ---

uninstall() {
  if [ ! -e "$MARK" ]; then
    say 'This script has installed no program here.'
  else
    if systemd_runs; then
      run systemctl stop pressel.service pressel-models.service || true
    fi
    run systemctl --quiet disable pressel.service pressel-update.service || true
    for unit in $UNITS; do
      for file in "$UNIT_FOLDER/$unit" "/etc/systemd/system/$unit"; do
        if is_own_unit "$file"; then run rm -f "$file"; fi
      done
      run rm -f "$UNIT_FOLDER/$unit.d/$DROP_IN"
      [ ! -d "$UNIT_FOLDER/$unit.d" ] || run rmdir --ignore-fail-on-non-empty "$UNIT_FOLDER/$unit.d"
    done
    for folder in "$UNIT_FOLDER" "${UNIT_FOLDER%/*}"; do
      [ ! -d "$folder" ] || run rmdir --ignore-fail-on-non-empty "$folder"
    done
    [ "$(readlink "$COMMAND" || true)" != "$OPT/current/deploy/pressel" ] || run rm -f "$COMMAND"
    run rm -f "$RULES" "$POLKIT_RULES"
    ! systemd_runs || run systemctl daemon-reload
    run rm -rf "$OPT/versions" "$OPT/current" "$OPT/previous" "$OPT/download" "$OPT/unproven.json" "$OPT/update.lock" "$MARK"
    # Node may be the package pressel-node's.
    dpkg-query --search "$OPT/node/bin/node" > /dev/null 2>&1 || run rm -rf "$OPT"
  fi
  if [ "$purge" = yes ]; then
    run rm -rf /etc/pressel /var/lib/pressel /var/cache/pressel
    if getent passwd pressel > /dev/null; then run userdel pressel; fi
    if getent group pressel > /dev/null; then run groupdel pressel; fi
    say 'Nothing of Pressel is left, but the groups gpio and spi and the packages of apt, which others may use.'
  else
    say 'Configuration (/etc/pressel), state (/var/lib/pressel) and the user pressel stay; --purge removes them.'
  fi
}

demand_system
demand_root
if [ "$uninstall" = yes ]; then
  if dpkg-query -W -f '${Status}' pressel 2> /dev/null | grep -q ' installed$'; then
    fail 'Pressel is installed as a Debian package: sudo apt remove pressel (or: purge)'
  fi
  [ ! -e "$MARK" ] || lock
  uninstall
  exit 0
fi
say "Packages of $arch that it needs: $PACKAGES, and Node.js $MINIMUM_NODE or newer with npm."
[ -z "$node_archive" ] || [ -f "$node_archive" ] || fail "$node_archive is not there."
advise
demand_own
lock
demand_space
# Not in /tmp, which may be memory, and small. What an installation that was cut has left there is void.
[ "$dry" = yes ] || rm -rf "${TMPDIR:-/var/tmp}"/pressel-install.*
work=$(mktemp -d "${TMPDIR:-/var/tmp}/pressel-install.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
install_packages
find_program
install_program
install_service
if [ "$dry" = yes ]; then
  say 'Nothing was changed.'
else
  say "Pressel $version is installed. Next: sudo pressel setup"
fi
