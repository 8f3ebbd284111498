//! What dkimpy and OpenDKIM say of many messages, and we: `cargo run --release --example others -- 20000 7` takes
//! 20,000 messages and a fourth as many chains of ARC, made of the seed 7.

#[path = "../tests/differential/mod.rs"]
mod differential;
#[allow(dead_code, reason = "tests use other parts of it")]
#[path = "../tests/world/mod.rs"]
mod world;

use std::process::ExitCode;

use differential::others::Others;

/// Messages where none are asked for.
const MESSAGES: u64 = 5_000;
const SEED: u64 = 1;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|text| text.parse::<u64>());
    let mut next = |usual| numbers.next().unwrap_or(Ok(usual));
    let (Ok(messages), Ok(seed)) = (next(MESSAGES), next(SEED)) else {
        eprintln!("usage: others [messages] [seed]");
        return ExitCode::from(2);
    };
    let Some(others) = Others::find() else {
        return ExitCode::SUCCESS;
    };
    let messages = usize::try_from(messages).unwrap_or(usize::MAX);
    let signatures = differential::run(&others, seed, messages);
    println!("{signatures}");
    let chains = differential::chains::run(&others, seed, messages / 4);
    println!("chains of ARC\n{chains}");
    ExitCode::from(u8::from(signatures.unknown + chains.unknown > 0))
}
