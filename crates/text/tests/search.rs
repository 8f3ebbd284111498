//! What people type, and what they must find first.

use garant_text::Language::{self, English, French};
use garant_text::help;
use garant_text::search::{Found, Index, QUERY_OCTETS_MAX};

fn address(topic: &str, anchor: &str) -> String {
    if anchor.is_empty() {
        topic.to_owned()
    } else {
        format!("{topic}#{anchor}")
    }
}

fn addresses(found: &Found) -> Vec<String> {
    let hits = found.hits.iter();
    hits.map(|hit| address(hit.topic, hit.anchor)).collect()
}

#[track_caller]
fn check(language: Language, table: &[(&str, &str)]) {
    let mut faults = Vec::new();
    for (query, expect) in table {
        let found = addresses(&Index::of(language).search(query, 4));
        if found.first().map(String::as_str) != Some(expect) {
            faults.push(format!("{query}: {expect} expected, {found:?} found"));
        }
    }
    assert!(faults.is_empty(), "{language}: {faults:#?}");
}

#[test]
fn french_words_find_the_page_that_answers_them() {
    check(
        French,
        &[
            ("rebond", "bounces"),
            ("rebonds", "bounces"),
            ("rebond dur", "bounces#hard"),
            ("rejet temporaire", "bounces#soft"),
            ("boite pleine", "bounces#soft"),
            ("550 5.7.26", "bounces#authentication"),
            ("5.7.515", "receivers#outlook"),
            ("mail non reçu", "bounces#silence"),
            ("trois cname", "three-cnames"),
            ("3 CNAME", "three-cnames"),
            ("il manque un CNAME", "three-cnames#two-of-three"),
            ("p=reject sans dkim", "dmarc#enforced-without-dkim"),
            ("deux spf", "spf#multiple"),
            ("DMARC manquant", "dmarc#missing"),
            ("pas de dmarc", "dmarc#missing"),
            ("aspf=s", "dmarc#strict-alignment"),
            ("alignement strict", "dmarc#strict-alignment"),
            ("dmarc.no-reports", "dmarc#no-reports"),
            ("nuage orange", "record#proxied"),
            (
                "votreentreprise.fr.votreentreprise.fr",
                "record#doubled-name",
            ),
            ("sélecteur", "glossary#selector"),
            ("rgpd", "about-kept"),
            ("cookies", "about-kept"),
            ("mes factures arrivent en spam", "spam"),
            ("mes mails tombent dans les spams", "spam"),
            ("contacts n'ouvrent pas", "spam#readers"),
            ("lien de désabonnement", "spam#unsubscribe"),
            ("règles gmail 5000 mails par jour", "spam#receivers"),
            ("LPN_517", "receivers#laposte"),
            ("4.7.32", "receivers#gmail"),
            ("via sendgrid gmail", "via#gmail"),
            ("de la part de outlook", "via#outlook"),
            ("envoyé au nom de", "via"),
            ("dmarc none", "policies#none"),
            ("différence quarantine reject", "policies#receivers"),
            ("quand passer à p=reject", "policies#steps"),
            ("politique trop stricte", "policies#too-strict"),
            ("p=none temporaire", "policies#lowering"),
            ("dkim obligatoire ?", "alignment#spf-alone"),
            ("spf passe mais dmarc échoue", "alignment"),
            ("rapports xml", "reports"),
            ("je reçois des fichiers xml de google", "reports"),
            ("boite pleine de rapports", "reports#mailbox"),
            ("ruf", "reports#failure-reports"),
            ("domaine qui n'envoie pas de mail", "no-mail"),
            ("null mx", "no-mail"),
            ("propagation dns", "waiting"),
            ("48 h", "waiting"),
            ("pourquoi 48 heures", "waiting#why-48"),
            ("baisser le ttl", "waiting#before"),
            ("je n'ai pas accès au dns", "ask-it"),
            ("envoyer à mon administrateur", "ask-it#page"),
            ("qui héberge mon dns", "ask-it#who"),
            ("p=reject et pas de dkim", "reject-without-dkim"),
            ("adresses correctes qui rebondissent", "reject-without-dkim"),
            ("550 5.7.1", "bounces#authentication"),
            ("deux enregistrements spf", "spf#multiple"),
            ("cname ovh", "ovhcloud#cname"),
            ("ajouter un txt ovh", "ovhcloud#dmarc"),
            ("spf ovh", "ovhcloud#spf"),
            ("dkim trop long ovh", "ovhcloud#traps"),
            ("gandi", "gandi"),
            ("point final gandi", "gandi#traps"),
            ("cname cloudflare", "cloudflare#cname"),
            ("dmarc ionos", "ionos#dmarc"),
            ("ajouter un txt godaddy", "godaddy#dmarc"),
            ("txt route 53 guillemets", "route53#dmarc"),
        ],
    );
}

