//! From what was found to a check of the domain: one button, with everything that is known filled in.

use garant_check::Request;
use serde::{Deserialize, Serialize};

/// The button that begins a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ask {
    /// The domain, for its words.
    pub(super) domain: String,
    /// What its form sends.
    pub(super) fields: Vec<(String, String)>,
}

impl Ask {
    /// Asks this question.
    pub(super) fn new(request: &Request) -> Self {
        let mut fields = vec![("domain".to_owned(), request.domain.to_string())];
        let mut add = |name: &str, value: Option<String>| {
            fields.extend(value.map(|value| (name.to_owned(), value)));
        };
        add("sender", request.sender.clone());
        add("from", request.from.clone());
        add(
            "mail_from",
            request.mail_from.as_ref().map(ToString::to_string),
        );
        let signed: Vec<String> = request
            .signed_by
            .iter()
            .map(|one| match &one.selector {
                Some(selector) => format!("{}:{selector}", one.domain),
                None => one.domain.to_string(),
            })
            .collect();
        add("signed_by", (!signed.is_empty()).then(|| signed.join(" ")));
        add("ip", request.ip.map(|ip| ip.to_string()));
        Self {
            domain: request.domain.to_unicode(),
            fields,
        }
    }
}
