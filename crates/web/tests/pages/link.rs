//! The permanent link: rendered once, kept in memory, gone in time; asked again; downloaded.

use axum::http::StatusCode;

use crate::site::{BEGINNING, refused, site};

/// How long a check is kept by default.
const KEPT_S: i64 = 30 * 24 * 3600;

#[tokio::test]
async fn a_question_leads_to_its_permanent_link() {
    let site = site(refused());
    for language in ["fr", "en"] {
        let path = site.checked(language).await;
        assert!(path.starts_with(&format!("/{language}/c/")), "{path}");
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("ActiveCampaign"), "{}", page.text());
        assert!(
            page.text()
                .contains("<meta name=\"robots\" content=\"noindex\">")
        );
    }
}

#[tokio::test]
async fn a_page_is_rendered_once_and_served_from_memory() {
    let site = site(refused());
    let path = site.checked("en").await;
    let first = site.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert_eq!(first.header("cache-control"), "private, no-cache");
    // What is in memory needs no store: the same octets, not only equal ones.
    let second = site.get(&path).await;
    assert_eq!(first.octets.as_ptr(), second.octets.as_ptr());
    let known = site.get_with(&path, &[("if-none-match", &tag)]).await;
    assert_eq!(known.status, StatusCode::NOT_MODIFIED);
    assert!(known.octets.is_empty());
    let other = site.get(&path.replace("/en/", "/fr/")).await;
    assert_ne!(other.header("etag"), tag);
}

#[tokio::test]
async fn many_who_ask_at_once_get_one_rendering() {
    let site = site(refused());
    let path = site.checked("fr").await;
    let asked = (0..20).map(|_| site.get(&path));
    let pages = futures::future::join_all(asked).await;
    let first = pages[0].octets.as_ptr();
    for page in &pages {
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        assert_eq!(page.octets.as_ptr(), first);
    }
}

#[tokio::test]
async fn a_check_is_gone_when_its_time_has_passed_be_it_in_memory_or_not() {
    let site = site(refused());
    let path = site.checked("fr").await;
    assert_eq!(site.get(&path).await.status, StatusCode::OK);
    site.clock.advance(KEPT_S);
    assert_eq!(site.get(&path).await.status, StatusCode::OK, "{BEGINNING}");
    site.clock.advance(1);
    for path in [
        path.clone(),
        path.replace("/fr/", "/en/"),
        format!("{path}?of=url"),
        format!("{path}/records"),
        format!("{path}/garant.json"),
        format!("{path}/capture.json"),
    ] {
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text().contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn a_link_begins_with_what_the_request_was_sent_to_if_that_is_a_host() {
    let site = site(refused());
    let path = format!("{}/records", site.checked("en").await);
    for (host, expect) in [
        ("garant.test:8753", "http://garant.<wbr>test:8753/en/c/"),
        ("evil\"><b>", ">/en/c/"),
        ("a/b", ">/en/c/"),
    ] {
        let request = axum::http::Request::get(&path).header("host", host);
        let request = request.body(axum::body::Body::empty()).unwrap();
        let html = site.send(request).await.text();
        assert!(html.contains(expect), "{host}: {html}");
        assert!(!html.contains("evil"));
    }
}

#[tokio::test]
async fn asking_again_is_a_new_check_of_the_same_question_at_the_source() {
    let site = site(refused());
    let path = site.checked("fr").await;
    site.clock.advance(60);
    let page = site.post(&format!("{path}/again"), &[]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let second = page.location().to_owned();
    site.settled(&second).await;
    assert_ne!(second, path);
    let capture = |path: &str| {
        let path = format!("{path}/capture.json");
        let site = &site;
        async move {
            let text = site.get(&path).await.text();
            serde_json::from_str::<serde_json::Value>(&text).expect("a capture")
        }
    };
    let (before, after) = (capture(&path).await, capture(&second).await);
    assert_eq!(after["request"]["sender"], before["request"]["sender"]);
    assert_eq!(after["request"]["domain"], before["request"]["domain"]);
    assert_eq!(before["request"]["authority"], "in-doubt");
    assert_eq!(after["request"]["authority"], "always");
    let gone = site
        .post(&format!("/fr/c/{}/again", "0".repeat(26)), &[])
        .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_check_is_had_as_files() {
    let site = site(refused());
    for language in ["fr", "en"] {
        let path = site.checked(language).await;
        for (file, kind, begins, holds) in [
            (
                "garant.json",
                "application/json",
                "{\n  \"schema\": \"garant-check/1\"",
                "activecampaign",
            ),
            (
                "plan.json",
                "application/json",
                "{\n  \"schema\": \"garant-plan/1\"",
                "acdkim1",
            ),
            (
                "garant.md",
                "text/markdown; charset=utf-8",
                "# ",
                "ActiveCampaign",
            ),
            (
                "plan.zone",
                "text/dns; charset=utf-8",
                "",
                "acdkim1._domainkey.votreentreprise.fr.",
            ),
            (
                "capture.json",
                "application/json",
                "{\n  \"format\": \"garant-capture\"",
                "votreentreprise.fr",
            ),
        ] {
            let page = site.get(&format!("{path}/{file}")).await;
            assert_eq!(page.status, StatusCode::OK, "{file}");
            assert_eq!(page.header("content-type"), kind);
            assert_eq!(page.header("x-content-type-options"), "nosniff");
            let disposition = page.header("content-disposition");
            assert!(
                disposition.starts_with("attachment; filename=\"votreentreprise.fr."),
                "{disposition}"
            );
            let text = page.text();
            assert!(text.starts_with(begins), "{file}: {text}");
            assert!(
                text.to_lowercase().contains(&holds.to_lowercase()),
                "{file}: {text}"
            );
        }
        let page = site.get(&format!("{path}/other.json")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}
