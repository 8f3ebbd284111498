//! Zones from master files (RFC 1035, section 5), answering as their name server would.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use bytes::Bytes;
use domain::base::iana::Class;
use domain::base::{Name as WireName, ToName};
use domain::rdata::ZoneRecordData;
use domain::zonefile::inplace::{Entry, ScannedRecord, Zonefile};

use crate::answer::SoaRecord;
use crate::{
    Alias, Answer, AnswerFuture, Data, Dnskey, Ds, Name, Question, Record, RecordType, Resolver,
    Soa, Source, Status, Txt,
};

/// Octets of a master file that are read at most.
pub const FILE_OCTETS_MAX: usize = 16 * 1024 * 1024;
/// Put behind every file for the library (domain 0.12.3), which knows no end of the file within a
/// parenthesis: there it collects character-strings until it panics. An entry that is still open
/// stumbles over the backslash instead; a complete file ends with an unknown directive.
const END_LINE: &[u8] = b"$END-OF-FILE \\\n";

/// Where and why a master file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {problem}")]
pub struct ZoneError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: ZoneProblem,
}

/// What is wrong in a master file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneProblem {
    /// `$INCLUDE`, which is never followed: a zone file must not open other files.
    Include,
    /// Another `$` directive than `$ORIGIN` and `$TTL`.
    UnknownDirective(String),
    /// A word where a record type is expected.
    ExpectedType,
    /// A class other than IN.
    OtherClass,
    /// The entry ends before its data is complete.
    EndOfEntry,
    /// Something follows after the data is complete; often a TXT value without its quotes.
    TrailingText,
    /// A character that cannot stand there.
    BadCharacter,
    /// A relative name, and nothing says relative to what.
    MissingOrigin,
    /// Data that is not of the form that its type asks for.
    BadData(String),
    /// More than [`FILE_OCTETS_MAX`] octets.
    TooLarge,
}

impl fmt::Display for ZoneProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Include => f.write_str("$INCLUDE is not followed"),
            Self::UnknownDirective(word) => write!(f, "unknown directive {word}"),
            Self::ExpectedType => f.write_str("expected a record type"),
            Self::OtherClass => f.write_str("class other than IN"),
            Self::EndOfEntry => f.write_str("unexpected end of entry"),
            Self::TrailingText => f.write_str("text after the end of the data"),
            Self::BadCharacter => f.write_str("bad character or escape"),
            Self::MissingOrigin => f.write_str("relative name without an origin"),
            Self::BadData(detail) => write!(f, "bad data: {detail}"),
            Self::TooLarge => write!(f, "more than {FILE_OCTETS_MAX} octets"),
        }
    }
}

/// The records of one zone.
#[derive(Clone, Debug)]
pub struct Zone {
    apex: Name,
    nodes: HashMap<Name, Vec<Record>>,
    /// Every name that exists: owners, and the names between them and the apex.
    existing: HashSet<Name>,
    /// Names beneath which somebody else answers: delegations and DNAMEs.
    cuts: HashSet<Name>,
}

impl Zone {
    /// An empty zone.
    pub fn new(apex: Name) -> Self {
        let existing = HashSet::from([apex.clone()]);
        Self {
            apex,
            nodes: HashMap::new(),
            existing,
            cuts: HashSet::new(),
        }
    }

    /// Reads a master file. Relative names are taken relative to `origin` until an `$ORIGIN` says
    /// otherwise; the zone's apex is the owner of its SOA, or else the first `$ORIGIN` if it holds all
    /// records, or `origin`.
    ///
    /// # Errors
    /// The first place that cannot be read.
    pub fn parse(text: &[u8], origin: &Name) -> Result<Self, ZoneError> {
        let Master { apex, records } = read_master(text, origin)?;
        let mut zone = Self::new(apex);
        let mut seen = HashSet::new();
        for (owner, record) in records {
            let ttl = record.ttl().as_secs();
            match data_of(record.data()) {
                Some(data) => {
                    let data = with_origin(data);
                    let record = Record { owner, ttl, data };
                    // Many records may stand at one name: `add` would compare all with all.
                    if seen.insert(record.clone()) {
                        zone.push(record);
                    }
                }
                None => {
                    zone.exists(&owner);
                    if matches!(record.data(), ZoneRecordData::Dname(_)) {
                        zone.cuts.insert(owner);
                    }
                }
            }
        }
        Ok(zone)
    }

