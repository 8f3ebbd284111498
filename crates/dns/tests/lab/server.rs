//! Real name servers on loopback: started with a configuration of their own, stopped on drop.
//! The benchmarks start theirs with this file too.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use garant_dns::wire::encode_query;
use garant_dns::{Name, Question, RecordType};

/// Ports below those that the kernel gives out, so that nobody's socket takes one by chance.
const PORTS: std::ops::Range<u32> = 10_000..32_000;
/// How often a server is started, each time on another port.
const STARTS: u32 = 5;
/// How long a server has to answer its first query: this many waits of 50 ms.
const WAITS: u32 = 400;

/// A name server under test.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Drop for Server {
    fn drop(&mut self) {
        // nsd is several processes, and only on request does the first see the others off before it ends.
        if !self.signal("TERM") {
            // It has ended by itself already, or there is no shell.
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

/// A directory for one test in one process; what a failed test leaves there stays to be looked at.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new(base: &Path, test: &str) -> Self {
        let directory = base.join(format!("lab-{test}-{}", std::process::id()));
        fs::create_dir_all(&directory).expect("the directory for tests is writable");
        Self(directory)
    }
}

impl std::ops::Deref for Directory {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            // What cannot be removed lies in the build directory, and harms nobody.
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}

/// Debian's nsd, authoritative for `zones`: apex and master file in `directory`.
pub(crate) fn nsd<'a>(
    directory: &Path,
    zones: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Server {
    let zones: String = zones
        .into_iter()
        .map(|(apex, file)| format!("zone:\n name: \"{apex}\"\n zonefile: \"{file}\"\n"))
        .collect();
    start("nsd", directory, &zones, |port, zones, directory| {
        let d = directory.display();
        format!(
            "server:\n ip-address: 127.0.0.1@{port}\n server-count: 1\n username: \"\"\n chroot: \"\"\n \
             zonesdir: \"{d}\"\n database: \"\"\n pidfile: \"{d}/nsd.pid\"\n xfrdfile: \"{d}/xfrd.state\"\n \
             xfrdir: \"{d}\"\n zonelistfile: \"{d}/zone.list\"\n cookie-secret-file: \"{d}/cookies\"\n \
             hide-version: yes\n minimal-responses: yes\n rrl-ratelimit: 0\nremote-control:\n control-enable: no\n{zones}"
        )
    })
}

/// Starts `program` until it answers.
pub(crate) fn start(
    program: &str,
    directory: &Path,
    rest: &str,
    configuration: impl Fn(u16, &str, &Path) -> String,
) -> Server {
    let mut said = String::new();
    for _ in 0..STARTS {
        let port = free_port();
        let file = directory.join(format!("{program}.conf"));
        fs::write(&file, configuration(port, rest, directory)).expect("writable");
        let log = fs::File::create(directory.join(format!("{program}.out"))).expect("writable");
        let mut command = Command::new(path(program));
        command.arg("-d").arg("-c").arg(&file).stdin(Stdio::null());
        command
            .stdout(log.try_clone().expect("a handle"))
            .stderr(log);
        let process = command.spawn().unwrap_or_else(|error| {
            panic!(
                "{program} cannot be started ({error}): the tests against real name servers need the \
                 Debian packages nsd, unbound and ldnsutils, which `make test` installs"
            )
        });
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut server = Server { process, address };
        if server.answers() {
            return server;
        }
        said = ["out", "log"]
            .map(|kind| {
                fs::read_to_string(directory.join(format!("{program}.{kind}"))).unwrap_or_default()
            })
            .concat();
    }
    panic!("{program} did not answer; it said: {said}");
}

impl Server {
    /// Sends a signal by its name; tells whether that was possible.
    pub(crate) fn signal(&self, name: &str) -> bool {
        let id = self.process.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -s \"$1\" \"$0\"", &id, name])
            .stderr(Stdio::null())
            .status();
        sent.is_ok_and(|status| status.success())
    }

    /// Waits for any answer at all.
    fn answers(&mut self) -> bool {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        socket
            .set_read_timeout(Some(Duration::from_millis(50)))
            .expect("a time-out");
        let question = Question::new(Name::root(), RecordType::Soa).with_checking_disabled();
        let query = encode_query(&question, 1);
        (0..WAITS).any(|_| {
            let ended = !matches!(self.process.try_wait(), Ok(None));
            let sent = socket.send_to(&query, self.address);
            ended || (sent.is_ok() && socket.recv(&mut [0; 2000]).is_ok())
        }) && matches!(self.process.try_wait(), Ok(None))
    }
}

/// A port that is free for both kinds of socket. Tests in one process, and processes, begin apart.
fn free_port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let span = PORTS.end - PORTS.start;
        let port = PORTS.start + (std::process::id() * 97 + step) % span;
        let address = (
            Ipv4Addr::LOCALHOST,
            u16::try_from(port).expect("below 65,536"),
        );
        if UdpSocket::bind(address).is_ok() && TcpListener::bind(address).is_ok() {
            return address.1;
        }
    }
}

/// Debian keeps servers where the path of ordinary users may not look.
fn path(program: &str) -> PathBuf {
    let system = Path::new("/usr/sbin").join(program);
    if system.exists() {
        system
    } else {
        PathBuf::from(program)
    }
}
