//! The list of records that a platform asked its customer for: a JSON array of `{name, type, value}`.
//!
//! Read strictly, and every fault has its place: whoever copies a list from a mail or a page must learn
//! which line to correct, rather than see a check of records that nobody meant.

use std::cell::RefCell;
use std::fmt;

use garant_dns::{Name, NameError, RecordType};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::input::{is_icann_suffix, registrable_domain};
use crate::observation::{EXPECTED_MAX, ExpectedRecord};

/// Octets in one value at most: an RSA key of 8192 bits, twice as long as any in use, takes 1,500.
pub const EXPECTED_VALUE_OCTETS_MAX: usize = 4096;

/// Why a list of expected records could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem:?}")]
pub struct ExpectError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in octets.
    pub column: usize,
    /// What is wrong there.
    pub problem: ExpectProblem,
}

/// What can be wrong with a list of expected records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExpectProblem {
    /// It is not JSON.
    NotJson,
    /// It is JSON, but no list.
    NotAList,
    /// The list is empty.
    Empty,
    /// It has more than [`EXPECTED_MAX`] records.
    TooMany,
    /// Something in the list is no object.
    NotARecord,
    /// A member that a record does not have.
    MemberUnknown(String),
    /// A member that stands twice.
    MemberTwice(&'static str),
    /// A member that is not there.
    MemberAbsent(&'static str),
    /// A member that is no text.
    NotText(&'static str),
    /// A type other than CNAME, TXT and MX.
    Type(String),
    /// The name is no name.
    Name(String, NameError),
    /// The name is a whole name, and stands outside the domain and its organization.
    NameOutside(Name),
    /// The name may be a whole one, or relative to the domain: the whole name that it would then have.
    NameAmbiguous(String, Name),
    /// The value of a CNAME or MX is not of that form.
    Value(RecordType, String),
    /// The value is a web address.
    ValueIsUrl(String),
    /// The value has quotes around it, which belong to zone files.
    ValueQuoted,
    /// The value is empty.
    ValueEmpty,
    /// The value is longer than [`EXPECTED_VALUE_OCTETS_MAX`].
    ValueLong,
    /// A CNAME beside another record of the list at the same name, or the same record twice.
    Contradiction(Name),
}

/// Reads the records that are expected of `domain`. A name without a final dot is relative to the domain unless
/// it ends in the domain, or in its organization's; `@` is the domain itself.
///
/// # Errors
/// The first thing that is wrong, and where.
pub fn read_expected(text: &str, domain: &Name) -> Result<Vec<ExpectedRecord>, ExpectError> {
    let problem = RefCell::new(None);
    let reader = Reader {
        domain,
        problem: &problem,
    };
    // Editors put a byte order mark before it; a reader may ignore it (RFC 8259, section 8.1).
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut json = serde_json::Deserializer::from_str(text);
    let read = List(reader)
        .deserialize(&mut json)
        .and_then(|records| json.end().map(|()| records));
    read.map_err(|error| ExpectError {
        line: error.line(),
        column: error.column(),
        problem: problem.take().unwrap_or(ExpectProblem::NotJson),
    })
}

/// What every part of the reader needs. The problem travels beside serde's error, which is only words.
#[derive(Clone, Copy)]
struct Reader<'a> {
    domain: &'a Name,
    problem: &'a RefCell<Option<ExpectProblem>>,
}

impl Reader<'_> {
    fn fail<E: serde::de::Error>(&self, problem: ExpectProblem) -> E {
        let error = E::custom(format_args!("{problem:?}"));
        *self.problem.borrow_mut() = Some(problem);
        error
    }

    fn name(&self, text: &str) -> Result<Name, ExpectProblem> {
        let text = text.trim();
        if text == "@" {
            return Ok(self.domain.clone());
        }
        let bad = |error| ExpectProblem::Name(text.to_owned(), error);
        let typed = Name::from_input(text).map_err(bad)?;
        let organization = registrable_domain(self.domain);
        if typed.is_within(self.domain) || typed.is_within(&organization) {
            return Ok(typed);
        }
        if text.ends_with('.') {
            return Err(ExpectProblem::NameOutside(typed));
        }
        let whole = self.domain.prefixed(typed.as_str()).map_err(bad)?;
        let ending = typed.suffix(1);
        if typed.label_count() > 1 && is_icann_suffix(ending.as_str()) {
            return Err(ExpectProblem::NameAmbiguous(text.to_owned(), whole));
        }
        Ok(whole)
    }
}

