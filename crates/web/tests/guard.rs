//! What stands around every route: fields, limits, sizes, ids, health and figures.

mod site;

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use garant_service::checks::Limits;
use garant_web::{
    BODY_OCTETS_MAX, Figures, GuardSettings, Ops, Peer, REQUEST_ID_MAX, Rate, Rates, Settings,
};
use site::{DOMAIN, Page, TestSite, Wishes, refused, site};

/// A site whose owner chose these rates.
fn with_rates(rates: Rates) -> TestSite {
    let mut wishes = Wishes::new(refused());
    wishes.settings = Settings {
        guard: GuardSettings {
            rates,
            ..GuardSettings::default()
        },
        ..Settings::default()
    };
    wishes.site()
}

/// A request that came by a connection from this address.
fn from(peer: &str, method: Method, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let ip: IpAddr = peer.parse().expect("an address");
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    let mut request = request.body(Body::empty()).expect("a request");
    request.extensions_mut().insert(Peer {
        address: SocketAddr::new(ip, 4711),
        is_tls: false,
    });
    request
}

fn header_names(page: &Page) -> Vec<&str> {
    page.headers.keys().map(|name| name.as_str()).collect()
}

#[tokio::test]
async fn every_answer_carries_the_fields_that_keep_browsers_safe() {
    let site = site(refused());
    let result = site.checked("en").await;
    let front = site.get("/en/").await.text();
    let style = front
        .split('"')
        .find(|part| part.starts_with("/static/") && part.ends_with(".css"))
        .unwrap()
        .to_owned();
    let mut pages = Vec::new();
    for path in [
        "/",
        "/fr/",
        "/en/",
        &result,
        &style,
        "/static/none.css",
        "/en/c/none",
        "/nowhere",
        "/api/v1/openapi.json",
        "/api/v1/checks/none",
        "/api/nowhere",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        pages.push((path.to_owned(), site.get(path).await));
    }
    let put = Request::put("/en/").body(Body::empty()).unwrap();
    pages.push(("PUT".to_owned(), site.send(put).await));
    let large = site
        .post("/en/", &[("domain", &"x".repeat(BODY_OCTETS_MAX))])
        .await;
    pages.push(("large".to_owned(), large));
    let empty = site.post("/en/", &[("domain", "")]).await;
    pages.push(("empty".to_owned(), empty));
    for (path, page) in &pages {
        for (name, expect) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(page.header(name), expect, "{path} {name}");
        }
        let policy = page.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none';"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert!(
            page.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        assert_ne!(page.header("x-request-id"), "", "{path}");
        assert_ne!(page.header("cache-control"), "", "{path}");
    }
}

#[tokio::test]
async fn browsers_are_told_to_use_nothing_but_https_where_that_is_so() {
    for (public_url, is_tls, expect) in [
        (None, false, ""),
        (Some("http://garant.test"), false, ""),
        (Some("https://garant.test"), false, "max-age=31536000"),
        (None, true, "max-age=31536000"),
    ] {
        let mut wishes = Wishes::new(refused());
        wishes.settings.public_url = public_url.map(str::to_owned);
        let site = wishes.site();
        let mut request = from("192.0.2.1", Method::GET, "/en/", &[]);
        request.extensions_mut().get_mut::<Peer>().unwrap().is_tls = is_tls;
        let page = site.send(request).await;
        let found = page.header("strict-transport-security");
        assert_eq!(found, expect, "{public_url:?} {is_tls}");
    }
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let site = with_rates(Rates {
        requests_per_client: Rate::per_minute(2),
        ..Rates::NONE
    });
    let site = &site;
    let get = async |peer: &str, path: &str, fields: &[(&str, &str)]| {
        site.send(from(peer, Method::GET, path, fields)).await
    };
    for _ in 0..2 {
        assert_eq!(get("192.0.2.1", "/en/", &[]).await.status, StatusCode::OK);
    }
    let page = get("192.0.2.1", "/fr/", &[]).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.header("retry-after"), "30");
    assert!(page.text().contains("Trop de demandes"), "{}", page.text());
    let page = get("192.0.2.1", "/en/", &[]).await;
    assert!(page.text().contains("Too many requests"), "{}", page.text());
    let problem = get("192.0.2.1", "/api/v1/openapi.json", &[]).await;
    assert_eq!(problem.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(problem.header("content-type"), "application/problem+json");
    assert_eq!(problem.header("retry-after"), "30");
    // Style and health have no limit, and others have their own, whatever this one says of itself.
    assert_eq!(
        get("192.0.2.1", "/healthz", &[]).await.status,
        StatusCode::OK
    );
    assert_eq!(get("192.0.2.2", "/en/", &[]).await.status, StatusCode::OK);
    let lie = [("x-forwarded-for", "198.51.100.7")];
    let page = get("192.0.2.1", "/en/", &lie).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    // A proxy of this machine asks for many.
    for last in 1..9 {
        let client = format!("198.51.100.{last}");
        let page = get("127.0.0.1", "/en/", &[("x-forwarded-for", &client)]).await;
        assert_eq!(page.status, StatusCode::OK, "{client}");
    }
    // Neighbours in an IPv6 network are one client.
    for last in 1..4 {
        let peer = format!("2001:db8::{last}");
        let page = get(&peer, "/en/", &[]).await;
        assert_eq!(page.status == StatusCode::OK, last < 3, "{last}");
    }
}

