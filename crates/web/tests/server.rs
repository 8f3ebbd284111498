//! Real sockets on this machine, with and without TLS.

mod site;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use garant_web::server::{Server, Tls};
use garant_web::{Figures, Ops};
use site::{TestSite, Wishes, refused, site};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// A server at work, until it is told to end.
struct Served {
    address: SocketAddr,
    ops: Arc<Ops>,
    task: JoinHandle<()>,
    _site: TestSite,
}

async fn served(site: TestSite, tls: Option<watch::Receiver<Tls>>) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let ops = Arc::new(Ops::new(site.site.checks.clone(), None, Figures::WithPages));
    let server = Server {
        router: garant_web::watched(Arc::clone(&site.site), Arc::clone(&ops)),
        tls,
        connections_max: 4,
        grace: Duration::from_secs(10),
    };
    let ended = ops.ended();
    let task = tokio::spawn(server.run(vec![listener], ended));
    Served {
        address,
        ops,
        task,
        _site: site,
    }
}

/// Sends a request and gives all that comes back until the other end closes.
async fn asked(mut stream: impl AsyncRead + AsyncWrite + Unpin, request: &str) -> String {
    stream
        .write_all(request.as_bytes())
        .await
        .expect("it reads");
    let mut octets = Vec::new();
    // Whether TLS is ended properly does not matter here: the length of the answer is known.
    let _ = stream.read_to_end(&mut octets).await;
    String::from_utf8(octets).expect("UTF-8")
}

const GET: &str = "GET /en/ HTTP/1.1\r\nHost: garant.test\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_page_comes_over_a_socket() {
    let served = served(site(refused()), None).await;
    let stream = TcpStream::connect(served.address).await.unwrap();
    let answer = asked(stream, GET).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("<html lang=\"en\""), "{answer}");
    assert!(!answer.contains("strict-transport-security"), "{answer}");
}

/// A certificate for `garant.test`, and what clients believe with it.
fn certificate() -> (Tls, ClientConfig) {
    let made =
        rcgen::generate_simple_self_signed(["garant.test".to_owned()]).expect("a certificate");
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let tls = Tls::from_pem(certificate.as_bytes(), key.as_bytes()).expect("a pair");
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(certificate.as_bytes()).expect("as just made"))
        .expect("as just made");
    let mut config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("as just made")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    (tls, config)
}

async fn asked_tls(address: SocketAddr, config: &ClientConfig) -> Option<String> {
    let stream = TcpStream::connect(address).await.expect("as just made");
    let connector = TlsConnector::from(Arc::new(config.clone()));
    let name = ServerName::try_from("garant.test").expect("as just made");
    let stream = connector.connect(name, stream).await.ok()?;
    assert_eq!(
        stream.get_ref().1.alpn_protocol(),
        Some(b"http/1.1".as_slice())
    );
    Some(asked(stream, GET).await)
}

#[tokio::test]
async fn a_page_comes_over_tls_and_a_new_certificate_is_used_at_once() {
    let (tls, first) = certificate();
    let (newest, told) = watch::channel(tls);
    let served = served(site(refused()), Some(told)).await;
    let answer = asked_tls(served.address, &first).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains("strict-transport-security: max-age="),
        "{answer}"
    );
    // Whoever does not speak TLS holds up nobody.
    let silent = TcpStream::connect(served.address).await.unwrap();
    let plain = TcpStream::connect(served.address).await.unwrap();
    assert!(!asked(plain, GET).await.starts_with("HTTP/1.1 200"));
    let (tls, second) = certificate();
    newest.send_replace(tls);
    assert!(asked_tls(served.address, &first).await.is_none());
    assert!(asked_tls(served.address, &second).await.is_some());
    drop(silent);
}

#[tokio::test]
async fn a_running_request_comes_to_its_end_when_the_site_ends() {
    let waiting = Wishes {
        is_waiting: true,
        ..Wishes::new(refused())
    };
    let served = served(waiting.site(), None).await;
    // The answer to a form waits a moment for the check, which waits for the gate.
    let form = "domain=votreentreprise.fr";
    let request = format!(
        "POST /en/ HTTP/1.1\r\nHost: garant.test\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}",
        form.len()
    );
    let mut running = TcpStream::connect(served.address).await.unwrap();
    running.write_all(request.as_bytes()).await.unwrap();
    // It has begun when the check runs.
    let checks = &served._site.site.checks;
    while checks.running() == 0 {
        tokio::task::yield_now().await;
    }
    let idle = TcpStream::connect(served.address).await.unwrap();
    served.ops.end();
    let answer = asked(running, "").await;
    assert!(answer.starts_with("HTTP/1.1 303 See Other\r\n"), "{answer}");
    assert_eq!(asked(idle, "").await, "");
    served.task.await.unwrap();
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test]
async fn a_stream_of_events_ends_when_the_site_ends() {
    let waiting = Wishes {
        is_waiting: true,
        ..Wishes::new(refused())
    };
    let waiting = waiting.site();
    let page = waiting
        .post("/en/", &[("domain", "votreentreprise.fr")])
        .await;
    let id = page.location().rsplit('/').next().unwrap().to_owned();
    let id = id.split('?').next().unwrap();
    let served = served(waiting, None).await;
    let request = format!(
        "GET /api/v1/checks/{id}/events HTTP/1.1\r\nHost: garant.test\r\nConnection: close\r\n\r\n"
    );
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut begun = [0; 15];
    stream.read_exact(&mut begun).await.unwrap();
    assert_eq!(&begun, b"HTTP/1.1 200 OK");
    served.ops.end();
    let rest = asked(stream, "").await;
    assert!(rest.contains("text/event-stream"), "{rest}");
    served.task.await.unwrap();
}
