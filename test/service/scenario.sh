#!/bin/sh
# What happens to the service in the virtual machine. Each line of the result is "STEP KEY=VALUE", for the test to judge.
out=/mnt/out/result
say() { echo "$*" >> $out; }
now() { cut -d' ' -f1 /proc/uptime; }
property() { systemctl show -p "$1" --value pressel; }
# until SECONDS COMMAND...: whether it succeeded by then.
until_true() {
  tries=$(($1 * 10)); shift
  while [ $tries -gt 0 ]; do "$@" && return 0; sleep 0.1; tries=$((tries - 1)); done
  return 1
}
active() { [ "$(property ActiveState)" = active ]; }
status_has() { property StatusText | grep -q "$1"; }
restarts() { [ "$(property NRestarts)" = "$1" ] && active; }
report() {
  say "$1 state=$(property ActiveState)"; say "$1 restarts=$(property NRestarts)"; say "$1 status=$(property StatusText)"
  say "$1 seconds=$(echo "$(now) $began" | awk '{ printf "%.1f", $1 - $2 }')"
}
begin() { began=$(now); }
# Numbers of the processes that have a sound device.
hosts() { grep -la audioHost.child /proc/[0-9]*/cmdline 2>/dev/null | cut -d/ -f3 | while read -r p; do
  [ "$(cut -d' ' -f4 /proc/"$p"/stat)" = "$(property MainPID)" ] && echo "$p"; done; }
loopback_runs() { grep -qs RUNNING /proc/asound/Loopback/pcm1c/sub0/status && grep -qs RUNNING /proc/asound/Loopback/pcm0p/sub0/status; }

begin; until_true 200 active; report ready
until_true 60 loopback_runs; until_true 60 status_has 'No language model'; until_true 60 status_has 'Ready'; report idle
until_true 60 loopback_runs && say "sound through=sandbox"

pid=$(property MainPID)
for key in NoNewPrivs CapBnd CapEff Seccomp; do say "sandbox $key=$(sed -n "s/^$key:[^0-9a-f]*//p" /proc/$pid/status)"; done
say "sandbox groups=$(id -nG pressel)"
say "sandbox niceness=$(cut -d' ' -f19 /proc/$pid/stat)"
say "sandbox soundNiceness=$(for p in $(hosts); do cut -d' ' -f19 /proc/$p/stat; done | sort -u | tr '\n' ' ')"
# Runs a command as the service's user in the service's view of the files, and in its control group.
inside() { nsenter -t "$pid" -m -- setpriv --reuid pressel --regid pressel --init-groups "$@"; }
grouped() { sh -c 'echo $$ > /sys/fs/cgroup/system.slice/pressel.service/cgroup.procs; exec "$@"' - "$@" 2>&1; }
for file in /usr/x /etc/pressel/x /opt/pressel/x /home/x /var/lib/x; do inside touch $file 2>/dev/null && say "writable $file=yes"; done
say "writable state=$(inside touch /var/lib/pressel/x 2>&1 && inside rm /var/lib/pressel/x 2>&1 && echo yes)"
say "device unrestricted=$(sh -c ': < /dev/kmsg' 2>&1 && echo opened)"
say "device restricted=$(grouped sh -c ': < /dev/kmsg' && echo opened)"
say "device sound=$(grouped sh -c ': < /dev/snd/controlC0' && echo opened)"
say "device gpio=$(grouped sh -c ': < /dev/gpiochip0' && echo opened)"
ip link add dummy0 type dummy; ip addr add 203.0.113.1/24 dev dummy0; ip addr add 192.168.7.1/24 dev dummy0; ip link set dummy0 up
for address in 203.0.113.9 192.168.7.9 127.0.0.1; do
  say "network $address=$(grouped /opt/pressel/node/bin/node -e "require('dgram').createSocket('udp4').send('x', 9, '$address', function (e) { console.log(e ? e.code : 'sent'); process.exit(); })")"
done
say "memory current=$(property MemoryCurrent)"
say "tasks current=$(property TasksCurrent)"
say "memory peak=$(property MemoryPeak)"

begin; kill -STOP "$pid"; until_true 120 restarts 1; report frozen
until_true 60 status_has 'Ready'
begin; kill -KILL "$(property MainPID)"; until_true 120 restarts 2; report killed
until_true 60 status_has 'Ready'; until_true 60 loopback_runs

begin; for p in $(hosts); do kill -STOP "$p"; done; sleep 4; until_true 60 loopback_runs && say "frozenSound mended=yes"; report frozenSound

begin; echo snd_aloop.0 > /sys/bus/platform/drivers/snd_aloop/unbind
until_true 60 status_has 'No microphone'; until_true 60 status_has 'No speaker'; sleep 15; report unplugged
begin; echo snd_aloop.0 > /sys/bus/platform/drivers/snd_aloop/bind; until_true 60 loopback_runs && say "plugged sound=yes"; until_true 60 status_has 'asked. No language'; report plugged

begin; systemctl stop pressel; report stopped
say "stopped result=$(property Result)"
begin; echo 'nonsense = 1' > /etc/pressel/config.toml; systemctl start pressel; sleep 5; report misconfigured
say "misconfigured exit=$(property ExecMainStatus)"
begin; : > /etc/pressel/config.toml; systemctl start pressel; report noModels; sleep 8; report noModelsLater
begin; systemctl stop pressel; report stoppedWithoutModels
journalctl -b --no-pager -o short-monotonic > /mnt/out/journal
say "end"
sync; echo o > /proc/sysrq-trigger
