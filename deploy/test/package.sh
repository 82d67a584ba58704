#!/bin/bash
# The Debian package in a fresh Debian, from the first byte to the last.
# What is quoted is for another shell.
# shellcheck disable=SC2016,SC1091,SC2086,SC2154,SC2181
. /mnt/given/test/guest.sh

apt-get update -qq > /tmp/said 2>&1
node=''
if [ "$VERSION_CODENAME" = bookworm ]; then
  refused 'a Node that is too old is refused' 'pressel-node\|nodejs' apt-get install -y --no-install-recommends $given/pressel.deb
  node=$given/pressel-node.deb
fi
# So that only its own files make a difference.
check 'what it needs comes from the distribution' apt-get install -y -qq --no-install-recommends libportaudio2 alsa-utils libstdc++6 ${node:-nodejs} $node
files > /tmp/files.before
check 'apt installs it' apt-get install -y -qq --no-install-recommends $given/pressel.deb
installed
check 'dpkg finds every file as it was packed' is '' dpkg --verify pressel
check 'the service user speaks' shell 'cd /tmp && runuser -u pressel -- pressel say "Good morning." --out /tmp/said.wav && test -s /tmp/said.wav && rm /tmp/said.wav'
refused 'update is left to apt' 'apt install' pressel update --check
owner_configures
systemctl restart --no-block pressel
models_come
lives
runuser -u pressel -- touch /var/lib/pressel/kept

check 'it installs once more over itself' dpkg --force-confold -i $given/pressel.deb
check 'which restarts the service' until_true 150 ready
before=$(property MainPID)
check 'it is upgraded' dpkg --force-confold -i $given/next.deb
check 'the service runs the new version' until_true 150 runs_version $next
check 'and is ready' until_true 150 ready
check 'in a new process' shell "[ $before != $(property MainPID) ]"
check 'the old version is gone' is "$next" ls /opt/pressel/versions
check 'the configuration of the owner is kept' grep -q '^# What the owner wrote' /etc/pressel/config.toml
check 'the new sample is beside it' grep -q '^# A later sample' /etc/pressel/config.toml.dpkg-dist

check 'it is removed' apt-get remove -y -qq pressel
check 'nothing of it runs' is '' find /proc -maxdepth 1 -user pressel
check 'and systemd knows no service' is not-found systemctl show -p LoadState --value pressel
check 'configuration and state stay' shell 'grep -q "^# What the owner" /etc/pressel/config.toml && test -e /var/lib/pressel/kept -a ! -e /usr/bin/pressel -a ! -e /opt/pressel/versions'
check 'it comes back' dpkg --force-confold -i $given/next.deb
check 'ready with what it had' until_true 150 ready
check 'it is purged' apt-get purge -y -qq pressel
check 'every file is as before it came' unchanged_since /tmp/files.before
check 'the user and its group are gone' is '' shell 'getent passwd pressel; getent group pressel'
check 'it is installed after that' apt-get install -y -qq --no-install-recommends $given/pressel.deb
check 'and waits for models' until_true 90 status_has '^Cannot start: '
check 'enabled' is enabled systemctl is-enabled pressel
check 'it is purged while it runs' apt-get purge -y -qq pressel
check 'again nothing is left' unchanged_since /tmp/files.before
if [ -n "$node" ]; then
  check 'its Node is purged' apt-get purge -y -qq pressel-node
  check 'and leaves the folder that is not its own' is '755' stat -c %a /opt
fi
finish
