//! Messages for tests, written as master files.

use domain::base::iana::{Class, OptRcode, Rcode, Rtype};
use domain::base::opt::ExtendedError;
use domain::base::{Message, MessageBuilder, Name as WireName};
use domain::zonefile::inplace::{Entry, Zonefile};

/// A response: flags and sections. `Default` is an empty "no error" from a recursive server.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sketch<'a> {
    /// `aa`, `ad`, `tc`, `query` (not a response), `other` (another question), `bare` (no question),
    /// `class` (another class), separated by spaces.
    pub(crate) flags: &'a str,
    /// Response code, with the upper bits that travel in the EDNS record.
    pub(crate) rcode: u16,
    /// Extended error codes.
    pub(crate) errors: &'a [u16],
    /// Records of the answer section, one per line.
    pub(crate) answer: &'a str,
    /// Records of the authority section, one per line.
    pub(crate) authority: &'a str,
    /// Records of the additional section besides EDNS, one per line.
    pub(crate) additional: &'a str,
}

/// The response to `query` that the sketch draws.
pub(crate) fn respond(query: &[u8], sketch: &Sketch<'_>) -> Vec<u8> {
    let query = Message::from_octets(query).expect("a query");
    let asked = query.sole_question().expect("one question");
    let flag = |flag: &str| sketch.flags.split(' ').any(|word| word == flag);
    let mut message = MessageBuilder::new_vec();
    let header = message.header_mut();
    header.set_id(query.header().id());
    header.set_qr(!flag("query"));
    header.set_aa(flag("aa"));
    header.set_ad(flag("ad"));
    header.set_tc(flag("tc"));
    header.set_rcode(Rcode::masked_from_int(
        u8::try_from(sketch.rcode & 15).expect("four bits"),
    ));
    let mut message = message.question();
    let class = if flag("class") { Class::CH } else { Class::IN };
    if flag("other") {
        let other = WireName::<Vec<u8>>::from_chars("autre.test.".chars()).expect("a name");
        message.push((other, Rtype::TXT, class)).expect("fits");
    } else if !flag("bare") {
        // Servers may repeat the name in another case.
        let name = asked.qname().to_string().to_uppercase();
        let name = WireName::<Vec<u8>>::from_chars(name.chars()).expect("a name");
        message.push((name, asked.qtype(), class)).expect("fits");
    }
    let mut message = message.answer();
    for record in records(sketch.answer) {
        message.push(record).expect("fits");
    }
    let mut message = message.authority();
    for record in records(sketch.authority) {
        message.push(record).expect("fits");
    }
    let mut message = message.additional();
    for record in records(sketch.additional) {
        message.push(record).expect("fits");
    }
    let pushed = message.opt(|opt| {
        opt.set_rcode(OptRcode::masked_from_int(sketch.rcode));
        for code in sketch.errors {
            opt.push(&ExtendedError::<&[u8]>::from(*code))?;
        }
        Ok(())
    });
    pushed.expect("fits");
    message.finish()
}

fn records(text: &str) -> Vec<domain::zonefile::inplace::ScannedRecord> {
    let mut file = Zonefile::from(format!("$ORIGIN exemple.test.\n$TTL 300\n{text}\n").as_bytes());
    file.set_default_class(Class::IN);
    let mut records = Vec::new();
    while let Some(entry) = file.next_entry().expect("a valid master file") {
        if let Entry::Record(record) = entry {
            records.push(record);
        }
    }
    records
}
