//! A sending path with its words.

use garant_check::catalogue::{Confidence, service};
use garant_check::path::{Basis, Evidence, EvidenceKind, Path, ReceiverAction, Shape};
use garant_check::{Assessment, Request, VerdictSeverity, registrable_domain};
use garant_dns::Name;
use garant_text::{Args, Catalogue};
use serde::Serialize;

use super::receivers::Receivers;

/// A sending path with its words: the members of the path itself, and beside them `state` and `words`.
#[derive(Clone, Debug, Serialize)]
pub struct PathText {
    /// The path.
    #[serde(flatten)]
    pub path: Path,
    /// What it means for its mail.
    pub state: VerdictSeverity,
    /// Its words.
    pub words: PathWords,
}

/// The words of a path.
#[derive(Clone, Debug, Serialize)]
pub struct PathWords {
    /// Whose mail it is.
    pub title: String,
    /// How it fares, in one line.
    pub summary: String,
    /// The address that readers see: label and value.
    pub from: LegWords,
    /// The return address.
    pub return_path: LegWords,
    /// The signature.
    pub signature: LegWords,
    /// What DMARC makes of them.
    pub dmarc: Vec<String>,
    /// Which of the service's records stand in the zone; nothing where that cannot be told.
    pub shape: Option<String>,
    /// What receivers do, those of one mind together.
    pub receivers: Vec<ReceiverWords>,
    /// What some of them do with mail of a sender of many messages, where that is worse.
    pub receivers_bulk: Vec<ReceiverWords>,
    /// What the service is recognised by.
    pub evidence: Vec<String>,
    /// How certain the catalogue is of the service.
    pub confidence: Option<String>,
}

/// One name in a message: what it is called, what it is, and what it proves.
#[derive(Clone, Debug, Serialize)]
pub struct LegWords {
    /// What it is called.
    pub label: String,
    /// The name, and where it is known from.
    pub value: String,
    /// What it proves; empty for the address that readers see.
    pub text: String,
}

/// Receivers that do the same by the same rule.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiverWords {
    /// Their names.
    pub names: Vec<String>,
    /// What they do.
    pub action: ReceiverAction,
    /// The same in words.
    pub text: String,
    /// By which rule.
    pub rule: String,
    /// What those of them would answer of whom it is known: name and codes.
    pub answers: Vec<String>,
}

impl PathText {
    /// Puts words to a path.
    pub(super) fn new(path: &Path, setting: &Setting<'_>) -> Self {
        Self {
            path: path.clone(),
            state: state(path),
            words: Speaker { path, setting }.words(),
        }
    }
}

/// What the paths of one report have in common.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    /// The domain that is asked about.
    pub(super) domain: &'a Name,
    /// The address that readers see, where it was given.
    pub(super) from: Option<&'a str>,
    /// Whether the policy that applies asks for strict alignment of the return address.
    pub(super) strict_spf: bool,
    /// The same for the signature.
    pub(super) strict_dkim: bool,
    pub(super) catalogue: &'a Catalogue,
    /// Applied to every text that is not ours.
    pub(super) escape: fn(&str) -> String,
}

impl<'a> Setting<'a> {
    pub(super) fn of(
        request: &'a Request,
        assessment: &Assessment,
        catalogue: &'a Catalogue,
        escape: fn(&str) -> String,
    ) -> Self {
        let tags = assessment.records.dmarc.parsed.as_ref();
        let is_strict = |tag: &str| {
            tags.and_then(|tags| tags.get(tag))
                .is_some_and(|value| value == "s")
        };
        Self {
            domain: &request.domain,
            from: request.from.as_deref(),
            strict_spf: is_strict("aspf"),
            strict_dkim: is_strict("adkim"),
            catalogue,
            escape,
        }
    }

    pub(super) fn say(&self, key: &str, args: &Args) -> String {
        self.catalogue.text(key, args)
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.say(key, &Args::new())
    }

    /// A text that is not ours.
    pub(super) fn escaped(&self, text: &str) -> String {
        (self.escape)(text)
    }
}

/// What a path means for its mail.
fn state(path: &Path) -> VerdictSeverity {
    let is_enforced = path.dmarc.policy.is_some_and(|policy| policy != "none");
    let differs = path.dmarc.result != path.dmarc.rfc7489;
    match (path.dmarc.result, path.dmarc.legs) {
        ("fail", _) if is_enforced => VerdictSeverity::Blocks,
        ("fail", _) | ("none", Some(0)) => VerdictSeverity::Risk,
        ("pass", _) if differs && path.dmarc.rfc7489 == "fail" => VerdictSeverity::Risk,
        ("pass", Some(2)) => VerdictSeverity::Fine,
        ("pass", _) | ("none", Some(_)) => VerdictSeverity::Advice,
        _ => VerdictSeverity::Unknown,
    }
}

