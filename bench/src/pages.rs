//! The pages under load: a cached result, many checks at the same time, what many checks leave in memory, and how
//! long a page takes that nobody has seen.
//!
//! Readers are served by `garant demo` as it is started from the command line. The many checks are made by
//! `garant serve` as an owner runs it, with a file for its database and without rates, which asks the demo's
//! recursive server. The limit is [`bare`]: the same octets from hyper alone, read by the same [`wrk`], in turns.

mod bare;
mod reader;
mod site;
mod wrk;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures::future::try_join_all;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::server::Directory;
use crate::tell;
use reader::Reader;
use site::{Demo, Serve};
use wrk::Load;

/// Numbered domains of the demo.
const DOMAINS: usize = 400;
/// Turns that the page and the limit have; the median of each counts.
const TURNS: usize = 5;
/// Checks that are begun in one moment.
const AT_ONCE: usize = 200;
/// Checks after which memory is read, each of a question that none before it asked.
const CHECKS: usize = 10_000;
/// How many of them are under way at a time.
const READERS: usize = 64;
/// Of so many checks one is also looked at, in both languages: together more pages than are kept.
const LOOKED_AT: usize = 20;
/// Pages that are rendered one by one.
const RENDERED: usize = 100;

/// What must be reached.
const PER_SECOND_MIN: f64 = 5_000.0;
const P99_MAX: Duration = Duration::from_millis(20);
const MEMORY_MAX: u64 = 150_000_000;
const RENDERING_MAX: Duration = Duration::from_millis(50);

/// Runs the benchmark of readers and prints it; whether every target is met.
pub(crate) fn run() -> Result<bool> {
    let runtime = runtime()?;
    let directory = Directory::new(&std::env::temp_dir(), "bench-pages");
    let demo = Demo::start(DOMAINS)?;
    let cached = cached(&runtime, &directory, demo.address)?;
    let at_once = runtime.block_on(at_once(demo.address))?;
    Ok(cached && at_once)
}

/// Runs the benchmark of many checks and prints it; whether every target is met.
pub(crate) fn run_many() -> Result<bool> {
    let runtime = runtime()?;
    let directory = Directory::new(&std::env::temp_dir(), "bench-many");
    let demo = Demo::start(DOMAINS)?;
    let serve = Serve::start(&directory, demo.recursive)?;
    let many = runtime.block_on(many(&serve))?;
    let renderings = runtime.block_on(renderings(serve.address))?;
    Ok(many && renderings)
}

/// As many threads as the program has itself, so that the limit has the same means.
fn runtime() -> std::io::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
}

fn domain(number: usize) -> String {
    format!("d{:03}.example", number % DOMAINS + 1)
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The permanent link of one check, which was made by the form and looked at before.
fn cached(runtime: &Runtime, directory: &Directory, address: SocketAddr) -> Result<bool> {
    let (link, response) = runtime.block_on(async {
        let mut reader = Reader::new(address).await?;
        let link = reader.typed("votreentreprise.fr", "activecampaign").await?;
        let response = reader.get(&link).await?;
        ensure!(
            response.status().is_success(),
            "{link}: {}",
            response.status()
        );
        anyhow::Ok((link, response))
    })?;
    let octets = response.body().len();
    let limit = runtime.block_on(bare::serve(response))?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        bare.push(Load::put(directory, limit, &link)?);
        ours.push(Load::put(directory, address, &link)?);
    }
    let (ours, bare) = (Load::median(ours), Load::median(bare));
    let rate = tell(
        "requests per second for a cached result page, ours against the same octets from hyper alone",
        format!(
            "{:.0} / {:.0} = {:.2} ({octets} octets)",
            ours.per_second,
            bare.per_second,
            ours.per_second / bare.per_second
        ),
        format!("at least {PER_SECOND_MIN:.0} a second"),
        ours.per_second >= PER_SECOND_MIN,
    );
    let latency = tell(
        "99 of 100 of them are answered within, ours and hyper alone",
        format!(
            "{:.1} ms, {:.1} ms",
            milliseconds(ours.p99),
            milliseconds(bare.p99)
        ),
        format!("at most {} ms", P99_MAX.as_millis()),
        ours.p99 <= P99_MAX,
    );
    Ok(rate && latency)
}

/// Checks of different domains, begun in one moment by as many readers.
async fn at_once(address: SocketAddr) -> Result<bool> {
    let readers = try_join_all((0..AT_ONCE).map(|_| Reader::new(address))).await?;
    let began = Instant::now();
    let checks = readers.into_iter().enumerate().map(|(number, mut reader)| {
        tokio::spawn(async move {
            let domain = domain(number);
            let id = reader.check(&domain, "s1").await?;
            anyhow::Ok((domain, id))
        })
    });
    let mut made = Vec::new();
    for check in checks.collect::<Vec<_>>() {
        made.push(check.await?);
    }
    let took = began.elapsed();
    let errors = made.iter().filter(|one| one.is_err()).count();
    let mut reader = Reader::new(address).await?;
    let mut found = BTreeSet::new();
    for (domain, id) in made.into_iter().flatten() {
        let again = reader.json(&format!("/api/v1/checks/{id}")).await?;
        if again["check"]["domain"] == Value::String(domain) {
            found.insert(id);
        }
    }
    Ok(tell(
        "checks of different domains begun in one moment, made and found again",
        format!(
            "{} of {AT_ONCE}, {errors} errors, {:.2} s",
            found.len(),
            took.as_secs_f64()
        ),
        "all, no error".to_owned(),
        errors == 0 && found.len() == AT_ONCE,
    ))
}

