#!/bin/sh
# Installs the programs that the tests start on loopback, where they are absent; with the word `bench`,
# also what the peers of the benchmarks run on.
set -eu
absent=""
need() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || absent="$absent $2"; }
need nsd nsd
need unbound unbound
need ldns-signzone ldnsutils
if [ "${1:-}" = bench ]; then
    need python3 python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || absent="$absent python3-venv"
fi
[ -z "$absent" ] && exit 0
root=""
[ "$(id -u)" = 0 ] || root=sudo
echo "installing:$absent"
# The services are not wanted, only the programs: the tests start their own on high ports.
$root apt-get update -q
DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends $absent
