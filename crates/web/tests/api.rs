//! `/api/v1`: every answer is one that the contract describes.

mod site;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use site::{DOMAIN, Page, TestSite, Wishes, article, refused, site, zones};

const CONTRACT: &str = include_str!("../src/api/openapi.json");

/// Fails unless `value` is what the contract calls `schema`.
#[track_caller]
fn described(schema: &str, value: &Value) {
    let contract: Value = serde_json::from_str(CONTRACT).expect("JSON");
    let whole = json!({
        "$ref": format!("#/components/schemas/{schema}"),
        "components": contract["components"],
    });
    let validator = jsonschema::validator_for(&whole).expect("schemas");
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{} at {}", fault, fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{schema}: {faults:#?}");
}

#[track_caller]
fn body(page: &Page) -> Value {
    serde_json::from_slice(&page.octets).unwrap_or_else(|error| panic!("{error}: {}", page.text()))
}

/// Sends a question.
async fn ask(site: &TestSite, question: &Value, fields: &[(&str, &str)]) -> Page {
    let mut request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/checks?lang=en")
        .header(header::HOST, "garant.test")
        .header(header::CONTENT_TYPE, "application/json");
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let request = request
        .body(Body::from(question.to_string()))
        .expect("a request");
    site.send(request).await
}

const PATIENT: (&str, &str) = ("prefer", "wait=30");

