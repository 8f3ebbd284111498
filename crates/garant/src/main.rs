//! `garant`: reads arguments, builds the world, runs the command.

mod cli;
mod clock;
mod demo;
mod environment;
mod exit;
mod serve;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).into()
}
