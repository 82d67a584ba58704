#!/bin/bash
# Pressel on arm64 without a Pi: in a Debian for arm64, whose programs QEMU translates, it is installed from a checkout as
# an owner would (npm ci), answers the recorded question with its real models, and runs the core of the tests.
# Needs root and Linux on x64, or on arm64, where nothing is emulated; takes 20 minutes on two busy cores, and the first time
# some more. Not part of "npm test".
#   run.sh [--suite trixie|bookworm] [--keep] [--deb FILE]...  [FOLDER_OF_TESTS]...
# --deb installs Debian packages (npm run package:deb -- --with-node) in the same Debian instead, and tries the command there.
# With folders (machines, src/turn), only their tests are run. This computer's settings of apt and npm, and its models,
# are used inside too. The tests that need recordings find them in ../shared, as everywhere.
#
# What an emulation takes: the kernel starts programs for arm64 through binfmt_misc, which is registered for as long as
# this runs if it is not yet; its flag F lets it find QEMU from inside the chroot. The processor is that of a Pi 5: QEMU's
# largest one (its default) computes signed pointers, which is slow. /sys stays out: it describes this computer's processor, and
# the library cpuinfo in onnxruntime ends with a segmentation fault when an arm64 program finds another one's there.
# What is quoted is for the shell inside.
# shellcheck disable=SC2016
set -euo pipefail
umask 022
root=$(cd "$(dirname "$0")/../.." && pwd)
suite=trixie
keep=no
debs=()
folders=()
while [ $# -gt 0 ]; do
  case $1 in
    --suite) suite=$2; shift 2 ;;
    --keep) keep=yes; shift ;;
    --deb) debs+=("$2"); shift 2 ;;
    -*) echo "run.sh: unknown option $1" >&2; exit 2 ;;
    *) folders+=("$1"); shift ;;
  esac
done
# The core: what sounds, lights and keys go through on an appliance, the statecharts, and what is kept on disk. Not in it is
# what is plain JavaScript over sockets and files (bench, inspector, observability, mqtt, mcp, homeAssistant, llm, doctor,
# setup, update, service), the tests of models that compute for long (speech/asr, which was not through in 150 s; speech/tts,
# speech/wake; the recorded question passes through recogniser and voice), and those that start the program again and again,
# which takes some 10 s here (cli, e2e).
if [ ${#folders[@]} = 0 ]; then
  folders=(hardware/audio hardware/gpio hardware/leds machines src/config src/inference src/models src/skills src/speech/vad src/state src/streams
    src/timers src/turn)
fi

# Not run, for they compute for minutes here and are nothing but JavaScript: random runs of the statecharts, and
# simulations of rooms and of a recogniser's errors.
lengthy=('*Storms.test.js' ownEcho.test.js probeEcho.test.js ownWords.test.js anyDucking.test.js)

# Skipped by name where QEMU translates:
unemulated=(
  # QEMU knows no ioctl of GPIO lines and answers ENOSYS, where the kernel's answer for a file that is none is another.
  'is rpio where a Pi 4 has no usable kernel interface, and says what is wrong with that'
  # It allows a program one second to start, by the clock of the computer.
  'has what was set before the program was killed, and rings what was due meanwhile'
)

missing=()
[ "$(uname -s)" = Linux ] || { echo 'skipped: this needs Linux' >&2; exit 0; }
[ "$(id -u)" = 0 ] || { echo 'skipped: this needs to be root' >&2; exit 0; }
command -v mmdebstrap > /dev/null || missing+=(mmdebstrap)
[ -f /usr/share/keyrings/debian-archive-keyring.gpg ] || missing+=(debian-archive-keyring)
emulated=yes
case $(uname -m) in
  aarch64) emulated=no ;;
  x86_64) command -v qemu-aarch64-static > /dev/null || missing+=(qemu-user-static) ;;
  *) echo "skipped: this needs x64 or arm64, not $(uname -m)" >&2; exit 0 ;;
