//! Everything that was asked about a domain and everything that came back: plain, serialisable facts.
//!
//! An observation is also a capture file: it can be saved, sent to somebody, and judged again later,
//! by a newer version too.

use std::collections::BTreeMap;

use garant_dns::{Answers, Name};
use serde::{Deserialize, Serialize};

use crate::fetch::{Document, FetchError};

/// The format's name, the first member of every capture.
pub const CAPTURE_FORMAT: &str = "garant-capture";
/// The format's version that this program writes; it reads this one and every earlier one.
pub const CAPTURE_VERSION: u32 = 1;
/// Selectors that one request may name at most: each costs a look-up.
pub const SELECTORS_MAX: usize = 32;

/// What is to be found out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The domain in the address that readers see (RFC5322.From).
    pub domain: Name,
    /// DKIM selectors that the asker knows; at most [`SELECTORS_MAX`] are asked.
    #[serde(default)]
    pub selectors: Vec<Name>,
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
    #[error("the capture has version {found}, this program reads versions up to {CAPTURE_VERSION}")]
    Newer {
        /// Its version.
        found: u32,
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
        }
    }

    /// The observation as a capture file.
    pub fn to_capture(&self) -> String {
        let mut text = serde_json::to_string_pretty(self)
            .expect("an observation has only text keys, so it is always valid JSON");
        text.push('\n');
        text
    }

    /// Reads a capture file.
    ///
    /// # Errors
    /// When it is no capture, or one that a newer program wrote.
    pub fn from_capture(text: &str) -> Result<Self, CaptureError> {
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
        if head.format != CAPTURE_FORMAT {
            return Err(CaptureError::NotACapture { line: 0, column: 0 });
        }
        if head.version > CAPTURE_VERSION {
            return Err(CaptureError::Newer {
                found: head.version,
            });
        }
        serde_json::from_str(text).map_err(not)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use garant_dns::{Answer, Question, RecordType, Source, Status};

    use super::*;

    fn observation() -> Observation {
        let domain: Name = "exemple.fr".parse().expect("valid");
        let request = Request {
            domain: domain.clone(),
            selectors: vec!["s1".parse().expect("valid")],
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
        let newer = text.replacen("\"version\": 1", "\"version\": 2", 1);
        assert_eq!(
            Observation::from_capture(&newer),
            Err(CaptureError::Newer { found: 2 })
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
