//! Checks of whole domains: how many a second at a distance, how many look-ups, how much processor time.
//!
//! The peer is checkdmarc (PyPI), asked through its own serial call with HTTPS and SMTP off, at the same
//! proxy; it looks up no DKIM keys, ours do. It is installed into a folder of its own below `target/`.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use futures::stream::{self, StreamExt};
use garant_check::{NoFetch, Observation, Request, Sources, assess, observe, observe_and_tell};
use garant_dns::live::{Cache, Options, Stub};
use garant_dns::{Name, Replay, Resolver};

use crate::server::Directory;
use crate::{cpu, runtime, world};

/// Domains in the generated world.
const DOMAINS: usize = 200;
/// Round trip of the proxy.
const ROUND_TRIP: Duration = Duration::from_millis(20);
/// Domains that the peer is given: it takes the better part of a second for each.
const PEER_DOMAINS: usize = 15;
/// Domains that are checked one by one.
const SINGLE_DOMAINS: usize = 20;
/// The peer's version.
const PEER: &str = "checkdmarc==6.0.4";

/// What must be reached.
const PEER_RATIO_MIN: f64 = 100.0;
const COLD_QUERIES_MAX: u64 = 31;
const SHARED_QUERIES_MAX: f64 = 20.0;
const CPU_MAX: Duration = Duration::from_millis(2);

/// The delay proxy in a process of its own, ended when dropped.
struct Distance(Child);

impl Distance {
    fn start(upstream: SocketAddr) -> Result<(Self, SocketAddr)> {
        // The port is free when asked for; nobody else takes ports here meanwhile.
        let free = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let child = Command::new(std::env::current_exe()?)
            .args(["proxy", &free.to_string(), &upstream.to_string()])
            .arg(ROUND_TRIP.as_millis().to_string())
            .stdout(Stdio::null())
            .spawn()?;
        Ok((Self(child), free))
    }
}

