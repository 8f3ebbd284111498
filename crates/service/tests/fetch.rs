//! Fetching from real TLS servers on loopback, with an authority of their own.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener as StdListener};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use garant_check::{DOCUMENT_OCTETS_MAX, Document, Fetch, FetchError};
use garant_dns::address::{AllowList, Prefix};
use garant_dns::{
    Answer, AnswerFuture, Name, Question, RecordType, Resolver, Source, Status, Zone, Zones,
};
use garant_service::fetch::{
    ADDRESSES_TRIED_MAX, HEADER_FIELDS_MAX, HEADER_OCTETS_MAX, HttpsFetch, Options, Roots,
};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};

const HOST: &str = "mta-sts.exemple.test";
const URL: &str = "https://mta-sts.exemple.test/.well-known/mta-sts.txt";
const POLICY: &str = "version: STSv1\r\nmode: testing\r\nmx: mx.exemple.test\r\nmax_age: 86400\r\n";
/// Long enough for a loaded machine where an answer comes, and waited for only where none does.
const PATIENCE: Duration = Duration::from_secs(60);
const IMPATIENCE: Duration = Duration::from_millis(300);

/// A certificate authority.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("a certificate"))
    }

    fn roots(&self) -> Roots {
        Roots::from_pem(self.0.pem().as_bytes()).expect("reads")
    }

    fn store(&self) -> Arc<RootCertStore> {
        let mut store = RootCertStore::empty();
        store.add(self.0.der().clone()).expect("reads");
        Arc::new(store)
    }
}

/// How a server shows itself.
struct Identity {
    name: &'static str,
    valid: (i32, i32),
    versions: &'static [&'static SupportedProtocolVersion],
    asks_for_certificate: bool,
}

const ONLY_1_2: &[&SupportedProtocolVersion] = &[&TLS12];
const ONLY_1_3: &[&SupportedProtocolVersion] = &[&TLS13];
const GOOD: Identity = Identity {
    name: HOST,
    valid: (2020, 4000),
    versions: &[&TLS12, &TLS13],
    asks_for_certificate: false,
};

impl Identity {
    fn acceptor(&self, authority: &Authority) -> TlsAcceptor {
        let mut params = CertificateParams::new([self.name.to_owned()]).expect("a name");
        params.not_before = date_time_ymd(self.valid.0, 1, 1);
        params.not_after = date_time_ymd(self.valid.1, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &authority.0).expect("signs");
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_protocol_versions(self.versions)
            .expect("versions");
        let builder = if self.asks_for_certificate {
            let verifier =
                WebPkiClientVerifier::builder_with_provider(authority.store(), provider).build();
            builder.with_client_cert_verifier(verifier.expect("a verifier"))
        } else {
            builder.with_no_client_auth()
        };
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = builder.with_single_cert(vec![certificate.der().clone()], key);
        TlsAcceptor::from(Arc::new(config.expect("a configuration")))
    }
}

/// What a server does once it has a connection.
#[derive(Clone)]
enum Reply {
    /// Reads the request, sends these octets, closes.
    Octets(Vec<u8>),
    /// As above, but closes the connection without closing TLS.
    Cut(Vec<u8>),
    /// Sends these octets, then the second ones again and again.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends these octets and then nothing more.
    Silent(Vec<u8>),
    /// Sends these octets without any TLS.
    Plain(Vec<u8>),
    /// Accepts, and says nothing, not even TLS.
    Mute,
    /// Closes at once.
    Closed,
}

fn text(reply: impl AsRef<str>) -> Reply {
    Reply::Octets(reply.as_ref().as_bytes().to_vec())
}

fn ok(body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// What a server saw of one connection.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    /// The name that the client asked for in TLS.
    name: Option<String>,
    /// The request, with its header section.
    request: String,
}

/// A server, and what it saw.
struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    async fn start(address: IpAddr, acceptor: TlsAcceptor, reply: Reply) -> Self {
        let listener = TcpListener::bind((address, 0)).await.expect("binds");
        let port = listener.local_addr().expect("bound").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sees = seen.clone();
        let task = tokio::spawn(async move {
            loop {
                let (connection, _) = listener.accept().await.expect("accepts");
                // A client that turns away in the middle is part of what is tested.
                let _ = serve(connection, &acceptor, &reply, &sees).await;
            }
        });
        Self { port, seen, task }
    }
}

