# Sourced by the first process of a virtual machine: folders of the host, and hardware.
# shellcheck shell=sh
# An argument of the kernel: pressel.NAME=VALUE
arg() { sed -n "s/.*pressel\.$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
# from_host FOLDER TARGET [ro]: how the folder is named depends on the age of the program "mount".
from_host() {
  mount -t hostfs -o "hostfs=$1${3:+,$3}" none "$2" 2> /dev/null && [ -n "$(ls -A "$2")" ] && return
  mount -t hostfs -o "$1" ${3:+-o "$3"} none "$2"
}
# GPIO lines as on a Raspberry Pi 5.
simulate_gpio() {
  mount -t sysfs sys /sys
  mount -t configfs none /sys/kernel/config
  bank=/sys/kernel/config/gpio-sim/pi
  mkdir -p $bank/bank0
  echo 54 > $bank/bank0/num_lines
  echo pinctrl-rp1 > $bank/bank0/label
  for n in 17 27; do mkdir $bank/bank0/line$n; echo GPIO$n > $bank/bank0/line$n/name; done
  echo 1 > $bank/live
  umount /sys/kernel/config
}
