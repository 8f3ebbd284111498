#!/bin/sh
# Runs each fuzz target for the given number of seconds, beginning with its corpus. What is found stands
# in fuzz/artifacts/; put it into fuzz/corpus/<target>/ so that `cargo test` replays it for ever.
set -eu
seconds="${1:-60}"
cd "$(dirname "$0")/.."
command -v cargo-fuzz >/dev/null 2>&1 || cargo install cargo-fuzz --locked
# SQLite is C of one source file, and the sanitizer takes its globals for two of one name.
export ASAN_OPTIONS="detect_odr_violation=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
failed=""
for target in $(cargo +nightly fuzz list); do
    echo "fuzzing $target for $seconds s"
    # New inputs go into a folder of their own; the corpus under version control grows by hand.
    mkdir -p "fuzz/found/$target"
    cargo +nightly fuzz run "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- \
        -max_total_time="$seconds" -max_len=16384 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 ||
        failed="$failed $target"
done
# What one target finds keeps the others from nothing.
[ -z "$failed" ] || { echo "found something:$failed"; exit 1; }
