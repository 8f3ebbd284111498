//! Several authoritative servers, each an nsd with zones of its own, and a recursive server before them.

use std::collections::BTreeMap;
use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::time::Duration;

use garant_dns::authority::DirectAnswer;
use garant_dns::wire::{Edns, decode_direct, encode_direct};
use garant_dns::{Data, Question, RecordType};

use crate::recursive::unbound;
use crate::server::{Server, nsd};

/// How often a server is asked, each time for 50 ms at most, until it has read a changed zone.
const RELOAD_WAITS: u32 = 400;

/// The registry's zone, which delegates `exemple.test` to three servers, and `fournisseur.test` and
/// `reseau.test` to one each.
pub(crate) const REGISTRY: &str = "@ NS ns.registre\nns.registre A 192.0.2.1\n\
    exemple NS ns1.exemple\nexemple NS ns2.exemple\nexemple NS ns3.exemple\n\
    ns1.exemple A 192.0.2.11\nns2.exemple A 192.0.2.12\nns3.exemple A 192.0.2.13\n\
    fournisseur NS ns.fournisseur\nns.fournisseur A 192.0.2.31\n\
    reseau NS ns.reseau\nns.reseau A 192.0.2.41";

/// The servers by their names. They end when this is dropped.
pub(crate) struct Network {
    directory: PathBuf,
    servers: BTreeMap<&'static str, Server>,
    /// Asks the first server of the first line that has the zone in question.
    pub(crate) recursive: Server,
}

impl Network {
    /// A line is a server's name, a zone that it is said to have, the zone's serial and its records besides the
    /// SOA. With serial 0 the server does not have the zone, and refuses every question about it.
    pub(crate) fn new(directory: &Path, lines: &[(&'static str, &'static str, u32, &str)]) -> Self {
        let mut zones: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (server, apex, serial, records) in lines {
            let zones = zones.entry(server).or_default();
            let folder = directory.join(server);
            fs::create_dir_all(&folder).expect("writable");
            if *serial > 0 {
                write_zone(&folder, apex, *serial, records);
                zones.push((apex, apex));
            }
        }
        let servers: BTreeMap<_, _> = zones
            .into_iter()
            .map(|(server, zones)| (server, nsd(&directory.join(server), zones)))
            .collect();
        let mut stubs: Vec<(&str, SocketAddr)> = Vec::new();
        for (server, apex, ..) in lines {
            if !stubs.iter().any(|(known, _)| known == apex) {
                stubs.push((apex, servers[server].address));
            }
        }
        let recursive = unbound(directory, &stubs, &[]);
        Self {
            directory: directory.to_owned(),
            servers,
            recursive,
        }
    }

    /// Where each server is.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = (&str, SocketAddr)> {
        let servers = self.servers.iter();
        servers.map(|(name, server)| (*name, server.address))
    }

    /// Changes a zone at one server and waits until it is served.
    pub(crate) fn publish(&self, server: &str, apex: &str, serial: u32, records: &str) {
        let file = write_zone(&self.directory.join(server), apex, serial, records);
        // The server compares times of change, which may be coarse.
        let changed = file.metadata().and_then(|metadata| metadata.modified());
        let later = changed.expect("a time") + Duration::from_secs(u64::from(serial));
        file.set_modified(later).expect("ours");
        let server = &self.servers[server];
        assert!(server.signal("HUP"), "the server runs");
        let question = Question::new(apex.parse().expect("a name"), RecordType::Soa);
        let socket = UdpSocket::bind(("127.0.0.1", 0)).expect("a free port");
        let patience = Some(Duration::from_millis(50));
        socket.set_read_timeout(patience).expect("a time-out");
        let served = (0..RELOAD_WAITS).any(|id| {
            let id = u16::try_from(id).expect("few");
            let query = encode_direct(&question, id, Edns::Offered);
            socket.send_to(&query, server.address).expect("sent");
            let mut buffer = [0; 2000];
            let Ok(length) = socket.recv(&mut buffer) else {
                return false;
            };
            let answer = decode_direct(&buffer[..length], &question);
            let new = answer.is_ok_and(|answer| serial_of(&answer) == Some(serial));
            if !new {
                // Nothing else comes: this only lets the server work.
                let _ = socket.recv(&mut buffer);
            }
            new
        });
        assert!(served, "{apex} with serial {serial} is not served");
    }
}

fn serial_of(answer: &DirectAnswer) -> Option<u32> {
    answer.records.iter().find_map(|record| match &record.data {
        Data::Soa(soa) => Some(soa.serial),
        _ => None,
    })
}

fn write_zone(folder: &Path, apex: &str, serial: u32, records: &str) -> fs::File {
    let text = format!(
        "$ORIGIN {apex}.\n$TTL 300\n@ SOA primaire hostmaster {serial} 3600 600 864000 300\n{records}\n"
    );
    let path = folder.join(apex);
    fs::write(&path, text).expect("writable");
    fs::File::options().write(true).open(path).expect("written")
}