esac
[ ${#missing[@]} = 0 ] || { echo "skipped: something is missing: apt install ${missing[*]}" >&2; exit 0; }

cache=$HOME/.cache/pressel/roots
mkdir -p "$cache"
exec 9> "$cache/arm64.lock"
flock --nonblock 9 || { echo 'run.sh: another run is under way' >&2; exit 1; }

binfmt=/proc/sys/fs/binfmt_misc
work=$(mktemp -d /var/tmp/pressel-arm64.XXXXXX)
mounted=no
registered=no
running=''
phase=''
cleanup() {
  [ -z "$phase" ] || echo "not ok - $phase"
  # Its child, the first process of the namespace, takes all others along. "--kill-child" is forgotten when the user changes.
  [ -z "$running" ] || pkill -KILL --parent "$running" || true
  [ "$registered" = no ] || echo -1 > "$binfmt/qemu-aarch64"
  [ "$mounted" = no ] || umount "$binfmt" || true
  if [ "$keep" = yes ]; then echo "kept: $work"; else rm -rf "$work"; fi
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
if [ "$emulated" = yes ]; then
  if [ ! -e "$binfmt/register" ]; then
    mount -t binfmt_misc binfmt_misc "$binfmt" || { echo 'skipped: this kernel has no binfmt_misc' >&2; exit 0; }
    mounted=yes
  fi
  if [ ! -e "$binfmt/qemu-aarch64" ]; then
    # As the package of QEMU has it for systemd.
    tr -d '\n' < /usr/lib/binfmt.d/qemu-aarch64.conf > "$binfmt/register"
    registered=yes
  fi
fi

seconds() { date +%s; }
began=$(seconds)
passed=()
phase() { # WHAT COMMAND...: with the time it took
  local since
  since=$(seconds)
  phase=$1
  shift
  echo "# $phase"
  "$@"
  passed+=("$(printf '%6d s  %s' $(($(seconds) - since)) "$phase")")
  phase=''
}

# Mounts are gone when the command is, and so is whatever it left running. Awaited in the background, because the first
# process of a namespace hears no Ctrl-C.
inside() { # ROOT USER COMMAND
  unshare --mount --pid --fork --kill-child sh -c '
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    mount -t tmpfs tmpfs "$1/dev/shm"
    home=$(grep "^$2:" "$1/etc/passwd" | cut -d: -f6)
    exec chroot --userspec="$2" "$1" env -i HOME="$home" LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive QEMU_CPU=cortex-a76 \
      ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt} \
      PATH=/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh -c "cd; $3"
  ' - "$1" "$2" "$3" &
  running=$!
  local status=0
  wait "$running" || status=$?
  running=''
  return $status
}

make_root() {
  # What an appliance has, and nothing that compiles: rpio and naudiodon are left out, as on most computers.
  # mmdebstrap's own look for QEMU takes another package; what it looks for is there.
  rm -rf "$cache/$suite-arm64.unfinished"
  mmdebstrap --quiet --variant=minbase --skip=check/qemu --architectures=arm64 \
    --include=ca-certificates,libstdc++6,libportaudio2,alsa-utils,espeak-ng,openssl "$suite" "$cache/$suite-arm64.unfinished"
  mv "$cache/$suite-arm64.unfinished" "$cache/$suite-arm64"
}

fresh() { # FOLDER: a copy with this computer's settings
  cp -a --reflink=auto "$cache/$suite-arm64" "$1"
  cp -L /etc/resolv.conf "$1/etc/resolv.conf"
  cp /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
  for file in /etc/apt/apt.conf.d/*; do
    if grep -q -i -E 'proxy|verify|check-' "$file"; then cp "$file" "$1/etc/apt/apt.conf.d/"; fi
  done
  # No service is started here; nobody would run it.
  printf '#!/bin/sh\nexit 101\n' > "$1/usr/sbin/policy-rc.d"
  chmod +x "$1/usr/sbin/policy-rc.d"
}

add_checkout() {
  local home=$work/root/home/owner
  chroot "$work/root" useradd --create-home owner
  if [ -f ~/.npmrc ]; then cp ~/.npmrc "$home/.npmrc"; fi
  mkdir -p "$home/pressel" "$home/.local/share/pressel"
  (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -cf -) | tar -C "$home/pressel" -xf -
  if [ -d "$root/../shared" ]; then cp -a "$root/../shared" "$home/shared"; fi
  if [ -d "$models" ]; then cp -aL "$models" "$home/.local/share/pressel/models"; fi
  chroot "$work/root" chown -R owner: /home/owner
}

answer() {
  local status=0
  inside "$work/root" owner 'cd pressel && node dist/src/cli/main.js demo --out reply.wav' > "$work/output" 2>&1 || status=$?
  sed -n '/^you said/p; /^reply/p; /^by/p; /^written/p' "$work/output"
  if [ $status != 0 ] || ! grep -q '^you said: *Tell me why the sky is blue' "$work/output" || ! [ -s "$work/root/home/owner/pressel/reply.wav" ]; then
    cat "$work/output"
    echo "the command ended with $status"
    return 1
  fi
}

tests() { # Their own exit code, after all of them.
  local status=0 folder name skipped='' files=''
  for name in "${lengthy[@]}"; do files="$files -not -name '$name'"; done
  echo "# not run, for they compute too long here: ${lengthy[*]}"
  if [ "$emulated" = yes ]; then
    for name in "${unemulated[@]}"; do
      skipped="$skipped --test-skip-pattern='$name'"
      echo "# not run under QEMU: $name"
    done
  fi
  for folder in "${folders[@]}"; do
    local since
    since=$(seconds)
    # One process for a folder, not one for each file: to start one costs more than most tests do.
    # Half an hour: one that takes longer has hung, which fails it and shows its last lines.
    inside "$work/root" owner "cd pressel && exec timeout --signal=KILL 1800 node --enable-source-maps --test --test-isolation=none --test-reporter=tap$skipped \
      \$(find dist/test/$folder -name '*.test.js'$files | sort)" > "$work/output" 2>&1 || status=1
    printf '%6d s  %-16s %s\n' $(($(seconds) - since)) "$folder" \
      "$(sed -n 's/^# \(tests\|pass\|fail\|cancelled\|skipped\) \([0-9]*\)$/\1 \2/p' "$work/output" | paste -sd' ')"
    # What failed, and why each that is skipped was.
    grep -E '^ *not ok|# SKIP' "$work/output" || true
    if ! grep -q '^# tests' "$work/output"; then tail -n 20 "$work/output"; status=1; fi
    cat "$work/output" >> "$work/all"
  done
  awk '/^# (tests|pass|fail|cancelled|skipped) [0-9]+$/ { sum[$2] += $3 }
    END { printf "%d passed, %d failed, %d skipped\n", sum["pass"], sum["fail"] + sum["cancelled"], sum["skipped"] }' "$work/all"
  return $status
}

try_packages() {
  fresh "$work/packaged"
  cp "${debs[@]}" "$work/packaged/tmp/"
  inside "$work/packaged" root 'apt-get update -qq && apt-get install -y -qq --no-install-recommends /tmp/*.deb > /tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }'
  inside "$work/packaged" root 'pressel --version && id pressel && dpkg --verify pressel'
  # 2, "cannot run", is what there is to say of a computer without a sound card and models.
  inside "$work/packaged" root 'pressel doctor --no-sound --json > /tmp/doctor.json; test $? -le 2 && grep -o "[^\"]*arm64[^\"]*" /tmp/doctor.json'
  inside "$work/packaged" root 'pressel ask "what time is it" --out /tmp/reply.wav && test -s /tmp/reply.wav'
}

models=${PRESSEL_MODELS:-$HOME/.local/share/pressel/models}
[ -d "$cache/$suite-arm64" ] || phase "a Debian $suite for arm64, kept in $cache" make_root
if [ ${#debs[@]} -gt 0 ]; then
  phase 'the Debian packages' try_packages
else
  phase 'a copy of it' fresh "$work/root"
  phase 'Node for arm64, as the package pressel-node has it' sh "$root/deploy/package-deb/fetch-node.sh" arm64 "$work/root/opt/node"
  phase 'the checkout' add_checkout
  phase 'npm ci, with the build' inside "$work/root" owner 'cd pressel && npm ci --loglevel=error && node -p "process.arch + \" \" + process.version"'
  if [ -d "$models" ]; then
    phase 'the recorded question, answered' answer
  else
    echo "# not tried: the recorded question, for want of models in $models (npm run test:models)"
  fi
  phase 'the core of the tests' tests
fi
echo "# all of it holds; $(($(seconds) - began)) s, of which"
printf '%s\n' "${passed[@]}"