#[tokio::test]
async fn a_check_is_begun_made_and_read_again() {
    let site = site(refused());
    let question = json!({"domain": DOMAIN, "sender": "activecampaign"});
    let begun = ask(&site, &question, &[PATIENT]).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
    let made = body(&begun);
    described("MadeCheck", &made);
    assert_eq!(made["check"]["verdict"]["code"], "sender-refused");
    assert_eq!(made["plan"]["plan"]["changes"][0]["type"], "CNAME");
    assert_eq!(begun.location(), made["links"]["self"].as_str().unwrap());

    let french = site.get(&format!("{}?lang=fr", begun.location())).await;
    assert_eq!(french.status, StatusCode::OK);
    let read = body(&french);
    described("MadeCheck", &read);
    assert_eq!(read["check"]["lang"], "fr");
    for link in ["page", "records", "capture"] {
        let path = made["links"][link].as_str().unwrap();
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn every_article_is_described_by_the_contract() {
    for name in [
        "all-right",
        "doubled-name",
        "no-dmarc",
        "reject-without-dkim",
        "strict-other-name",
        "strict-spare-leg",
        "two-of-three",
    ] {
        let world = zones(&[(DOMAIN, &article(name)), (".", &article("internet"))]);
        let site = site(world);
        let expect: Value =
            serde_json::from_str(include_str!("../../../examples/articles/platform.json")).unwrap();
        for question in [
            json!({"domain": DOMAIN, "authority": true}),
            json!({"domain": DOMAIN, "expect": expect, "rua": "dmarc@votreentreprise.fr"}),
            json!({
                "domain": DOMAIN,
                "mail_from": "em.votreentreprise.fr",
                "signed_by": ["factures.votreentreprise.fr:envoi1"],
                "ip": "192.0.2.1",
                "from": "a@votreentreprise.fr",
                "selectors": ["s1", "s2"],
            }),
        ] {
            let begun = ask(&site, &question, &[PATIENT]).await;
            assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
            described("MadeCheck", &body(&begun));
        }
    }
}

#[tokio::test]
async fn a_check_that_runs_says_how_far_it_is() {
    let wishes = Wishes {
        is_waiting: true,
        ..Wishes::new(refused())
    };
    let site = wishes.site();
    let begun = ask(&site, &json!({ "domain": DOMAIN }), &[]).await;
    assert_eq!(begun.status, StatusCode::ACCEPTED);
    assert_eq!(begun.header("retry-after"), "1");
    described("RunningCheck", &body(&begun));
    let again = ask(&site, &json!({ "domain": DOMAIN }), &[]).await;
    assert_eq!(again.location(), begun.location(), "one check for both");
    site.open();
    let made = site.get_with(begun.location(), &[PATIENT]).await;
    assert_eq!(made.status, StatusCode::OK);
    described("MadeCheck", &body(&made));
}

#[tokio::test]
async fn a_check_is_followed_to_its_end() {
    let wishes = Wishes {
        is_waiting: true,
        ..Wishes::new(refused())
    };
    let site = wishes.site();
    let begun = ask(&site, &json!({ "domain": DOMAIN }), &[]).await;
    let path = format!("{}/events", begun.location());
    let following = site.get(&path);
    let (events, ()) = tokio::join!(following, async { site.open() });
    assert!(
        events
            .header("content-type")
            .starts_with("text/event-stream")
    );
    let text = events.text();
    let last = text.trim_end().rsplit("\n\n").next().unwrap();
    assert!(last.contains("event: done"), "{text}");
    for event in text
        .split("\n\n")
        .filter(|event| event.contains("event: progress"))
    {
        let data = event.split("data: ").nth(1).unwrap();
        described("Progress", &serde_json::from_str(data).unwrap());
    }
    let late = site.get(&path).await;
    assert!(late.text().starts_with("event: done"), "{}", late.text());
}

/// Fails unless the answer is a problem of this code, in English.
#[track_caller]
fn problem(page: &Page, status: StatusCode, code: &str) -> Value {
    assert_eq!(page.status, status, "{}", page.text());
    assert_eq!(page.header("content-type"), "application/problem+json");
    let value = body(page);
    described("Problem", &value);
    assert_eq!(value["code"], code);
    assert_eq!(value["status"], status.as_u16());
    value
}

#[tokio::test]
async fn what_is_wrong_is_told_by_code_and_field() {
    let site = site(refused());
    let bad = json!({"domain": "exemple..fr", "sender": "zzzz", "ip": "<script>\u{1b}"});
    let refused = ask(&site, &bad, &[]).await;
    let told = problem(&refused, StatusCode::UNPROCESSABLE_ENTITY, "bad-question");
    let fields: Vec<&str> = told["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["domain", "sender", "ip"]);
    assert!(!refused.text().contains('\u{1b}'));

    let unknown = ask(&site, &json!({"domain": DOMAIN, "colour": 1}), &[]).await;
    let told = problem(&unknown, StatusCode::BAD_REQUEST, "bad-body");
    assert!(told["detail"].as_str().unwrap().contains("colour"));

    let huge = json!({ "domain": "a".repeat(70_000) });
    let large = ask(&site, &huge, &[]).await;
    problem(&large, StatusCode::PAYLOAD_TOO_LARGE, "body-too-large");

    for (path, kind, text, status, code) in [
        (
            "/api/v1/checks?lang=en",
            "text/plain",
            "{}",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not-json",
        ),
        (
            "/api/v1/checks?lang=de",
            "application/json",
            "{}",
            StatusCode::BAD_REQUEST,
            "bad-parameter",
        ),
        (
            "/api/v1/checks",
            "application/json",
            "{",
            StatusCode::BAD_REQUEST,
            "bad-body",
        ),
        (
            "/api/v1/checks",
            "application/json",
            "\u{0}",
            StatusCode::BAD_REQUEST,
            "bad-body",
        ),
        (
            "/api/v1/openapi.json",
            "application/json",
            "",
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
        ),
        (
            "/api/v2/checks",
            "application/json",
            "",
            StatusCode::NOT_FOUND,
            "not-found",
        ),
    ] {
        problem(&site.post_raw(path, kind, text).await, status, code);
    }
    for path in [
        "/api/v1/checks/abc",
        "/api/v1/checks/00000000000000000000000000",
        "/api/v1/checks/00000000000000000000000000/events",
        "/api/v1/nothing",
    ] {
        problem(&site.get(path).await, StatusCode::NOT_FOUND, "not-found");
    }
    let french = site
        .get_with("/api/v1/nothing", &[("accept-language", "fr")])
        .await;
    assert_eq!(french.header("content-language"), "fr");
    assert!(
        body(&french)["title"]
            .as_str()
            .unwrap()
            .starts_with("Il n’y a")
    );
}

#[tokio::test]
async fn the_same_key_begins_no_second_check() {
    let site = site(refused());
    let one = json!({ "domain": DOMAIN });
    let key = ("idempotency-key", "k1");
    let first = ask(&site, &one, &[PATIENT, key]).await;
    site.clock.advance(3_600);
    let second = ask(&site, &one, &[PATIENT, key]).await;
    assert_eq!(first.location(), second.location());
    let unkeyed = ask(&site, &one, &[PATIENT]).await;
    assert_ne!(first.location(), unkeyed.location());
    let other = ask(&site, &json!({"domain": "brevo.com"}), &[key]).await;
    problem(&other, StatusCode::UNPROCESSABLE_ENTITY, "key-reused");
    let long = "k".repeat(256);
    let bad = ask(&site, &one, &[("idempotency-key", &long)]).await;
    problem(&bad, StatusCode::BAD_REQUEST, "bad-parameter");
}

#[tokio::test]
async fn the_contract_and_its_page_are_served() {
    let site = site(refused());
    let contract = site.get("/api/v1/openapi.json").await;
    assert_eq!(body(&contract)["openapi"], "3.1.0");
    for language in ["fr", "en"] {
        let page = site.get(&format!("/{language}/api")).await;
        assert_eq!(page.status, StatusCode::OK);
        let text = page.text();
        assert!(!text.contains("[api-"), "{text}");
        assert!(text.contains("problem-bad-question"));
        // The example can be run as it stands.
        assert!(text.contains("http://garant.test/api/v1/checks?lang="));
    }
}