fn rtype(text: &str) -> Result<RecordType, ExpectProblem> {
    match text.trim().to_ascii_uppercase().as_str() {
        "CNAME" => Ok(RecordType::Cname),
        "TXT" => Ok(RecordType::Txt),
        "MX" => Ok(RecordType::Mx),
        _ => Err(ExpectProblem::Type(text.trim().to_owned())),
    }
}

fn value(rtype: RecordType, text: &str) -> Result<String, ExpectProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ExpectProblem::ValueEmpty);
    }
    if text.len() > EXPECTED_VALUE_OCTETS_MAX {
        return Err(ExpectProblem::ValueLong);
    }
    if text.starts_with('"') && text.ends_with('"') {
        return Err(ExpectProblem::ValueQuoted);
    }
    if rtype == RecordType::Txt {
        return Ok(text.to_owned());
    }
    if text.contains("://") {
        return Err(ExpectProblem::ValueIsUrl(text.to_owned()));
    }
    let bad = || ExpectProblem::Value(rtype, text.to_owned());
    let host = |text: &str| Name::from_input(text).map_err(|_| bad());
    if rtype == RecordType::Cname {
        return Ok(host(text)?.to_string());
    }
    let (preference, exchange) = text.split_once(char::is_whitespace).ok_or_else(bad)?;
    let preference: u16 = preference.parse().map_err(|_| bad())?;
    Ok(format!("{preference} {}", host(exchange)?))
}

/// Whether two records of a list cannot both be meant (RFC 1034, section 3.6.2: nothing beside a CNAME).
fn contradicts(one: &ExpectedRecord, other: &ExpectedRecord) -> bool {
    let alias = RecordType::Cname;
    one.name == other.name && (one == other || one.rtype == alias || other.rtype == alias)
}

struct List<'a>(Reader<'a>);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = Vec<ExpectedRecord>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// A value of a kind that is not expected: every other kind than the one that the visitor takes.
macro_rules! refuse_others {
    ($problem:expr; $($visit:ident($kind:ty))*) => {
        $(fn $visit<E: serde::de::Error>(self, _: $kind) -> Result<Self::Value, E> {
            Err(self.0.fail($problem(&self)))
        })*
        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Err(self.0.fail($problem(&self)))
        }
    };
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = Vec<ExpectedRecord>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut records: Vec<ExpectedRecord> = Vec::new();
        while let Some(record) = items.next_element_seed(Item(self.0))? {
            if records.len() == EXPECTED_MAX {
                return Err(self.0.fail(ExpectProblem::TooMany));
            }
            if records.iter().any(|known| contradicts(known, &record)) {
                return Err(self.0.fail(ExpectProblem::Contradiction(record.name)));
            }
            records.push(record);
        }
        if records.is_empty() {
            return Err(self.0.fail(ExpectProblem::Empty));
        }
        Ok(records)
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(self.0.fail(ExpectProblem::NotAList))
    }

    refuse_others!(|_: &Self| ExpectProblem::NotAList;
        visit_str(&str) visit_bool(bool) visit_u64(u64) visit_i64(i64) visit_f64(f64));
}

