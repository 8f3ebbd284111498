//! Who handed a message over to the organization that received it.
//!
//! The topmost fields are the receiver's. From the top, each hop whose client is inside (a private address, a
//! delivery within a server, a host of the same organization by its name in the DNS) vouches for the field
//! beneath it, which that client wrote. The first hop with a client from outside is the border; what stands
//! beneath it was there when the message came in, and anybody may have written it: even fields that name the
//! receiver's own servers. So the walk never goes on beneath a client from outside, although a lower field may
//! name a server of the same organization.
//!
//! Mail within one large provider looks as if it never came from outside. There, what the receiver says of its
//! own SPF check (`Received-SPF`, `Authentication-Results`) tells which client it looked at.

use std::net::IpAddr;

use garant_dns::Name;

use super::organization::{self, MICROSOFT};
use super::{Received, ReceivedSpf, SpfRemark, return_path};
use crate::auth_results::AuthResults;
use crate::message::{Field, Message};

/// Fields `Received-SPF` that are read at most; each server that checks writes one.
const RECEIVED_SPF_MAX: usize = 30;

/// Whose trace fields are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Trusted {
    /// Those of the organization that wrote the topmost one: it is where the message was found.
    #[default]
    Topmost,
    /// Those of this server's organization; what stands above was added later.
    Receiver(Name),
    /// This `Received` field, by its position in the message, and what stands above it.
    Field(usize),
}

/// What can be told about the client, with everything that says so, in the order in which it should be believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientFacts {
    /// Position of the border field in the message: the `Received` field in which the message came in from outside.
    pub border: Option<usize>,
    /// The server that wrote the border field, as it calls itself.
    pub receiver: Option<String>,
    /// Its organization, where it has a name.
    pub organization: Option<Name>,
    /// When it received the message, in seconds since 1970.
    pub received_at: Option<i64>,
    /// Every `Received` field from the top, and what it is.
    pub hops: Vec<Hop>,
    /// The client's address.
    pub address: Vec<Found<IpAddr>>,
    /// What it said in HELO or EHLO.
    pub helo: Vec<Found<String>>,
    /// RFC5321.MailFrom without angle brackets, empty for the null reverse-path; its domain alone where the receiver says
    /// no more.
    pub mail_from: Vec<Found<String>>,
    /// Why it may be otherwise.
    pub doubts: Vec<Doubt>,
    /// How sure the client's address is.
    pub certainty: Certainty,
}

/// A value and where it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub origin: Origin,
}

/// Where something was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// Position of the field in the message.
    pub field: usize,
    /// What kind of field it is.
    pub evidence: Evidence,
    /// Whether it stands above the border field, where only the receiver writes.
    pub is_above: bool,
}

/// Kinds of fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// `Received`.
    Received,
    /// `Received-SPF`, one of its keys.
    ReceivedSpf,
    /// The sentence in a `Received-SPF`.
    ReceivedSpfComment,
    /// `Authentication-Results`, a property.
    AuthenticationResults,
    /// The sentence in an `Authentication-Results`.
    AuthenticationResultsComment,
    /// `ARC-Authentication-Results`, a property.
    ArcAuthenticationResults,
    /// The sentence in an `ARC-Authentication-Results`.
    ArcAuthenticationResultsComment,
    /// `Return-Path`.
    ReturnPath,
}

impl Evidence {
    /// The name of the field.
    pub fn field_name(self) -> &'static str {
        match self {
            Self::Received => "Received",
            Self::ReceivedSpf | Self::ReceivedSpfComment => "Received-SPF",
            Self::AuthenticationResults | Self::AuthenticationResultsComment => {
                "Authentication-Results"
            }
            Self::ArcAuthenticationResults | Self::ArcAuthenticationResultsComment => {
                "ARC-Authentication-Results"
            }
            Self::ReturnPath => "Return-Path",
        }
    }
}

/// A `Received` field and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Position of the field in the message.
    pub field: usize,
    /// What it is.
    pub kind: HopKind,
}

/// What a `Received` field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HopKind {
    /// Written after the receiver had the message.
    Later,
    /// Somebody fetched the message from a mailbox.
    Fetch,
    /// Between servers of the receiver.
    Internal,
    /// Here the message came in.
    Border,
    /// It was there when the message came in: anybody may have written it.
    Beyond,
}

