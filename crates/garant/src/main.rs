//! `garant`: reads arguments, builds the world, runs the command.

mod cli;
mod clock;
mod config;
mod demo;
mod environment;
mod exit;
mod log;
mod serve;
mod store;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run(std::env::args_os()).into()
}