struct Item<'a>(Reader<'a>);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ExpectedRecord;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Item<'_> {
    type Value = ExpectedRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let reader = self.0;
        let (mut name, mut kind, mut data) = (None, None, None);
        while let Some(member) = members.next_key::<String>()? {
            let (label, place) = match member.as_str() {
                "name" => ("name", &mut name),
                "type" => ("type", &mut kind),
                "value" => ("value", &mut data),
                _ => return Err(reader.fail(ExpectProblem::MemberUnknown(member))),
            };
            if place.is_some() {
                return Err(reader.fail(ExpectProblem::MemberTwice(label)));
            }
            *place = Some(members.next_value_seed(Text(reader, label))?);
            // Judged at once, where the place in the file is still known.
            let judged = match (label, &name, &kind, &data) {
                ("name", Some(name), _, _) => reader.name(name).map(|_| ()),
                (_, _, Some(kind), None) => rtype(kind).map(|_| ()),
                (_, _, Some(kind), Some(data)) => {
                    rtype(kind).and_then(|rtype| value(rtype, data).map(|_| ()))
                }
                _ => Ok(()),
            };
            judged.map_err(|problem| reader.fail(problem))?;
        }
        let there = |text: Option<String>, label| {
            text.ok_or_else(|| reader.fail::<A::Error>(ExpectProblem::MemberAbsent(label)))
        };
        let (name, kind, data) = (
            there(name, "name")?,
            there(kind, "type")?,
            there(data, "value")?,
        );
        let read = || {
            let rtype = rtype(&kind)?;
            Ok(ExpectedRecord {
                name: reader.name(&name)?,
                rtype,
                value: value(rtype, &data)?,
            })
        };
        read().map_err(|problem| reader.fail(problem))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(self.0.fail(ExpectProblem::NotARecord))
    }

    refuse_others!(|_: &Self| ExpectProblem::NotARecord;
        visit_str(&str) visit_bool(bool) visit_u64(u64) visit_i64(i64) visit_f64(f64));
}

/// One member that is text, and its label.
struct Text<'a>(Reader<'a>, &'static str);

