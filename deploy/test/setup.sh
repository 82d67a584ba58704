#!/bin/bash
# "pressel setup" beside the service that it sets up: it runs, has the sound card, and is systemd's.
# What is quoted is for another shell.
# shellcheck disable=SC2016,SC1091,SC2046,SC2086,SC2154
. /mnt/given/test/guest.sh

apt-get update -qq > /tmp/said 2>&1
node=''
if [ "$VERSION_CODENAME" = bookworm ]; then node=$given/pressel-node.deb; fi
check 'apt installs it' apt-get install -y -qq --no-install-recommends $given/pressel.deb $node
check 'the service waits for models' until_true 90 status_has '^Cannot start: .*missing'
config=/etc/pressel/config.toml
models=/var/lib/pressel/models
stopped() { [ "$(property ActiveState)" = inactive ]; }
left_to_do() { # COMMAND...: it has to end with 1: what is not here is left
  "$@"
  [ $? = 1 ]
}

refused 'not without root' 'sudo pressel setup' runuser -u nobody -- pressel setup --yes
refused 'not without a terminal, and not without --yes' 'or with --yes' shell 'pressel setup < /dev/null'

# --- Once, on a service that cannot start ---

check 'it sets up all but the model server that is not there' left_to_do shell "pressel setup --yes --from $given/models > /tmp/setup 2>&1"
more < /tmp/setup
check 'of which it says how it is installed' grep -q 'ollama.com' /tmp/setup
check 'and that the service runs now' grep -q 'service is started' /tmp/setup
check 'the models are where the service looks for them' is '' find $models ! -user pressel
check 'the card is written with what it is for' shell "grep -B 1 '^input = \"plughw:CARD=Dummy' $config | grep '^# The microphone'"
more < $config
check 'the configuration is still root'"'"'s, and to be read' is 'root:root 644' stat -c '%U:%G %a' $config
check 'the service is ready' until_true 150 ready
check 'and uses the sound card' until_true 60 grep -qs RUNNING /proc/asound/Dummy/pcm0c/sub0/status
check 'without a crash' restarted 0

# --- Again, while the service has the sound card ---

before=$(property MainPID)
cp $config /tmp/config.before
check 'it tries the devices that the service had' left_to_do shell 'pressel setup --yes > /tmp/setup 2>&1'
more < /tmp/setup
check 'and changes nothing' cmp $config /tmp/config.before
check 'the service is ready again' until_true 150 ready
check 'in a new process' shell "[ $before != $(property MainPID) ]"
check 'without a crash' restarted 0
check 'one document for scripts' left_to_do shell 'pressel setup --yes --no-sound --json > /tmp/setup 2> /tmp/setup.err'
more < /tmp/setup
check 'of valid JSON' shell "$(readlink -f /proc/$(property MainPID)/exe)"' -e "JSON.parse(require(\"fs\").readFileSync(\"/tmp/setup\", \"utf8\"))"'

# --- Ended early, in a terminal ---

# in_terminal END: accepts what is recommended until the service is stopped, then calls END with the terminal's pid
in_terminal() {
  local terminal until=$((SECONDS + 120))
  rm -f /tmp/keys
  mkfifo /tmp/keys
  TERM=xterm script -qfec 'stty cols 80 rows 40; exec pressel setup' /tmp/typescript < /tmp/keys > /dev/null 2>&1 &
  terminal=$!
  exec 9> /tmp/keys
  until stopped || [ $SECONDS -gt $until ]; do
    sleep 3
    printf '\r' >&9
  done
  stopped || { echo 'the service was not stopped'; tail -c 2000 /tmp/typescript; }
  "$1" $terminal
  exec 9>&-
  wait $terminal
}
ctrl_c() { printf '\003' >&9; sleep 5; }
lost() { kill -KILL "$1"; sleep 5; } # the terminal is gone, as with a lost connection
for end in ctrl_c lost; do
  until_true 150 ready
  in_terminal $end > /tmp/terminal 2>&1
  { cat /tmp/terminal; tail -c 1500 /tmp/typescript | tr -d '\033'; } | more
  cp /tmp/typescript /tmp/$end
  check "after $end in the middle the service runs again" until_true 150 ready
  check 'and nothing of setup is left' is '' shell 'cat /proc/[0-9]*/cmdline 2> /dev/null | tr "\0" " " | grep -a -o "main[.]js setup"'
done
check 'whoever ends it is told how to go on, with sudo' shell 'grep -a "To go on: sudo pressel" /tmp/ctrl_c'
finish
