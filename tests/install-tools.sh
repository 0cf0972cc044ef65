#!/bin/bash
# Installs what the tests need by apt-get when it may, or names what is missing and fails. Does nothing when all is there.
set -u

# command (or library), Debian's package
needs='
ip iproute2
tc iproute2
nft nftables
fping fping
iperf3 iperf3
tcpdump tcpdump
setpriv util-linux
node nodejs
npm npm
chromium chromium
postgres postgresql
libsqlite3.so.0 libsqlite3-0
'
PATH=$PATH:/usr/sbin:/sbin

have() {
  case $1 in
    postgres) compgen -G '/usr/lib/postgresql/*/bin/postgres' > /dev/null || command -v postgres > /dev/null ;;
    chromium) command -v chromium > /dev/null || command -v chromium-browser > /dev/null || command -v google-chrome > /dev/null ;;
    *.so.*) ldconfig -p | grep -q "$1" ;;
    *) command -v "$1" > /dev/null ;;
  esac
}

missing=()
packages=()
look() {
  missing=() packages=()
  while read -r tool package; do
    [ -n "$tool" ] || continue
    have "$tool" || { missing+=("$tool"); packages+=("$package"); }
  done <<< "$needs"
}

look
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  mapfile -t packages < <(printf '%s\n' "${packages[@]}" | sort -u)
  echo "Installing ${packages[*]}"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  # Without its own cluster: the tests start a database of theirs in a temporary folder.
  if [[ " ${packages[*]} " == *' postgresql '* ]]; then
    mkdir -p /etc/postgresql-common/createcluster.d
    [ -e /etc/postgresql-common/createcluster.d/netronome-tests.conf ] \
      || echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/netronome-tests.conf
  fi
  { apt-get update -q && apt-get install -qy --no-install-recommends "${packages[@]}"; } > "$log" 2>&1 || tail -n 20 "$log"
  rm -f "$log"
  look
fi

if ! dotnet --version > /dev/null 2>&1; then
  missing+=("dotnet (the .NET SDK of global.json)")
fi

if [ "$(id -u)" != 0 ]; then
  missing+=("root (the tests build network namespaces)")
fi

if [ ! -e /dev/net/tun ]; then
  missing+=("/dev/net/tun (modprobe tun, or give it to the container)")
fi

if [ ${#missing[@]} -gt 0 ]; then
  echo "The tests need, and do not find:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
fi
