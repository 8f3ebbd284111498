//! `garant keygen`: a key for DKIM signatures, and the record to publish.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use garant_check::catalogue::HostForm;
use garant_check::plan::{Change, zone_text};
use garant_check::{Action, DomainInput, registrable_domain};
use garant_dns::{Name, RecordType};
use garant_msgauth::crypto::{KeyKind, SigningKey};
use garant_msgauth::dkim::sign::key_record;
use garant_service::typed::{self, Refusal};
use garant_text::Args;
use jiff::Timestamp;
use serde_json::json;

use super::Desk;
use super::question::remark_on_taking;
use crate::clock;
use crate::exit::Exit;
use crate::world::unwritable;

/// Seconds that the record may be kept. An hour: keys change seldom, and a mistake should not last.
const TTL_S: u32 = 3600;
/// Sentences are broken at this many columns at most.
const COLUMNS_MAX: usize = 100;

/// Form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Zone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Algorithm {
    Rsa,
    Ed25519,
}

#[derive(clap::Args)]
pub(super) struct Options {
    /// The domain that signs.
    #[arg(value_name = "DOMAIN")]
    domain: String,
    /// The name of the key.
    #[arg(long, value_name = "SELECTOR")]
    selector: Option<String>,
    /// The kind of key.
    #[arg(long, value_enum, default_value_t = Algorithm::Rsa, value_name = "ALGORITHM")]
    algorithm: Algorithm,
    /// The length of an RSA key.
    #[arg(long, value_name = "BITS", value_parser = ["2048", "3072", "4096"])]
    bits: Option<String>,
    /// Where the private key goes.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

/// A key that was made, and what belongs to it.
struct Made {
    domain: Name,
    selector: Name,
    key: SigningKey,
    path: PathBuf,
    record: Change,
}

impl Options {
    pub(super) fn run(&self, desk: &Desk) -> Exit {
        let made = match self.made(desk) {
            Ok(Some(made)) => made,
            Ok(None) => return Exit::Internal,
            Err(refusal) => return desk.refuse(&refusal),
        };
        match self.format {
            Format::Text => desk.print(&made.text(desk)),
            Format::Json => desk.print(&made.json()),
            Format::Zone => {
                // Where the private key is must not be a riddle.
                desk.remark(&desk.text("keygen-kept", &made.args()));
                desk.print(&made.zone())
            }
        }
    }

    /// Makes the key and writes it; nothing where the system gives no randomness.
    fn made(&self, desk: &Desk) -> Result<Option<Made>, Refusal> {
        let input = DomainInput::parse(&self.domain);
        let input = input.map_err(|error| typed::bad_domain(&self.domain, &error))?;
        remark_on_taking(desk, &input, &self.domain);
        let domain = input.domain;
        let kind = self.kind()?;
        let selector = match &self.selector {
            None => default_selector(kind, clock::now()),
            Some(text) => typed::selectors(std::slice::from_ref(text))?.remove(0),
        };
        let name = domain.prefixed(&format!("{selector}._domainkey"));
        let name = name.map_err(|_| {
            let args = Args::new()
                .with("selector", selector.to_string())
                .with("domain", domain.to_string());
            Refusal::new("keygen-long", args)
        })?;
        let path = self
            .out
            .clone()
            .unwrap_or_else(|| PathBuf::from(format!("{name}.pem")));
        let made = SigningKey::generate(kind).and_then(|key| {
            let text = key_record(&key)?;
            Ok((key.to_pem()?, text, key))
        });
        let Ok((pem, text, key)) = made else {
            desk.remark(&desk.text("keygen-failed", &Args::new()));
            return Ok(None);
        };
        write_secret(&path, &pem)?;
        let zone = registrable_domain(&domain);
        let record = Change {
            action: Action::Add,
            host_form: HostForm::of(None, &zone, &name, RecordType::Txt, &text),
            name,
            rtype: RecordType::Txt,
            value: text,
            was: None,
            ttl: Some(TTL_S),
            old_ttl: None,
            cures: Vec::new(),
            optional: false,
        };
        Ok(Some(Made {
            domain,
            selector,
            key,
            path,
            record,
        }))
    }

    fn kind(&self) -> Result<KeyKind, Refusal> {
        match (self.algorithm, self.bits.as_deref()) {
            (Algorithm::Ed25519, None) => Ok(KeyKind::Ed25519),
            (Algorithm::Ed25519, Some(_)) => Err(Refusal::new("keygen-bits", Args::new())),
            (Algorithm::Rsa, Some("3072")) => Ok(KeyKind::Rsa3072),
            (Algorithm::Rsa, Some("4096")) => Ok(KeyKind::Rsa4096),
            (Algorithm::Rsa, _) => Ok(KeyKind::Rsa2048),
        }
    }
}

/// A selector that says when the key was made, so that the next one has another: `g20260706`, and with a final
/// `e` for Ed25519, since each key needs a selector of its own.
fn default_selector(kind: KeyKind, now: i64) -> Name {
    let day = Timestamp::from_second(now)
        .unwrap_or(Timestamp::UNIX_EPOCH)
        .strftime("%Y%m%d")
        .to_string();
    let kind = if kind == KeyKind::Ed25519 { "e" } else { "" };
    Name::from_input(&format!("g{day}{kind}")).expect("letters and digits are a name")
}

/// Writes a private key where nothing stands yet, for the eyes of this user.
fn write_secret(path: &Path, text: &str) -> Result<(), Refusal> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options
        .open(path)
        .map_err(|error| unwritable(path, &error))?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    written.map_err(|error| {
        // A piece of a key is of no use, and would stand in the way of the next attempt.
        let _ = std::fs::remove_file(path);
        unwritable(path, &error)
    })
}

