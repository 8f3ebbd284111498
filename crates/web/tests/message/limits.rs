//! How much is taken, from how many, and how often.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode, header};
use futures::stream::{self, StreamExt};
use garant_web::{
    FILES_MAX, GuardSettings, Peer, Rate, Rates, Settings, UPLOAD_OCTETS_MAX, UPLOADS_AT_ONCE,
    UPLOADS_OF_ONE_CLIENT,
};
use tower::ServiceExt;

use crate::site::TestSite;
use crate::{BOUNDARY, KIND, NOTICE, Part, form, reading_site, told, wishes};

/// A form that came by a connection from this address.
fn from(peer: &str, path: &str, body: Body) -> Request<Body> {
    let ip: IpAddr = peer.parse().expect("an address");
    let mut request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, KIND)
        .body(body)
        .expect("a request");
    request.extensions_mut().insert(Peer {
        address: SocketAddr::new(ip, 4711),
        is_tls: false,
    });
    request
}

#[tokio::test]
async fn a_form_holds_so_many_octets_and_no_more() {
    let site = reading_site();
    let around = form(&[Part::File("a.eml", b"")]).len();
    let head = b"From: a@votreentreprise.fr\n\n";
    for (extra, expect) in [(0, StatusCode::OK), (1, StatusCode::PAYLOAD_TOO_LARGE)] {
        let mut message = head.to_vec();
        message.resize(UPLOAD_OCTETS_MAX - around + extra, b'\n');
        let body = form(&[Part::File("a.eml", &message)]);
        assert_eq!(body.len(), UPLOAD_OCTETS_MAX + extra);
        // With its length told beforehand, which is refused unread; and without.
        let octets = Bytes::from(body);
        let announced = Request::post("/fr/message")
            .header(header::CONTENT_TYPE, KIND)
            .header(header::CONTENT_LENGTH, octets.len())
            .body(Body::from(octets.clone()))
            .expect("a request");
        let page = site.send(announced).await;
        assert_eq!(page.status, expect, "announced, {extra} too many");
        let parts = octets.chunks(100_000).map(Bytes::copy_from_slice);
        let parts: Vec<Result<Bytes, Infallible>> = parts.map(Ok).collect();
        let body = Body::from_stream(stream::iter(parts));
        let page = site.post_raw("/fr/message", KIND, body).await;
        assert_eq!(page.status, expect, "in parts, {extra} too many");
        if expect != StatusCode::OK {
            assert!(page.text().contains("10 Mo") || page.text().contains("10\u{a0}Mo"));
        }
    }
}

#[tokio::test]
async fn files_beyond_the_limit_are_told() {
    let site = reading_site();
    let files = |count| {
        let file = |_| Part::File("a.eml", NOTICE.as_bytes());
        (0..count).map(file).collect::<Vec<_>>()
    };
    for (count, is_cut) in [(FILES_MAX, false), (FILES_MAX + 1, true)] {
        let page = site.send_form("/en/bounce", &files(count)).await;
        let text = told(&page.text());
        assert_eq!(page.status, StatusCode::OK);
        assert!(text.contains(&FILES_MAX.to_string()), "{text}");
        let said = text.contains("There were more files than one form takes");
        assert_eq!(said, is_cut, "{count}: {text}");
    }
}

#[tokio::test]
async fn one_client_asks_so_often_and_no_more() {
    let mut wishes = wishes();
    wishes.settings = Settings {
        guard: GuardSettings {
            rates: Rates {
                checks_per_client: Rate::per_hour(2),
                ..Rates::NONE
            },
            ..GuardSettings::default()
        },
        ..Settings::default()
    };
    let site = wishes.site();
    let body = || Body::from(form(&[Part::Text("pasted", NOTICE)]));
    for (path, expect) in [
        ("/fr/bounce", StatusCode::OK),
        ("/fr/message", StatusCode::OK),
        ("/fr/bounce", StatusCode::TOO_MANY_REQUESTS),
    ] {
        let page = site.send(from("192.0.2.1", path, body())).await;
        assert_eq!(page.status, expect, "{path}");
    }
    let other = site.send(from("192.0.2.2", "/fr/bounce", body())).await;
    assert_eq!(other.status, StatusCode::OK);
}

/// A form whose end does not come.
fn endless() -> Body {
    let beginning =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n");
    let beginning = stream::iter([Ok::<_, Infallible>(Bytes::from(beginning))]);
    Body::from_stream(beginning.chain(stream::pending()))
}

/// Forms that are being read, one from each of these addresses.
async fn begun(site: &TestSite, peers: &[String]) -> Vec<tokio::task::JoinHandle<()>> {
    let mut begun = Vec::new();
    for peer in peers {
        let (router, request) = (site.router.clone(), from(peer, "/fr/message", endless()));
        begun.push(tokio::spawn(async move {
            let answer = router.oneshot(request).await;
            panic!("a form without end was answered: {answer:?}");
        }));
        // On one thread, every other task runs until it waits.
        tokio::task::yield_now().await;
    }
    begun
}

#[tokio::test]
async fn so_many_forms_are_read_at_once_and_few_of_one_client() {
    let body = || Body::from(form(&[Part::Text("pasted", NOTICE)]));
    let same = vec!["192.0.2.1".to_owned(); UPLOADS_OF_ONE_CLIENT];
    let all: Vec<String> = (0..UPLOADS_AT_ONCE)
        .map(|at| format!("192.0.2.{at}"))
        .collect();
    for (peers, asker, is_free) in [
        (&same, "192.0.2.1", false),
        (&same, "192.0.2.9", true),
        (&all, "192.0.2.200", false),
    ] {
        let site = wishes().site();
        let tasks = begun(&site, peers).await;
        let page = site.send(from(asker, "/fr/bounce", body())).await;
        let expect = if is_free {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        };
        assert_eq!(page.status, expect, "{peers:?} {asker}");
        // Whoever goes away gives the turn back.
        for task in &tasks {
            task.abort();
        }
        for task in tasks {
            assert!(task.await.expect_err("it was aborted").is_cancelled());
        }
        let page = site.send(from(asker, "/fr/bounce", body())).await;
        assert_eq!(page.status, StatusCode::OK, "{peers:?} {asker} afterwards");
    }
}
