//! The shipped catalogue of sending services: its form, and what is recognised by it.

use std::collections::{BTreeMap, BTreeSet};

use garant_check::catalogue::{
    Confidence, KeyForm, ReturnPathKind, Service, by_dkim_chain, by_dkim_target, by_exchange,
    by_return_path_target, by_spf_target, by_verification, service, services, suggestions,
};
use garant_dns::Name;

/// Names beneath which everybody has names: as a suffix they would name whoever comes first.
const SHARED: &[&str] = &[
    "com",
    "net",
    "org",
    "amazonaws.com",
    "cloudfront.net",
    "azure.com",
];

fn name(text: &str) -> Name {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn id(service: Option<&'static Service>) -> Option<&'static str> {
    service.map(|service| service.id.as_str())
}

#[test]
fn services_are_sorted_and_no_word_means_two() {
    let all = services();
    assert!(all.len() >= 122, "only {} services", all.len());
    assert!(all.is_sorted_by(|a, b| a.id < b.id));
    let mut words: BTreeMap<String, &str> = BTreeMap::new();
    for service in all {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(service.id.chars().all(plain), "{}", service.id);
        assert!(!service.name.is_empty(), "{}", service.id);
        let mut own: Vec<String> = service.also.clone();
        own.extend([service.id.clone(), service.name.to_lowercase()]);
        for word in BTreeSet::from_iter(own) {
            assert_eq!(word, word.trim().to_lowercase(), "{}", service.id);
            let other = words.insert(word.clone(), &service.id);
            assert_eq!(other, None, "{word} means {} too", service.id);
        }
    }
}

#[test]
fn no_two_services_claim_a_name_unless_one_sends_through_the_other() {
    type NamesOf = fn(&Service) -> Vec<&Name>;
    let kinds: [(&str, NamesOf); 4] = [
        ("spf", |service| service.spf.iter().collect()),
        ("mx", |service| service.mx.iter().collect()),
        ("keys", |service| {
            let former = service.former_targets.iter();
            service.targets.iter().chain(former).collect()
        }),
        ("return path", |service| {
            service.return_path.targets.iter().collect()
        }),
    ];
    for (kind, names_of) in kinds {
        let mut claimed: BTreeMap<&Name, &str> = BTreeMap::new();
        for service in services() {
            for name in names_of(service) {
                assert!(name.label_count() >= 2, "{kind}: {name}");
                assert!(!SHARED.contains(&name.as_str()), "{kind}: {name}");
                if service.via.is_none() {
                    let other = claimed.insert(name, &service.id);
                    assert_eq!(other, None, "{kind}: {name} is {}'s too", service.id);
                }
            }
        }
        for service in services() {
            let Some(platform) = service.platform() else {
                assert_eq!(service.via, None, "{}: no such platform", service.id);
                continue;
            };
            assert_eq!(platform.via, None, "{}: a chain of platforms", service.id);
            for name in names_of(service) {
                let owner = claimed.get(name).copied();
                let fine = owner.is_none() || owner == Some(platform.id.as_str());
                assert!(fine, "{kind}: {name} of {} is {owner:?}'s", service.id);
            }
        }
    }
}

#[test]
fn every_entry_agrees_with_itself() {
    for service in services() {
        let id = &service.id;
        let unique: BTreeSet<&Name> = service.selectors.iter().collect();
        assert_eq!(unique.len(), service.selectors.len(), "{id}: selectors");
        for selector in &service.selectors {
            assert!(
                name("x")
                    .prefixed(&format!("{selector}._domainkey"))
                    .is_ok()
            );
        }
        assert!(
            !service.selectors_are_all || service.account_selectors.is_empty(),
            "{id}: other selectors, yet these are all"
        );
        assert!(
            !service.selectors_are_all || !service.selectors.is_empty(),
            "{id}: none are all"
        );
        for (selector, _) in service.key_aliases(&name("example.com")) {
            assert!(service.selectors.contains(&selector), "{id}: {selector}");
        }
        let aliases = matches!(service.key_form, KeyForm::Alias | KeyForm::Either);
        assert!(service.keys.is_empty() || aliases, "{id}: form of keys");
        for key in &service.keys {
            assert!(!service.targets.is_empty() || service.via.is_some(), "{id}");
            if let Some(end) = key.target.fixed_end() {
                let owner = by_dkim_target(&end).map(|owner| owner.id.as_str());
                let fine = owner == Some(id) || owner == service.via.as_deref();
                assert!(fine, "{id}: {} is {owner:?}'s", key.target);
            }
        }
        let path = &service.return_path;
        let said = path.form.is_some() || path.domain.is_some() || !path.targets.is_empty();
        assert!(
            path.kind != ReturnPathKind::Author || !said,
            "{id}: the author's own return address has no target"
        );
        if let Some(end) = path.alias.as_ref().and_then(|alias| alias.fixed_end()) {
            assert_eq!(by_return_path_target(&end).map(|s| &s.id), Some(id));
        }
        if service.confidence == Confidence::Unverified {
            assert_ne!(
                service.return_path_confidence(),
                Confidence::Verified,
                "{id}"
            );
            assert!(
                service.targets.is_empty() && service.spf.is_empty(),
                "{id}: a guess"
            );
        }
        if let Some(docs) = &service.docs {
            assert!(docs.starts_with("https://"), "{id}: {docs}");
        }
        for beginning in &service.verification {
            assert!(beginning.len() >= 5, "{id}: {beginning}");
        }
    }
}

/// What the records of no account may be: facts that nobody has verified are not there to be guessed.
#[test]
fn of_payt_nothing_is_guessed() {
    let payt = service("Payt").expect("Payt is known by name");
    assert_eq!(payt.confidence, Confidence::Unverified);
    assert!(payt.selectors.is_empty() && payt.keys.is_empty() && payt.mx.is_empty());
    assert_eq!(payt.return_path.kind, ReturnPathKind::Unknown);
    assert_eq!(payt.return_path.domain, None);
}

#[test]
fn the_return_path_of_activecampaign_is_said_to_be_uncertain() {
    let active = service("activecampaign").expect("ActiveCampaign is known");
    assert_eq!(active.confidence, Confidence::Verified);
    assert_eq!(active.return_path_confidence(), Confidence::Partly);
    assert_eq!(active.return_path.domain, Some(name("acems1.com")));
}

/// Names that do not exist in the DNS, though lists have them.
#[test]
fn includes_that_do_not_exist_are_nobody_s_advice() {
    let absent = [
        "_spf.marketo.com",
        "_spf.mimecast.com",
        "_spf.pphosted.com",
        "freshemail.io",
        "_spf.intuit.com",
    ];
    for service in services() {
        for name in &service.spf {
            assert!(!absent.contains(&name.as_str()), "{}: {name}", service.id);
        }
    }
}

#[test]
fn a_key_s_target_names_its_service() {
    let check = |target: &str, expect: Option<&str>| {
        assert_eq!(id(by_dkim_target(&name(target))), expect, "{target}");
    };
    check("dkim.acdkim1.acems1.com", Some("activecampaign"));
    check("abcd.dkim.amazonses.com", Some("amazon-ses"));
    check("s1.domainkey.u123.wl45.sendgrid.net", Some("sendgrid"));
    check("dkim2.mcsv.net", Some("mailchimp"));
    check("dkim1.mandrillapp.com", Some("mandrill"));
    check("b1.exemple-fr.dkim.brevo.com", Some("brevo"));
    check(
        "selector1-x-fr._domainkey.x.onmicrosoft.com",
        Some("microsoft-365"),
    );
    check(
        "selector1-x._domainkey.x.o-v1.dkim.mail.microsoft",
        Some("microsoft-365"),
    );
    check(
        "hostingermail-a.dkim.mail.hostinger.com",
        Some("hostinger-email"),
    );
    check("s1.dkim.ionos.com", Some("ionos"));
    check("xq._domainkey.cname.maileon.com", Some("maileon"));
    check("GM1.GandiMail.net", Some("gandi-mail"));
    check("resend.domainkey.resend.dev", Some("resend"));
    // On label boundaries only, and never by a part in the middle.
    check("xmcsv.net", None);
    check("mcsv.net.example.com", None);
    check("dkim.example.com", None);
    check("com", None);
    check(".", None);
}

#[test]
fn the_first_hop_that_names_a_service_decides() {
    let check = |hops: &[&str], expect: Option<(&str, &str)>| {
        let hops: Vec<Name> = hops.iter().map(|hop| name(hop)).collect();
        let found = by_dkim_chain(&hops).map(|(service, hop)| (service.id.as_str(), hop.as_str()));
        assert_eq!(found, expect, "{hops:?}");
    };
    let shopify = "dkim1.ab12.p345.email.myshopify.com";
    let sendgrid = "s1.domainkey.u1.wl2.sendgrid.net";
    check(&[shopify, sendgrid], Some(("shopify-email", shopify)));
    check(&[sendgrid, shopify], Some(("sendgrid", sendgrid)));
    check(
        &["kl.domainkey.x1.klaviyodns.com", sendgrid],
        Some(("klaviyo", "kl.domainkey.x1.klaviyodns.com")),
    );
    check(
        &["keys.example.com", sendgrid],
        Some(("sendgrid", sendgrid)),
    );
    check(&["keys.example.com"], None);
    check(&[], None);
}

#[test]
fn an_include_names_its_service_and_the_longest_name_wins() {
    let check = |target: &str, expect: Option<&str>| {
        assert_eq!(id(by_spf_target(&name(target))), expect, "{target}");
    };
    check("_spf.google.com", Some("google-workspace"));
    check("spf.protection.outlook.com", Some("microsoft-365"));
    check("sendgrid.net", Some("sendgrid"));
    check("u123.wl45.sendgrid.net", Some("sendgrid"));
    check("12345.spf01.hubspotemail.net", Some("hubspot"));
    check("eu.mailgun.org", Some("mailgun"));
    check("secureserver.net", Some("godaddy-email"));
    check(
        "spf.em.secureserver.net",
        Some("godaddy-websites-marketing"),
    );
    check("spf-00148501.pphosted.com", Some("proofpoint"));
    check("eu._netblocks.mimecast.com", Some("mimecast"));
    // Resend, PostHog and others send through Amazon SES: the record says no more than that.
    check("amazonses.com", Some("amazon-ses"));
    check("notsendgrid.net", None);
    check("google.com", None);
}

#[test]
fn an_exchange_names_its_service() {
    let check = |exchange: &str, expect: Option<&str>| {
        assert_eq!(id(by_exchange(&name(exchange))), expect, "{exchange}");
    };
    check("aspmx.l.google.com", Some("google-workspace"));
    check("aspmx2.googlemail.com", Some("google-workspace"));
    check(
        "exemple-fr.mail.protection.outlook.com",
        Some("microsoft-365"),
    );
    check("exemple-fr.o-v1.mx.microsoft", Some("microsoft-365"));
    check("mx1.mail.ovh.net", Some("ovhcloud-mail"));
    check("spool.mail.gandi.net", Some("gandi-mail"));
    check("mta-gw.infomaniak.ch", Some("infomaniak"));
    check("mx00.ionos.fr", Some("ionos"));
    check("route1.mx.cloudflare.net", Some("cloudflare-email-routing"));
    check("mail.exemple.fr", None);
    check("protection.outlook.com.exemple.fr", None);
}

#[test]
fn a_return_path_names_its_service() {
    let check = |target: &str, expect: Option<&str>| {
        assert_eq!(id(by_return_path_target(&name(target))), expect, "{target}");
    };
    check("em-1234.acems1.com", Some("activecampaign"));
    check("compte.activehosted.com", Some("activecampaign"));
    check("u123.wl45.sendgrid.net", Some("sendgrid"));
    check("pm.mtasv.net", Some("postmark"));
    check("feedback-smtp.eu-west-1.amazonses.com", Some("amazon-ses"));
    check("return.smtp2go.net", Some("smtp2go"));
    check("bnc3.mailjet.com", Some("mailjet"));
    check("smtp.mailtrap.live", Some("mailtrap"));
    // A tracking host is no return path.
    check("track.smtp2go.net", None);
    check("mailgun.org", None);
    check("entreprise.zendesk.com", None);
    check("mxa.eu.mailgun.org", Some("mailgun"));
    check("mail.exemple.fr", None);
}

#[test]
fn a_verification_token_names_its_service() {
    let check = |text: &str, expect: Option<&str>| {
        assert_eq!(id(by_verification(text)), expect, "{text}");
    };
    check("MS=ms12345678", Some("microsoft-365"));
    check("brevo-code:0123", Some("brevo"));
    check("Sendinblue-code:0123", Some("brevo"));
    check("pardot123456=abc", Some("pardot"));
    check("pardot=abc", None);
    check("pardot12", None);
    check("protonmail-verification=abc", Some("proton-mail"));
    check("v=spf1 -all", None);
    check("MS=", None);
    check("", None);
    check("é", None);
}

#[test]
fn the_aliases_of_keys_are_computed_where_they_follow_from_the_domain() {
    let check = |word: &str, domain: &str, expect: &[(&str, &str)]| {
        let service = service(word).unwrap_or_else(|| panic!("{word}"));
        let found = service.key_aliases(&name(domain));
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, expect, "{word}");
    };
    check(
        "activecampaign",
        "exemple.fr",
        &[
            ("acdkim1", "dkim.acdkim1.acems1.com"),
            ("acdkim2", "dkim.acdkim2.acems1.com"),
        ],
    );
    check(
        "brevo",
        "news.mon-exemple.fr",
        &[
            ("brevo1", "b1.news-mon-exemple-fr.dkim.brevo.com"),
            ("brevo2", "b2.news-mon-exemple-fr.dkim.brevo.com"),
        ],
    );
    check(
        "icloud",
        "exemple.fr",
        &[("sig1", "sig1.dkim.exemple.fr.at.icloudmailadmin.com")],
    );
    // The account alone knows the rest of these.
    check("sendgrid", "exemple.fr", &[]);
    check("microsoft-365", "exemple.fr", &[]);
    check("payt", "exemple.fr", &[]);
}

#[test]
fn people_name_a_service_as_they_like() {
    let check = |word: &str, expect: Option<&str>| assert_eq!(id(service(word)), expect, "{word}");
    check("activecampaign", Some("activecampaign"));
    check(" ActiveCampaign ", Some("activecampaign"));
    check("Office 365", Some("microsoft-365"));
    check("Sendinblue", Some("brevo"));
    check("OVH", Some("ovhcloud-mail"));
    check("Twilio SendGrid", Some("sendgrid"));
    check("", None);
    check("activ", None);
}

#[test]
fn a_misspelt_service_is_suggested() {
    let check = |word: &str, expect: &[&str]| {
        let found: Vec<&str> = suggestions(word).iter().map(|s| s.id.as_str()).collect();
        assert_eq!(found, expect, "{word}");
    };
    check("activecampain", &["activecampaign"]);
    check("active campain", &["activecampaign"]);
    check("sendgird", &["sendgrid"]);
    check("brevvo", &["brevo"]);
    check("mailchim", &["mailchimp", "mandrill"]);
    check("zoho", &["zoho-campaigns", "zoho-mail"]);
    check("xyz", &[]);
    check("", &[]);
    check("m", &[]);
    check(&"mailchimp".repeat(100), &[]);
    check("entreprise", &[]);
}
