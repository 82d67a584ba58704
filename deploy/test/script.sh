#!/bin/bash
# install.sh in a fresh Debian, from the first byte to the last, and updates of what it has installed.
# What is quoted is for another shell.
# shellcheck disable=SC2016,SC1091,SC2086,SC2154,SC2181
. /mnt/given/test/guest.sh

install=$given/release/deploy/install.sh
export PRESSEL_NODE_MIRROR=file://$given/node
# Runs the rest in a view of the files of its own: another's is not changed.
apart() { unshare --mount bash -c "$1"; }

# --- Before: what it refuses ---

mv /etc/apt/sources.list /tmp/local.list
echo "deb http://deb.debian.org/debian $VERSION_CODENAME main" > /etc/apt/sources.list
refused 'not without the Internet, which it says' 'Check the Internet connection' $install --yes
refused 'nor through a proxy that is not there' 'proxy' env http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 $install --yes
mv /tmp/local.list /etc/apt/sources.list
rm -rf /opt/pressel
# A desktop's sound server, for later.
apt-get update -qq > /tmp/said 2>&1
check 'a sound server is installed' apt-get install -y -qq --no-install-recommends pulseaudio
useradd --create-home --groups audio desktop
files > /tmp/files.before

check 'a dry run lists commands' $install --dry-run
check 'and changes nothing' unchanged_since /tmp/files.before
check 'anybody may have that' runuser -u nobody -- $install --dry-run
refused 'not without root' 'sudo' runuser -u nobody -- $install
echo 'MemTotal: 948000 kB' > /tmp/meminfo
check 'little memory is no reason to refuse, but is said' apart "mount --bind /tmp/meminfo /proc/meminfo; $install --dry-run | grep 'With 925 MB'"
mkdir /tmp/fake
printf '#!/bin/sh\necho armhf\n' > /tmp/fake/dpkg
chmod +x /tmp/fake/dpkg
refused 'not on a 32-bit system' '32-bit' env PATH="/tmp/fake:$PATH" $install
rm /tmp/fake/dpkg
sed 's/^VERSION_ID=.*/VERSION_ID=11/' /etc/os-release > /tmp/os
refused 'not on an old system' 'too old' apart "mount --bind /tmp/os /usr/lib/os-release; $install"
refused 'not on a read-only disk' 'read-only' apart "mount -o remount,bind,ro /; $install"
refused 'not on a full disk' '50 MB free' apart "mount -t tmpfs -o size=50m none /opt; $install"
refused 'not over somebody else'"'"'s folder' 'has not made it' shell "mkdir /opt/pressel; touch /opt/pressel/theirs; $install; r=\$?; rm -r /opt/pressel; exit \$r"
refused 'not over somebody else'"'"'s command' 'something else' shell "touch /usr/local/bin/pressel; $install; r=\$?; rm /usr/local/bin/pressel; exit \$r"
refused 'not with a Node that is not there' 'is not there' $install --yes --node /tmp/none.tar.xz
refused 'nor with one that does not run' 'does not run' shell "mkdir -p /tmp/n/x/bin; printf 'no' > /tmp/n/x/bin/node; chmod +x /tmp/n/x/bin/node; apt-get install -qq -y xz-utils; tar -C /tmp/n -cJf /tmp/n.tar.xz x; $install --yes --node /tmp/n.tar.xz"
if [ "$VERSION_CODENAME" = bookworm ]; then
  mkdir -p /tmp/mirror
  cp -rs $given/node/. /tmp/mirror/
  for sums in /tmp/mirror/v*/SHASUMS256.txt; do
    sed 's/^..../0000/' "$sums" > /tmp/sums && rm "$sums" && mv /tmp/sums "$sums"
  done
  refused 'not with a Node that somebody changed' 'checksum says' env PRESSEL_NODE_MIRROR=file:///tmp/mirror $install --yes
  refused 'not when Node cannot be fetched' 'behind a proxy' env PRESSEL_NODE_MIRROR=http://127.0.0.1:9 $install --yes