/// Why what was found may not be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// No `Received` field.
    NoReceived,
    /// No field of the server that is said to have received the message.
    ReceiverNotFound,
    /// No client with an address from outside.
    NoPublicClient,
    /// The servers have no name by which they could be told apart from others.
    ReceiverUnnamed,
    /// The client is, by its name, a server of the receiver itself.
    SameOrganization,
    /// The client logged in: it is a mail program or a web site, and SPF is not meant for it.
    Submission,
    /// The receiver's fields name different clients.
    Disagreement,
}

/// How sure the client's address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// There is a doubt.
    Doubtful,
    /// The border field alone says so, and nothing speaks against it.
    Likely,
    /// Another field of the receiver says the same.
    Confirmed,
}

/// Finds the client of the hop by which the message came in to the organization that received it. Nothing when no
/// field says anything about a client or RFC5321.MailFrom.
pub fn client(message: &Message<'_>, trusted: &Trusted) -> Option<ClientFacts> {
    let received = Received::all(message);
    let mut walk = Walk::through(&received, trusted);
    let mut evidence = Statements::of(message, &received, &walk);
    if walk.listen_to(&received, &evidence) {
        evidence = Statements::of(message, &received, &walk);
    }
    let facts = facts(message, &received, walk, &evidence);
    let is_anything = facts.border.is_some()
        || !(facts.address.is_empty() && facts.helo.is_empty() && facts.mail_from.is_empty());
    is_anything.then_some(facts)
}

/// A way from the top down to the border.
struct Walk {
    organization: Option<Name>,
    kinds: Vec<HopKind>,
    /// The border, by its place among the `Received` fields.
    border: Option<usize>,
    /// Hops inside whose client has an address that anybody could reach.
    reachable: Vec<usize>,
    doubts: Vec<Doubt>,
}

impl Walk {
    fn through(received: &[Received], trusted: &Trusted) -> Self {
        let mut walk = Self {
            organization: None,
            kinds: vec![HopKind::Beyond; received.len()],
            border: None,
            reachable: Vec::new(),
            doubts: Vec::new(),
        };
        if received.is_empty() {
            walk.doubts.push(Doubt::NoReceived);
        }
        let start = match trusted {
            Trusted::Field(field) => match received.iter().position(|hop| hop.field == *field) {
                Some(at) => {
                    walk.kinds[..at].fill(HopKind::Later);
                    walk.organization = organization_of(&received[at]);
                    walk.stop_at(at);
                    return walk;
                }
                None => walk.without_receiver(),
            },
            Trusted::Receiver(name) => {
                let wanted = organization::of(name.as_str());
                let is_theirs = |hop: &Received| {
                    let by = hop.by.as_deref().unwrap_or_default();
                    wanted.is_some() && organization_of(hop) == wanted
                        || Name::from_input(by).is_ok_and(|by| by == *name)
                };
                received
                    .iter()
                    .position(is_theirs)
                    .unwrap_or_else(|| walk.without_receiver())
            }
            Trusted::Topmost => 0,
        };
        walk.kinds[..start].fill(HopKind::Later);
        walk.go_on(received, start);
        walk
    }

    fn without_receiver(&mut self) -> usize {
        self.doubts.push(Doubt::ReceiverNotFound);
        0
    }

    fn go_on(&mut self, received: &[Received], start: usize) {
        for (at, hop) in received.iter().enumerate().skip(start) {
            let by = organization_of(hop);
            match (&self.organization, by) {
                // Another organization took it there: this is not the receiver's field any more.
                (Some(ours), Some(by)) if *ours != by => break,
                (None, by) => self.organization = by,
                _ => {}
            }
            if hop.is_fetch() {
                // Those that keep the mailbox wrote what stands beneath.
                self.kinds[at] = HopKind::Fetch;
                self.organization = None;
                continue;
            }
            match self.client_of(hop) {
                Client::Inside => self.kinds[at] = HopKind::Internal,
                Client::OfOurs => {
                    self.kinds[at] = HopKind::Internal;
                    self.reachable.push(at);
                }
                Client::Outside => {
                    self.stop_at(at);
                    break;
                }
            }
        }
        match (self.border, self.reachable.last()) {
            (None, Some(&at)) => {
                self.doubts.push(Doubt::SameOrganization);
                self.stop_at(at);
            }
            (Some(_), Some(_)) => self.doubts.push(Doubt::SameOrganization),
            _ => {}
        }
    }

    fn stop_at(&mut self, border: usize) {
        self.border = Some(border);
        self.kinds[border] = HopKind::Border;
        self.kinds[border + 1..].fill(HopKind::Beyond);
    }

