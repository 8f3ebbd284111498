//! Sending services: how a domain's records show that it uses one, and what the service signs and returns.

use std::sync::LazyLock;

use garant_dns::Name;
use garant_msgauth::spelling;
use serde::{Deserialize, Serialize};

use super::pattern::Pattern;

const DATA: &str = include_str!("../../data/senders.json");
/// Services that a misspelt word may have meant, at most: more is a list, not a suggestion.
const SUGGESTIONS_MAX: usize = 3;
/// Letters that a misspelt word differs in at most.
const SUGGESTION_DISTANCE_MAX: usize = 2;
/// Letters of a word that begins a name, at least: `ma` begins half of them.
const BEGINNING_LETTERS_MIN: usize = 3;

/// A sending service. Names in it are suffixes, matched on label boundaries, the longest first.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its id: what `--sender` takes. Stable.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Other words that people type for it, lower case.
    #[serde(default)]
    pub also: Vec<String>,
    /// What it is.
    pub category: Category,
    /// How certain the entry is.
    pub confidence: Confidence,
    /// The page of the service about its records.
    #[serde(default)]
    pub docs: Option<String>,
    /// The id of the service through which it sends, and whose names its customers see: a record that
    /// names both is the other's.
    #[serde(default)]
    pub via: Option<String>,
    /// Names that the customer's SPF record includes, today's first: at the domain of the return address,
    /// which is the customer's domain itself only where [`ReturnPathKind::Author`] says so.
    #[serde(default)]
    pub spf: Vec<Name>,
    /// Whether each account includes another name beneath these; see [`Service::spf_include`].
    #[serde(default)]
    pub spf_per_account: bool,
    /// Names of its mail exchanges.
    #[serde(default)]
    pub mx: Vec<Name>,
    /// Beginnings of TXT records that it asks for at the domain. `#` stands for one or more digits.
    #[serde(default)]
    pub verification: Vec<String>,
    /// Selectors that it uses by default, the likeliest first.
    #[serde(default)]
    pub selectors: Vec<Name>,
    /// Forms of selectors that differ from account to account, and so cannot be asked for.
    #[serde(default)]
    pub account_selectors: Vec<Pattern>,
    /// Whether `selectors` are all: no account has others.
    #[serde(default)]
    pub selectors_are_all: bool,
    /// How it has its keys published.
    pub key_form: KeyForm,
    /// Aliases of keys that it asks for. Those without places of the account are the same for every
    /// customer; see [`Service::key_aliases`].
    #[serde(default)]
    pub keys: Vec<KeyAlias>,
    /// Names that its customers' selectors are aliases of, including those of `keys`.
    #[serde(default)]
    pub targets: Vec<Name>,
    /// Targets that it asked for formerly and that work no longer, or not for long.
    #[serde(default)]
    pub former_targets: Vec<Name>,
    /// The return address.
    pub return_path: ReturnPath,
}

/// The alias of a key.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct KeyAlias {
    /// The selector.
    pub selector: Pattern,
    /// What `selector._domainkey` of the customer is an alias of.
    pub target: Pattern,
}

/// How a service has its keys published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyForm {
    /// As aliases (CNAME) of keys that it holds itself.
    Alias,
    /// As text (TXT) that the customer pastes.
    Text,
    /// Both are in use.
    Either,
    /// `_domainkey` as a whole is delegated (NS).
    Delegation,
    /// Not known, or it signs nothing in the customer's name.
    Unknown,
}

/// The return address of a service's mail.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnPath {
    /// Whose it is.
    pub kind: ReturnPathKind,
    /// How certain this part is, where it differs from the entry.
    #[serde(default)]
    pub confidence: Option<Confidence>,
    /// How the customer's subdomain is set up.
    #[serde(default)]
    pub form: Option<ReturnPathForm>,
    /// The service's own domain, used where the customer's is not.
    #[serde(default)]
    pub domain: Option<Name>,
    /// Labels in the customer's domain that it uses by default.
    #[serde(default)]
    pub labels: Vec<Name>,
    /// Forms of labels that differ from account to account.
    #[serde(default)]
    pub account_labels: Vec<Pattern>,
    /// Names that those are aliases of, or whose exchanges they have.
    #[serde(default)]
    pub targets: Vec<Name>,
    /// What those are aliases of, in full; its places are the account's where it has any.
    #[serde(default)]
    pub alias: Option<Pattern>,
}

