//! What a world says of sending paths: `;! path FIELD VALUE` of the first, `;! path-of ID FIELD VALUE` of
//! the service with that id.

use garant_check::Assessment;
use garant_check::path::Path;

/// One thing that must hold of a path.
#[derive(Clone, Debug)]
pub(crate) struct PathCheck {
    /// The service; the first path without.
    pub(crate) sender: Option<String>,
    pub(crate) field: String,
    pub(crate) value: String,
}

impl PathCheck {
    /// What does not hold, in words.
    pub(crate) fn fault(&self, assessment: &Assessment) -> Option<String> {
        let path = match &self.sender {
            None => assessment.paths.first(),
            Some(id) => assessment
                .paths
                .iter()
                .find(|path| path.sender == Some(id.as_str())),
        };
        let who = self.sender.as_deref().unwrap_or("the first");
        let Some(path) = path else {
            return (self.field != "none").then(|| format!("path of {who}: there is none"));
        };
        if self.field == "none" {
            return Some(format!("path of {who}: there is one"));
        }
        let found = value(path, &self.field);
        (found != self.value).then(|| format!("path of {who}: {} is {found}", self.field))
    }
}

/// One field as a word: `unknown` where it could not be told.
fn value(path: &Path, field: &str) -> String {
    let told = |value: Option<bool>| match value {
        Some(true) => "yes".to_owned(),
        Some(false) => "no".to_owned(),
        None => "unknown".to_owned(),
    };
    let word = |value: serde_json::Value| match value {
        serde_json::Value::String(word) => word,
        serde_json::Value::Null => "unknown".to_owned(),
        other => other.to_string(),
    };
    let json = serde_json::to_value(path).expect("a path is JSON");
    let list = |names: &[garant_dns::Name]| {
        let names: Vec<&str> = names.iter().map(garant_dns::Name::as_str).collect();
        names.join(",")
    };
    if let Some(id) = field.strip_prefix("receiver:") {
        let receiver = path.receivers.iter().find(|receiver| receiver.name == id);
        let receiver = receiver.unwrap_or_else(|| panic!("no receiver {id}"));
        let action = word(serde_json::to_value(receiver.action).expect("a word"));
        return format!("{action} {}", receiver.rule);
    }
    if let Some(id) = field.strip_prefix("bulk:") {
        let mut receivers = path.receivers.iter();
        let receiver = receivers.find(|receiver| receiver.name == id);
        let receiver = receiver.unwrap_or_else(|| panic!("no receiver {id}"));
        return receiver.bulk.map_or("same".to_owned(), |bulk| {
            let action = word(serde_json::to_value(bulk.action).expect("a word"));
            format!("{action} {}", bulk.rule)
        });
    }
    match field {
        "sender" => word(json["sender"].clone()),
        "stated" => told(Some(path.stated)),
        "evidence" => path
            .evidence
            .iter()
            .map(|evidence| word(serde_json::to_value(evidence.kind).expect("a word")))
            .collect::<Vec<_>>()
            .join(","),
        "shape" => word(json["shape"].clone()),
        "mail-from" => word(json["mail_from_domain"].clone()),
        "mail-from-basis" => word(json["mail_from_basis"].clone()),
        "dkim-domain" => word(json["dkim_domain"].clone()),
        "spf" => path.spf.result.to_owned(),
        "spf-aligned" => told(path.spf.aligned),
        "spf-aligned-7489" => told(path.spf.aligned_rfc7489),
        "dkim" => told(path.dkim.found),
        "dkim-aligned" => told(path.dkim.aligned),
        "dkim-aligned-7489" => told(path.dkim.aligned_rfc7489),
        "selectors" => list(&path.dkim.selectors),
        "working" => list(&path.dkim.working),
        "dmarc" => path.dmarc.result.to_owned(),
        "dmarc-7489" => path.dmarc.rfc7489.to_owned(),
        "policy" => word(json["dmarc"]["policy"].clone()),
        "policy-domain" => word(json["dmarc"]["domain"].clone()),
        "legs" => word(json["dmarc"]["legs"].clone()),
        other => panic!("no field of a path: {other}"),
    }
}