impl Made {
    fn args(&self) -> Args {
        Args::new()
            .with("domain", self.domain.to_unicode())
            .with("selector", self.selector.to_string())
            .with("kind", self.key.algorithm().key_type())
            .with("bits", self.key.bits().to_string())
            .with("path", self.path.display().to_string())
            .with("characters", self.record.value.len())
    }

    fn zone(&self) -> String {
        zone_text(std::slice::from_ref(&self.record))
    }

    fn commands(&self) -> [String; 2] {
        let (domain, selector) = (&self.domain, &self.selector);
        [
            format!("garant check {domain} --selector {selector}"),
            format!(
                "garant sign --domain {domain} --selector {selector} --key {} message.eml",
                quoted(&self.path)
            ),
        ]
    }

    fn json(&self) -> String {
        let strings: Vec<&str> = pieces(&self.record.value);
        let [check, sign] = self.commands();
        let value = json!({
            "schema": "garant-keygen/1",
            "domain": self.domain.as_str(),
            "selector": self.selector.as_str(),
            "algorithm": self.key.algorithm().key_type(),
            "bits": self.key.bits(),
            "key_file": self.path.display().to_string(),
            "record": {
                "name": self.record.name.as_str(),
                "type": "TXT",
                "ttl": TTL_S,
                "value": self.record.value,
                "strings": strings,
                "zone": self.zone().trim_end(),
                "panel_name": self.record.host_form.name,
            },
            "check": check,
            "sign": sign,
        });
        let pretty = serde_json::to_string_pretty(&value);
        pretty.expect("a value has no maps with other keys than text") + "\n"
    }

    fn text(&self, desk: &Desk) -> String {
        let columns = desk.environment.columns.min(COLUMNS_MAX);
        let args = self.args();
        let mut text = String::new();
        let mut say = |key: &str, args: &Args| {
            let options = textwrap::Options::new(columns).break_words(false);
            text.push_str(&textwrap::fill(&desk.text(key, args), options));
            text.push('\n');
        };
        say("keygen-made", &args);
        say("keygen-kept", &args);
        match (self.key.algorithm().key_type(), self.key.bits()) {
            ("ed25519", _) => say("keygen-ed25519", &args),
            ("rsa", 2048) => {}
            _ => say("keygen-long-key", &args),
        }
        let form = &self.record.host_form;
        let mut part = |head: &str, lines: &[(Option<&str>, &str)]| {
            text.push_str(&format!("\n{}\n", desk.text(head, &args)));
            for (label, line) in lines {
                if let Some(label) = label {
                    text.push_str(&format!("  {}\n", desk.text(label, &args)));
                }
                text.push_str(&format!("    {line}\n"));
            }
        };
        let mut panel = vec![
            (Some("keygen-panel-name"), form.name.as_str()),
            (Some("keygen-panel-value"), form.value.as_str()),
        ];
        if let Some(split) = &form.value_split {
            panel.push((Some("keygen-panel-split"), split));
        }
        part("keygen-panel", &panel);
        part("keygen-zone", &[(None, self.zone().trim_end())]);
        let [check, sign] = self.commands();
        part("keygen-check", &[(None, &check)]);
        part("keygen-sign", &[(None, &sign)]);
        text
    }
}

/// A record's text as strings of a TXT record (RFC 1035, section 3.3.14), none longer than 255 octets.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.len().min(255));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// A path as a shell reads it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=:@".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selector_says_when_the_key_was_made() {
        let check = |kind, now, expect: &str| {
            assert_eq!(default_selector(kind, now).as_str(), expect);
        };
        check(KeyKind::Rsa2048, 1_783_324_800, "g20260706");
        check(KeyKind::Rsa4096, 1_783_382_399, "g20260706");
        check(KeyKind::Ed25519, 1_783_382_400, "g20260707e");
        check(KeyKind::Rsa2048, 0, "g19700101");
        check(KeyKind::Rsa2048, i64::MAX, "g19700101");
    }

    #[test]
    fn a_path_is_quoted_where_a_shell_would_read_it_otherwise() {
        let check = |path: &str, expect: &str| assert_eq!(quoted(Path::new(path)), expect);
        check("a/b._domainkey.c.pem", "a/b._domainkey.c.pem");
        check("a b", "'a b'");
        check("l'un", r"'l'\''un'");
        check("$(x)", "'$(x)'");
    }
}