    fn client_of(&self, hop: &Received) -> Client {
        let is_ours = |name: &Option<String>| {
            self.organization.is_some()
                && name.as_deref().and_then(organization::of) == self.organization
        };
        if hop.is_local() {
            return Client::Inside;
        }
        let Some(address) = hop.from.address else {
            // Without an address there is only the HELO name; one without a dot is nobody outside.
            let helo = hop.from.helo.as_deref().unwrap_or_default();
            let is_inside =
                !helo.contains('.') || is_ours(&hop.from.helo) || is_ours(&hop.from.reverse);
            return if is_inside {
                Client::Inside
            } else {
                Client::Outside
            };
        };
        if is_inner(address) || self.is_inside_microsoft(hop, address) {
            Client::Inside
        } else if is_ours(&hop.from.reverse) {
            Client::OfOurs
        } else {
            Client::Outside
        }
    }

    /// Microsoft's servers hand mail to each other over addresses that are not private. Those at the border call
    /// themselves `….protection.outlook.com`.
    fn is_inside_microsoft(&self, hop: &Received, address: IpAddr) -> bool {
        let is_theirs = self
            .organization
            .as_ref()
            .is_some_and(|o| o.as_str() == MICROSOFT);
        let is_in_range = match address {
            IpAddr::V4(_) => false,
            // 2603:1000::/24, of which they use 10a6, 10b6, 1096…
            IpAddr::V6(address) => {
                let [first, second, ..] = address.segments();
                first == 0x2603 && second >> 8 == 0x10
            }
        };
        let by = hop.by.as_deref().unwrap_or_default().to_ascii_lowercase();
        let helo = hop.from.helo.as_deref().and_then(organization::of);
        is_theirs
            && is_in_range
            && !by.ends_with(".protection.outlook.com")
            && helo.is_some_and(|helo| helo.as_str() == MICROSOFT)
    }

    /// Takes the hop whose client the receiver itself says that it looked at, where the way to the border led past it;
    /// whether there was one.
    fn listen_to(&mut self, received: &[Received], statements: &Statements) -> bool {
        let Some(stated) = statements.addresses.first() else {
            return false;
        };
        let is_stated = |at: &usize| received[*at].from.address == Some(stated.value);
        if self.border.as_ref().is_some_and(is_stated) {
            return false;
        }
        let Some(&at) = self.reachable.iter().find(|at| is_stated(at)) else {
            return false;
        };
        self.stop_at(at);
        true
    }
}

/// Where a client is.
enum Client {
    Inside,
    /// At an address that anybody could reach, with a name of the receiver's.
    OfOurs,
    Outside,
}

fn organization_of(hop: &Received) -> Option<Name> {
    organization::of(hop.by.as_deref()?)
}

/// Whether an address is one of an inner network (private, shared, link-local, loopback). Addresses for documentation
/// are not: examples are read as if they were mail.
fn is_inner(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let is_shared = first == 100 && second & 0xc0 == 64;
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_unspecified()
                || is_shared
        }
        IpAddr::V6(address) => {
            address.is_loopback()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local()
        }
    }
}

/// What the receiver says about its own SPF check, the topmost field of each kind first; what stands beneath the border
/// behind all that stands above it.
#[derive(Default)]
struct Statements {
    addresses: Vec<Found<IpAddr>>,
    helo: Vec<Found<String>>,
    /// Addresses and, where there is no more, domains.
    mail_from: Vec<Found<String>>,
    /// From sentences, which Gmail also writes about the HELO name.
    sentences: Vec<Found<String>>,
}

