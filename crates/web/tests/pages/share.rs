//! The page for whoever manages the DNS.

use axum::http::StatusCode;

use crate::site::{DOMAIN, TestSite, article, refused, site, zones};

async fn records(site: &TestSite, path: &str) -> String {
    let page = site.get(&format!("{path}/records")).await;
    assert_eq!(page.status, StatusCode::OK);
    page.text()
}

#[tokio::test]
async fn it_has_the_records_the_form_of_the_host_and_a_ticket() {
    let site = site(refused());
    for (language, state, button, letter) in [
        ("fr", "À publier", "Copier", "Bonjour"),
        ("en", "To publish", "Copy", "Hello"),
    ] {
        let path = site.checked(language).await;
        let html = records(&site, &path).await;
        for text in [
            state,
            button,
            "acdkim1.<wbr>_domainkey",
            "dkim.<wbr>acdkim1.<wbr>acems1.<wbr>com",
            "OVHcloud",
            "/plan.zone\"",
            "<pre class=\"value\" id=\"ticket\"",
            "name=\"robots\" content=\"noindex\"",
            "href=\"mailto:?subject=",
            &format!("body={letter}"),
            &format!("http://garant.<wbr>test{path}/records"),
            &format!("action=\"{path}/again\""),
        ] {
            assert!(html.contains(text), "{text} is not in\n{html}");
        }
    }
}

#[tokio::test]
async fn looking_again_tells_each_record_by_itself() {
    // The first of the two keys is there already, the second is not.
    let zone = article("reject-without-dkim");
    let half = format!("{zone}\nacdkim1._domainkey IN CNAME dkim.acdkim1.acems1.com.\n");
    let site = site(zones(&[(DOMAIN, &half), (".", &article("internet"))]));
    let form = [
        ("domain", DOMAIN),
        ("sender", "activecampaign"),
        (
            "expect",
            r#"[{"type":"CNAME","name":"acdkim1._domainkey","value":"dkim.acdkim1.acems1.com"},
                {"type":"CNAME","name":"acdkim2._domainkey","value":"dkim.acdkim2.acems1.com"}]"#,
        ),
    ];
    for (language, right, open) in [
        ("fr", "En place", "À publier"),
        ("en", "In place", "To publish"),
    ] {
        let path = site.checked_with(language, &form).await;
        let html = records(&site, &path).await;
        assert!(html.contains(right), "{html}");
        assert!(html.contains(open), "{html}");
    }
}

#[tokio::test]
async fn looking_again_expects_what_the_plan_publishes() {
    let site = site(refused());
    let path = site.checked("en").await;
    site.clock.advance(60);
    let again = site
        .post(&format!("{path}/again"), &[("to", "records")])
        .await;
    let second = again.location().to_owned();
    site.settled(&second).await;
    assert!(second.ends_with("/records"), "{second}");
    let capture = second.replace("/records", "/capture.json");
    let capture: serde_json::Value =
        serde_json::from_str(&site.get(&capture).await.text()).expect("a capture");
    let expected = capture["request"]["expect"].as_array().expect("a list");
    assert!(
        expected
            .iter()
            .any(|record| record["name"] == "acdkim1._domainkey.votreentreprise.fr"),
        "{expected:?}"
    );
    // Looking once more asks no more than that.
    site.clock.advance(60);
    let path = second.replace("/records", "/again");
    let third = site.post(&path, &[("to", "records")]).await;
    site.settled(third.location()).await;
    let capture = third.location().replace("/records", "/capture.json");
    let capture: serde_json::Value =
        serde_json::from_str(&site.get(&capture).await.text()).expect("a capture");
    assert_eq!(capture["request"]["expect"].as_array(), Some(expected));
}

#[tokio::test]
async fn where_nothing_is_to_be_published_it_says_so() {
    let site = site(zones(&[
        (DOMAIN, &article("all-right")),
        (".", &article("internet")),
    ]));
    for (language, words) in [("fr", "rien à publier"), ("en", "nothing to publish")] {
        let form = [("domain", DOMAIN)];
        let path = site.checked_with(language, &form).await;
        let html = records(&site, &path).await;
        assert!(html.contains(words), "{html}");
        assert!(!html.contains("id=\"ticket\""));
    }
}
