#!/bin/sh
# First process of the virtual machine: mounts its disk as Raspberry Pi OS does (ext4 with its defaults: data=ordered, commit
# every 5 s, barriers), and lets the program check what is on it and write until the power is cut.
# Arguments of the kernel: pressel.node, pressel.program, pressel.told (files of the host).
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev 2> /dev/null
mkdir -p /dev/shm
mount -t tmpfs tmpfs /dev/shm
mount -t tmpfs tmpfs /run
ip link set lo up 2> /dev/null
arg() { sed -n "s/.*pressel\.$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
export HOME=/dev/shm/home TMPDIR=/dev/shm
mkdir -p "$HOME" /run/disk
mount -t ext4 -o noatime /dev/ubda /run/disk || { echo "FAILED the disk cannot be mounted"; echo o > /proc/sysrq-trigger; sleep 9; }
cd /run/disk && "$(arg node)" "$(arg program)" /run/disk "$(arg told)"
echo "FAILED the program ended"
echo o > /proc/sysrq-trigger
sleep 9