impl Statements {
    fn of(message: &Message<'_>, received: &[Received], walk: &Walk) -> Self {
        let mut statements = Self::default();
        // Fields of the border server may stand directly beneath its `Received`, before the next one.
        let border = walk.border.map_or(usize::MAX, |at| received[at].field);
        let next = walk
            .border
            .and_then(|at| received.get(at + 1))
            .map_or(usize::MAX, |hop| hop.field);
        let later = walk
            .kinds
            .iter()
            .rposition(|kind| *kind == HopKind::Later)
            .map(|at| received[at].field);
        let place = |field: usize, speaker: Option<&str>| -> Option<bool> {
            if later.is_some_and(|later| field < later) || field > next {
                return None;
            }
            let is_above = field < border;
            let speaker = speaker.and_then(organization::of);
            let is_ours = speaker.is_some() && speaker == walk.organization;
            // Servers that had the message later may write beneath their `Received`, too.
            if later.is_some() && speaker.is_some() && !is_ours {
                return None;
            }
            let is_microsoft = walk
                .organization
                .as_ref()
                .is_some_and(|o| o.as_str() == MICROSOFT);
            (is_above || is_ours || speaker.is_none() && is_microsoft).then_some(is_above)
        };
        for field in message.named("Received-SPF").take(RECEIVED_SPF_MAX) {
            let Some(spf) = ReceivedSpf::read(&field) else {
                continue;
            };
            let speaker = spf.receiver.as_deref().or(spf.remark.receiver.as_deref());
            if let Some(is_above) = place(spf.field, speaker) {
                statements.take_received_spf(&spf, is_above);
            }
        }
        for (all, evidence, comment) in [
            (
                AuthResults::all(message),
                Evidence::AuthenticationResults,
                Evidence::AuthenticationResultsComment,
            ),
            (
                AuthResults::all_of_arc(message),
                Evidence::ArcAuthenticationResults,
                Evidence::ArcAuthenticationResultsComment,
            ),
        ] {
            for results in &all {
                if let Some(is_above) = place(results.field, results.authserv_id.as_deref()) {
                    let origin = |evidence| Origin {
                        field: results.field,
                        evidence,
                        is_above,
                    };
                    statements.take_results(results, origin(evidence), origin(comment));
                }
            }
        }
        statements.addresses.sort_by_key(|f| !f.origin.is_above);
        statements.helo.sort_by_key(|f| !f.origin.is_above);
        statements
    }

    fn take_received_spf(&mut self, spf: &ReceivedSpf, is_above: bool) {
        let origin = |evidence| Origin {
            field: spf.field,
            evidence,
            is_above,
        };
        if let Some(value) = spf.client_ip {
            let origin = origin(Evidence::ReceivedSpf);
            self.addresses.push(Found { value, origin });
        }
        let keys = [
            (&spf.helo, &mut self.helo),
            (&spf.envelope_from, &mut self.mail_from),
        ];
        for (value, list) in keys {
            list.extend(value.clone().map(|value| Found {
                value,
                origin: origin(Evidence::ReceivedSpf),
            }));
        }
        self.take_remark(&spf.remark, origin(Evidence::ReceivedSpfComment));
    }

    fn take_results(&mut self, results: &AuthResults, origin: Origin, comment: Origin) {
        for result in &results.results {
            for ip in ["client-ip", "remote-ip"] {
                let value = result.property("smtp", ip);
                let value = value.and_then(crate::structured::ip_address);
                self.addresses
                    .extend(value.map(|value| Found { value, origin }));
            }
            if result.method != "spf" {
                continue;
            }
            let helo = result
                .property("smtp", "helo")
                .filter(|helo| !helo.is_empty());
            self.helo.extend(helo.map(|helo| Found {
                value: helo.to_owned(),
                origin,
            }));
            let names = ["mailfrom", "mail", "mfrom"];
            let mail_from = names.iter().find_map(|name| result.property("smtp", name));
            self.mail_from.extend(mail_from.map(|mail_from| Found {
                value: mail_from.to_owned(),
                origin,
            }));
            for text in &result.comments {
                let mut remark = SpfRemark::parse(text);
                if mail_from.is_none() && helo.is_some() {
                    remark.domain = None;
                }
                self.take_remark(&remark, comment);
            }
        }
    }

    fn take_remark(&mut self, remark: &SpfRemark, origin: Origin) {
        self.addresses
            .extend(remark.address.map(|value| Found { value, origin }));
        // Without RFC5321.MailFrom, the sentence is about the postmaster of the HELO name (RFC 7208, section 2.4).
        let domain = remark.domain.clone();
        let domain =
            domain.filter(|domain| !domain.to_ascii_lowercase().starts_with("postmaster@"));
        self.sentences
            .extend(domain.map(|value| Found { value, origin }));
    }
}

