//! What is told about a message and about bounces.

use axum::http::StatusCode;

use crate::site::{Page, TestSite, keys_without_words};
use crate::{NOTICE, PASSES, Part, REFUSED, REPLY, reading_site, told};

async fn sent(site: &TestSite, path: &str, text: &str) -> Page {
    let page = site
        .send_form(path, &[Part::File("a.eml", text.as_bytes())])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    page
}

#[tokio::test]
async fn a_result_has_its_sentence_its_picture_and_every_step() {
    let site = reading_site();
    for (path, mail, sentence, stamp) in [
        ("/fr/message", PASSES, "DMARC réussit", "is-right"),
        ("/en/message", PASSES, "DMARC passes", "is-right"),
        (
            "/fr/message",
            REFUSED,
            "risque fort d’être refusé",
            "is-block",
        ),
        (
            "/en/message",
            REFUSED,
            "will probably be refused",
            "is-block",
        ),
    ] {
        let html = sent(&site, path, mail).await.text();
        let said = html.split("class=\"sentence\">").nth(1).expect("a verdict");
        let said = said.split("</p>").next().expect("a split has a first part");
        assert!(said.contains(sentence), "{path}: {said}");
        assert!(
            html.contains(&format!("<div class=\"margin {stamp}\">")),
            "{path}"
        );
        for part in [
            "id=\"way\"",
            "id=\"receivers\"",
            "id=\"steps\"",
            "id=\"written-value\"",
        ] {
            assert!(html.contains(part), "{path}: {part}");
        }
        // Wide and narrow, and the same as a list.
        assert_eq!(html.matches("role=\"img\"").count(), 2, "{path}");
        assert!(html.contains("<ol class=\"prose\">"), "{path}");
        let steps = html.matches("<li id=\"step-").count();
        assert!(steps >= 8, "{path}: {steps}");
        for step in 1..steps {
            let next = format!("href=\"#step-{}\"", step + 1);
            assert!(html.contains(&next), "{path}: {next}");
        }
        assert!(!html.contains(&format!("href=\"#step-{}\"", steps + 1)));
        assert!(html.contains("RFC 7208, section"), "{path}");
        assert!(html.contains("class=\"cards requirements\""), "{path}");
    }
    let html = sent(&site, "/en/message", REFUSED).await.text();
    assert!(html.contains("<li>Gmail 550 5.7.26"), "{html}");
    assert!(told(&html).contains("What they would do under p=none"));
}

#[tokio::test]
async fn the_servers_that_it_passed_are_listed_in_the_order_of_time() {
    let site = reading_site();
    let mail = format!(
        "Received: from a.recepteur.example (a.recepteur.example [10.0.0.1]) by b.recepteur.example with LMTP id 2; Mon, 23 Nov 2026 09:00:06 +0000\n{PASSES}"
    );
    let text = told(&sent(&site, "/en/message", &mail).await.text());
    let (first, last) = (
        text.find("mail.facture.example").expect("the oldest"),
        text.find("a.recepteur.example").expect("the newest"),
    );
    assert!(first < last, "{text}");
}

/// The fields of the form that begins a check.
fn ask(html: &str) -> Vec<(String, String)> {
    let form = html
        .split("<div class=\"actions\">")
        .nth(1)
        .expect("actions");
    let form = form.split("</form>").next().expect("a form");
    let value = |input: &str, name: &str| {
        let rest = input
            .split(&format!("{name}=\""))
            .nth(1)
            .expect("an attribute");
        rest.split('"').next().expect("its end").to_owned()
    };
    form.split("<input type=\"hidden\"")
        .skip(1)
        .map(|input| (value(input, "name"), value(input, "value")))
        .collect()
}