/// Whoever finds the words for one path.
struct Speaker<'a> {
    path: &'a Path,
    setting: &'a Setting<'a>,
}

impl Speaker<'_> {
    fn name(&self, name: &Name) -> String {
        self.setting.escaped(&name.to_string())
    }

    fn names(&self, names: &[Name]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.name(name)).collect();
        names.join(", ")
    }

    fn words(&self) -> PathWords {
        let sender = self.path.sender_name.unwrap_or("none");
        let shown = (self.setting.escape)(
            self.setting
                .from
                .unwrap_or(&self.setting.domain.to_unicode()),
        );
        PathWords {
            title: self
                .setting
                .say("path-title", &Args::new().with("sender", sender)),
            summary: self.summary(),
            from: LegWords {
                label: self.setting.word("path-from"),
                value: shown,
                text: String::new(),
            },
            return_path: self.return_path(),
            signature: self.signature(),
            dmarc: self.dmarc(),
            shape: self.shape(),
            receivers: self.receivers(),
            receivers_bulk: self.receivers_bulk(),
            evidence: self
                .path
                .evidence
                .iter()
                .map(|e| self.evidence(e))
                .collect(),
            confidence: self.confidence(),
        }
    }

    fn dmarc_args(&self) -> Args {
        let dmarc = &self.path.dmarc;
        let of = dmarc
            .domain
            .as_ref()
            .filter(|name| *name != self.setting.domain);
        let args = Args::new()
            .with("result", dmarc.result)
            .with("policy", dmarc.policy.unwrap_or("absent"))
            .with("leg", self.only_leg())
            .with("of", of.map_or_else(|| "own".to_owned(), |n| self.name(n)));
        match dmarc.legs {
            Some(legs) => args.with("legs", u64::from(legs)),
            None => args.with("legs", "unknown"),
        }
    }

    /// The one leg that passes aligned.
    fn only_leg(&self) -> &'static str {
        let spf = self.path.spf.aligned == Some(true) && self.path.spf.result == "pass";
        let dkim = self.path.dkim.aligned == Some(true) && self.path.dkim.found == Some(true);
        match (spf, dkim) {
            (true, false) => "spf",
            (false, true) => "dkim",
            _ => "none",
        }
    }

    fn summary(&self) -> String {
        self.setting.say("path-summary", &self.dmarc_args())
    }

    fn dmarc(&self) -> Vec<String> {
        let mut sentences = vec![self.setting.say("path-dmarc", &self.dmarc_args())];
        let older = self.path.dmarc.rfc7489;
        if older != self.path.dmarc.result {
            let args = Args::new().with("result", older);
            sentences.push(self.setting.say("path-dmarc-older", &args));
        }
        sentences
    }

    /// How a name stands to the displayed address: `own`, `strict` (of the same organization, which is not enough),
    /// `apart` (of the same registrable domain, and set apart by DMARC records), `foreign`, `service` (foreign, and its
    /// name is not known) or `unknown`.
    fn kinship(&self, aligned: Option<bool>, name: Option<&Name>, strict: bool) -> &'static str {
        let is_kin =
            || name.is_some_and(|name| name.is_within(&registrable_domain(self.setting.domain)));
        match aligned {
            Some(true) => "own",
            Some(false) if name.is_none() => "service",
            Some(false) if is_kin() && strict => "strict",
            Some(false) if is_kin() => "apart",
            Some(false) => "foreign",
            None => "unknown",
        }
    }

    fn return_path(&self) -> LegWords {
        let spf = &self.path.spf;
        let name = self.path.mail_from_domain.as_ref();
        let args = Args::new()
            .with(
                "kinship",
                self.kinship(spf.aligned, name, self.setting.strict_spf),
            )
            .with("result", spf.result)
            .with("mail_from", name.map_or_else(String::new, |n| self.name(n)))
            .with(
                "domain",
                (self.setting.escape)(&self.setting.domain.to_unicode()),
            );
        LegWords {
            label: self.setting.word("path-return-path"),
            value: self.value(name, self.path.mail_from_basis),
            text: self.setting.say("path-return-path-text", &args),
        }
    }

    fn signature(&self) -> LegWords {
        let dkim = &self.path.dkim;
        let name = self.path.dkim_domain.as_ref();
        let found = match dkim.found {
            Some(true) => "yes",
            Some(false) if dkim.selectors.is_empty() => "nowhere",
            Some(false) => "no",
            // Keys work, and that is not enough: all are Ed25519.
            None if dkim.aligned == Some(true) && !dkim.working.is_empty() => "ed25519",
            None => "unknown",
        };
        let args = Args::new()
            .with(
                "kinship",
                self.kinship(dkim.aligned, name, self.setting.strict_dkim),
            )
            .with("found", found)
            .with("selectors", self.names(&dkim.selectors))
            .with("working", self.names(&dkim.working))
            .with(
                "dkim_domain",
                name.map_or_else(String::new, |n| self.name(n)),
            )
            .with(
                "domain",
                (self.setting.escape)(&self.setting.domain.to_unicode()),
            );
        LegWords {
            label: self.setting.word("path-signature"),
            value: name.map_or_else(|| self.setting.word("path-unknown"), |n| self.name(n)),
            text: self.setting.say("path-signature-text", &args),
        }
    }

    /// The domain of the return address; where none is in the domain that is asked about, it is the service's.
    fn value(&self, name: Option<&Name>, basis: Basis) -> String {
        if name.is_none() && self.path.spf.aligned == Some(false) {
            return self.setting.word("path-of-service");
        }
        let basis = match basis {
            Basis::Stated => "path-basis-stated",
            Basis::Record => "path-basis-record",
            Basis::Catalogue => "path-basis-catalogue",
            Basis::CatalogueUncertain => "path-basis-catalogue-uncertain",
            Basis::Unknown => "path-basis-unknown",
        };
        let name = name.map_or_else(|| self.setting.word("path-unknown"), |name| self.name(name));
        self.setting.say(basis, &Args::new().with("name", name))
    }

    fn shape(&self) -> Option<String> {
        let key = match self.path.shape {
            Shape::KeysAndReturnPath => "path-shape-keys-and-return-path",
            Shape::KeysOnly => "path-shape-keys-only",
            Shape::ReturnPathOnly => "path-shape-return-path-only",
            Shape::Mailbox => "path-shape-mailbox",
            Shape::None => "path-shape-none",
            Shape::Unknown => return None,
        };
        Some(self.setting.word(key))
    }

    fn receivers(&self) -> Vec<ReceiverWords> {
        self.spokesman().all(&self.path.receivers)
    }

    fn receivers_bulk(&self) -> Vec<ReceiverWords> {
        self.spokesman().bulk(&self.path.receivers)
    }

    fn spokesman(&self) -> Receivers<'_> {
        Receivers {
            catalogue: self.setting.catalogue,
        }
    }

    fn evidence(&self, evidence: &Evidence) -> String {
        let key = match evidence.kind {
            EvidenceKind::DkimAlias => "path-evidence-dkim-alias",
            EvidenceKind::ReturnPath => "path-evidence-return-path",
            EvidenceKind::Spf => "path-evidence-spf",
            EvidenceKind::Exchange => "path-evidence-exchange",
            EvidenceKind::Verification => "path-evidence-verification",
        };
        let args = Args::new()
            .with("name", self.name(&evidence.name))
            .with("text", (self.setting.escape)(&evidence.text));
        self.setting.say(key, &args)
    }

    fn confidence(&self) -> Option<String> {
        let uncertain = self.path.mail_from_basis == Basis::CatalogueUncertain;
        let key = match service(self.path.sender?)?.confidence {
            Confidence::Verified if uncertain => "path-confidence-partly",
            Confidence::Verified => "path-confidence-verified",
            Confidence::Partly => "path-confidence-partly",
            Confidence::Unverified => "path-confidence-unverified",
        };
        Some(self.setting.word(key))
    }
}

