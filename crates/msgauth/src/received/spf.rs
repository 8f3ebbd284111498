//! `Received-SPF` (RFC 7208, section 9.1), and the sentence that servers put into its comment and into the
//! comments of `Authentication-Results`.

use std::net::IpAddr;

use crate::message::Field;
use crate::structured::{Scanner, ip_address, without_angles};

/// One `Received-SPF` field. Whatever it says is the text of whoever wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceivedSpf {
    /// Position of the field in the message, from 0; 0 for one that stands in no message.
    pub field: usize,
    /// `pass`, `softfail`…, in lower case, as written.
    pub result: String,
    /// What its comment says.
    pub remark: SpfRemark,
    /// `client-ip`.
    pub client_ip: Option<IpAddr>,
    /// `helo`.
    pub helo: Option<String>,
    /// `envelope-from`, without angle brackets; empty for the null reverse-path.
    pub envelope_from: Option<String>,
    /// `receiver`: who says so.
    pub receiver: Option<String>,
    /// `identity`: `mailfrom`, `helo`.
    pub identity: Option<String>,
    /// `mechanism`: what matched.
    pub mechanism: Option<String>,
    /// `problem`.
    pub problem: Option<String>,
}

/// What a sentence such as `google.com: domain of anne@example.fr designates 192.0.2.1 as permitted sender` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpfRemark {
    /// Who says so.
    pub receiver: Option<String>,
    /// The address or domain that was looked at.
    pub domain: Option<String>,
    /// The client.
    pub address: Option<IpAddr>,
}

impl SpfRemark {
    /// Reads a comment, whatever it is.
    pub fn parse(comment: &str) -> Self {
        let mut remark = Self::default();
        let mut words = comment.split_ascii_whitespace().peekable();
        if let Some(first) = words.peek()
            && let Some(receiver) = first.strip_suffix(':')
            && !receiver.is_empty()
        {
            remark.receiver = Some(receiver.to_owned());
            words.next();
        }
        let mut is_domain_of = false;
        let mut before = "";
        for word in words {
            if is_domain_of && !word.eq_ignore_ascii_case("transitioning") {
                let domain = without_angles(word.trim_end_matches([',', ';', ':']));
                remark.domain.get_or_insert_with(|| domain.to_owned());
                is_domain_of = false;
            } else if remark.address.is_none() {
                remark.address = ip_address(word.trim_matches([',', ';', '\'']));
            }
            is_domain_of |=
                before.eq_ignore_ascii_case("domain") && word.eq_ignore_ascii_case("of");
            before = word;
        }
        remark
    }
}

impl ReceivedSpf {
    /// Reads the value of a field; nothing where no result stands in it.
    pub fn parse(value: &str) -> Option<Self> {
        let mut scanner = Scanner::new(value);
        let mut comments = Vec::new();
        scanner.skip_comments(&mut comments);
        let result = scanner.until(&['(', ';', '"']).to_ascii_lowercase();
        if result.is_empty() || !result.bytes().all(|octet| octet.is_ascii_alphabetic()) {
            return None;
        }
        scanner.skip_comments(&mut comments);
        let mut found = Self {
            result,
            remark: comments
                .first()
                .map(|c| SpfRemark::parse(c))
                .unwrap_or_default(),
            ..Self::default()
        };
        while scanner.peek().is_some() {
            scanner.skip_comments(&mut comments);
            if scanner.eat(';') {
                continue;
            }
            let key = scanner.until(&['=', ';', '(', '"']).to_ascii_lowercase();
            scanner.skip_comments(&mut comments);
            if !scanner.eat('=') {
                // Text without meaning; a quoted string is passed as a whole.
                scanner.quoted();
                continue;
            }
            scanner.skip_comments(&mut comments);
            let value = match scanner.quoted() {
                // `"anne b"@example.fr`: the quotes end before the address does.
                Some(text) => text + scanner.until(&[';', '(']),
                None => scanner.until(&[';', '(']).to_owned(),
            };
            found.take(&key, without_angles(&value));
        }
        Some(found)
    }

    /// Reads a field of a message.
    pub fn read(field: &Field<'_>) -> Option<Self> {
        let mut found = Self::parse(&field.value())?;
        found.field = field.index;
        Some(found)
    }

    /// Keeps a value; the first of a key counts.
    fn take(&mut self, key: &str, value: &str) {
        let slot = match key {
            "client-ip" => {
                self.client_ip = self.client_ip.or_else(|| ip_address(value));
                return;
            }
            "helo" => &mut self.helo,
            "envelope-from" => &mut self.envelope_from,
            "receiver" => &mut self.receiver,
            "identity" => &mut self.identity,
            "mechanism" => &mut self.mechanism,
            "problem" => &mut self.problem,
            _ => return,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
}