#[tokio::test]
async fn one_button_checks_the_domain_with_what_is_known() {
    let site = reading_site();
    for (path, mail, expect) in [
        ("/fr/message", REFUSED, "mail_from"),
        ("/en/message", PASSES, "signed_by"),
        ("/fr/bounce", REPLY, "domain"),
    ] {
        let html = match path {
            "/fr/bounce" => site.send_form(path, &[Part::Text("pasted", mail)]).await,
            _ => sent(&site, path, mail).await,
        };
        let fields = ask(&html.text());
        assert!(fields.iter().any(|(name, _)| name == expect), "{fields:?}");
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let page = site.post(&path[..4], &fields).await;
        assert_eq!(
            page.status,
            StatusCode::SEE_OTHER,
            "{fields:?}: {}",
            page.text()
        );
        assert!(
            page.location().starts_with(&format!("{}c/", &path[..4])),
            "{}",
            page.location()
        );
        site.settled(page.location()).await;
    }
}

#[tokio::test]
async fn nothing_of_a_message_is_kept_by_anybody() {
    let site = reading_site();
    for (path, mail) in [("/fr/message", PASSES), ("/en/bounce", NOTICE)] {
        let page = sent(&site, path, mail).await;
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("set-cookie"), "");
        let html = page.text();
        assert!(
            html.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{path}"
        );
        for forbidden in [
            " style=",
            "<style",
            " onclick=",
            "javascript:",
            "src=\"http",
            "<script>",
        ] {
            assert!(!html.contains(forbidden), "{path}: {forbidden}");
        }
    }
}

#[tokio::test]
async fn every_result_has_its_words_in_both_languages() {
    let site = reading_site();
    let arc = include_str!("../../../msgauth/tests/arc/three-servers.eml");
    let several = "From: a@votreentreprise.fr\nFrom: b@autre.example\n\nx\n";
    for language in ["fr", "en"] {
        for (page, mail) in [
            ("message", PASSES),
            ("message", REFUSED),
            ("message", arc),
            ("message", several),
            ("bounce", NOTICE),
            ("bounce", several),
        ] {
            let html = sent(&site, &format!("/{language}/{page}"), mail)
                .await
                .text();
            assert_eq!(
                keys_without_words(&html),
                Vec::<String>::new(),
                "{language} {page}"
            );
            assert_eq!(html.matches("<h1").count(), 1, "{page}");
            assert!(html.contains(&format!("<html lang=\"{language}\">")));
        }
    }
}

/// Fields whose text tries to leave its place.
const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)> `\u{202e}'";

#[tokio::test]
async fn no_page_takes_markup_from_a_message() {
    let site = reading_site();
    let mut mail = String::new();
    for field in [
        "Return-Path",
        "Received",
        "Authentication-Results",
        "ARC-Seal",
        "ARC-Message-Signature",
        "ARC-Authentication-Results",
        "DKIM-Signature",
        "From",
        "Sender",
        "Reply-To",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Content-Type",
        "X-<script>",
    ] {
        mail += &format!("{field}: {HOSTILE}\n");
    }
    mail +=
        &format!("Received: from {HOSTILE} ([192.0.2.1]) by {HOSTILE} with {HOSTILE}; {HOSTILE}\n");
    mail += &format!(
        "DKIM-Signature: v=1; a={HOSTILE}; d={HOSTILE}; s={HOSTILE}; h=from; bh={HOSTILE}; b={HOSTILE}\n"
    );
    mail +=
        &format!("From: {HOSTILE} <a@votreentreprise.fr>\n\n<script>alert(3)</script>{HOSTILE}\n");
    let notice = NOTICE
        .replace("client@gmail.com", &format!("{HOSTILE}@gmail.com"))
        .replace("The email account", HOSTILE)
        .replace("gmail-smtp-in", HOSTILE)
        .replace("mta.example", HOSTILE);
    for (page, mail) in [("message", &mail), ("bounce", &mail), ("bounce", &notice)] {
        let name = "</title><script>alert(4)</script>.eml";
        let files = [
            Part::File(name, mail.as_bytes()),
            Part::File(name, mail.as_bytes()),
        ];
        let count = if page == "bounce" { 2 } else { 1 };
        for files in [&files[..1], &files[..count]] {
            let html = site.send_form(&format!("/fr/{page}"), files).await.text();
            for markup in ["<script>", "<img", "\u{202e}"] {
                assert!(!html.contains(markup), "{page}: {markup} in {html}");
            }
        }
    }
}