/// Puts everything in the order in which it should be believed.
fn facts(
    message: &Message<'_>,
    received: &[Received],
    walk: Walk,
    statements: &Statements,
) -> ClientFacts {
    let border = walk.border.map(|at| &received[at]);
    let mut doubts = walk.doubts;
    if border.is_some() && walk.organization.is_none() {
        doubts.push(Doubt::ReceiverUnnamed);
    }
    if border.is_some_and(|hop| hop.is_authenticated) {
        doubts.push(Doubt::Submission);
    }
    let here = border.map(|hop| Origin {
        field: hop.field,
        evidence: Evidence::Received,
        is_above: true,
    });
    let own = border.and_then(|hop| Some((hop.from.address?, here?)));
    let own = own.filter(|(address, _)| !is_inner(*address));
    let mut address: Vec<Found<IpAddr>> = Vec::new();
    address.extend(own.map(|(value, origin)| Found { value, origin }));
    let outer = |found: &&Found<IpAddr>| !is_inner(found.value);
    address.extend(statements.addresses.iter().filter(outer).cloned());
    if address.is_empty() && !received.is_empty() {
        doubts.push(Doubt::NoPublicClient);
    }
    let agrees = |found: &Found<IpAddr>| found.value == address[0].value;
    let is_disputed = !address.iter().all(agrees);
    let is_confirmed = own.is_some() && address.len() > 1 && !is_disputed;
    if is_disputed {
        doubts.push(Doubt::Disagreement);
    }
    if is_confirmed {
        // The receiver itself says whom it looked at.
        doubts.retain(|doubt| !matches!(doubt, Doubt::SameOrganization | Doubt::ReceiverUnnamed));
    }
    let mut helo = Vec::new();
    let said = border.and_then(|hop| Some((hop.from.helo.clone()?, here?)));
    helo.extend(said.map(|(value, origin)| Found { value, origin }));
    helo.extend(statements.helo.iter().cloned());
    let certainty = match (doubts.is_empty() && !address.is_empty(), is_confirmed) {
        (true, true) => Certainty::Confirmed,
        (true, false) => Certainty::Likely,
        (false, _) => Certainty::Doubtful,
    };
    ClientFacts {
        border: border.map(|hop| hop.field),
        receiver: border.and_then(|hop| hop.by.clone()),
        received_at: border.and_then(|hop| hop.at),
        hops: received
            .iter()
            .zip(&walk.kinds)
            .map(|(hop, kind)| Hop {
                field: hop.field,
                kind: *kind,
            })
            .collect(),
        organization: walk.organization,
        address,
        helo,
        mail_from: mail_from(message, border, here, statements),
        doubts,
        certainty,
    }
}

/// RFC5321.MailFrom: whole addresses of those that looked at the envelope, then `Return-Path`, which a later
/// delivery may have changed, then domains alone and sentences; last, what stands beneath the border.
fn mail_from(
    message: &Message<'_>,
    border: Option<&Received>,
    here: Option<Origin>,
    statements: &Statements,
) -> Vec<Found<String>> {
    let mut found: Vec<Found<String>> = Vec::new();
    let is_whole = |found: &&Found<String>| found.value.is_empty() || found.value.contains('@');
    found.extend(statements.mail_from.iter().filter(is_whole).cloned());
    let own = border.and_then(|hop| Some((hop.mail_from.clone()?, here?)));
    found.extend(own.map(|(value, origin)| Found { value, origin }));
    // Each delivery writes its own above those of before: the border's stands nearest above it, and those above that
    // one are of servers to which the receiver passed the message on.
    let is_above = |field: &Field<'_>| border.is_none_or(|hop| field.index < hop.field);
    let above = message.named("Return-Path").rfind(is_above);
    let path = above.or_else(|| message.named("Return-Path").next());
    let path = path.and_then(|field| {
        let origin = Origin {
            field: field.index,
            evidence: Evidence::ReturnPath,
            is_above: is_above(&field),
        };
        let value = return_path(&field)?;
        Some(Found { value, origin })
    });
    found.extend(path);
    let sentences = statements.sentences.iter();
    found.extend(sentences.clone().filter(is_whole).cloned());
    found.extend(
        statements
            .mail_from
            .iter()
            .filter(|f| !is_whole(f))
            .cloned(),
    );
    found.extend(sentences.filter(|f| !is_whole(f)).cloned());
    // What the sender may have written himself is believed last.
    found.sort_by_key(|f| !f.origin.is_above);
    // Microsoft puts Return-Path beneath all others. Where it belongs to the domain that the receiver names, it is
    // that address; else it may be the sender's own.
    let Some(below) = found.iter().position(|f| !f.origin.is_above && is_path(f)) else {
        return found;
    };
    let path = found.remove(below);
    let domain = path.value.rsplit('@').next().unwrap_or_default();
    let is_refined = |f: &Found<String>| f.value.eq_ignore_ascii_case(domain);
    let at = found.iter().position(is_refined).unwrap_or(found.len());
    found.insert(at, path);
    found
}

fn is_path(found: &Found<String>) -> bool {
    found.origin.evidence == Evidence::ReturnPath
}
