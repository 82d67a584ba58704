# What is tried inside a fresh Debian that systemd has booted; sourced. Each line of the result is "ok - WHAT" or
# "not ok - WHAT"; lines with "#" after one say more about it.
# shellcheck shell=bash
# What is quoted is for another shell.
# shellcheck disable=SC2016,SC2034
set -u
umask 022
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive HOME=/root
given=/mnt/given
out=/mnt/out
version=$(sed -n 's/^  "version": "\(.*\)",$/\1/p' $given/release/package.json)
next=99.0.0
. /etc/os-release

say() { echo "$*" >> $out/result; }
more() { sed 's/^/# /' >> $out/result; }
seconds() { awk -v "began=$1" '{ printf "%.1f s\n", $1 - began }' /proc/uptime; }
now() { cut -d' ' -f1 /proc/uptime; }
# check WHAT COMMAND...: it has to succeed
check() {
  local what=$1 began
  began=$(now)
  shift
  if "$@" > /tmp/said 2>&1; then
    say "ok - $what"
  else
    say "not ok - $what"
    { echo "$*"; tail -n 40 /tmp/said; } | more
  fi
  seconds "$began" | more
}
# refused WHAT PATTERN COMMAND...: it has to fail, and to say so
refused() {
  local what=$1 pattern=$2
  shift 2
  if ! "$@" > /tmp/said 2>&1 && grep -q -e "$pattern" /tmp/said; then
    say "ok - $what"
  else
    say "not ok - $what"
    { echo "$* (it was to fail with: $pattern)"; tail -n 40 /tmp/said; } | more
  fi
}
# is EXPECTED COMMAND...: what it prints
is() {
  local expected=$1 found
  shift
  found=$("$@" 2>&1)
  [ "$found" = "$expected" ] || { printf 'expected: %s\nfound:    %s\n' "$expected" "$found"; return 1; }
}
shell() { bash -c "$1"; }
until_true() { # SECONDS COMMAND...
  local until=$((SECONDS + $1))
  shift
  while [ $SECONDS -lt $until ]; do "$@" && return 0; sleep 0.2; done
  systemctl status --no-pager --lines=20 pressel
  return 1
}

property() { systemctl show -p "$1" --value pressel; }
active() { [ "$(property ActiveState)" = active ]; }
status_has() { property StatusText | grep -q -e "$1"; }
ready() { active && status_has '^Ready to be asked'; }
restarted() { [ "$(property NRestarts)" = "$1" ]; } # TIMES
runs_version() { active && tr '\0' ' ' < "/proc/$(property MainPID)/cmdline" | grep -q -F "/versions/$1/"; }

# Every file but those that change by themselves, with what is in it.
files() {
  find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /mnt -o -path /root \
    -o -path /var/log -o -path /var/tmp -o -path /var/cache -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/lib/systemd \
    -o -path /etc/.pwd.lock -o -path '/etc/*-' -o -path /etc/group -o -path /etc/gshadow \) -prune \
    -o -printf '%y %m %u:%g %p %l\n' | sort
  find /etc -xdev -type f ! -name '*-' ! -name group ! -name gshadow -exec md5sum {} + | sed "s/$/ /" | sort
}
unchanged_since() { # FILE
  files > /tmp/files.now
  diff "$1" /tmp/files.now
}

owner_configures() {
  cat > /etc/pressel/config.toml <<'TOML'
# What the owner wrote.
board = "button-and-led"
[audio]
input = "hw:Loopback,1"
output = "hw:Loopback,0"
[models]
folder = "/var/lib/pressel/models"
TOML
}

# Files that the installed README or a guide names as a link, and that are missing.
links_to_nothing() {
  local page link
  for page in /opt/pressel/current/README.md /opt/pressel/current/docs/*.md; do
    test -s "$page" || echo "$page"
    grep -oE '\]\([^)#[:space:]]+' "$page" | cut -c3- | grep -v -e '^https\?:' -e '^mailto:' | while read -r link; do
      test -e "$(dirname "$page")/$link" || echo "$page: $link"
    done
  done
}

# What both ways of installing lead to.
installed() {
  check 'the command answers' is "$version" pressel --version
  check 'the user has its groups' is 'audio gpio input pressel spi' shell 'id -nG pressel | tr " " "\n" | sort | xargs'
  check 'the user cannot log in' is '/var/lib/pressel:/usr/sbin/nologin' shell 'getent passwd pressel | cut -d: -f6,7'
  check 'the state is its own' is 'pressel:pressel 700' stat -c '%U:%G %a' /var/lib/pressel
  check 'the configuration is there to be read and for root to be written' is 'root:root 644' stat -c '%U:%G %a' /etc/pressel/config.toml
  check 'the program belongs to root, and nobody else may write it' is '' \
    find /opt/pressel ! -type l \( ! -user root -o -perm /022 \)
  check 'its README and guides lead nowhere but to what is there' is '' links_to_nothing
  check 'the service starts with the computer' is enabled systemctl is-enabled pressel
  check 'its units are what this systemd understands' is '' shell \
    'systemd-analyze verify pressel.service pressel-models.service 2>&1 | grep -v -e "Unknown key.*Restart\(Steps\|MaxDelaySec\)" -e /lib/systemd/system/[^p]'
  check 'it was started, has no models, and waits for them' until_true 90 status_has '^Cannot start: .*missing'
  check 'and that is no reason to restart it' restarted 0
}

# Without a network, then from a folder.
models_come() {
  # npm's own patience.
  check 'what fetches models waits before it tries again' until_true 300 shell \
    '[ "$(systemctl show -p SubState --value pressel-models)" = auto-restart ]'
  check 'as there is no network, or no npm, which it says' shell 'journalctl -u pressel-models --no-pager | grep -i -e "network" -e "Install npm"'
  mkdir -p /run/systemd/system/pressel-models.service.d
  printf '[Service]\nExecStart=\nExecStart=/opt/pressel/current/deploy/pressel models fetch --from %s/models\n' $given \
    > /run/systemd/system/pressel-models.service.d/folder.conf
  systemctl daemon-reload
  check 'it brings the models from a folder' systemctl start pressel-models
  check 'and has ended well' is success systemctl show -p Result --value pressel-models
  check 'they belong to the service' is '' find /var/lib/pressel/models ! -user pressel
  check 'the service finds them by itself and is ready' until_true 150 ready
  check 'without a restart' restarted 0
}

lives() {
  check 'it uses the sound card' until_true 60 grep -qs RUNNING /proc/asound/Loopback/pcm1c/sub0/status
  kill -STOP "$(property MainPID)"
  check 'a frozen program is killed by the watchdog and comes back' until_true 150 restarted 1
  check 'which the journal tells' shell 'journalctl -u pressel --no-pager | grep "Watchdog timeout"'
  check 'and is ready again' until_true 150 ready
  shell 'pressel doctor --in-service --json; echo "exit $?" >&2' > $out/doctor.running.json 2> $out/doctor.running.err
  systemctl stop pressel
  shell 'pressel doctor --in-service --json; echo "exit $?" >&2' > $out/doctor.stopped.json 2> $out/doctor.stopped.err
  shell 'pressel doctor --in-service --no-sound' > $out/doctor.txt 2>&1
  systemctl start --no-block pressel
  check 'it is ready once more after the checks of its devices' until_true 150 ready
}

finish() {
  journalctl -b --no-pager -o short-monotonic > $out/journal
  say end
  sync
  systemctl poweroff --force --force
}