impl<'de> DeserializeSeed<'de> for Text<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(self.0.fail(ExpectProblem::NotText(self.1)))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<String, A::Error> {
        Err(self.0.fail(ExpectProblem::NotText(self.1)))
    }

    refuse_others!(|text: &Self| ExpectProblem::NotText(text.1);
        visit_bool(bool) visit_u64(u64) visit_i64(i64) visit_f64(f64));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    fn read(text: &str) -> Result<Vec<ExpectedRecord>, ExpectError> {
        read_expected(text, &name("news.exemple.fr"))
    }

    /// A list of one record with this name, type and value; what comes out of it as one line.
    #[track_caller]
    fn check(written: (&str, &str, &str), expect: &str) {
        let (name, rtype, value) = written;
        let list = serde_json::json!([{"name": name, "type": rtype, "value": value}]);
        let records = read(&list.to_string()).expect("a list");
        let ExpectedRecord { name, rtype, value } = &records[0];
        assert_eq!(format!("{name} {rtype} {value}"), expect, "{:?}", written.0);
    }

    #[test]
    fn names_are_relative_to_the_domain_unless_they_end_in_it() {
        let whole = "s1._domainkey.news.exemple.fr CNAME a.envoi.example";
        for written in [
            "s1._domainkey",
            "s1._domainkey.news.exemple.fr",
            "S1._domainkey.news.exemple.fr.",
            " s1._domainkey ",
        ] {
            check((written, "cname", "a.envoi.example."), whole);
        }
        check(
            ("em.exemple.fr", "MX", " 10  mx.envoi.example. "),
            "em.exemple.fr MX 10 mx.envoi.example",
        );
        check(
            ("@", "TXT", "envoi-verify=1 2"),
            "news.exemple.fr TXT envoi-verify=1 2",
        );
        check(("em", "MX", "0 mx"), "em.news.exemple.fr MX 0 mx");
    }

    #[test]
    fn a_byte_order_mark_before_the_list_says_nothing() {
        let list = r#"[{"name": "em", "type": "TXT", "value": "un"}]"#;
        assert_eq!(read(&format!("\u{feff}{list}")), read(list));
        assert!(read(list).is_ok());
    }

    #[track_caller]
    fn refuses(text: &str, line: usize, column: usize, problem: ExpectProblem) {
        let expect = ExpectError {
            line,
            column,
            problem,
        };
        assert_eq!(read(text), Err(expect), "{text}");
    }

    #[test]
    fn what_is_no_list_of_records_is_refused_at_its_place() {
        use ExpectProblem as P;
        refuses("", 1, 0, P::NotJson);
        refuses("[", 1, 1, P::NotJson);
        refuses("[] x", 1, 2, P::Empty);
        refuses("{\"name\": 1}", 1, 1, P::NotAList);
        refuses("null", 1, 4, P::NotAList);
        refuses("\"a\"", 1, 3, P::NotAList);
        refuses("[\n 1]", 2, 2, P::NotARecord);
        refuses("[\n [1]]", 2, 2, P::NotARecord);
        refuses("[{\"nom\": 1}]", 1, 7, P::MemberUnknown("nom".to_owned()));
        refuses(
            "[{\"name\": \"a\", \"name\": \"a\"}]",
            1,
            21,
            P::MemberTwice("name"),
        );
        refuses("[{\"name\": \"a\"}]", 1, 14, P::MemberAbsent("type"));
        refuses("[{\"name\": 1}]", 1, 11, P::NotText("name"));
        refuses("[{\"name\": [\"a\"]}]", 1, 11, P::NotText("name"));
        refuses("[{\"type\": \"A\"}]", 1, 14, P::Type("A".to_owned()));
        refuses(
            "[{\"type\": \"MX\", \"name\": \"a\",\n\"value\": \"b\"}]",
            2,
            13,
            P::Value(RecordType::Mx, "b".to_owned()),
        );
        refuses(
            "[{\"name\": \"a\", \"type\": \"TXT\", \"value\": \"b\"},]",
            1,
            45,
            P::NotJson,
        );
    }

    /// What is wrong with a list of one record.
    #[track_caller]
    fn refuses_record(written: (&str, &str, &str), problem: &ExpectProblem) {
        let (name, rtype, value) = written;
        let list = serde_json::json!([{"name": name, "type": rtype, "value": value}]);
        let found = read(&list.to_string()).expect_err("a fault").problem;
        assert_eq!(found, *problem, "{written:?}");
    }

    #[test]
    fn what_no_platform_can_mean_is_refused() {
        use ExpectProblem as P;
        let elsewhere = "s1._domainkey.autre.fr";
        refuses_record(
            (elsewhere, "CNAME", "a.example"),
            &P::NameAmbiguous(
                elsewhere.to_owned(),
                name("s1._domainkey.autre.fr.news.exemple.fr"),
            ),
        );
        refuses_record(
            ("autre.fr.", "CNAME", "a.example"),
            &P::NameOutside(name("autre.fr")),
        );
        refuses_record(
            ("a..b", "CNAME", "a.example"),
            &P::Name("a..b".to_owned(), NameError::EmptyLabel),
        );
        let value = |rtype, text: &str| P::Value(rtype, text.to_owned());
        for (kind, rtype, text) in [
            ("CNAME", RecordType::Cname, "a b"),
            ("MX", RecordType::Mx, "mx.example"),
            ("MX", RecordType::Mx, "65536 mx.example"),
        ] {
            refuses_record(("a", kind, text), &value(rtype, text));
        }
        let url = "https://em.example/";
        refuses_record(("a", "CNAME", url), &P::ValueIsUrl(url.to_owned()));
        refuses_record(("a", "TXT", "\"v=DKIM1\""), &P::ValueQuoted);
        refuses_record(("a", "TXT", " "), &P::ValueEmpty);
        let long = "x".repeat(EXPECTED_VALUE_OCTETS_MAX + 1);
        refuses_record(("a", "TXT", &long), &P::ValueLong);
    }

    #[test]
    fn a_list_holds_so_many_records_and_none_against_another() {
        let list = |names: &[String]| {
            let records = names.iter().map(
                |name| serde_json::json!({"name": name, "type": "CNAME", "value": "a.example"}),
            );
            read(&serde_json::Value::from_iter(records).to_string())
        };
        let names: Vec<String> = (0..=EXPECTED_MAX).map(|n| format!("s{n}")).collect();
        assert_eq!(
            list(&names[..EXPECTED_MAX]).expect("a list").len(),
            EXPECTED_MAX
        );
        let many = list(&names).expect_err("too many").problem;
        assert_eq!(many, ExpectProblem::TooMany);
        let twice = list(&["s1".to_owned(), "S1".to_owned()]).expect_err("twice");
        assert_eq!(
            twice.problem,
            ExpectProblem::Contradiction(name("s1.news.exemple.fr"))
        );
    }
}
