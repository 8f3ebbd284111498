# What can be done here. Debian's package manager is used where a tool is absent.
.PHONY: run test lint bench soak fuzz tools

run:
	cargo run --release -- demo

test: tools lint
	cargo test --workspace
	cargo test --manifest-path bench/Cargo.toml --target-dir target

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

bench: tools
	sh tools/install.sh bench
	cargo build --release
	cargo run --release --manifest-path bench/Cargo.toml --target-dir target

soak: fuzz

# Each target for FUZZ_SECONDS; needs a nightly toolchain and cargo-fuzz.
fuzz:
	sh fuzz/run.sh $(or $(FUZZ_SECONDS),60)

tools:
	sh tools/install.sh