    /// The name at the top of the zone.
    pub fn apex(&self) -> &Name {
        &self.apex
    }

    /// Adds one record, unless it is there already.
    pub fn add(&mut self, record: Record) {
        let node = self.nodes.get(&record.owner);
        if !node.is_some_and(|node| node.contains(&record)) {
            self.push(record);
        }
    }

    fn push(&mut self, record: Record) {
        self.exists(&record.owner);
        if matches!(record.data, Data::Ns(_)) && record.owner != self.apex {
            self.cuts.insert(record.owner.clone());
        }
        let node = self.nodes.entry(record.owner.clone()).or_default();
        node.push(record);
    }

    fn exists(&mut self, name: &Name) {
        let mut at = Some(name.clone());
        while let Some(name) = at {
            if !name.is_within(&self.apex) || !self.existing.insert(name.clone()) {
                break;
            }
            at = name.parent();
        }
    }

    /// Whether this zone itself answers for records of `rtype` at `name`: within it, and not beneath a
    /// delegation. DS records stand in the parent (RFC 4035, section 3.1.4.1): those of a delegation are
    /// answered here, those of the zone's own apex elsewhere, unless the file holds them.
    pub fn answers_for(&self, name: &Name, rtype: RecordType) -> bool {
        if !name.is_within(&self.apex) {
            return false;
        }
        let is_ds = rtype == RecordType::Ds;
        if is_ds && *name == self.apex {
            let here = self.nodes.get(name).into_iter().flatten();
            return here
                .into_iter()
                .any(|record| record.data.record_type() == rtype);
        }
        let mut at = if is_ds {
            name.parent()
        } else {
            Some(name.clone())
        };
        while let Some(name) = at {
            if name == self.apex {
                return true;
            }
            if self.cuts.contains(&name) {
                return false;
            }
            at = name.parent();
        }
        true
    }

    /// The records at `name`, with those of a wildcard where RFC 4592 applies it; nothing when the
    /// name does not exist.
    fn node(&self, name: &Name) -> Option<Vec<Record>> {
        if self.existing.contains(name) {
            return Some(self.nodes.get(name).cloned().unwrap_or_default());
        }
        let mut encloser = name.parent()?;
        while !self.existing.contains(&encloser) {
            encloser = encloser.parent()?;
        }
        let source = self.nodes.get(&encloser.prefixed("*").ok()?)?;
        let synthesized = source.iter().cloned().map(|record| Record {
            owner: name.clone(),
            ..record
        });
        Some(synthesized.collect())
    }

    /// The SOA with its zone, if the file has one.
    fn soa(&self) -> Option<SoaRecord> {
        self.nodes
            .get(&self.apex)?
            .iter()
            .find_map(|record| match &record.data {
                Data::Soa(soa) => Some(SoaRecord {
                    zone: self.apex.clone(),
                    ttl: record.ttl,
                    soa: soa.clone(),
                }),
                _ => None,
            })
    }

    /// All records, ordered by owner.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        let ordered: BTreeMap<&Name, &Vec<Record>> = self.nodes.iter().collect();
        ordered.into_values().flatten()
    }
}

/// One or more zones as a resolver. Names outside them go to `beyond`, or are [`Status::Offline`].
#[derive(Default)]
pub struct Zones {
    zones: Vec<Zone>,
    beyond: Option<Arc<dyn Resolver>>,
}

impl Zones {
    /// These zones and nothing beyond them.
    pub fn new(zones: Vec<Zone>) -> Self {
        Self {
            zones,
            beyond: None,
        }
    }

    /// The same zones, with `beyond` asked for every other name.
    #[must_use]
    pub fn with_beyond(self, beyond: Arc<dyn Resolver>) -> Self {
        Self {
            beyond: Some(beyond),
            ..self
        }
    }