async fn serve(
    mut connection: TcpStream,
    acceptor: &TlsAcceptor,
    reply: &Reply,
    seen: &Mutex<Vec<Seen>>,
) -> io::Result<()> {
    let mut buffer = [0; 4096];
    match reply {
        Reply::Closed => return Ok(()),
        Reply::Mute => return std::future::pending().await,
        Reply::Plain(octets) => {
            let _ = connection.read(&mut buffer).await?;
            connection.write_all(octets).await?;
            return connection.shutdown().await;
        }
        _ => {}
    }
    let mut tls = acceptor.accept(connection).await?;
    let name = tls.get_ref().1.server_name().map(str::to_owned);
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let octets = tls.read(&mut buffer).await?;
        if octets == 0 {
            return Ok(());
        }
        request.extend_from_slice(&buffer[..octets]);
    }
    let request = String::from_utf8_lossy(&request).into_owned();
    seen.lock()
        .expect("not poisoned")
        .push(Seen { name, request });
    match reply {
        Reply::Octets(octets) => {
            tls.write_all(octets).await?;
            tls.shutdown().await
        }
        Reply::Cut(octets) => {
            tls.write_all(octets).await?;
            tls.flush().await?;
            tls.get_mut().0.shutdown().await
        }
        Reply::Endless(first, then) => {
            tls.write_all(first).await?;
            loop {
                tls.write_all(then).await?;
            }
        }
        Reply::Silent(octets) => {
            tls.write_all(octets).await?;
            tls.flush().await?;
            std::future::pending().await
        }
        Reply::Plain(_) | Reply::Mute | Reply::Closed => Ok(()),
    }
}

fn zones(lines: &str) -> Zones {
    let apex: Name = "exemple.test".parse().expect("a name");
    let head = "@ 300 SOA ns hostmaster 1 2 3 4 5\n";
    let zone = Zone::parse(format!("{head}{lines}\n").as_bytes(), &apex);
    Zones::new(vec![zone.expect("reads")])
}

/// Loopback is opened: the whole of 127.0.0.0/8, and ::1.
fn loopback() -> AllowList {
    let prefix = |text: &str, bits| Prefix::new(text.parse().expect("an address"), bits);
    AllowList(vec![
        prefix("127.0.0.0", 8).expect("in range"),
        prefix("::1", 128).expect("in range"),
    ])
}

fn options(server: &Server, authority: &Authority) -> Options {
    Options {
        timeout: PATIENCE,
        port: server.port,
        allowed: loopback(),
        roots: authority.roots(),
    }
}

async fn start(identity: &Identity, reply: Reply) -> (Server, Authority) {
    let authority = Authority::new();
    let address = Ipv4Addr::LOCALHOST.into();
    let server = Server::start(address, identity.acceptor(&authority), reply).await;
    (server, authority)
}

const HERE: &str = "mta-sts 300 A 127.0.0.1";

/// What is fetched from a good server that gives this reply.
async fn fetched(reply: Reply) -> Result<Document, FetchError> {
    let (server, authority) = start(&GOOD, reply).await;
    HttpsFetch::new(zones(HERE), options(&server, &authority))
        .fetch(URL)
        .await
}

async fn check(case: &str, reply: Reply, expect: Result<(u16, Option<&str>, &str), FetchError>) {
    let expect = expect.map(|(status, content_type, body)| Document {
        status,
        content_type: content_type.map(str::to_owned),
        body: body.to_owned(),
    });
    let found = fetched(reply).await;
    // Bodies of 64 KiB make no readable message.
    assert!(found == expect, "{case}: {:.300}", format!("{found:?}"));
}

#[tokio::test]
async fn a_document_has_status_type_and_text() {
    let plain = Some("text/plain");
    check("as usual", text(ok(POLICY)), Ok((200, plain, POLICY))).await;
    check("empty", text(ok("")), Ok((200, plain, ""))).await;
    check(
        "no type, until the end",
        text("HTTP/1.0 200 OK\r\n\r\nfin"),
        Ok((200, None, "fin")),
    )
    .await;
    check(
        "chunks and a trailer",
        text(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\
             3\r\nabc\r\n2\r\nde\r\n0\r\nX: y\r\n\r\n",
        ),
        Ok((200, None, "abcde")),
    )
    .await;
    check(
        "interim answer",
        text(format!("HTTP/1.1 103 Early Hints\r\n\r\n{}", ok("x"))),
        Ok((200, plain, "x")),
    )
    .await;
    check(
        "no UTF-8",
        Reply::Octets(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/\xe9\r\nContent-Length: 3\r\n\r\na\xe9b"
                .to_vec(),
        ),
        Ok((200, Some("text/\u{fffd}"), "a\u{fffd}b")),
    )
    .await;
    check(
        "not there",
        text("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnon\n"),
        Ok((404, None, "non\n")),
    )
    .await;
    check(
        "nothing to say",
        text("HTTP/1.1 204 No Content\r\n\r\n"),
        Ok((204, None, "")),
    )
    .await;
}