#[tokio::test]
async fn checks_have_limits_of_their_own() {
    let site = with_rates(Rates {
        checks_per_client: Rate::per_minute(1),
        ..Rates::NONE
    });
    let form = [("domain", DOMAIN)];
    assert_eq!(site.post("/en/", &form).await.status, StatusCode::SEE_OTHER);
    let page = site.post("/en/", &form).await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(page.header("retry-after"), "60");
    let json = "application/json";
    let problem = site.post_raw("/api/v1/checks", json, "{}").await;
    assert_eq!(problem.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(site.get("/en/").await.status, StatusCode::OK);
    let figures = site.get("/metrics").await.text();
    let line = "garant_limited_requests_total{kind=\"check\"} 2\n";
    assert!(figures.contains(line), "{figures}");
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_a_page() {
    let site = site(refused());
    let form = "application/x-www-form-urlencoded";
    let large = format!("domain={}", "x".repeat(BODY_OCTETS_MAX));
    // Announced, and not announced.
    let announced = Request::post("/fr/")
        .header(header::CONTENT_TYPE, form)
        .header(header::CONTENT_LENGTH, large.len())
        .body(Body::from("domain="))
        .unwrap();
    for page in [
        site.send(announced).await,
        site.post_raw("/fr/", form, large.clone()).await,
    ] {
        assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
        let words = "C’est plus que ce qui peut être lu ici";
        assert!(page.text().contains(words), "{}", page.text());
    }
    let problem = site
        .post_raw("/api/v1/checks", "application/json", large)
        .await;
    assert_eq!(problem.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(problem.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn no_answer_is_without_words() {
    let site = site(refused());
    for (page, status) in [
        (site.post_raw("/en/", "text/plain", "x").await, 415),
        (
            site.post_raw(
                "/en/",
                "application/x-www-form-urlencoded",
                "domain=%ff%fe%",
            )
            .await,
            0,
        ),
        (site.get("/static/none.css").await, 404),
        (
            site.send(from("192.0.2.1", Method::DELETE, "/en/", &[]))
                .await,
            405,
        ),
    ] {
        let kind = page.header("content-type").to_owned();
        assert_eq!(kind, "text/html; charset=utf-8", "{status} {}", page.text());
        assert!(page.text().contains("<h1"), "{status} {}", page.text());
        if status == 405 {
            assert_eq!(page.status.as_u16(), status);
        }
    }
}

#[tokio::test]
async fn a_request_has_the_id_that_a_proxy_gave_or_a_new_one() {
    let site = site(refused());
    let long = "x".repeat(REQUEST_ID_MAX + 1);
    for (peer, given, is_kept) in [
        ("127.0.0.1", "01HX-a_b.c", true),
        ("127.0.0.1", "a b", false),
        ("127.0.0.1", "", false),
        ("127.0.0.1", "a\u{e9}", false),
        ("127.0.0.1", long.as_str(), false),
        ("192.0.2.1", "01HX", false),
    ] {
        let fields = [("x-request-id", given)];
        let page = site
            .send(from(peer, Method::GET, "/healthz", &fields))
            .await;
        let id = page.headers.get("x-request-id").unwrap();
        assert_eq!(id.as_bytes() == given.as_bytes(), is_kept, "{peer} {given}");
    }
    let one = site.get("/healthz").await.header("x-request-id").to_owned();
    let two = site.get("/healthz").await.header("x-request-id").to_owned();
    assert_ne!(one, two);
}

#[tokio::test]
async fn figures_are_lines_that_prometheus_reads() {
    let mut wishes = Wishes::new(refused());
    wishes.limits = Limits {
        waiting: 1,
        ..Limits::default()
    };
    let site = wishes.site();
    let path = site.checked("en").await;
    site.get(&path).await;
    site.get("/x/y/z/one").await;
    site.get("/x/y/z/two").await;
    let page = site.get("/metrics").await;
    assert!(
        page.header("content-type")
            .starts_with("application/openmetrics-text")
    );
    let text = page.text();
    for line in [
        "garant_requests_total{route=\"/{lang}/\",status=\"303\"} 1",
        "garant_requests_total{route=\"none\",status=\"404\"} 2",
        "garant_checks_total{outcome=\"made\"} 1",
        "garant_checks_total{outcome=\"lost\"} 0",
        "garant_checks_running 0",
    ] {
        assert!(text.lines().any(|one| one == line), "{line}\n{text}");
    }
    assert!(
        !text.contains(&path),
        "no path of a check stands in the figures"
    );
    assert!(text.ends_with("# EOF\n"), "{text}");
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("garant_"), "{line}");
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
    assert!(header_names(&page).contains(&"content-security-policy"));
}

#[tokio::test]
async fn a_site_says_that_it_lives_and_is_ready() {
    let mut site = site(refused());
    let live = site.get("/healthz").await;
    assert_eq!(
        (live.status, live.text().as_str()),
        (StatusCode::OK, "ok\n")
    );
    let ready = site.get("/readyz").await;
    assert_eq!(
        (ready.status, ready.text().as_str()),
        (StatusCode::OK, "ready\n")
    );
    let checks = site.site.checks.clone();
    let ops = Arc::new(Ops::new(checks, None, Figures::Apart));
    site.router = garant_web::watched(Arc::clone(&site.site), Arc::clone(&ops));
    assert_eq!(site.get("/metrics").await.status, StatusCode::NOT_FOUND);
    ops.end();
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.text(), "ending\n");
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
}