    /// The zone that answers for `name`: the one with the longest apex.
    fn zone_for(&self, name: &Name, rtype: RecordType) -> Option<&Zone> {
        let zones = self
            .zones
            .iter()
            .filter(|zone| zone.answers_for(name, rtype));
        zones.max_by_key(|zone| zone.apex.label_count())
    }

    async fn answer(&self, question: &Question) -> Answer {
        let mut answer = Answer::bare(Status::NoData, Source::Zone);
        let mut name = question.name.clone();
        loop {
            let Some(zone) = self.zone_for(&name, question.rtype) else {
                return self.ask_beyond(question, name, answer).await;
            };
            let Some(node) = zone.node(&name) else {
                answer.status = Status::NxDomain;
                answer.soa = zone.soa();
                return answer;
            };
            let alias = node.iter().find_map(|record| match &record.data {
                Data::Cname(target) => Some(Alias {
                    owner: name.clone(),
                    target: target.clone(),
                    ttl: record.ttl,
                }),
                _ => None,
            });
            let records: Vec<Record> = node
                .into_iter()
                .filter(|record| record.data.record_type() == question.rtype)
                .collect();
            let follow = records.is_empty() && question.rtype != RecordType::Cname;
            let target = alias.as_ref().map(|alias| alias.target.clone());
            if question.rtype != RecordType::Cname {
                answer.aliases.extend(alias);
            }
            match target {
                Some(target) if follow => {
                    if answer.aliases.len() > Answer::ALIASES_MAX {
                        return Answer::bare(Status::Malformed, Source::Zone);
                    }
                    name = target;
                }
                _ => {
                    if records.is_empty() {
                        answer.soa = zone.soa();
                    } else {
                        answer.status = Status::Found;
                        answer.records = records;
                    }
                    return answer;
                }
            }
        }
    }

    async fn ask_beyond(&self, question: &Question, name: Name, before: Answer) -> Answer {
        let Some(beyond) = &self.beyond else {
            return Answer {
                status: Status::Offline,
                source: Source::Nobody,
                ..before
            };
        };
        let onward = Question {
            name,
            ..question.clone()
        };
        let mut answer = (*beyond.resolve(&onward).await).clone();
        if answer.status == Status::Malformed && answer.aliases.is_empty() {
            // A chain without an end shows none of its aliases.
            return answer;
        }
        let mut aliases = before.aliases;
        // An alias from a file is vouched for by nobody.
        answer.authentic &= aliases.is_empty();
        aliases.append(&mut answer.aliases);
        Answer { aliases, ..answer }
    }
}

impl Resolver for Zones {
    fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
        Box::pin(async move { Arc::new(self.answer(question).await) })
    }
}

/// A master file as the library reads it.
pub(crate) struct Master {
    /// The top of its zone.
    pub(crate) apex: Name,
    /// Every record with its owner, in the order of the file.
    pub(crate) records: Vec<(Name, ScannedRecord)>,
}

