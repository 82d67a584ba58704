#!/bin/sh
# First process of the virtual machine: mounts this checkout where an installation would be, then systemd takes over.
# Arguments of the kernel: pressel.checkout, pressel.modules, pressel.node, pressel.models (folders of the host, which are
# mounted read-only) and pressel.out (shared).
PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
. /guest-hardware.sh
version=/opt/pressel/versions/test
mkdir -p $version/dist $version/deploy $version/assets $version/node_modules /opt/pressel/node/bin /opt/pressel/models /mnt/out
for part in dist deploy assets; do from_host "$(arg checkout)/$part" $version/$part ro; done
from_host "$(arg modules)" $version/node_modules ro
from_host "$(arg node)" /opt/pressel/node/bin ro
from_host "$(arg models)" /opt/pressel/models ro
from_host "$(arg out)" /mnt/out
# hostfs makes every file root's, whoever creates it.
mkdir -p /var/lib/pressel
mount -t tmpfs -o mode=700 tmpfs /var/lib/pressel
simulate_gpio
exec /lib/systemd/systemd
