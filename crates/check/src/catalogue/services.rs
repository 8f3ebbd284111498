//! Sending services: how a domain's records show that it uses one, and what the service signs and returns.

use std::sync::LazyLock;

use garant_dns::Name;
use serde::Deserialize;

const DATA: &str = include_str!("../../data/senders.json");

/// A sending service. Names in it are suffixes, matched on label boundaries, the longest first.
#[derive(Clone, Debug, Deserialize)]
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
    /// Names that the customer's SPF record includes.
    #[serde(default)]
    pub spf: Vec<Name>,
    /// Names of its mail exchanges.
    #[serde(default)]
    pub mx: Vec<Name>,
    /// Beginnings of TXT records that it asks for at the domain.
    #[serde(default)]
    pub verification: Vec<String>,
    /// Selectors that it uses by default, the likeliest first.
    #[serde(default)]
    pub selectors: Vec<Name>,
    /// Whether these are all: no account has others.
    #[serde(default)]
    pub selectors_are_all: bool,
    /// Aliases of keys that are the same for every customer.
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyAlias {
    /// The selector.
    pub selector: Name,
    /// What `selector._domainkey` of the customer is an alias of.
    pub target: Name,
}

/// The return address of a service's mail.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnPath {
    /// Whose it is.
    pub kind: ReturnPathKind,
    /// The service's own domain, used where the customer's is not.
    #[serde(default)]
    pub domain: Option<Name>,
    /// Labels in the customer's domain that it uses by default.
    #[serde(default)]
    pub labels: Vec<Name>,
    /// Names that those are aliases of, or whose exchanges they have.
    #[serde(default)]
    pub targets: Vec<Name>,
}

/// Whose return address a service uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Seen in the service's own documentation.
    Verified,
    /// Partly.
    Partly,
    /// Not verified.
    Unverified,
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
    services().iter().find(|service| {
        service.id == word || service.name.to_lowercase() == word || service.also.contains(&word)
    })
}
