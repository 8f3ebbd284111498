//! Everything that was asked about a domain and everything that came back: plain, serialisable facts.
//!
//! An observation is also a capture file: it can be saved, sent to somebody, and judged again later,
//! by a newer version too.

use std::collections::BTreeMap;
use std::net::IpAddr;

use garant_dns::authority::ZoneView;
use garant_dns::{Answers, Name, RecordType};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::fetch::{Document, FetchError};

/// The format's name, the first member of every capture.
pub const CAPTURE_FORMAT: &str = "garant-capture";
/// The format's version that this program writes; it reads this one and every earlier one.
pub const CAPTURE_VERSION: u32 = 2;
/// Selectors that one request may name at most: each costs a look-up.
pub const SELECTORS_MAX: usize = 32;

/// Records that one request may expect at most.
pub const EXPECTED_MAX: usize = 16;
/// Signatures that one request may state at most.
pub const SIGNATURES_MAX: usize = 4;

/// What is to be found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The domain in the address that readers see (RFC5322.From).
    pub domain: Name,
    /// The address that readers see, where the asker gave it; its domain is `domain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// DKIM selectors that the asker knows; at most [`SELECTORS_MAX`] are asked.
    #[serde(default)]
    pub selectors: Vec<Name>,
    /// The sending service that is asked about: the id of an entry of the catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// The domain of the return address (RFC5321.MailFrom), where the asker knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<Name>,
    /// The signatures that the asker knows of; at most [`SIGNATURES_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed_by: Vec<SignedBy>,
    /// The address that the mail is sent from, where the asker knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<IpAddr>,
    /// The records that a platform asked its customer for; at most [`EXPECTED_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect: Vec<ExpectedRecord>,
    /// When the zone's own servers are asked.
    #[serde(default)]
    pub authority: AskAuthority,
    /// Where reports shall go, for a plan: the value of one `rua` address (`mailto:...`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rua: Option<String>,
}

impl Request {
    /// The question about a domain and nothing else.
    pub fn new(domain: Name) -> Self {
        Self {
            domain,
            from: None,
            selectors: Vec::new(),
            sender: None,
            mail_from: None,
            signed_by: Vec::new(),
            ip: None,
            expect: Vec::new(),
            authority: AskAuthority::default(),
            rua: None,
        }
    }

    /// Whether it states a sending path: by the name of a service, or by its parts.
    pub fn states_path(&self) -> bool {
        self.sender.is_some()
            || self.mail_from.is_some()
            || !self.signed_by.is_empty()
            || self.ip.is_some()
    }
}

/// A DKIM signature that mail carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedBy {
    /// `d=`.
    pub domain: Name,
    /// `s=`, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<Name>,
}

/// A record that somebody was asked to publish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedRecord {
    /// Its full name.
    pub name: Name,
    /// Its type: CNAME, TXT or MX in practice.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Its data as a panel takes it: a name for CNAME, `10 host` for MX, the text for TXT.
    pub value: String,
}

/// When the zone's own servers are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AskAuthority {
    /// Where the recursive answer leaves a doubt that they can settle.
    #[default]
    InDoubt,
    /// In any case, for every name that matters.
    Always,
}

/// What was asked, when, and everything that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    format: String,
    version: u32,
    /// What was to be found out.
    pub request: Request,
    /// When the first question was asked: seconds since 1970 in UTC.
    pub asked_at: i64,
    /// Every answer.
    pub answers: Answers,
    /// Every document by its URL.
    #[serde(default)]
    pub documents: BTreeMap<String, Result<Document, FetchError>>,
    /// The zones whose own servers were asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<ZoneView>,
    /// The zones of names without a record that the domain's SPF record includes. Others' zones: nothing is said
    /// about how they are served.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub includes: Vec<ZoneView>,
}

/// Why a capture could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaptureError {
    /// It is not JSON, or not the JSON of a capture.
    #[error("not a capture, at {line}:{column}")]
    NotACapture {
        /// Line of the fault, from 1; 0 when the whole is something else.
        line: usize,
        /// Column of the fault, from 1; 0 when the whole is something else.
        column: usize,
    },
    /// A newer program wrote it.
    #[error("the capture has version {found}, this program reads versions up to {known}")]
    Newer {
        /// Its version.
        found: u32,
        /// The newest that this program reads.
        known: u32,
    },
}

impl Observation {
    /// Nothing asked yet.
    pub fn new(request: Request, asked_at: i64) -> Self {
        Self {
            format: CAPTURE_FORMAT.to_owned(),
            version: CAPTURE_VERSION,
            request,
            asked_at,
            answers: Answers::new(),
            documents: BTreeMap::new(),
            zones: Vec::new(),
            includes: Vec::new(),
        }
    }

    /// The observation as a capture file.
    pub fn to_capture(&self) -> String {
        write_capture(self)
    }

    /// Reads a capture file.
    ///
    /// # Errors
    /// When it is no capture, or one that a newer program wrote.
    pub fn from_capture(text: &str) -> Result<Self, CaptureError> {
        read_capture(text, CAPTURE_FORMAT, CAPTURE_VERSION)
    }
}

/// Writes any capture, with a final line end.
pub(crate) fn write_capture(capture: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(capture)
        .expect("a capture has only text keys, so it is always valid JSON");
    text.push('\n');
    text
}

/// Reads any capture: `format` is its first member, `version` the newest that this program reads.
pub(crate) fn read_capture<T: DeserializeOwned>(
    text: &str,
    format: &str,
    version: u32,
) -> Result<T, CaptureError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let not = |error: serde_json::Error| CaptureError::NotACapture {
        line: error.line(),
        column: error.column(),
    };
    let head: Head = serde_json::from_str(text).map_err(not)?;
    if head.format != format {
        return Err(CaptureError::NotACapture { line: 0, column: 0 });
    }
    if head.version > version {
        return Err(CaptureError::Newer {
            found: head.version,
            known: version,
        });
    }
    serde_json::from_str(text).map_err(not)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use garant_dns::{Answer, Question, RecordType, Source, Status};

    use super::*;

    fn observation() -> Observation {
        let domain: Name = "exemple.fr".parse().expect("valid");
        let request = Request {
            selectors: vec!["s1".parse().expect("valid")],
            ..Request::new(domain.clone())
        };
        let mut observation = Observation::new(request, 1_795_343_700);
        observation.answers.insert(
            Question::new(domain, RecordType::Txt),
            Arc::new(Answer::bare(Status::Timeout, Source::Nobody)),
        );
        observation.documents.insert(
            "https://mta-sts.exemple.fr/".to_owned(),
            Err(FetchError::NoAddress(Status::ServFail)),
        );
        observation
    }

    #[test]
    fn what_is_saved_reads_back_the_same() {
        let text = observation().to_capture();
        assert_eq!(Observation::from_capture(&text), Ok(observation()));
    }

    #[test]
    fn a_newer_capture_and_other_files_are_told_apart() {
        let text = observation().to_capture();
        let newer = text.replacen("\"version\": 2", "\"version\": 3", 1);
        assert_eq!(
            Observation::from_capture(&newer),
            Err(CaptureError::Newer {
                found: 3,
                known: CAPTURE_VERSION
            })
        );
        for other in [
            "",
            "{}",
            "[1]",
            &text.replacen("garant-capture", "autre", 1),
            &text[..80],
        ] {
            let error = Observation::from_capture(other).expect_err("no capture");
            assert!(
                matches!(error, CaptureError::NotACapture { .. }),
                "{other:?}: {error}"
            );
        }
    }
}