#[test]
fn english_words_find_the_page_that_answers_them() {
    check(
        English,
        &[
            ("bounce", "bounces"),
            ("hard bounce", "bounces#hard"),
            ("soft bounces", "bounces#soft"),
            ("550 5.7.26", "bounces#authentication"),
            (
                "550-5.7.26 Unauthenticated email from example.com is not accepted due to domain's DMARC policy",
                "bounces#authentication",
            ),
            ("user unknown", "bounces#hard"),
            ("not received", "bounces#silence"),
            ("record missing", "three-cnames#mistakes"),
            ("three cnames", "three-cnames"),
            ("p=reject without dkim", "dmarc#enforced-without-dkim"),
            ("two spf records", "spf#multiple"),
            ("no dmarc record", "dmarc#missing"),
            ("strict alignment", "dmarc#strict-alignment"),
            ("spf.multiple", "spf#multiple"),
            ("orange cloud", "record#proxied"),
            ("privacy", "about-kept"),
            ("selector", "glossary#selector"),
            ("my invoices go to spam", "spam"),
            ("spam folder", "spam"),
            ("one-click unsubscribe", "spam#unsubscribe"),
            ("gmail bulk sender rules", "receivers"),
            ("OFR_535", "receivers#orange"),
            ("5.7.509", "receivers#microsoft-365"),
            ("via sendgrid gmail", "via#gmail"),
            ("remove via", "via"),
            ("on behalf of outlook", "via#outlook"),
            ("dmarc none", "policies#none"),
            ("what does p=reject do", "policies#receivers"),
            ("when to move to p=reject", "policies#steps"),
            ("policy too strict", "policies#too-strict"),
            ("sp= np=", "policies#subdomains"),
            ("is dkim required", "alignment#spf-alone"),
            ("spf passes but dmarc fails", "alignment"),
            ("why do i get xml files", "reports"),
            ("dmarc report", "reports"),
            ("external report address", "reports#external"),
            ("parked domain", "no-mail"),
            ("domain that does not send mail", "no-mail"),
            ("dns propagation", "waiting"),
            ("48 hours", "waiting"),
            ("negative cache", "waiting#negative"),
            ("i have no access to dns", "ask-it"),
            ("who hosts my dns", "ask-it#who"),
            ("p=reject and no dkim", "reject-without-dkim"),
            ("restore bounced contacts", "reject-without-dkim#suppressed"),
            ("550 5.7.1", "bounces#authentication"),
            ("how to add txt record godaddy", "godaddy#dmarc"),
            ("cname ovh", "ovhcloud#cname"),
            ("cname cloudflare dns only", "cloudflare#cname"),
            ("cloudflare proxied dkim", "cloudflare#traps"),
            ("trailing dot gandi", "gandi#traps"),
            ("spf ionos", "ionos#spf"),
            ("CharacterStringTooLong", "route53#traps"),
            ("route 53 txt quotes", "route53#dmarc"),
        ],
    );
}