fi
printf '#!/bin/sh\necho Avail; echo 4000\n' > /tmp/fake/df
chmod +x /tmp/fake/df
cp $given/node/v*/*.tar.xz /tmp/node.tar.xz
refused 'a disk that fills up meanwhile is said' 'disk full' apart "mount -t tmpfs -o size=250m none /opt; PATH=/tmp/fake:\$PATH $install --yes --node /tmp/node.tar.xz; r=\$?; ls /opt/pressel/versions; exit \$r"
check 'and leaves nothing half done' is '' find /opt/pressel -name '*.new'
rm -rf /tmp/fake /tmp/node.tar.xz /tmp/mirror

# --- It installs ---

# As an owner with a strict umask has unpacked it.
cp -R $given/release /tmp/release
chmod -R go= /tmp/release
install=/tmp/release/deploy/install.sh
# What a power cut has left of the first attempt.
mkdir -p /opt/pressel/node.new/bin
$install --yes > /tmp/first 2>&1 &
first=$!
until_true 20 shell '! flock --nonblock /opt/pressel/update.lock true'
refused 'not twice at once' 'under way' $install --yes
check 'it installs' wait $first
more < /tmp/first
installed
check 'a dry run on what is installed lists commands' $install --dry-run
check 'the service user speaks' shell 'cd /tmp && runuser -u pressel -- pressel say "Good morning." --out /tmp/said.wav && test -s /tmp/said.wav && rm /tmp/said.wav'
check 'who may not, is told what to do' shell 'runuser -u nobody -- pressel update --from /mnt/given/update/99.0.0 2>&1 | grep "sudo pressel update"'
owner_configures
systemctl restart --no-block pressel
models_come
lives
runuser -u pressel -- touch /var/lib/pressel/kept
files > /tmp/files.once
check 'it installs once more' $install --yes
check 'and changes nothing more' unchanged_since /tmp/files.once
check 'but that the service starts anew' until_true 150 ready
check 'who disables the service can enable it again' shell 'systemctl disable pressel && ! systemctl is-enabled pressel && systemctl enable pressel && systemctl is-enabled pressel'
check 'which changes nothing, either' unchanged_since /tmp/files.once
refused 'the Debian package is refused beside it' 'install.sh --uninstall' dpkg -i $given/next.deb
check 'dpkg has forgotten that' dpkg --purge --force-all pressel
check 'which has harmed nothing' is "$version" pressel --version

# --- Somebody at the desktop has the sound card ---

systemctl stop pressel
runuser -u desktop -- env XDG_RUNTIME_DIR=/tmp/desktop HOME=/home/desktop sh -c 'mkdir -m 700 -p /tmp/desktop; exec pulseaudio -n --exit-idle-time=-1 -L "module-alsa-source device=hw:Loopback,1" -L "module-alsa-sink device=hw:Loopback,0" -L module-native-protocol-unix' > /tmp/pulse 2>&1 &
pulse=$!
until_true 30 grep -qs owner_pid /proc/asound/Loopback/pcm1c/sub0/status
until_true 30 grep -qs owner_pid /proc/asound/Loopback/pcm0p/sub0/status
systemctl start --no-block pressel
check 'the status names the sound server that has the card' until_true 90 status_has 'No microphone: .*pulseaudio'
check 'which is no reason to restart' restarted 0
shell 'pressel doctor --in-service --no-sound' > $out/doctor.desktop.txt 2>&1
check 'and so does the doctor' grep -q 'pulseaudio' $out/doctor.desktop.txt
more < /tmp/pulse
kill $pulse
pkill -u desktop pulseaudio
check 'when the card is given back, it is used' until_true 90 shell 'systemctl show -p StatusText --value pressel | grep -q "^Ready" && ! systemctl show -p StatusText --value pressel | grep -q "No microphone"'
check 'without a restart' restarted 0

# --- Updates ---

served=$given/update/$next node_path=$(ls -d /opt/pressel/node/bin/node 2> /dev/null || command -v node)
FOLDER=$served "$node_path" -e '
  const { createReadStream } = require("node:fs");
  require("node:http").createServer((request, response) => {
    createReadStream(process.env.FOLDER + request.url).on("error", () => response.writeHead(404).end()).pipe(response);
  }).listen(8099, "127.0.0.1");' &
printf '[update]\nurl = "http://127.0.0.1:8099/release.json"\n' >> /etc/pressel/config.toml
check 'whether there is something newer, and what is new, is told' shell 'pressel update --check 2>&1 | grep "What is new in 99.0.0"'
refused 'not while something is being installed' 'under way' flock /opt/pressel/update.lock pressel update
check 'an update from a server' shell 'pressel update > /tmp/update 2>&1; r=$?; cat /tmp/update; exit $r'
more < /tmp/update
check 'shows what is new' grep -q 'What is new in 99.0.0' /tmp/update
check 'the service runs it' runs_version $next
check 'and is ready' until_true 60 ready
check 'two versions are kept' is "$(printf '%s\n%s' "$version" $next)" ls /opt/pressel/versions
refused_update() { # VERSION WHY
  local began
  began=$(now)
  refused "a version that $2 is taken back" "Pressel $next is back" pressel update --from $given/update/$1
  { cat /tmp/said; seconds "$began"; } | more
  check 'the one before runs' until_true 60 runs_version $next
  check 'and is ready' until_true 90 ready
  check 'the versions are what they were' is "$(printf '%s\n%s' "$version" $next)" ls /opt/pressel/versions
  check 'there is nothing left to finish' test ! -e /opt/pressel/unproven.json
}
refused_update 99.1.0 'crashes at its start'
refused_update 99.2.0 'is never ready'
refused_update 99.3.0 'ends when it was ready'
check 'the way back by hand' pressel update --rollback
check 'leads to the version before' runs_version "$version"
check 'which is ready' until_true 90 ready

# --- And away ---

check 'it is uninstalled' $install --uninstall
check 'nothing of it runs' is '' find /proc -maxdepth 1 -user pressel
check 'and systemd knows no service' is not-found systemctl show -p LoadState --value pressel
check 'configuration and state stay' shell 'grep -q "^# What the owner" /etc/pressel/config.toml && test -e /var/lib/pressel/kept -a ! -e /opt/pressel -a ! -e /usr/local/bin/pressel'
check 'it is installed again' $install --yes
check 'ready with what it had' until_true 150 ready
check 'it is purged' $install --uninstall --purge
# What apt has brought for it stays, with the links, caches and settings that the packages' own scripts have made: npm brings
# Python and netbase.
sed 's/$/ /' /var/lib/dpkg/info/*.list > /tmp/files.apt
not_of_apt() { grep -v -F -f /tmp/files.apt | grep -v -e /etc/alternatives/ -e '/etc/rc[0-9S]\.d/' -e '/etc/modules ' -e '/etc/ld\.so\.cache' -e __pycache__ \
  -e ' /etc/python3[ /]' -e ' /usr/local/lib/python3' -e ' /var/lib/python[ /]' -e ' /etc/\(hosts\|networks\|inputrc\) ' -e ' /home/desktop/'; }
files | not_of_apt > /tmp/files.after
not_of_apt < /tmp/files.before > /tmp/files.expected
check 'every file but those of apt is as before it came' diff /tmp/files.expected /tmp/files.after
check 'nothing has its name' is '' find / -xdev \( -path /proc -o -path /tmp -o -path /mnt -o -path /var/log -o -path /run \) -prune -o -iname '*pressel*' -print
check 'the user and its group are gone' is '' shell 'getent passwd pressel; getent group pressel'
check 'to purge again does no harm' $install --uninstall --purge
finish
