//! Languages, the form and what is wrong with it, and pages that say one thing.

use axum::http::StatusCode;
use garant_service::question::Typed;
use garant_web::{Sample, Settings};

use crate::site::{DOMAIN, TestSite, Wishes, refused, site, zones};

/// A form is sent in both languages; each page has these texts in its language.
#[track_caller]
fn check(page: &crate::site::Page, status: StatusCode, texts: &[&str]) {
    let html = page.text();
    assert_eq!(page.status, status, "{html}");
    for text in texts {
        assert!(html.contains(text), "{text} is not in\n{html}");
    }
}

fn nowhere() -> TestSite {
    site(zones(&[]))
}

#[tokio::test]
async fn a_browser_is_sent_to_its_language() {
    let site = nowhere();
    for (accept, expect) in [("fr-CA, en;q=0.5", "/fr/"), ("de", "/en/"), ("", "/en/")] {
        let page = site.get_with("/", &[("accept-language", accept)]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(page.location(), expect, "{accept}");
        assert_eq!(page.header("vary"), "Accept-Language");
    }
    assert_eq!(site.get("/fr").await.location(), "/fr/");
}

#[tokio::test]
async fn a_link_fills_the_fields_and_the_other_language_keeps_them() {
    let site = nowhere();
    let page = site
        .get("/fr/?domain=exemple.fr&ip=192.0.2.1&utm_source=x&a=%FF")
        .await;
    check(
        &page,
        StatusCode::OK,
        &[
            "value=\"exemple.fr\"",
            "value=\"192.0.2.1\"",
            "href=\"/en/?domain=exemple.fr&#38;ip=192.0.2.1\"",
            "<html lang=\"fr\">",
        ],
    );
    // A value in the part that is folded twice opens both.
    assert_eq!(
        page.text().matches("<details class=\"more\" open>").count(),
        2
    );
    let page = site.get("/fr/").await;
    assert_eq!(
        page.text().matches("<details class=\"more\" open>").count(),
        0
    );
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_in_the_language_of_the_reader() {
    let site = nowhere();
    let none: &[(&str, &str)] = &[];
    for (form, field, french, english) in [
        (&[("domain", "")][..], "domain", "Saisissez", "Type"),
        (
            &[("domain", "localhost")],
            "domain",
            "localhost",
            "localhost",
        ),
        (
            &[("domain", "192.0.2.1")],
            "domain",
            "192.0.2.1",
            "192.0.2.1",
        ),
        (&[("domain", "a..b.fr")], "domain", "a..b.fr", "a..b.fr"),
        (
            &[("domain", DOMAIN), ("sender", "zzzz")],
            "sender",
            "zzzz",
            "zzzz",
        ),
        (&[("domain", DOMAIN), ("ip", "ici")], "ip", "ici", "ici"),
        (
            &[("domain", DOMAIN), ("expect", "[")],
            "expect",
            "Ligne 1",
            "Line 1",
        ),
        (&[("domain", DOMAIN), ("rua", "x")], "rua", "x", "x"),
        (none, "domain", "Saisissez", "Type"),
    ] {
        for (language, text) in [("fr", french), ("en", english)] {
            let page = site.post(&format!("/{language}/"), form).await;
            let html = page.text();
            let wrong = StatusCode::UNPROCESSABLE_ENTITY;
            check(&page, wrong, &[&format!("id=\"{field}-error\""), text]);
            assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{html}");
            assert_eq!(html.matches(" autofocus").count(), 1, "{html}");
            let described = format!("aria-describedby=\"{field}-error {field}-hint\"");
            assert!(html.contains(&described), "{html}");
            let is_folded = field != "domain";
            assert_eq!(html.contains("class=\"more\" open"), is_folded, "{html}");
            for (name, value) in form.iter().filter(|(_, value)| !value.is_empty()) {
                let kept = match *name {
                    "expect" => format!("{value}</textarea>"),
                    _ => format!("name=\"{name}\" value=\"{value}\""),
                };
                assert!(html.contains(&kept), "{kept} is not in\n{html}");
            }
        }
    }
}

#[tokio::test]
async fn every_fault_is_told_at_once_and_the_first_has_the_focus() {
    let form = [("domain", "a..b"), ("sender", "zzzz"), ("ip", "ici")];
    let html = nowhere().post("/en/", &form).await.text();
    assert_eq!(html.matches("aria-invalid=\"true\"").count(), 3);
    let focus = html.find(" autofocus").expect("a focus");
    let field = html.find("name=\"domain\"").expect("the field");
    assert!(html[..focus].rfind("<input") < Some(field) && field < focus);
    assert!(html.contains("<title>Please correct: "));
}

#[tokio::test]
async fn a_long_domain_is_told_and_kept_whole() {
    let long = format!("{}.fr", "abcdefgh.".repeat(300));
    let page = nowhere().post("/fr/", &[("domain", &long)]).await;
    check(&page, StatusCode::UNPROCESSABLE_ENTITY, &[&long, "255"]);
    // The sentence repeats the beginning only, and the switch of languages has no room for it.
    assert_eq!(page.text().matches(&long).count(), 1);
}

#[tokio::test]
async fn what_a_domain_was_taken_out_of_is_said() {
    let site = site(refused());
    for (typed, word, french, english) in [
        (
            "contact@votreentreprise.fr",
            "address",
            "de l’adresse que",
            "the address that",
        ),
        (
            "https://votreentreprise.fr/a?b",
            "url",
            "de l’adresse web",
            "the web address",
        ),
        (
            "www.votreentreprise.fr",
            "www",
            "serveur web",
            "a web server",
        ),
    ] {
        for (language, text) in [("fr", french), ("en", english)] {
            let page = site
                .post(&format!("/{language}/"), &[("domain", typed)])
                .await;
            let link = page.location().to_owned();
            site.settled(&link).await;
            assert!(link.ends_with(&format!("?of={word}")), "{link}");
            check(&site.get(&link).await, StatusCode::OK, &[text]);
            let path = link.split('?').next().unwrap_or_default();
            assert!(
                !site
                    .get(path)
                    .await
                    .text()
                    .contains("class=\"crumb\">Le domaine")
            );
        }
    }
}

#[tokio::test]
async fn a_sample_is_a_form_that_asks() {
    let mut wishes = Wishes::new(refused());
    wishes.settings = Settings {
        samples: vec![Sample {
            typed: Typed {
                domain: DOMAIN.to_owned(),
                sender: "activecampaign".to_owned(),
                ..Typed::default()
            },
            state: "block",
            title: "demo-reject-without-dkim",
        }],
        ..Settings::default()
    };
    let site = wishes.site();
    for language in ["fr", "en"] {
        let page = site.get(&format!("/{language}/")).await;
        check(
            &page,
            StatusCode::OK,
            &[
                "<input type=\"hidden\" name=\"domain\" value=\"votreentreprise.fr\">",
                "<input type=\"hidden\" name=\"sender\" value=\"activecampaign\">",
                "<use href=\"#block\"/>",
                "action=\"/fr/\"".replace("fr", language).as_str(),
            ],
        );
        assert!(!page.text().contains("name=\"ip\" value=\"x"));
    }
}

#[tokio::test]
async fn what_cannot_be_read_gets_a_page_and_never_a_bare_text() {
    let site = nowhere();
    let form = "application/x-www-form-urlencoded";
    for language in ["fr", "en"] {
        let path = format!("/{language}/");
        let large = format!("domain={}", "a".repeat(400 * 1024));
        let pages = [
            (
                site.post_raw(&path, "multipart/form-data; boundary=x", "--x")
                    .await,
                415,
            ),
            (site.post_raw(&path, "application/json", "{}").await, 415),
            (site.post_raw(&path, form, large).await, 413),
            (site.get(&format!("/{language}/nowhere")).await, 404),
            (site.get(&format!("/{language}/c/zzz")).await, 404),
            (site.get(&format!("/{language}/c/%FF")).await, 404),
            (
                site.get(&format!("/{language}/c/{}", "0".repeat(26))).await,
                404,
            ),
            (
                site.post(&format!("/{language}/c/{}", "0".repeat(26)), &[])
                    .await,
                405,
            ),
            (
                site.get(&format!("/{language}/c/{}/again", "0".repeat(26)))
                    .await,
                405,
            ),
        ];
        for (page, status) in pages {
            let lang = format!("<html lang=\"{language}\">");
            check(
                &page,
                StatusCode::from_u16(status).unwrap(),
                &[&lang, "<h1"],
            );
        }
    }
    check(&site.get("/de/").await, StatusCode::NOT_FOUND, &["<h1"]);
    check(
        &site.get("/static/x.css").await,
        StatusCode::NOT_FOUND,
        &["<h1"],
    );
}

#[tokio::test]
async fn broken_octets_in_a_form_are_a_fault_of_the_field() {
    let form = "application/x-www-form-urlencoded";
    for body in [
        "domain=%FF%FE",
        "domain=%",
        "domain=a%00b.fr",
        "domain=a.fr\0",
    ] {
        let page = nowhere().post_raw("/en/", form, body).await;
        check(
            &page,
            StatusCode::UNPROCESSABLE_ENTITY,
            &["id=\"domain-error\""],
        );
    }
}

#[tokio::test]
async fn style_script_and_sign_are_kept_for_as_long_as_they_do_not_change() {
    let site = nowhere();
    let html = site.get("/en/").await.text();
    for ending in [".css\"", ".js\"", ".svg\""] {
        let end = html.find(ending).expect("a link") + ending.len() - 1;
        let begin = html[..end].rfind('"').expect("a quote") + 1;
        let page = site.get(&html[begin..end]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.header("cache-control").contains("immutable"));
    }
}