/// Reads a master file as [`Zone::parse`] does, and keeps records of every type.
pub(crate) fn read_master(text: &[u8], origin: &Name) -> Result<Master, ZoneError> {
    let at = |line, column, problem| ZoneError {
        line,
        column,
        problem,
    };
    if text.len() > FILE_OCTETS_MAX {
        return Err(at(1, 1, ZoneProblem::TooLarge));
    }
    // A byte order mark belongs to no record.
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    // The library never sees an `$INCLUDE`: it panics at `$INCLUDE""x` (domain 0.12.3).
    let include = include_offset(text);
    let text = &text[..include.unwrap_or(text.len())];
    // Everybody else takes raw octets in texts; the library wants them as escapes.
    let written = text;
    let escaped = with_escapes(text);
    let text = escaped.as_ref();
    let mut file = Zonefile::from(text);
    if !text.ends_with(b"\n") {
        file.extend_from_slice(b"\n");
    }
    file.extend_from_slice(END_LINE);
    file.set_origin(
        WireName::from_octets(Bytes::from(origin.to_wire())).expect("a name's own wire form"),
    );
    file.set_default_class(Class::IN);
    let mut soa_owner = None;
    let mut records = Vec::new();
    loop {
        match file.next_entry() {
            Ok(None) => break,
            Ok(Some(Entry::Record(record))) => {
                let owner = name_of(record.owner());
                if matches!(record.data(), ZoneRecordData::Soa(_)) {
                    soa_owner.get_or_insert_with(|| owner.clone());
                }
                records.push((owner, record));
            }
            Ok(Some(Entry::Include { .. })) => return Err(at(1, 1, ZoneProblem::Include)),
            Err(error) => {
                let error = read_error(text, &error.to_string());
                let is_directive = matches!(error.problem, ZoneProblem::UnknownDirective(_));
                // Only behind the text has more been read than there is text.
                if is_directive && file.current_offset() > text.len() + 1 {
                    break;
                }
                let column = written_column(written, error.line, error.column);
                return Err(ZoneError { column, ..error });
            }
        }
    }
    if include.is_some() {
        let line = 1 + text.iter().filter(|octet| **octet == b'\n').count();
        return Err(at(line, 1, ZoneProblem::Include));
    }
    // An `$ORIGIN` for a part of the zone leaves records outside of itself.
    let first = || {
        let holds_all = |apex: &Name| records.iter().all(|(owner, _)| owner.is_within(apex));
        first_origin(text).filter(holds_all)
    };
    let apex = soa_owner.or_else(first).unwrap_or_else(|| origin.clone());
    Ok(Master { apex, records })
}

/// The data with the origin for a free-standing `@`, which is what it means in data too (RFC 1035, section
/// 5.1). The library takes it for a label beneath the origin (domain 0.12.3); nobody has a host of that name.
fn with_origin(data: Data) -> Data {
    let origin = |name: Name| {
        let is_at = name.labels().next() == Some("@");
        if is_at {
            name.suffix(name.label_count() - 1)
        } else {
            name
        }
    };
    match data {
        Data::Cname(name) => Data::Cname(origin(name)),
        Data::Mx {
            preference,
            exchange,
        } => Data::Mx {
            preference,
            exchange: origin(exchange),
        },
        Data::Ns(name) => Data::Ns(origin(name)),
        Data::Ptr(name) => Data::Ptr(origin(name)),
        Data::Soa(soa) => Data::Soa(Soa {
            mname: origin(soa.mname),
            rname: origin(soa.rname),
            ..soa
        }),
        other => other,
    }
}

/// A library's name as ours.
pub(crate) fn name_of(name: &impl ToName) -> Name {
    Name::from_labels(
        name.iter_labels()
            .filter(|l| !l.is_root())
            .map(domain::base::name::Label::as_slice),
    )
    .expect("a parsed name is within the limits of a name")
}

/// A library's record data as ours; nothing for the types that nobody here reads.
pub(crate) fn data_of<O: AsRef<[u8]>, N: ToName>(data: &ZoneRecordData<O, N>) -> Option<Data> {
    Some(match data {
        ZoneRecordData::A(a) => Data::A(a.addr()),
        ZoneRecordData::Aaaa(a) => Data::Aaaa(a.addr()),
        ZoneRecordData::Cname(target) => Data::Cname(name_of(target.cname())),
        ZoneRecordData::Dnskey(key) => Data::Dnskey(Dnskey {
            flags: key.flags(),
            algorithm: key.algorithm().to_int(),
            key_tag: key.key_tag(),
        }),
        ZoneRecordData::Ds(ds) => Data::Ds(Ds {
            key_tag: ds.key_tag(),
            algorithm: ds.algorithm().to_int(),
            digest_type: ds.digest_type().to_int(),
        }),
        ZoneRecordData::Mx(mx) => Data::Mx {
            preference: mx.preference(),
            exchange: name_of(mx.exchange()),
        },
        ZoneRecordData::Ns(ns) => Data::Ns(name_of(ns.nsdname())),
        ZoneRecordData::Ptr(ptr) => Data::Ptr(name_of(ptr.ptrdname())),
        ZoneRecordData::Soa(soa) => Data::Soa(Soa {
            mname: name_of(soa.mname()),
            rname: name_of(soa.rname()),
            serial: soa.serial().into_int(),
            minimum: soa.minimum().as_secs(),
        }),
        ZoneRecordData::Txt(txt) => Data::Txt(Txt(txt.iter().map(<[u8]>::to_vec).collect())),
        _ => return None,
    })
}