#[cfg(test)]
mod tests {
    use garant_check::path::{
        PathDkim, PathDmarc, PathSpf, ReceiverBulk, ReceiverOutcome, ReceiverReply,
    };
    use garant_text::Language;

    use super::*;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    /// The path of the article: ActiveCampaign, p=reject, no key.
    fn refused() -> Path {
        let outcome = |name, action, rule| ReceiverOutcome {
            name,
            action,
            rule,
            bulk: None,
            replies: Vec::new(),
            bulk_replies: Vec::new(),
        };
        Path {
            sender: Some("activecampaign"),
            sender_name: Some("ActiveCampaign"),
            stated: true,
            evidence: Vec::new(),
            shape: Shape::None,
            mail_from_domain: Some(name("acems1.com")),
            mail_from_basis: Basis::Catalogue,
            dkim_domain: Some(name("votreentreprise.fr")),
            spf: PathSpf {
                result: "pass",
                aligned: Some(false),
                aligned_rfc7489: Some(false),
            },
            dkim: PathDkim {
                found: Some(false),
                selectors: vec![name("acdkim1"), name("acdkim2"), name("dk")],
                working: Vec::new(),
                aligned: Some(true),
                aligned_rfc7489: Some(true),
            },
            dmarc: PathDmarc {
                result: "fail",
                policy: Some("reject"),
                domain: Some(name("votreentreprise.fr")),
                rfc7489: "fail",
                legs: Some(0),
            },
            receivers: vec![
                outcome("gmail", ReceiverAction::Refuse, "policy-reject"),
                outcome("laposte", ReceiverAction::Spam, "aligned-leg"),
                outcome("other", ReceiverAction::Refuse, "policy-reject"),
            ],
        }
    }