/// Memory of the program after many checks, of which some were looked at.
async fn many(serve: &Serve) -> Result<bool> {
    let before = serve.memory()?.now;
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let address = serve.address;
    let began = Instant::now();
    let readers = (0..READERS).map(|_| {
        tokio::spawn(async move {
            let mut reader = Reader::new(address).await?;
            let mut ids = Vec::new();
            loop {
                let number = NEXT.fetch_add(1, Ordering::Relaxed);
                if number >= CHECKS {
                    return anyhow::Ok(ids);
                }
                // Another selector makes it another question.
                let selector = format!("s{}", number / DOMAINS);
                let id = reader.check(&domain(number), &selector).await?;
                if number % LOOKED_AT == 0 {
                    for language in ["fr", "en"] {
                        let page = reader.get(&format!("/{language}/c/{id}")).await?;
                        ensure!(page.status().is_success(), "{}", page.status());
                    }
                }
                ids.push(id);
            }
        })
    });
    let mut ids = BTreeSet::new();
    for reader in readers.collect::<Vec<_>>() {
        ids.extend(reader.await??);
    }
    let took = began.elapsed();
    ensure!(ids.len() == CHECKS, "{} different checks", ids.len());
    let figures = Reader::new(address).await?.get("/metrics").await?;
    let figures = String::from_utf8(figures.into_body().to_vec())?;
    let made = figure(&figures, "garant_checks_total{outcome=\"made\"}")?;
    ensure!(made == CHECKS as u64, "{made} checks were counted");
    let memory = serve.memory()?;
    let megabytes = |octets: u64| octets as f64 / 1e6;
    Ok(tell(
        "memory after 10,000 checks, at most",
        format!(
            "{:.0} MB (at the end {:.0}, before them {:.0}; {:.0} checks a second)",
            megabytes(memory.peak),
            megabytes(memory.now),
            megabytes(before),
            CHECKS as f64 / took.as_secs_f64(),
        ),
        format!("at most {:.0} MB", megabytes(MEMORY_MAX)),
        memory.peak <= MEMORY_MAX,
    ))
}

/// A figure of `/metrics`.
fn figure(figures: &str, name: &str) -> Result<u64> {
    let value = figures.lines().find_map(|line| line.strip_prefix(name));
    let value = value.with_context(|| format!("{name} is among the figures"))?;
    Ok(value.trim().parse()?)
}

/// The page of a check that nobody has looked at: read from the database, judged, planned, rendered, sent.
async fn renderings(address: SocketAddr) -> Result<bool> {
    let mut reader = Reader::new(address).await?;
    let mut times = Vec::new();
    for number in 0..RENDERED {
        let id = reader.check(&domain(number), "new").await?;
        let began = Instant::now();
        let page = reader.get(&format!("/en/c/{id}")).await?;
        times.push(began.elapsed());
        ensure!(page.status().is_success(), "{}", page.status());
    }
    times.sort();
    let [median, most] = [RENDERED / 2, RENDERED - 1].map(|at| times[at]);
    Ok(tell(
        "a page that nobody has looked at, judged and rendered, at most",
        format!(
            "{:.1} ms (median {:.1})",
            milliseconds(most),
            milliseconds(median)
        ),
        format!("at most {} ms", RENDERING_MAX.as_millis()),
        most <= RENDERING_MAX,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_found_by_its_whole_name() {
        let figures = "# TYPE a counter\na_total{b=\"c\"} 3\na_total{b=\"d\"} 42\n# EOF\n";
        assert_eq!(figure(figures, "a_total{b=\"d\"}").expect("is there"), 42);
        assert!(figure(figures, "a_total{b=\"e\"}").is_err());
        assert!(figure(figures, "a_total").is_err());
    }

    #[test]
    fn the_limit_serves_the_octets_that_it_was_given() {
        let runtime = crate::runtime().expect("a runtime");
        runtime.block_on(async {
            let response = hyper::Response::builder()
                .header("etag", "\"a\"")
                .header("content-length", "5")
                .body(hyper::body::Bytes::from_static(b"hello"))
                .expect("a response");
            let address = bare::serve(response).await.expect("it listens");
            let mut reader = Reader::new(address).await.expect("it answers");
            for _ in 0..2 {
                let response = reader.get("/").await.expect("a response");
                assert_eq!(response.headers()["etag"], "\"a\"");
                assert_eq!(
                    response.headers().get_all("content-length").iter().count(),
                    1
                );
                assert_eq!(&response.body()[..], b"hello");
            }
        });
    }
}