/// How a subdomain for return addresses is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReturnPathForm {
    /// An alias (CNAME).
    Alias,
    /// An exchange (MX) and an SPF record.
    Exchange,
    /// Delegated (NS).
    Delegation,
}

/// Whose return address a service uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReturnPathKind {
    /// The service's own, always: SPF is never aligned.
    Service,
    /// A subdomain of the customer's where it is set up, otherwise the service's own.
    Subdomain,
    /// The sender's own address, as with mailboxes.
    Author,
    /// Not known.
    Unknown,
}

/// What a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Newsletters and transactional mail.
    Esp,
    /// Mailboxes.
    Mailbox,
    /// Web hosting with mail.
    Hosting,
    /// Support desks.
    Support,
    /// DMARC report services.
    DmarcVendor,
    /// Other software.
    Saas,
    /// Filters before mailboxes.
    Gateway,
    /// Forwarding.
    Forwarding,
    /// Customer relations.
    Crm,
    /// Invoices.
    Billing,
    /// Shops.
    Ecommerce,
    /// Web sites.
    Cms,
    /// Relays.
    Relay,
}

/// How certain an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Seen in the service's own documentation.
    Verified,
    /// Partly.
    Partly,
    /// Not verified.
    Unverified,
}

impl Service {
    /// The aliases of keys that it asks every customer for, for this domain: selector and target. Those
    /// with parts that the account alone knows are left out.
    pub fn key_aliases(&self, domain: &Name) -> Vec<(Name, Name)> {
        let filled = |key: &KeyAlias| Some((key.selector.fill(domain)?, key.target.fill(domain)?));
        self.keys.iter().filter_map(filled).collect()
    }

    /// The name that it asks every customer to include today; nothing where each account has its own, or
    /// where it asks for none.
    pub fn spf_include(&self) -> Option<&Name> {
        self.spf.first().filter(|_| !self.spf_per_account)
    }

    /// How certain its return address is.
    pub fn return_path_confidence(&self) -> Confidence {
        self.return_path.confidence.unwrap_or(self.confidence)
    }

    /// The service through which it sends.
    pub fn platform(&self) -> Option<&'static Self> {
        let id = self.via.as_deref()?;
        services().iter().find(|service| service.id == id)
    }

    /// Every word that means it, lower case.
    fn words(&self) -> impl Iterator<Item = String> {
        let own = [self.id.clone(), self.name.to_lowercase()];
        own.into_iter().chain(self.also.iter().cloned())
    }
}

/// Every service, sorted by id.
pub fn services() -> &'static [Service] {
    static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
        serde_json::from_str(DATA).expect("a test reads the shipped catalogue to its end")
    });
    &SERVICES
}

/// The service that somebody means: by its id, name, or another word for it, whatever the letters' case.
pub fn service(word: &str) -> Option<&'static Service> {
    let word = word.trim().to_lowercase();
    services()
        .iter()
        .find(|service| service.words().any(|own| own == word))
}

/// Services that a word may have meant that means none, the nearest first: three at most, which it begins
/// or of which it is misspelt.
pub fn suggestions(word: &str) -> Vec<&'static Service> {
    let word = word.trim().to_lowercase();
    let farness = |service: &Service| {
        let of_word = |own: String| {
            if word.chars().count() >= BEGINNING_LETTERS_MIN && own.starts_with(&word) {
                return Some(0);
            }
            let distance = spelling::distance(&word, &own)?;
            // More than a third of the letters replaced is another word.
            (distance <= SUGGESTION_DISTANCE_MAX && distance * 3 <= own.len()).then_some(distance)
        };
        service.words().filter_map(of_word).min()
    };
    let mut near: Vec<(usize, &Service)> = services()
        .iter()
        .filter_map(|service| Some((farness(service)?, service)))
        .collect();
    near.sort_by_key(|(farness, service)| (*farness, service.id.as_str()));
    near.truncate(SUGGESTIONS_MAX);
    near.into_iter().map(|(_, service)| service).collect()
}