    fn words(path: &Path, language: Language) -> PathText {
        let domain = name("votreentreprise.fr");
        let setting = Setting {
            domain: &domain,
            from: None,
            strict_spf: false,
            strict_dkim: false,
            catalogue: Catalogue::of(language),
            escape: str::to_owned,
        };
        PathText::new(path, &setting)
    }

    #[test]
    fn receivers_of_one_mind_are_told_together() {
        let told = words(&refused(), Language::French).words.receivers;
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].names.len(), 2);
        assert_eq!(told[0].action, ReceiverAction::Refuse);
        assert!(told.iter().all(|words| !words.rule.contains('[')));
    }

    #[test]
    fn what_is_worse_in_bulk_is_told_with_the_number_of_messages() {
        let mut path = refused();
        path.receivers = ["gmail", "yahoo", "outlook", "orange"]
            .map(|name| ReceiverOutcome {
                name,
                action: ReceiverAction::Deliver,
                rule: "nothing-against",
                bulk: (name != "orange").then_some(ReceiverBulk {
                    action: ReceiverAction::Refuse,
                    rule: "spf-and-dkim",
                }),
                replies: Vec::new(),
                bulk_replies: vec![ReceiverReply {
                    id: "some",
                    codes: vec!["550 5.7.9".to_owned()],
                    text: "no",
                }],
            })
            .to_vec();
        for (language, number) in [
            (Language::French, "5\u{202F}000"),
            (Language::English, "5,000"),
        ] {
            let told = words(&path, language).words.receivers_bulk;
            assert_eq!(told.len(), 2, "{told:?}");
            assert_eq!(told[0].names.len(), 2, "Gmail and Outlook publish a number");
            assert!(told[0].text.contains(number), "{}", told[0].text);
            assert!(!told[1].text.contains('5'), "{}", told[1].text);
            assert!(told.iter().all(|words| !words.rule.contains('[')));
        }
        assert!(
            words(&refused(), Language::French)
                .words
                .receivers_bulk
                .is_empty()
        );
    }

    /// The state that a path with this DMARC result has.
    #[track_caller]
    fn check(
        result: &'static str,
        rfc7489: &'static str,
        legs: Option<u8>,
        expect: VerdictSeverity,
    ) {
        let mut path = refused();
        path.dmarc = PathDmarc {
            result,
            rfc7489,
            legs,
            ..path.dmarc
        };
        assert_eq!(
            words(&path, Language::English).state,
            expect,
            "{result} {rfc7489} {legs:?}"
        );
    }

    #[test]
    fn a_path_is_as_bad_as_what_happens_to_its_mail() {
        use VerdictSeverity as V;
        check("fail", "fail", Some(0), V::Blocks);
        check("fail", "pass", Some(0), V::Blocks);
        check("pass", "fail", Some(1), V::Risk);
        check("pass", "pass", Some(1), V::Advice);
        check("pass", "pass", Some(2), V::Fine);
        check("pass", "pass", None, V::Advice);
        check("none", "none", Some(0), V::Risk);
        check("none", "none", Some(2), V::Advice);
        check("unknown", "unknown", None, V::Unknown);
        let mut path = refused();
        path.dmarc.policy = Some("none");
        assert_eq!(words(&path, Language::French).state, V::Risk);
    }

    #[test]
    fn every_combination_has_its_words() {
        for language in Language::ALL {
            for aligned in [Some(true), Some(false), None] {
                for found in [Some(true), Some(false), None] {
                    for result in ["pass", "fail", "softfail", "none", "permerror", "unknown"] {
                        let mut path = refused();
                        path.spf.result = result;
                        path.spf.aligned = aligned;
                        path.dkim.found = found;
                        path.dkim.aligned = aligned;
                        let told = words(&path, language).words;
                        let text = format!("{}{}", told.return_path.text, told.signature.text);
                        assert!(!text.contains("[path"), "{text}");
                        assert!(!told.return_path.text.is_empty(), "{aligned:?} {result}");
                        assert!(!told.signature.text.is_empty(), "{aligned:?} {found:?}");
                    }
                }
            }
        }
    }
}