impl Drop for Distance {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the benchmark and prints it; whether every target is met.
pub(crate) fn run() -> Result<bool> {
    let world = world::generate(DOMAINS);
    let directory = Directory::new(&std::env::temp_dir(), "bench-domains");
    let server = world.serve(&directory)?;
    let (_distance, far) = Distance::start(server.address)?;
    let domains: Vec<Name> = world
        .domains
        .iter()
        .map(|domain| Ok(domain.parse()?))
        .collect::<Result<_>>()?;
    let near = server.address;
    let runtime = runtime()?;
    runtime.block_on(ready(far, &domains[0]))?;
    let mut met = true;
    let mut tell = |what: &str, value: String, limit: String, holds: bool| {
        met &= crate::tell(what, value, limit, holds);
    };

    let ours = runtime.block_on(per_second(far, &domains))?;
    let peer = peer_per_second(far, &world.domains[..PEER_DOMAINS])?;
    tell(
        "domains per second at 20 ms, ours with DKIM against checkdmarc without",
        format!("{ours:.0} / {peer:.2} = {:.0}", ours / peer),
        format!("at least {PEER_RATIO_MIN}"),
        ours / peer >= PEER_RATIO_MIN,
    );

    let cold = runtime.block_on(cold_queries(near, &domains))?;
    let most = cold.iter().copied().max().unwrap_or(0);
    let mean = cold.iter().sum::<u64>() as f64 / cold.len() as f64;
    tell(
        "look-ups of one domain, nothing cached, at most",
        format!("{most} (mean {mean:.1})"),
        format!("at most {COLD_QUERIES_MAX}"),
        most <= COLD_QUERIES_MAX,
    );

    let (shared, cpu) = runtime.block_on(shared_queries(near, &domains))?;
    tell(
        "look-ups per domain with one cache for 200",
        format!("{shared:.1}"),
        format!("at most {SHARED_QUERIES_MAX}"),
        shared <= SHARED_QUERIES_MAX,
    );
    tell(
        "processor time per domain, asking and judging",
        format!("{:.2} ms", cpu.as_secs_f64() * 1000.0),
        format!("at most {} ms", CPU_MAX.as_millis()),
        cpu <= CPU_MAX,
    );

    let worst = runtime.block_on(round_trips(near, far, &domains[..SINGLE_DOMAINS]))?;
    tell(
        "time of one domain in round trips, beyond its dependent rounds, at most",
        format!("{worst:.2}"),
        "at most 1".to_owned(),
        worst <= 1.0,
    );
    Ok(met)
}

fn stub(server: SocketAddr) -> Stub {
    Stub::new(Options::new(vec![server], [7; 32]))
}

async fn check(resolver: &dyn Resolver, domain: &Name) -> Observation {
    let request = Request::new(domain.clone());
    let observation = observe(Sources::new(resolver, &NoFetch), request, 1_795_343_700).await;
    std::hint::black_box(assess(&observation));
    observation
}

/// Waits until the proxy answers.
async fn ready(server: SocketAddr, domain: &Name) -> Result<()> {
    for _ in 0..50 {
        let question = garant_dns::Question::new(domain.clone(), garant_dns::RecordType::Txt);
        if stub(server).resolve(&question).await.status.is_definite() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("the proxy does not answer")
}

async fn per_second(server: SocketAddr, domains: &[Name]) -> Result<f64> {
    let cache = Cache::new(stub(server));
    let began = Instant::now();
    let checks = domains.iter().map(|domain| check(&cache, domain));
    let done = stream::iter(checks)
        .buffer_unordered(domains.len())
        .count()
        .await;
    ensure!(done == domains.len(), "every domain is checked");
    Ok(done as f64 / began.elapsed().as_secs_f64())
}

async fn cold_queries(server: SocketAddr, domains: &[Name]) -> Result<Vec<u64>> {
    let mut counts = Vec::new();
    for domain in domains {
        let cache = Cache::new(stub(server));
        check(&cache, domain).await;
        counts.push(cache.inner().stats().answered);
    }
    Ok(counts)
}

async fn shared_queries(server: SocketAddr, domains: &[Name]) -> Result<(f64, Duration)> {
    let cache = Cache::new(stub(server));
    let before = cpu::used();
    let checks = domains.iter().map(|domain| check(&cache, domain));
    let done = stream::iter(checks).buffer_unordered(64).count().await;
    let used = cpu::used() - before;
    let queries = cache.inner().stats().answered as f64 / done as f64;
    Ok((queries, used / u32::try_from(done)?))
}

/// The most that a check of one domain takes beyond its dependent rounds, in round trips. The rounds are
/// counted by judging the same answers again from memory, where every question of a round is answered at
/// once; the round trip is that of single questions in the same run.
async fn round_trips(near: SocketAddr, far: SocketAddr, domains: &[Name]) -> Result<f64> {
    let mut worst = f64::MIN;
    for domain in domains {
        let observation = check(&Cache::new(stub(near)), domain).await;
        let replay = Replay::new(observation.answers.clone());
        let mut rounds = 0;
        let request = observation.request.clone();
        observe_and_tell(
            Sources::new(&replay, &NoFetch),
            request,
            observation.asked_at,
            |_| rounds += 1,
        )
        .await;
        let trip = single_question(far, domain).await;
        // The shortest of three: what else the machine does is not ours to measure.
        let mut taken = Duration::MAX;
        for _ in 0..3 {
            let cache: Arc<dyn Resolver> = Arc::new(Cache::new(stub(far)));
            let began = Instant::now();
            check(&*cache, domain).await;
            taken = taken.min(began.elapsed());
        }
        worst = worst.max(taken.as_secs_f64() / trip.as_secs_f64() - f64::from(rounds));
    }
    Ok(worst)
}

/// The median of five.
async fn single_question(server: SocketAddr, domain: &Name) -> Duration {
    let question = garant_dns::Question::new(domain.clone(), garant_dns::RecordType::Txt);
    let mut times = Vec::new();
    for _ in 0..5 {
        let stub = stub(server);
        let began = Instant::now();
        stub.resolve(&question).await;
        times.push(began.elapsed());
    }
    times.sort();
    times[2]
}

/// The peer's script: domains and server as arguments; prints the seconds that its call took.
/// It also asks for DNSSEC on its own account, through the system's servers and the usual port: it is
/// turned to the proxy there too, so that both ask the same server and nothing leaves this machine.
const PEER_SCRIPT: &str = r#"
import sys, time
import dns.query, dns.resolver
server, port = sys.argv[1], int(sys.argv[2])
class Here(dns.resolver.Resolver):
    def __init__(self, *args, **kwargs):
        super().__init__(configure=False)
        self.nameservers, self.port = [server], port
        self.timeout = self.lifetime = 2
dns.resolver.Resolver = Here
dns.resolver.default_resolver = Here()
def turned(query):
    return lambda message, where, timeout=None, *args, **kwargs: query(
        message, server, timeout, **{**kwargs, "port": port})
dns.query.udp, dns.query.tcp = turned(dns.query.udp), turned(dns.query.tcp)
dns.query.udp_with_fallback = turned(dns.query.udp_with_fallback)
import checkdmarc
began = time.perf_counter()
results = checkdmarc.check_domains(sys.argv[3:], check_mx_tls=False, resolver=Here())
taken = time.perf_counter() - began
assert len(results) == len(sys.argv[3:])
print(taken)
"#;

fn peer_per_second(server: SocketAddr, domains: &[String]) -> Result<f64> {
    let python = peer_python()?;
    let output = Command::new(python)
        .args([
            "-c",
            PEER_SCRIPT,
            &server.ip().to_string(),
            &server.port().to_string(),
        ])
        .args(domains)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "the peer ended with {}: {said}",
        output.status
    );
    let line = BufReader::new(&*output.stdout)
        .lines()
        .last()
        .context("the peer's seconds")??;
    Ok(domains.len() as f64 / line.trim().parse::<f64>()?)
}

/// The Python of a virtual environment with the peer in it, made when it is not there.
fn peer_python() -> Result<PathBuf> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peer");
    let python = home.join("bin/python");
    let there = Command::new(&python)
        .args(["-c", "import checkdmarc"])
        .output();
    if there.is_ok_and(|output| output.status.success()) {
        return Ok(python);
    }
    println!("installing {PEER}");
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&home)
        .status()?;
    ensure!(made.success(), "python3 with its venv module is needed");
    let pip = Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", PEER])
        .status()?;
    ensure!(pip.success(), "{PEER} could not be installed");
    Ok(python)
}
