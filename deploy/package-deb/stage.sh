#!/bin/sh
# Puts together what runs on a machine of one architecture: the built program as package.json lists it, and the packages it
# needs there, without a compiler and without running anybody's install script.
#   stage.sh arm64|amd64 FOLDER      FOLDER is made; it holds the program afterwards
# naudiodon and rpio are left out: they have to be compiled, and are drivers for those who ask for them by name.
set -eu
arch=$1
target=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
case $arch in
  arm64) cpu=arm64 ;;
  amd64) cpu=x64 ;;
  *) echo "stage: no architecture \"$arch\" is known: arm64 or amd64" >&2; exit 2 ;;
esac
[ ! -e "$target" ] || { echo "stage: $target is there already" >&2; exit 1; }
[ -f "$root/dist/src/cli/main.js" ] || { echo "stage: nothing is built: npm ci && npm run build" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && npm pack --ignore-scripts --silent --pack-destination "$work" > /dev/null)
mkdir -p "$target"
tar -xzf "$work"/*.tgz -C "$target" --strip-components=1 --no-same-owner
for file in CHANGELOG.md NOTICE LICENSE; do
  [ ! -f "$root/$file" ] || cp "$root/$file" "$target/"
done

# What makes packages, and tries them, stays where they are made.
rm -rf "$target/deploy/package-deb" "$target/deploy/test"

mkdir "$work/modules"
cp "$root/package.json" "$root/package-lock.json" "$work/modules/"
(
  cd "$work/modules"
  npm pkg delete optionalDependencies devDependencies scripts
  npm install --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error --os=linux --cpu="$cpu" --libc=glibc
) > "$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 1; }
mv "$work/modules/node_modules" "$target/node_modules"
sh "$root/deploy/prune-platforms.sh" "$target/node_modules" "$cpu" > /dev/null

# Nothing of it is read at run time: types, maps, pages, settings of others' tools and links to their programs.
find "$target" -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
find "$target/node_modules" -type f -name '*.map' -delete
find "$target/node_modules" -type f -name '*.html' -delete
find "$target/node_modules" -name '.?*' -prune -exec rm -rf {} +
# What npm leaves behind depends on the umask of whoever packs.
find "$target" -type d -exec chmod 755 {} +
find "$target" -type f -perm /111 -exec chmod 755 {} +
find "$target" -type f ! -perm /111 -exec chmod 644 {} +
# Only what is started by its name is a program.
find "$target/node_modules" -type f -perm /111 -exec chmod 644 {} +
find "$target/deploy" -name '*.sh' -exec chmod 755 {} +
chmod 755 "$target/dist/src/cli/main.js"
[ ! -f "$target/deploy/pressel" ] || chmod 755 "$target/deploy/pressel"