#[tokio::test]
async fn a_request_says_what_is_wanted_and_who_asks() {
    let (server, authority) = start(&GOOD, text(ok(POLICY))).await;
    let fetch = HttpsFetch::new(zones(HERE), options(&server, &authority));
    let url = "https://MTA-STS.exemple.test:443/a?b=c#d";
    assert_eq!(fetch.fetch(url).await.map(|d| d.status), Ok(200));
    let request = format!(
        "GET /a?b=c HTTP/1.1\r\nhost: {HOST}\r\nuser-agent: garant/{}\r\n\
         accept: text/plain, */*;q=0.1\r\naccept-encoding: identity\r\nconnection: close\r\n\r\n",
        env!("CARGO_PKG_VERSION")
    );
    let seen = server.seen.lock().expect("not poisoned");
    let name = Some(HOST.to_owned());
    assert_eq!(*seen, [Seen { name, request }]);
}

#[tokio::test]
async fn a_redirect_is_delivered_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let reply = format!(
            "HTTP/1.1 {status} Elsewhere\r\nLocation: {URL}2\r\nSet-Cookie: a=b\r\n\
             Content-Length: 0\r\n\r\n"
        );
        let (server, authority) = start(&GOOD, text(reply)).await;
        let fetch = HttpsFetch::new(zones(HERE), options(&server, &authority));
        assert_eq!(fetch.fetch(URL).await.map(|d| d.status), Ok(status));
        assert_eq!(
            server.seen.lock().expect("not poisoned").len(),
            1,
            "{status}"
        );
        // Nor is anything kept for the next request.
        assert_eq!(fetch.fetch(URL).await.map(|d| d.status), Ok(status));
        let seen = server.seen.lock().expect("not poisoned");
        assert_eq!(seen.len(), 2, "{status}");
        assert_eq!(seen[0], seen[1], "{status}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_told_apart() {
    let refused = || Err(FetchError::Protocol);
    check("another protocol", text("220 mx ESMTP\r\n"), refused()).await;
    check("HTTP/0.9", text("<html></html>"), refused()).await;
    check("nothing", text(""), refused()).await;
    check("half a header", text("HTTP/1.1 200 OK\r\nA: b"), refused()).await;
    check("no number", text("HTTP/1.1 abc\r\n\r\n"), refused()).await;
    check(
        "two lengths",
        text("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        refused(),
    )
    .await;
    check(
        "shorter than it says",
        text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
        refused(),
    )
    .await;
    check(
        "perhaps cut short by somebody else",
        Reply::Cut(b"HTTP/1.1 200 OK\r\n\r\nabc".to_vec()),
        refused(),
    )
    .await;
    check(
        "a chunk without a length",
        text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"),
        refused(),
    )
    .await;
    check(
        "an upgrade that nobody asked for",
        text("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n"),
        refused(),
    )
    .await;
}

#[tokio::test]
async fn a_body_is_bounded() {
    let full = "a".repeat(DOCUMENT_OCTETS_MAX);
    let over = format!("{full}b");
    let plain = Some("text/plain");
    check("just full", text(ok(&full)), Ok((200, plain, &full))).await;
    let too_large = || Err(FetchError::TooLarge);
    check("one more", text(ok(&over)), too_large()).await;
    check(
        "one more, unannounced",
        text(format!("HTTP/1.1 200 OK\r\n\r\n{over}")),
        too_large(),
    )
    .await;
    check(
        "announced only",
        Reply::Silent(b"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551000\r\n\r\n".to_vec()),
        too_large(),
    )
    .await;
    check(
        "without end",
        Reply::Endless(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![b'a'; 4096]),
        too_large(),
    )
    .await;
    check(
        "chunks without end",
        Reply::Endless(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec(),
            b"1\r\na\r\n".repeat(1000),
        ),
        too_large(),
    )
    .await;
    let page = format!(
        "HTTP/1.1 404 Not Found\r\nContent-Length: {}\r\n\r\n{over}",
        over.len()
    );
    check(
        "a long error page is cut",
        text(page),
        Ok((404, None, &full)),
    )
    .await;
    check(
        "an endless error page is cut",
        Reply::Endless(b"HTTP/1.1 500 No\r\n\r\n".to_vec(), vec![b'a'; 4096]),
        Ok((500, None, &full)),
    )
    .await;
}

#[tokio::test]
async fn a_header_section_is_bounded() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    let of_octets = |octets: usize| {
        let rest = octets - head.len() - "X: \r\n\r\n".len();
        text(format!("{head}X: {}\r\n\r\n", "x".repeat(rest)))
    };
    let of_fields = |fields: usize| text(format!("{head}{}\r\n", "X: y\r\n".repeat(fields - 1)));
    let good = || Ok((200, None, ""));
    let refused = || Err(FetchError::Protocol);
    check("all octets", of_octets(HEADER_OCTETS_MAX), good()).await;
    check("an octet more", of_octets(HEADER_OCTETS_MAX + 1), refused()).await;
    check("all fields", of_fields(HEADER_FIELDS_MAX), good()).await;
    check("a field more", of_fields(HEADER_FIELDS_MAX + 1), refused()).await;
    let endless = |first: &str, then: &[u8]| Reply::Endless(first.into(), then.repeat(100));
    check(
        "one field",
        endless("HTTP/1.1 200 OK\r\nX: ", b"x"),
        refused(),
    )
    .await;
    check(
        "fields",
        endless("HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        refused(),
    )
    .await;
    check(
        "trailers",
        endless(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
            b"X: y\r\n",
        ),
        refused(),
    )
    .await;
}

#[tokio::test]
async fn a_certificate_must_be_good_for_the_host() {
    let tls = Err(FetchError::Tls);
    for (case, identity, expect) in [
        ("good", GOOD, Ok(200)),
        (
            "one level",
            Identity {
                name: "*.exemple.test",
                ..GOOD
            },
            Ok(200),
        ),
        (
            "TLS 1.2",
            Identity {
                versions: ONLY_1_2,
                ..GOOD
            },
            Ok(200),
        ),
        (
            "TLS 1.3",
            Identity {
                versions: ONLY_1_3,
                ..GOOD
            },
            Ok(200),
        ),
        (
            "the domain's",
            Identity {
                name: "exemple.test",
                ..GOOD
            },
            tls.clone(),
        ),
        (
            "another's",
            Identity {
                name: "mta-sts.autre.test",
                ..GOOD
            },
            tls.clone(),
        ),
        (
            "two levels",
            Identity {
                name: "*.test",
                ..GOOD
            },
            tls.clone(),
        ),
        (
            "the address's",
            Identity {
                name: "127.0.0.1",
                ..GOOD
            },
            tls.clone(),
        ),
        (
            "expired",
            Identity {
                valid: (2019, 2020),
                ..GOOD
            },
            tls.clone(),
        ),
        (
            "not yet",
            Identity {
                valid: (3999, 4000),
                ..GOOD
            },
            tls.clone(),
        ),
        // TLS 1.3 has it that the client believes itself connected when the server refuses.
        (
            "asks, 1.2",
            Identity {
                asks_for_certificate: true,
                versions: ONLY_1_2,
                ..GOOD
            },
            tls.clone(),
        ),
        (
            "asks, 1.3",
            Identity {
                asks_for_certificate: true,
                versions: ONLY_1_3,
                ..GOOD
            },
            tls.clone(),
        ),
    ] {
        let (server, authority) = start(&identity, text(ok(POLICY))).await;
        let fetch = HttpsFetch::new(zones(HERE), options(&server, &authority));
        assert_eq!(fetch.fetch(URL).await.map(|d| d.status), expect, "{case}");
        let requests = server.seen.lock().expect("not poisoned").len();
        assert_eq!(requests, usize::from(expect.is_ok()), "{case}");
    }
}

#[tokio::test]
async fn an_unknown_authority_is_refused() {
    let (server, authority) = start(&GOOD, text(ok(POLICY))).await;
    for roots in [Authority::new().roots(), Options::default().roots] {
        let options = Options {
            roots,
            ..options(&server, &authority)
        };
        let found = HttpsFetch::new(zones(HERE), options).fetch(URL).await;
        assert_eq!(found, Err(FetchError::Tls));
    }
}

#[tokio::test]
async fn a_server_without_tls_is_a_tls_failure() {
    let tls = || Err(FetchError::Tls);
    let page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".to_vec();
    check("HTTP", Reply::Plain(page), tls()).await;
    check("SMTP", Reply::Plain(b"220 mx ESMTP\r\n".to_vec()), tls()).await;
    check("nothing", Reply::Plain(Vec::new()), tls()).await;
    check("closed at once", Reply::Closed, tls()).await;
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up() {
    for (case, reply) in [
        ("no TLS", Reply::Mute),
        ("no answer", Reply::Silent(Vec::new())),
        (
            "half a header",
            Reply::Silent(b"HTTP/1.1 200 OK\r\n".to_vec()),
        ),
        (
            "half a body",
            Reply::Silent(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".to_vec()),
        ),
        (
            "interim answers only",
            Reply::Endless(Vec::new(), b"HTTP/1.1 102 Processing\r\n\r\n".to_vec()),
        ),
    ] {
        let (server, authority) = start(&GOOD, reply).await;
        let options = Options {
            timeout: IMPATIENCE,
            ..options(&server, &authority)
        };
        let found = HttpsFetch::new(zones(HERE), options).fetch(URL).await;
        assert_eq!(found, Err(FetchError::Timeout), "{case}");
    }
}

#[tokio::test]
async fn a_resolver_that_does_not_answer_is_given_up() {
    struct Asleep;
    impl Resolver for Asleep {
        fn resolve<'a>(&'a self, _question: &'a Question) -> AnswerFuture<'a> {
            Box::pin(std::future::pending())
        }
    }
    let options = Options {
        timeout: IMPATIENCE,
        ..Options::default()
    };
    let found = HttpsFetch::new(Asleep, options).fetch(URL).await;
    assert_eq!(found, Err(FetchError::Timeout));
}

#[tokio::test]
async fn only_permitted_addresses_are_connected_to() {
    let open = || Some(loopback());
    for (case, lines, allowed, expect) in [
        (
            "nothing is opened by itself",
            HERE,
            None,
            Err(FetchError::RefusedAddress),
        ),
        ("opened", HERE, open(), Ok(200)),
        (
            "the alias is followed, its end is checked",
            "mta-sts 300 CNAME hote\nhote 300 A 127.0.0.1",
            None,
            Err(FetchError::RefusedAddress),
        ),
        (
            "by an alias",
            "mta-sts 300 CNAME hote\nhote 300 A 127.0.0.1",
            open(),
            Ok(200),
        ),
        (
            "an IPv6 address that carries an open IPv4 address",
            "mta-sts 300 AAAA ::ffff:127.0.0.1",
            open(),
            Err(FetchError::RefusedAddress),
        ),
        (
            "every kind of private address",
            "mta-sts 300 A 10.0.0.1\nmta-sts 300 A 169.254.169.254\nmta-sts 300 A 0.0.0.0\n\
             mta-sts 300 AAAA fe80::1\nmta-sts 300 AAAA fd00::1\nmta-sts 300 AAAA ::",
            open(),
            Err(FetchError::RefusedAddress),
        ),
        (
            "a refused one does not hide an open one",
            "mta-sts 300 AAAA fd00::1\nmta-sts 300 A 10.0.0.1\nmta-sts 300 A 127.0.0.1",
            open(),
            Ok(200),
        ),
        (
            "a dead one does not hide a live one",
            "mta-sts 300 AAAA ::1\nmta-sts 300 A 127.0.0.1",
            open(),
            Ok(200),
        ),
        (
            "dead ones only",
            "mta-sts 300 AAAA ::1",
            open(),
            Err(FetchError::Connect),
        ),
    ] {
        let (server, authority) = start(&GOOD, text(ok(POLICY))).await;
        let options = Options {
            allowed: allowed.unwrap_or_default(),
            ..options(&server, &authority)
        };
        let found = HttpsFetch::new(zones(lines), options).fetch(URL).await;
        assert_eq!(found.map(|d| d.status), expect, "{case}");
    }
}

#[tokio::test]
async fn a_refused_address_sees_no_connection() {
    let listener = StdListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("binds");
    listener.set_nonblocking(true).expect("a socket");
    let address = listener.local_addr().expect("bound");
    let options = |allowed| Options {
        timeout: IMPATIENCE,
        port: address.port(),
        allowed,
        ..Options::default()
    };
    let fetch = HttpsFetch::new(zones(HERE), options(AllowList::default()));
    assert_eq!(fetch.fetch(URL).await, Err(FetchError::RefusedAddress));
    let accepted = |listener: &StdListener| listener.accept().map_err(|error| error.kind());
    assert_eq!(accepted(&listener).err(), Some(io::ErrorKind::WouldBlock));
    // The same listener does see a connection once its address is opened.
    let fetch = HttpsFetch::new(zones(HERE), options(loopback()));
    assert_eq!(fetch.fetch(URL).await, Err(FetchError::Timeout));
    assert!(accepted(&listener).is_ok());
}

/// Addresses of its own, where no other test listens.
#[tokio::test]
async fn a_few_addresses_are_tried_and_no_more() {
    let live = u8::try_from(ADDRESSES_TRIED_MAX).expect("few");
    for (last, expect) in [(live, Ok(200)), (live + 1, Err(FetchError::Connect))] {
        let authority = Authority::new();
        let address = Ipv4Addr::new(127, 7, 0, last).into();
        let server = Server::start(address, GOOD.acceptor(&authority), text(ok(POLICY))).await;
        let lines: String = (1..=last)
            .map(|host| format!("mta-sts 300 A 127.7.0.{host}\n"))
            .collect();
        let fetch = HttpsFetch::new(zones(&lines), options(&server, &authority));
        assert_eq!(fetch.fetch(URL).await.map(|d| d.status), expect, "{last}");
    }
}

/// Linux drops what does not fit into a listener's queue, which is how a silent firewall looks.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn an_address_that_swallows_everything_does_not_hide_the_next() {
    let authority = Authority::new();
    let second = IpAddr::from(Ipv4Addr::new(127, 8, 0, 2));
    let server = Server::start(second, GOOD.acceptor(&authority), text(ok(POLICY))).await;
    let full = SocketAddr::from(([127, 8, 0, 1], server.port));
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind(full).expect("binds");
    let _listener = socket.listen(0).expect("listens");
    let _waiting = TcpStream::connect(full).await.expect("the queue takes one");

    let options = Options {
        timeout: Duration::from_secs(3),
        ..options(&server, &authority)
    };
    for (lines, expect) in [
        ("mta-sts 300 A 127.8.0.1\nmta-sts 300 A 127.8.0.2", Ok(200)),
        ("mta-sts 300 A 127.8.0.1", Err(FetchError::Connect)),
    ] {
        let fetch = HttpsFetch::new(zones(lines), options.clone());
        assert_eq!(fetch.fetch(URL).await.map(|d| d.status), expect, "{lines}");
    }
}

#[tokio::test]
async fn a_host_without_an_address_has_the_status_of_its_look_up() {
    let status = |status| Err(FetchError::NoAddress(status));
    let from_zone = |lines: &str| HttpsFetch::new(zones(lines), Options::default());
    assert_eq!(from_zone("").fetch(URL).await, status(Status::NxDomain));
    let only_text = from_zone("mta-sts 300 TXT a");
    assert_eq!(only_text.fetch(URL).await, status(Status::NoData));
    let elsewhere = from_zone("").fetch("https://mta-sts.autre.test/").await;
    assert_eq!(elsewhere, status(Status::Offline));

    /// Answers A and AAAA with a bare status.
    struct Bare(Status, Status);
    impl Resolver for Bare {
        fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
            let status = match question.rtype {
                RecordType::A => self.0,
                _ => self.1,
            };
            Box::pin(async move { Arc::new(Answer::bare(status, Source::Nobody)) })
        }
    }
    for (a, aaaa, expect) in [
        (Status::ServFail, Status::ServFail, Status::ServFail),
        (Status::NoData, Status::ServFail, Status::ServFail),
        (Status::Timeout, Status::NoData, Status::Timeout),
        (Status::OverBudget, Status::OverBudget, Status::OverBudget),
    ] {
        let fetch = HttpsFetch::new(Bare(a, aaaa), Options::default());
        assert_eq!(fetch.fetch(URL).await, status(expect), "{a:?}, {aaaa:?}");
    }
}

#[tokio::test]
async fn a_url_of_another_kind_asks_and_connects_to_nobody() {
    struct Nobody;
    impl Resolver for Nobody {
        fn resolve<'a>(&'a self, question: &'a Question) -> AnswerFuture<'a> {
            panic!("asked {question:?}")
        }
    }
    let fetch = HttpsFetch::new(Nobody, Options::default());
    for url in [
        "",
        "mta-sts.txt",
        "http://mta-sts.exemple.test/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://mta-sts.exemple.test:8443/",
        "https://moi:secret@mta-sts.exemple.test/",
    ] {
        assert_eq!(fetch.fetch(url).await, Err(FetchError::BadUrl), "{url}");
    }
}
