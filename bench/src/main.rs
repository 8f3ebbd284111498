//! Benchmarks of Garant against what else there is.
//!
//! Only ratios count: both sides run on the same machine, against the same server, in turns, in the same
//! run. Without an argument every benchmark runs, and the exit code tells whether each target is met.
//!
//! * `stub`: our stub resolver's queries per CPU-second against hickory-resolver's ([`stub`]).
//! * `domains`: whole checks against checkdmarc and against limits ([`domains`]).
//! * `program`: the program as a process ([`program`]).
//! * `mail`: signing, verifying and reading bounces against the bare operations, dkimpy and limits ([`mail`]).
//! * `pages`: the pages and their readers, against hyper alone and against limits ([`pages`]).
//! * `many`: what many checks leave in memory, and how long a page takes that nobody has seen ([`pages`]).
//! * `proxy LISTEN UPSTREAM MILLISECONDS`: the delay proxy as a program of its own ([`proxy`]), so that
//!   its work is not counted with that of the measured process.
//! * `world COUNT DIRECTORY`: writes the generated zones ([`world`]).

mod cpu;
mod domains;
mod mail;
mod pages;
mod program;
mod proxy;
#[path = "../../crates/dns/tests/lab/server.rs"]
mod server;
mod stub;
mod world;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};

fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let met = match words[..] {
        [] => {
            // Each is printed, whether or not one before it missed its target.
            let met = [
                program::run()?,
                domains::run()?,
                stub::run()?,
                mail::run()?,
                pages::run()?,
                pages::run_many()?,
            ];
            met.iter().all(|met| *met)
        }
        ["stub"] => stub::run()?,
        ["domains"] => domains::run()?,
        ["mail"] => mail::run()?,
        ["program"] => program::run()?,
        ["pages"] => pages::run()?,
        ["many"] => pages::run_many()?,
        ["proxy", listen, upstream, milliseconds] => {
            let (listen, upstream) = (listen.parse()?, upstream.parse()?);
            let delay = Duration::from_millis(milliseconds.parse()?);
            runtime()?.block_on(async {
                let proxy = proxy::Proxy::start(listen, upstream, delay).await?;
                proxy.run().await
            })?;
            true
        }
        ["world", count, directory] => {
            let world = world::generate(count.parse().context("a number of domains")?);
            world.write(Path::new(directory))?;
            println!("{} zones", world.zones.len());
            true
        }
        _ => bail!("unknown benchmark {words:?}; read the head of bench/src/main.rs"),
    };
    Ok(if met {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints what was measured against its target; whether that is met.
fn tell(what: &str, value: String, limit: String, holds: bool) -> bool {
    println!(
        "{what}: {value} ({limit}): {}",
        if holds { "met" } else { "MISSED" }
    );
    holds
}

/// One thread, so that both sides of a comparison have the same.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use futures::future::join_all;
    use garant_dns::live::{Options, Stub};
    use garant_dns::{Question, Resolver};

    use super::*;

    #[test]
    fn the_generated_world_answers_from_a_distance() {
        let directory = server::Directory::new(&std::env::temp_dir(), "bench-test");
        let world = world::generate(20);
        let server = world.serve(&directory).expect("starts");
        let near = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        runtime().expect("a runtime").block_on(async {
            let proxy = proxy::Proxy::start(near, server.address, Duration::from_millis(20)).await;
            let proxy = proxy.expect("starts");
            let far = proxy.address().expect("bound");
            let stub = Stub::new(Options::new(vec![far], [7; 32]));
            let looked_up = world.domains.iter().flat_map(|domain| stub::looked_up(domain));
            let questions: Vec<Question> = looked_up
                .map(|(name, rtype)| Question::new(name.parse().expect("a name"), rtype))
                .collect();
            let answers = tokio::select! {
                answers = join_all(questions.iter().map(|question| stub.resolve(question))) => answers,
                result = proxy.run() => panic!("the proxy ended: {result:?}"),
            };
            for (question, answer) in questions.iter().zip(answers) {
                assert!(answer.status.is_definite(), "{question:?}: {answer:?}");
            }
        });
    }
}
