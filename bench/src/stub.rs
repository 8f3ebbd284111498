//! Our stub resolver against hickory-resolver: queries per CPU-second of this process.
//!
//! The same look-ups, of which nearly half find something, against the same nsd, nobody with a cache, on
//! one thread, in turns of one batch each. Both are tried with few and with many questions under way.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, ensure};
use futures::stream::{self, StreamExt};
use garant_dns::live::{Options, Stub};
use garant_dns::{Question, RecordType, Resolver, Status};
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name as HickoryName, RecordType as HickoryType};

use crate::server::Directory;
use crate::{cpu, runtime, world};

/// What must be reached.
const RATIO_MIN: f64 = 3.0;
/// Domains in the generated world; each gives as many look-ups as [`looked_up`] has.
const DOMAINS: usize = 500;
/// Turns that each side has.
const TURNS: usize = 6;
/// Questions under way at a time.
const CONCURRENT: [usize; 2] = [32, 256];

/// The look-ups that a check of one domain begins with.
pub(crate) fn looked_up(domain: &str) -> Vec<(String, RecordType)> {
    use RecordType::{A, Mx, Ns, Txt};
    let mut questions = vec![
        (domain.to_owned(), Ns),
        (domain.to_owned(), Mx),
        (domain.to_owned(), A),
    ];
    let prefixes = [
        "",
        "_dmarc.",
        "_domainkey.",
        "google._domainkey.",
        "selector1._domainkey.",
        "selector2._domainkey.",
        "k1._domainkey.",
        "k2._domainkey.",
        "s1._domainkey.",
        "mail._domainkey.",
        "default._domainkey.",
        "brevo1._domainkey.",
        "_mta-sts.",
        "_smtp._tls.",
        "em.",
    ];
    questions.extend(prefixes.map(|prefix| (format!("{prefix}{domain}"), Txt)));
    questions
}

/// Runs the comparison and prints it; whether the target is met.
pub(crate) fn run() -> Result<bool> {
    let world = world::generate(DOMAINS);
    let directory = Directory::new(&std::env::temp_dir(), "bench-stub");
    let server = world.serve(&directory)?;
    let questions: Vec<_> = world
        .domains
        .iter()
        .flat_map(|domain| looked_up(domain))
        .collect();
    let ours: Vec<Question> = questions
        .iter()
        .map(|(name, rtype)| Ok(Question::new(name.parse()?, *rtype)))
        .collect::<Result<_>>()?;
    let theirs: Vec<(HickoryName, HickoryType)> = questions
        .iter()
        .map(|(name, rtype)| {
            Ok((
                HickoryName::from_ascii(format!("{name}."))?,
                hickory_type(*rtype),
            ))
        })
        .collect::<Result<_>>()?;
    println!(
        "{} look-ups a turn, {TURNS} turns each, queries per CPU-second:",
        ours.len()
    );
    let mut worst = f64::INFINITY;
    for concurrent in CONCURRENT {
        let ratio = runtime()?.block_on(compare(server.address, &ours, &theirs, concurrent))?;
        worst = worst.min(ratio);
    }
    let met = worst >= RATIO_MIN;
    println!(
        "stub against hickory-resolver: {worst:.2} (at least {RATIO_MIN}): {}",
        if met { "met" } else { "MISSED" }
    );
    Ok(met)
}

async fn compare(
    server: SocketAddr,
    ours: &[Question],
    theirs: &[(HickoryName, HickoryType)],
    concurrent: usize,
) -> Result<f64> {
    let mut options = Options::new(vec![server], [7; 32]);
    options.concurrent_max = concurrent;
    let stub = Stub::new(options);
    let hickory = hickory(server, concurrent)?;
    let (mut our_time, mut their_time) = (Duration::ZERO, Duration::ZERO);
    // The first turn of each opens sockets and fills caches of the processor, and is not counted.
    for turn in 0..=TURNS {
        let before = cpu::used();
        let asked = stream::iter(ours).map(|question| stub.resolve(question));
        let our_found = asked
            .buffer_unordered(concurrent)
            .filter(|answer| std::future::ready(answer.status == Status::Found));
        let our_found = our_found.count().await;
        let between = cpu::used();
        let asked = stream::iter(theirs).map(|(name, rtype)| hickory.lookup(name.clone(), *rtype));
        let their_found = asked
            .buffer_unordered(concurrent)
            .filter(|answer| std::future::ready(answer.is_ok()));
        let their_found = their_found.count().await;
        let after = cpu::used();
        ensure!(
            our_found == their_found,
            "they find {their_found}, we {our_found}"
        );
        if turn > 0 {
            our_time += between - before;
            their_time += after - between;
        }
    }
    let stats = stub.stats();
    ensure!(stats.timeouts == 0, "the server lost queries: {stats:?}");
    let rate = |time: Duration| (ours.len() * TURNS) as f64 / time.as_secs_f64();
    let (our_rate, their_rate) = (rate(our_time), rate(their_time));
    let ratio = our_rate / their_rate;
    println!(
        "  {concurrent:>3} at a time: ours {our_rate:>7.0}, hickory {their_rate:>7.0}, ratio {ratio:.2}"
    );
    Ok(ratio)
}

fn hickory(server: SocketAddr, concurrent: usize) -> Result<TokioResolver> {
    let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut connection| {
        connection.port = server.port();
        connection
    });
    let mut name_server = NameServerConfig::udp_and_tcp(server.ip());
    name_server.connections = connections.to_vec();
    let config = ResolverConfig::from_parts(None, Vec::new(), vec![name_server]);
    let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    let options = builder.options_mut();
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    options.max_active_requests = concurrent.max(32);
    Ok(builder.build()?)
}

fn hickory_type(rtype: RecordType) -> HickoryType {
    match rtype {
        RecordType::A => HickoryType::A,
        RecordType::Aaaa => HickoryType::AAAA,
        RecordType::Cname => HickoryType::CNAME,
        RecordType::Dnskey => HickoryType::DNSKEY,
        RecordType::Ds => HickoryType::DS,
        RecordType::Mx => HickoryType::MX,
        RecordType::Ns => HickoryType::NS,
        RecordType::Ptr => HickoryType::PTR,
        RecordType::Soa => HickoryType::SOA,
        RecordType::Txt => HickoryType::TXT,
    }
}
