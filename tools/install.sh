#!/bin/sh
# Installs the programs that the tests start on loopback, where they are absent; with the word `bench`,
# also what the peers of the benchmarks run on.
set -eu
absent=""
need() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ] || absent="$absent $2"; }
need nsd nsd
need unbound unbound
need ldns-signzone ldnsutils
need chromium chromium
need chromedriver chromium-driver
need npm npm
need python3 python3
need opendkim opendkim
need opendkim-genkey opendkim-tools
# Debian's own Python, which is not always the first one.
/usr/bin/python3 -c 'import dkim' 2>/dev/null || absent="$absent python3-dkim"
/usr/bin/python3 -c 'import authres' 2>/dev/null || absent="$absent python3-authres"
/usr/bin/python3 -c 'import nacl.signing' 2>/dev/null || absent="$absent python3-nacl"
if [ "${1:-}" = bench ]; then
    need wrk wrk
    python3 -c 'import ensurepip, venv' 2>/dev/null || absent="$absent python3-venv"
fi
if [ -n "$absent" ]; then
    root=""
    [ "$(id -u)" = 0 ] || root=sudo
    echo "installing:$absent"
    # The services are not wanted, only the programs: the tests start their own on high ports.
    $root apt-get update -q
    DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends $absent
fi

# What the browser tests judge pages with stands beside what is built.
tools="${CARGO_TARGET_DIR:-target}/tools"
wanted="$(dirname "$0")/browser/package.json"
if ! cmp -s "$wanted" "$tools/package.json" || [ ! -d "$tools/node_modules" ]; then
    mkdir -p "$tools"
    cp "$wanted" "$tools/package.json"
    (cd "$tools" && npm install --no-package-lock --no-audit --no-fund --loglevel error)
fi