#[test]
fn every_code_and_every_title_finds_its_own_section() {
    for language in Language::ALL {
        let mut faults = Vec::new();
        for topic in help::topics_of(help::Group::Finding) {
            for section in help::sections(language, topic) {
                let own = address(topic, section.anchor);
                let code = format!("{topic}.{}", section.anchor);
                let first = addresses(&Index::of(language).search(&code, 1));
                if first != [own.clone()] {
                    faults.push(format!("{code}: {first:?}"));
                }
                // Several topics have a section of the same title: “Valid record”.
                let found = addresses(&Index::of(language).search(section.title, 8));
                if !found.contains(&own) {
                    faults.push(format!("{}: {own} expected, {found:?}", section.title));
                }
            }
        }
        assert!(faults.is_empty(), "{language}: {faults:#?}");
    }
}

#[test]
fn a_typing_error_is_told_and_gets_what_was_meant() {
    for (language, query, instead, expect) in [
        (
            French,
            "alignemnt strict",
            "alignement strict",
            "dmarc#strict-alignment",
        ),
        (French, "rebnod", "rebond", "bounces"),
        (English, "bonuce", "bounce", "bounces"),
        (English, "Quarentine", "quarantine", ""),
        (English, "authentification", "authentication", ""),
    ] {
        let found = Index::of(language).search(query, 5);
        assert_eq!(found.instead.as_deref(), Some(instead), "{query}");
        let first = addresses(&found).remove(0);
        assert!(expect.is_empty() || first == expect, "{query}: {first}");
    }
}

#[test]
fn the_beginning_of_a_word_is_enough_while_typing() {
    for (language, typed, expect) in [
        (French, "reb", "bounces"),
        (French, "rejet défin", "bounces#hard"),
        (French, "trois cn", "three-cnames"),
        (English, "hard bou", "bounces#hard"),
        (English, "550 5.7.2", "bounces#authentication"),
        (English, "p=rej", "reject-without-dkim"),
    ] {
        let hits = Index::of(language).suggest(typed, 5);
        let found: Vec<String> = hits
            .iter()
            .map(|hit| address(hit.topic, hit.anchor))
            .collect();
        assert_eq!(
            found.first().map(String::as_str),
            Some(expect),
            "{typed}: {found:?}"
        );
    }
}

#[test]
fn nothing_is_found_by_nothing() {
    for query in ["", "   ", "?!…", "zzzzqqqq", "\u{0}\u{1b}[2J", "'", "%"] {
        for language in Language::ALL {
            let found = Index::of(language).search(query, 10);
            assert_eq!(found, Found::default(), "{query:?}");
            assert_eq!(Index::of(language).suggest(query, 10), [], "{query:?}");
        }
    }
}

#[test]
fn any_text_may_be_searched_for() {
    let long = "réjection ".repeat(10_000);
    let deep = "a.".repeat(5_000);
    for query in [
        &long,
        &deep,
        "\u{301}\u{301}",
        "ﷺ",
        "e\u{301}=é=É",
        "🦀 dkim",
    ] {
        for language in Language::ALL {
            let started = Index::of(language).search(query, usize::MAX);
            assert!(started.instead.unwrap_or_default().len() <= 4 * QUERY_OCTETS_MAX);
        }
    }
}

#[test]
fn the_same_words_give_the_same_results() {
    for query in ["dkim", "reject", "enregistrement dns", "record name"] {
        let first = Index::of(French).search(query, 20);
        assert_eq!(Index::of(French).search(query, 20), first, "{query}");
    }
}

#[test]
fn an_excerpt_marks_what_was_searched_for() {
    let found = Index::of(English).search("mailbox full", 1);
    let hit = found.hits.first().expect("found");
    assert!(
        hit.excerpt
            .iter()
            .any(|piece| piece.is_match && piece.text == "mailbox")
    );
    let length: usize = hit.excerpt.iter().map(|piece| piece.text.len()).sum();
    assert!(length < 250, "{length}");
}
