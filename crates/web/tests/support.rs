//! Asking people, from the form to a case that is forgotten.

mod site;

use axum::http::StatusCode;
use garant_check::Observation;
use site::{TestSite, refused, site};

async fn sent(site: &TestSite, form: &[(&str, &str)]) -> String {
    let page = site.post("/en/support", form).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
    page.location().to_owned()
}

#[tokio::test]
async fn a_case_keeps_the_message_and_a_copy_of_the_check() {
    let site = site(refused());
    let link = site.checked("en").await;
    let id = link.rsplit('/').next().expect("an id").to_owned();
    let form = site.get(&format!("/en/support?check={id}")).await;
    let text = form.text();
    assert!(text.contains(&format!("value=\"{id}\" checked")), "{text}");
    assert!(
        text.contains(&format!("/fr/support?check={id}")),
        "the switch keeps the check"
    );
    assert_eq!(form.header("cache-control"), "no-store");

    let message = "Refused:\r\n\t550 5.7.26 <b>\u{1b}[2J";
    let fields = [
        ("contact", " moi@votreentreprise.fr "),
        ("message", message),
        ("check", &id),
    ];
    let case = sent(&site, &fields).await;
    assert!(case.starts_with("/en/case/"), "{case}");
    // The case outlives the check.
    site.clock.advance(40 * 86_400);
    for path in [case.clone(), case.replace("/en/", "/fr/")] {
        let page = site.get(&path).await;
        let text = page.text();
        assert_eq!(page.status, StatusCode::OK, "{text}");
        for expect in [
            "moi@votreentreprise.fr",
            "550 5.7.26 &#60;b&#62;\\u{1b}[2J",
            "ActiveCampaign",
            "votreentreprise.fr --replay",
            "/help/code/",
            "noindex",
        ] {
            assert!(text.contains(expect), "{path}: {expect}\n{text}");
        }
        assert!(
            !text.contains("[case-") && !text.contains("[state-"),
            "{text}"
        );
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let capture = site.get(&format!("{case}/capture")).await;
    let observation = Observation::from_capture(&capture.text()).expect("a capture");
    assert_eq!(observation.request.domain.as_str(), "votreentreprise.fr");
    assert!(
        capture
            .header("content-disposition")
            .contains("votreentreprise.fr.capture.json")
    );

    let forget = case.replace("/case/", "/support/") + "/forget";
    let page = site.post(&forget, &[]).await;
    assert_eq!(page.location(), "/en/support/forgotten");
    assert_eq!(site.get(page.location()).await.status, StatusCode::OK);
    for path in [case.clone(), format!("{case}/capture")] {
        assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_fault_is_told_beside_its_field_and_what_was_typed_stays() {
    let site = site(refused());
    let long = "x".repeat(10_001);
    for (contact, message, expect) in [
        ("", "", vec!["contact-error", "message-error"]),
        ("nobody", "Hello", vec!["contact-error"]),
        ("<script>\"'", "Hello", vec!["contact-error"]),
        ("a@exemple.fr", " \n ", vec!["message-error"]),
        ("a@exemple.fr", &long, vec!["message-error"]),
    ] {
        for language in ["fr", "en"] {
            let form = [("contact", contact), ("message", message)];
            let page = site.post(&format!("/{language}/support"), &form).await;
            let text = page.text();
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            for id in ["contact-error", "message-error"] {
                let is_told = text.contains(&format!("id=\"{id}\""));
                assert_eq!(is_told, expect.contains(&id), "{contact} {id}\n{text}");
            }
            assert_eq!(text.matches(" autofocus").count(), 1, "{text}");
            assert_eq!(text.matches("aria-invalid=\"true\"").count(), expect.len());
            assert!(!text.contains("<script>\"'"), "{text}");
            assert!(text.contains(message.trim()), "{text}");
            assert!(!text.contains("[support-"), "{text}");
        }
    }
    assert_eq!(site.site.store.cases(10).await.expect("none"), []);
}

#[tokio::test]
async fn a_check_that_is_gone_is_told_and_the_message_is_kept_all_the_same() {
    let site = site(refused());
    for check in ["0123456789abcdefghjkmnpqrs", "../../etc", "\"><b>"] {
        let query = site::percent(check);
        let page = site.get(&format!("/en/support?check={query}")).await;
        assert!(page.text().contains("not kept any more"), "{check}");
        assert!(!page.text().contains("<b>"), "{check}");
        let fields = [
            ("contact", "a@exemple.fr"),
            ("message", "Hello"),
            ("check", check),
        ];
        let case = sent(&site, &fields).await;
        let page = site.get(&case).await;
        assert!(page.text().contains("Hello"));
        let capture = site.get(&format!("{case}/capture")).await;
        assert_eq!(capture.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_case_that_is_not_there_is_not_there() {
    let site = site(refused());
    for id in [
        "0123456789abcdefghjkmnpqrs",
        "x",
        "%00",
        "0123456789abcdefghjkmnpqrs'",
    ] {
        assert_eq!(
            site.get(&format!("/fr/case/{id}")).await.status,
            StatusCode::NOT_FOUND
        );
    }
    let page = site.post("/fr/support/x/forget", &[]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn forms_of_any_octets_are_answered() {
    let site = site(refused());
    let kind = "application/x-www-form-urlencoded";
    for body in [
        &b"contact=%FF&message=%00"[..],
        b"",
        b"&&==%%",
        b"message=%F0%9F",
    ] {
        let page = site.post_raw("/en/support", kind, body.to_vec()).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