/// The text with each octet outside ASCII as a `\DDD` escape (RFC 1035, section 5.1).
fn with_escapes(text: &[u8]) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut escaped = Vec::with_capacity(text.len() + text.len() / 8);
    for octet in text {
        if octet.is_ascii() {
            escaped.push(*octet);
        } else {
            escaped.extend_from_slice(format!("\\{octet:03}").as_bytes());
        }
    }
    Cow::Owned(escaped)
}

/// The column, in characters, of what stands at `column` of the same line after [`with_escapes`].
fn written_column(written: &[u8], line: usize, column: usize) -> usize {
    let line = written
        .split(|octet| *octet == b'\n')
        .nth(line - 1)
        .unwrap_or_default();
    let mut escaped = 1;
    let mut characters = 1;
    for octet in line {
        if escaped >= column {
            break;
        }
        escaped += if octet.is_ascii() { 1 } else { 4 };
        // The octets of a character but its first begin with the bits 10.
        characters += usize::from(octet & 0xc0 != 0x80);
    }
    characters
}

/// The library's error, which only its words tell: `line:column: message[: context]`. The place is
/// behind the word at fault, often already on the next line; ours is where that word begins.
fn read_error(text: &[u8], words: &str) -> ZoneError {
    let mut parts = words.splitn(3, ':');
    let mut number = || {
        parts
            .next()
            .and_then(|part| part.trim().parse().ok())
            .unwrap_or(1)
    };
    let (file_line, file_column): (usize, usize) = (number(), number());
    let message = parts.next().unwrap_or(words).trim();
    let (head, context) = message.split_once(": ").unwrap_or((message, ""));
    let before: usize = text
        .split_inclusive(|b| *b == b'\n')
        .take(file_line - 1)
        .map(<[u8]>::len)
        .sum();
    let read = &text[..text.len().min(before + file_column - 1)];
    let read = read.trim_ascii_end();
    let start = read
        .iter()
        .rposition(u8::is_ascii_whitespace)
        .map_or(0, |at| at + 1);
    let line = 1 + read[..start].iter().filter(|b| **b == b'\n').count();
    let column = 1 + start
        - read[..start]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
    // Within [`END_LINE`], or waiting for a parenthesis in front of it.
    let lines = text.split_inclusive(|b| *b == b'\n').count();
    let is_behind_text = file_line > lines && (file_column > 1 || head == "trailing tokens");
    let problem = match head {
        "unknown control" => ZoneProblem::UnknownDirective(context.to_owned()),
        _ if is_behind_text => ZoneProblem::EndOfEntry,
        "expected rtype" => ZoneProblem::ExpectedType,
        "different class" => ZoneProblem::OtherClass,
        "unexpected end of entry" => ZoneProblem::EndOfEntry,
        "trailing tokens" => ZoneProblem::TrailingText,
        "missing origin" => ZoneProblem::MissingOrigin,
        "bad symbol" => ZoneProblem::BadCharacter,
        _ => ZoneProblem::BadData(message.to_owned()),
    };
    ZoneError {
        line,
        column,
        problem,
    }
}

