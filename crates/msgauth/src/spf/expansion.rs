//! What macros stand for in one evaluation (RFC 7208, sections 7.2 and 7.3), and the text that explains a
//! fail (section 6.2).

use std::borrow::Cow;
use std::net::IpAddr;

use garant_dns::{Name, Question, RecordType};

use super::evaluate::{Ask, Evaluator};
use super::macro_string::{DomainSpec, Letter, MacroString, target_name};

impl<'a> Evaluator<'a> {
    /// The name that a term is about: what its domain specification expands to, or the domain itself.
    pub(super) fn target(
        &mut self,
        spec: Option<&DomainSpec>,
        domain: &Name,
        step: usize,
    ) -> Ask<Option<Name>> {
        let target = match spec {
            None => Some(domain.clone()),
            Some(spec) if !spec.has_macros() => spec.name(),
            Some(spec) => self
                .expand(spec.macro_string(), domain)?
                .and_then(|expanded| target_name(&expanded)),
        };
        self.note_target(step, target.as_ref());
        Ok(target)
    }

    fn expand(&mut self, text: &MacroString, domain: &Name) -> Ask<Option<String>> {
        text.expand(|letter| self.value(letter, domain))
    }

    /// What a macro letter stands for (RFC 7208, section 7.2).
    fn value(&mut self, letter: Letter, domain: &Name) -> Ask<Cow<'a, str>> {
        Ok(match letter {
            Letter::Sender => format!("{}@{}", self.local_part, self.sender_domain).into(),
            Letter::LocalPart => self.local_part.into(),
            Letter::SenderDomain => self.sender_domain.as_str().to_owned().into(),
            Letter::Domain => domain.as_str().to_owned().into(),
            Letter::Ip => dotted(self.client_ip).into(),
            Letter::ValidatedName => self.validated_name(domain)?.into(),
            Letter::AddressFamily => match self.client_ip {
                IpAddr::V4(_) => "in-addr".into(),
                IpAddr::V6(_) => "ip6".into(),
            },
            Letter::Helo => self.params.helo.into(),
            Letter::ReadableIp => self.client_ip.to_string().into(),
            Letter::Receiver if self.params.receiver.is_empty() => "unknown".into(),
            Letter::Receiver => self.params.receiver.into(),
            Letter::Timestamp => self.params.now.to_string().into(),
        })
    }

    /// `%{p}`: the domain itself before a name beneath it before any other (RFC 7208, section 7.3).
    fn validated_name(&mut self, domain: &Name) -> Ask<String> {
        let names = match self.client_names.take() {
            Some(names) => names,
            None => {
                let question = Question::new(reverse_name(self.client_ip), RecordType::Ptr);
                let answer = self.ask(question)?;
                self.validated_names(answer)?
            }
        };
        let names = self.client_names.insert(names);
        let chosen = names
            .iter()
            .find(|name| *name == domain)
            .or_else(|| names.iter().find(|name| name.is_within(domain)))
            .or_else(|| names.first());
        Ok(chosen.map_or_else(|| "unknown".to_owned(), |name| name.as_str().to_owned()))
    }

    /// The text that explains a fail (RFC 7208, section 6.2). Whatever goes wrong, there is none.
    pub(super) fn explain(&mut self, spec: &DomainSpec, domain: &Name) -> Ask<Option<String>> {
        let Some(expanded) = self.expand(spec.macro_string(), domain)? else {
            return Ok(None);
        };
        let Some(target) = target_name(&expanded) else {
            return Ok(None);
        };
        let answer = self.ask(Question::new(target, RecordType::Txt))?;
        let mut texts = answer.texts();
        let (Some(txt), None) = (texts.next(), texts.next()) else {
            return Ok(None);
        };
        let Ok(text) = String::from_utf8(txt.joined()) else {
            return Ok(None);
        };
        // An explain-string is visible ASCII and spaces (RFC 7208, section 7.1).
        if !text.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
            return Ok(None);
        }
        let Ok(text) = MacroString::new(&text) else {
            return Ok(None);
        };
        let expanded = self.expand(&text, domain)?;
        // The local part and HELO are the client's: a line end in them would end the SMTP reply.
        Ok(expanded.filter(|text| !text.chars().any(char::is_control)))
    }
}

/// An address with a dot between its parts: octets, or the hexadecimal digits of IPv6
/// (RFC 7208, section 7.3).
fn dotted(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let mut text = String::with_capacity(63);
            for octet in address.octets() {
                for digit in [octet >> 4, octet & 15] {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    let digit = char::from_digit(digit.into(), 16).unwrap_or('0');
                    text.push(digit.to_ascii_uppercase());
                }
            }
            text
        }
    }
}

/// Where the names of an address stand in the DNS (RFC 1035, section 3.5; RFC 3596, section 2.5).
pub(super) fn reverse_name(address: IpAddr) -> Name {
    let zone = match address {
        IpAddr::V4(_) => "in-addr.arpa",
        IpAddr::V6(_) => "ip6.arpa",
    };
    let forward = dotted(address);
    let labels = forward.rsplit('.').chain(zone.split('.'));
    Name::from_labels(labels.map(str::as_bytes)).expect("an address has short labels, and few")
}
