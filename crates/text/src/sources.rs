//! The embedded files. A new file in `locales/` or `help/` is named here, once for both
//! languages; a test reads the directories and names what was forgotten.

use crate::group::Group;
use crate::language::Language;

/// Name (without extension) and content of a file.
type Source = (&'static str, &'static str);

/// A help page: where it belongs, its name (without extension) and its content.
pub(crate) struct Page {
    pub(crate) group: Group,
    pub(crate) topic: &'static str,
    pub(crate) text: &'static str,
}

macro_rules! locales {
    ($($name:literal)*) => {
        const LOCALES_FR: &[Source] = &[$((
            $name,
            include_str!(concat!("../../../locales/fr/", $name, ".ftl")),
        ),)*];
        const LOCALES_EN: &[Source] = &[$((
            $name,
            include_str!(concat!("../../../locales/en/", $name, ".ftl")),
        ),)*];
    };
}

macro_rules! help {
    ($($group:ident: $($name:literal)*;)*) => {
        const HELP_FR: &[Page] = &[$($(Page {
            group: Group::$group,
            topic: $name,
            text: include_str!(concat!("../../../help/fr/", $name, ".md")),
        },)*)*];
        const HELP_EN: &[Page] = &[$($(Page {
            group: Group::$group,
            topic: $name,
            text: include_str!(concat!("../../../help/en/", $name, ".md")),
        },)*)*];
    };
}

locales! {
    "topics"
    "demo"
    "interface"
    "catalogue"
    "plan"
    "paths"
    "trace"
    "receivers"
    "pages"
    "result"
    "bounces"
    "pictures"
    "message-pages"
    "help-centre"
    "api"
    "serve"
    "tags"
    "sign"
    "findings-domain"
    "findings-dnssec"
    "findings-dns"
    "findings-path"
    "findings-record"
    "findings-spf"
    "findings-dkim"
    "findings-dmarc"
    "findings-mx"
    "findings-mta-sts"
    "findings-tls-rpt"
    "findings-bimi"
    "findings-message"
}

help! {
    Guide:
        "bounces"
        "reject-without-dkim"
        "three-cnames"
        "policies"
        "alignment"
        "reports"
        "waiting"
        "ask-it"
        "spam"
        "receivers"
        "via"
        "no-mail";
    Walkthrough:
        "ovhcloud"
        "gandi"
        "cloudflare"
        "ionos"
        "godaddy"
        "route53";
    Finding:
        "domain"
        "dns"
        "dnssec"
        "path"
        "record"
        "spf"
        "dkim"
        "dmarc"
        "mx"
        "mta-sts"
        "tls-rpt"
        "bimi"
        "message";
    Glossary:
        "glossary";
    About:
        "about-garant"
        "about-kept"
        "about-accessibility";
}

/// The Fluent files of a language.
pub(crate) fn locale(language: Language) -> &'static [Source] {
    match language {
        Language::French => LOCALES_FR,
        Language::English => LOCALES_EN,
    }
}

/// The help pages of a language, in reading order.
pub(crate) fn help(language: Language) -> &'static [Page] {
    match language {
        Language::French => HELP_FR,
        Language::English => HELP_EN,
    }
}