/// Where the first line begins that is an `$INCLUDE`.
fn include_offset(text: &[u8]) -> Option<usize> {
    const WORD: &[u8] = b"$INCLUDE";
    let mut start = 0;
    for line in text.split_inclusive(|octet| *octet == b'\n') {
        let is_word = |word: &[u8]| word.eq_ignore_ascii_case(WORD);
        let goes_on = line.get(WORD.len()).is_some_and(u8::is_ascii_alphanumeric);
        if line.get(..WORD.len()).is_some_and(is_word) && !goes_on {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// The name after the first `$ORIGIN`, if it is absolute.
fn first_origin(text: &[u8]) -> Option<Name> {
    let text = String::from_utf8_lossy(text);
    let line = text.lines().find_map(|line| {
        let word = line.get(..7)?;
        word.eq_ignore_ascii_case("$ORIGIN").then(|| &line[7..])
    })?;
    let name = line
        .split([';', ' ', '\t', '\r'])
        .find(|word| !word.is_empty())?;
    name.ends_with('.')
        .then(|| Name::from_str(name).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
$TTL 300
@       IN SOA ns1 hostmaster 7 3600 600 86400 900
        IN NS ns1
@       MX 10 mx1.autre.test.
        TXT "v=spf1 ip4:192.0.2." "1 -all"
ns1     A 192.0.2.53
*.w     TXT "wild"
s1._domainkey CNAME s1.fournisseur.test.
loin    CNAME mx1.autre.test.
rond    CNAME rond
deux    CNAME ns1
deux    TXT "beside"
sous    NS ns.sous
a.b.c   A 192.0.2.9
"#;

    fn name(text: &str) -> Name {
        text.parse().expect("valid")
    }

    fn zones() -> Zones {
        let zone = Zone::parse(FILE.as_bytes(), &name("exemple.test")).expect("reads");
        let autre = Zone::parse(b"mx1 AAAA 2001:db8::1\n", &name("autre.test")).expect("reads");
        Zones::new(vec![zone, autre])
    }

    #[track_caller]
    fn check(owner: &str, rtype: RecordType, expect: &str) {
        let question = Question::new(name(owner), rtype);
        let answer = futures::executor::block_on(zones().resolve(&question));
        let mut found = format!("{:?}", answer.status);
        for alias in &answer.aliases {
            found += &format!(" {}>{}", alias.owner, alias.target);
        }
        for record in &answer.records {
            found += &match &record.data {
                Data::Txt(txt) => format!(" {:?}", txt.to_text()),
                Data::A(a) => format!(" {a}"),
                Data::Aaaa(a) => format!(" {a}"),
                Data::Mx { exchange, .. } => format!(" {exchange}"),
                other => format!(" {other:?}"),
            };
        }
        assert_eq!(found, expect);
    }

    #[test]
    fn a_free_standing_at_sign_in_data_is_the_origin() {
        let text = "@ MX 10 @\nwww CNAME @\n$ORIGIN sous.exemple.test.\nwww CNAME @\nb TXT @\n";
        let zone = Zone::parse(text.as_bytes(), &name("exemple.test")).expect("reads");
        let mut found: Vec<String> = zone
            .records()
            .map(|record| match &record.data {
                Data::Cname(target) => format!("{} {target}", record.owner),
                Data::Mx { exchange, .. } => format!("{} {exchange}", record.owner),
                Data::Txt(txt) => format!("{} {:?}", record.owner, txt.to_text()),
                other => panic!("{other:?}"),
            })
            .collect();
        found.sort();
        assert_eq!(
            found,
            [
                "b.sous.exemple.test \"@\"",
                "exemple.test exemple.test",
                "www.exemple.test exemple.test",
                "www.sous.exemple.test sous.exemple.test",
            ]
        );
    }

    #[test]
    fn a_zone_answers_as_its_server_would() {
        use RecordType::{A, Aaaa, Cname, Ds, Mx, Txt};
        check("exemple.test", Txt, r#"Found "v=spf1 ip4:192.0.2.1 -all""#);
        check("exemple.test", Mx, "Found mx1.autre.test");
        check("exemple.test", Aaaa, "NoData");
        check("rien.exemple.test", A, "NxDomain");
        check("b.c.exemple.test", A, "NoData");
        check("x.w.exemple.test", Txt, r#"Found "wild""#);
        check("x.y.w.exemple.test", Txt, r#"Found "wild""#);
        check("w.exemple.test", Txt, "NoData");
        check("x.w.exemple.test", A, "NoData");
        check(
            "loin.exemple.test",
            Aaaa,
            "Found loin.exemple.test>mx1.autre.test 2001:db8::1",
        );
        check(
            "loin.exemple.test",
            A,
            "NoData loin.exemple.test>mx1.autre.test",
        );
        check(
            "s1._domainkey.exemple.test",
            Txt,
            "Offline s1._domainkey.exemple.test>s1.fournisseur.test",
        );
        check(
            "deux.exemple.test",
            Txt,
            r#"Found deux.exemple.test>ns1.exemple.test "beside""#,
        );
        check(
            "deux.exemple.test",
            A,
            "Found deux.exemple.test>ns1.exemple.test 192.0.2.53",
        );
        check("rond.exemple.test", A, "Malformed");
        check("x.sous.exemple.test", A, "Offline");
        check("sous.exemple.test", A, "Offline");
        check("sous.exemple.test", Ds, "NoData");
        check("x.sous.exemple.test", Ds, "Offline");
        check("exemple.test", Ds, "Offline");
        check("ailleurs.fr", A, "Offline");
        let question = Question::new(name("loin.exemple.test"), Cname);
        let answer = futures::executor::block_on(zones().resolve(&question));
        assert_eq!(
            (answer.status, answer.aliases.len(), answer.records.len()),
            (Status::Found, 0, 1)
        );
    }

    #[test]
    fn a_record_that_stands_twice_is_one_and_many_at_one_name_cost_little() {
        // Compared all with all, these would take half a minute.
        let count = 50_000_u32;
        let mut text = "@ A 10.0.0.0\n".to_owned();
        for n in 0..count {
            text += &format!("@ A {}\n", std::net::Ipv4Addr::from_bits((10 << 24) + n));
        }
        let zone = Zone::parse(text.as_bytes(), &name("x.fr")).expect("reads");
        assert_eq!(zone.records().count(), count as usize);
        let mut zone = Zone::parse(b"@ A 10.0.0.0\n", &name("x.fr")).expect("reads");
        let same = zone.records().next().expect("one").clone();
        zone.add(same);
        assert_eq!(zone.records().count(), 1);
    }

    #[test]
    fn nobody_vouches_for_an_alias_from_a_file() {
        let target = Question::new(name("a.test"), RecordType::Txt);
        let mut beyond = Answer::bare(Status::Found, Source::Zone);
        beyond.authentic = true;
        let beyond = [(target.clone(), Arc::new(beyond))].into_iter().collect();
        let zone = Zone::parse(b"@ CNAME a.test.\n", &name("x.fr")).expect("reads");
        let zones = Zones::new(vec![zone]).with_beyond(Arc::new(crate::Replay::new(beyond)));
        let aliased = Question::new(name("x.fr"), RecordType::Txt);
        for (question, expect) in [(target, true), (aliased, false)] {
            let answer = futures::executor::block_on(zones.resolve(&question));
            assert_eq!((answer.status, answer.authentic), (Status::Found, expect));
        }
    }

    #[test]
    fn no_is_kept_as_long_as_the_soa_says() {
        let question = Question::new(name("rien.exemple.test"), RecordType::Txt);
        let answer = futures::executor::block_on(zones().resolve(&question));
        assert_eq!(
            answer.ttl(),
            Some(300),
            "the smaller of the SOA's TTL 300 and its minimum 900"
        );
    }

    #[test]
    fn the_apex_is_the_soa_owner_or_the_first_origin() {
        let apex = |text: &str| {
            Zone::parse(text.as_bytes(), &name("par.defaut"))
                .expect("reads")
                .apex()
                .to_string()
        };
        assert_eq!(apex("@ TXT a\n"), "par.defaut");
        assert_eq!(
            apex("@ TXT a\n$ORIGIN _domainkey.par.defaut.\ns1 TXT b\n"),
            "par.defaut",
            "an origin for a part of the zone"
        );
        assert_eq!(apex("\u{feff}$ORIGIN exemple.fr.\n@ TXT a"), "exemple.fr");
        assert_eq!(
            apex("x.fr. SOA a. b. 1 2 3 4 5\n$ORIGIN sub.x.fr.\n@ TXT a\n"),
            "x.fr"
        );
    }

    #[test]
    fn a_fault_is_told_with_its_place() {
        let fault = |text: &str| {
            Zone::parse(text.as_bytes(), &name("x.fr"))
                .expect_err("a fault")
                .to_string()
        };
        assert_eq!(
            fault("@ TXT a\n$INCLUDE /etc/passwd\n"),
            "2:1: $INCLUDE is not followed"
        );
        assert_eq!(
            fault("@ TXT a\n$include\"\"x\n"),
            "2:1: $INCLUDE is not followed"
        );
        assert_eq!(fault("$INCLUDES x\n"), "1:1: unknown directive $INCLUDES");
        assert_eq!(
            fault("$GENERATE 1-9 a A 192.0.2.$\n"),
            "1:1: unknown directive $GENERATE"
        );
        fault_at(&fault("@ TXT a\n@ A 192.0.2\n@ TXT b\n"), "2:5:");
        fault_at(&fault("@ TXT a\n@ MX mail\n@ TXT b\n"), "2:6:");
        fault_at(&fault("@ CH TXT a\n"), "1:");
        fault_at(&fault("@ TXT \"open\n"), "1:7:");
        fault_at(&fault("@ TXT \"open"), "1:7:");
    }

    #[test]
    fn texts_may_hold_any_octet_as_it_is() {
        let file = "; réglé\n@ TXT \"v=spf1 –all\" é\n@ TXT \"\\195\\169\"\n";
        let zone = Zone::parse(file.as_bytes(), &name("x.fr")).expect("reads");
        let texts: Vec<String> = zone
            .records()
            .map(|record| match &record.data {
                Data::Txt(txt) => txt.to_text(),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(texts, ["v=spf1 –allé", "é"]);
        let fault = Zone::parse("\"éé\" A 192.0.2\n@ TXT b\n".as_bytes(), &name("x.fr"));
        let fault = fault.expect_err("a fault");
        assert_eq!((fault.line, fault.column), (1, 8), "columns are characters");
    }

    #[test]
    fn an_entry_that_is_still_open_at_the_end_is_refused() {
        for (text, place) in [
            ("@ TXT a\n@ TXT(ren @\nMX x\n", "3:4"),
            ("@ TXT (a", "1:7"),
            ("@ TXT (", "1:7"),
            ("@ TXT ( a ; b\n\n", "1:13"),
            ("@ A ( 192.0.2.1\n", "1:7"),
            ("@ MX ( 10\n", "1:8"),
            ("@ MX ( 10 mail\n", "1:11"),
            ("@ (\n", "1:3"),
            ("@ TYPE65280 \\# 2 ( ab\n", "1:20"),
            ("@ DS 1 2 3 ( abcd\n", "1:14"),
        ] {
            let fault = Zone::parse(text.as_bytes(), &name("x.fr")).expect_err(text);
            assert_eq!(fault.problem, ZoneProblem::EndOfEntry, "{text:?}: {fault}");
            assert_eq!(format!("{}:{}", fault.line, fault.column), place, "{text}");
        }
    }

    #[test]
    fn the_line_behind_a_file_is_no_part_of_it() {
        for (text, count) in [
            ("", 0),
            ("\n", 0),
            ("; nothing", 0),
            ("@ TXT a", 1),
            ("@ TXT (a\nb)", 1),
            ("@ TXT \"a b\" ; c", 1),
            ("@ TXT a\n@ TXT $END-OF-FILE", 2),
            ("@ TXT a\r\n\r\n", 1),
            ("@ TYPE65280 \\# 0\n@ TXT a", 1),
        ] {
            let zone = Zone::parse(text.as_bytes(), &name("x.fr")).expect(text);
            assert_eq!(zone.records().count(), count, "{text}");
        }
        let fault = Zone::parse(b"@ TXT a\n$END-OF-FILE\n", &name("x.fr")).expect_err("unknown");
        assert_eq!(fault.to_string(), "2:1: unknown directive $END-OF-FILE");
    }

    /// The place is asserted; the words after it belong to the library.
    #[track_caller]
    fn fault_at(found: &str, place: &str) {
        assert!(found.starts_with(place), "{found}");
    }
}
