# What can be done here. Debian's package manager is used where a tool is absent.
.PHONY: run test lint bench soak fuzz others tools

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

soak: fuzz others

# Each target for FUZZ_SECONDS; needs a nightly toolchain and cargo-fuzz.
fuzz:
	sh fuzz/run.sh $(or $(FUZZ_SECONDS),60)

# As many messages, and a fourth as many chains of ARC, that dkimpy and OpenDKIM judge too; another seed makes others.
others: tools
	cargo run --release -p garant-msgauth --example others -- $(or $(OTHERS_MESSAGES),20000) $(or $(OTHERS_SEED),1)

tools:
	sh tools/install.sh
