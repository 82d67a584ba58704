#!/bin/sh
# First process of the virtual machine: mounts this checkout where an installation would be, then systemd takes over.
# Arguments of the kernel: pressel.checkout, pressel.modules, pressel.node, pressel.models (folders of the host, which are
# mounted read-only) and pressel.out (shared).
PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
arg() { sed -n "s/.*pressel\.$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
version=/opt/pressel/versions/test
mkdir -p $version/dist $version/deploy $version/assets $version/node_modules /opt/pressel/node/bin /opt/pressel/models /mnt/out
# from_host FOLDER TARGET [ro]: how the folder is named depends on the age of the program "mount".
from_host() {
  mount -t hostfs -o "hostfs=$1${3:+,$3}" none "$2" 2> /dev/null && [ -n "$(ls -A "$2")" ] && return
  mount -t hostfs -o "$1" ${3:+-o "$3"} none "$2"
}
for part in dist deploy assets; do from_host "$(arg checkout)/$part" $version/$part ro; done
from_host "$(arg modules)" $version/node_modules ro
from_host "$(arg node)" /opt/pressel/node/bin ro
from_host "$(arg models)" /opt/pressel/models ro
from_host "$(arg out)" /mnt/out
# hostfs makes every file root's, whoever creates it.
mkdir -p /var/lib/pressel
mount -t tmpfs -o mode=700 tmpfs /var/lib/pressel
mount -t sysfs sys /sys
mount -t configfs none /sys/kernel/config
bank=/sys/kernel/config/gpio-sim/pi
mkdir -p $bank/bank0
echo 54 > $bank/bank0/num_lines
echo pinctrl-rp1 > $bank/bank0/label
for n in 17 27; do mkdir $bank/bank0/line$n; echo GPIO$n > $bank/bank0/line$n/name; done
echo 1 > $bank/live
umount /sys/kernel/config
exec /lib/systemd/systemd
