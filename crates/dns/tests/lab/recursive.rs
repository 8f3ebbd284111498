//! A recursive, validating server, and signed zones for it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::server::{Server, start};

/// Debian's unbound, recursive, with `stubs` (zone and server), and validating beneath `anchors`.
pub(crate) fn unbound(
    directory: &Path,
    stubs: &[(&str, SocketAddr)],
    anchors: &[PathBuf],
) -> Server {
    let mut rest = String::new();
    for anchor in anchors {
        rest += &format!(" trust-anchor-file: \"{}\"\n", anchor.display());
    }
    // The root is nowhere, so that no query leaves the machine.
    let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 1));
    for (zone, server) in stubs.iter().chain(&[(".", nowhere)]) {
        let (address, port) = (server.ip(), server.port());
        rest += &format!(
            "stub-zone:\n name: \"{zone}\"\n stub-addr: {address}@{port}\n stub-prime: no\n"
        );
    }
    start("unbound", directory, &rest, |port, rest, directory| {
        let d = directory.display();
        format!(
            "server:\n interface: 127.0.0.1\n port: {port}\n username: \"\"\n chroot: \"\"\n directory: \"{d}\"\n \
             pidfile: \"{d}/unbound.pid\"\n use-syslog: no\n logfile: \"{d}/unbound.log\"\n num-threads: 1\n \
             do-ip6: no\n do-daemonize: no\n do-not-query-localhost: no\n local-zone: \"test.\" nodefault\n \
             access-control: 127.0.0.0/8 allow\n module-config: \"validator iterator\"\n ede: yes\n \
             outbound-msg-retry: 1\n unknown-server-time-limit: 50\n qname-minimisation: no\n{rest}"
        )
    })
}

/// Signs the zone `apex` of `directory`/`file` with a new key, into `file`.signed; gives the key's file.
pub(crate) fn sign(directory: &Path, apex: &str, file: &str) -> PathBuf {
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(directory)
            .output();
        let output = output.unwrap_or_else(|error| {
            panic!("{program} cannot be run ({error}): it is in the Debian package ldnsutils")
        });
        assert!(output.status.success(), "{program} failed: {output:?}");
        String::from_utf8(output.stdout)
            .expect("text")
            .trim()
            .to_owned()
    };
    let key = run("ldns-keygen", &["-a", "ECDSAP256SHA256", "-k", apex]);
    run("ldns-signzone", &["-o", apex, file, &key]);
    directory.join(format!("{key}.key"))
}
