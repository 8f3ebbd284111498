//! Queries and replies as lines of text.

use domain::base::iana::Rtype;
use domain::base::opt::ExtendedError;
use domain::base::{Message, MessageBuilder, Name as WireName, ParsedName, ParsedRecord};
use domain::rdata::AllRecordData;

/// What a query is besides its question: words apart by spaces. `edns` (with 1232 octets), `edns=N`, `do`, `cd`,
/// `rd`, `version=N`, `opcode=N`, `class=N`.
pub(crate) fn query(name: &str, rtype: &str, words: &str) -> Vec<u8> {
    let name = WireName::<Vec<u8>>::from_chars(name.chars()).expect("a name");
    let rtype: Rtype = rtype.parse().expect("a type");
    let word = |wanted: &str| {
        words.split_whitespace().find_map(|word| {
            let (key, value) = word.split_once('=').unwrap_or((word, ""));
            (key == wanted).then_some(value)
        })
    };
    let number = |wanted: &str| word(wanted).and_then(|value| value.parse::<u16>().ok());
    let mut message = MessageBuilder::new_vec();
    let header = message.header_mut();
    header.set_id(7);
    header.set_rd(word("rd").is_some());
    header.set_cd(word("cd").is_some());
    let opcode = number("opcode").map_or(0, |opcode| opcode.to_be_bytes()[1]);
    header.set_opcode(domain::base::iana::Opcode::from_int(opcode));
    let mut message = message.question();
    let class = domain::base::iana::Class::from_int(number("class").unwrap_or(1));
    message.push((&name, rtype, class)).expect("fits");
    let mut message = message.additional();
    if word("edns").is_some() {
        let added = message.opt(|opt| {
            opt.set_udp_payload_size(number("edns").unwrap_or(1232));
            opt.set_dnssec_ok(word("do").is_some());
            opt.set_version(number("version").map_or(0, |version| version.to_be_bytes()[1]));
            Ok(())
        });
        added.expect("fits");
    }
    message.finish()
}

/// A reply in one line: code, flags, then each section with its records in order of their text.
pub(crate) fn show(reply: &[u8]) -> String {
    let message = Message::from_slice(reply).expect("a message");
    let header = message.header();
    assert!(
        header.qr() && !header.ra(),
        "a reply of a server that does not recurse"
    );
    let mut line = header.rcode().to_string();
    for (flag, is_set) in [
        ("aa", header.aa()),
        ("tc", header.tc()),
        ("rd", header.rd()),
        ("cd", header.cd()),
    ] {
        if is_set {
            line += &format!(" {flag}");
        }
    }
    let (_, answer, authority, additional) = message.sections().expect("sections");
    for (title, section) in [
        ("answer", answer),
        ("authority", authority),
        ("additional", additional),
    ] {
        let mut records: Vec<String> = Vec::new();
        for record in section {
            let record: ParsedRecord<'_, [u8]> = record.expect("a record");
            if record.rtype() == Rtype::OPT {
                continue;
            }
            let record = record.into_record::<AllRecordData<_, ParsedName<_>>>();
            let record = record.expect("data").expect("of a known type");
            records.push(format!(
                "{}. {} {} {}",
                record.owner(),
                record.ttl().as_secs(),
                record.rtype(),
                record.data()
            ));
        }
        if !records.is_empty() {
            if title != "answer" {
                records.sort();
            }
            line += &format!(" {title}: {}", records.join(", "));
        }
    }
    if let Some(opt) = message.opt() {
        line += &format!(" edns {}", opt.udp_payload_size());
        if opt.dnssec_ok() {
            line += " do";
        }
        let whole = opt.rcode(header);
        if u16::from(header.rcode().to_int()) != whole.to_int() {
            line += &format!(" {whole}");
        }
        for error in opt.opt().iter::<ExtendedError<_>>().flatten() {
            line += &format!(" error {}", error.code().to_int());
        }
    }
    line
}
