#!/bin/sh
# First process of a virtual machine with a disk of its own, into which something is to be installed.
# Arguments of the kernel: pressel.given, pressel.packages (folders of the host, read-only) and pressel.out (shared).
PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
. /guest-hardware.sh
for folder in given packages; do from_host "$(arg $folder)" /mnt/$folder ro; done
from_host "$(arg out)" /mnt/out
# This kernel falls over io_uring, which Debian's Node uses.
echo 2 > /proc/sys/kernel/io_uring_disabled
simulate_gpio
exec /lib/systemd/systemd
