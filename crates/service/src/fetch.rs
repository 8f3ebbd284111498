//! Documents over HTTPS: [`HttpsFetch`] is the [`Fetch`] of a run that has a network.
//!
//! A URL leads where other people's records say, so nothing is left to a general client: the host is
//! looked up by our own resolver, every address is checked *after* resolution, the connection goes to
//! the very address that was checked, the certificate must be good for the host of the URL, and no
//! redirect is followed (RFC 8461, section 3.3). One connection carries one request. What the server
//! sends is bounded in octets and in time.

mod roots;
mod target;

use std::error::Error;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use garant_check::{DOCUMENT_OCTETS_MAX, Document, Fetch, FetchError, FetchFuture};
use garant_dns::address::AllowList;
use garant_dns::{Name, Question, RecordType, Resolver, Status};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Body, Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{self, ClientConfig};

pub use roots::{Roots, RootsError};
use target::Target;
pub use target::URL_OCTETS_MAX;

/// How long one document may take, from the first look-up to the last octet. RFC 8461, section 3.3
/// suggests a minute; a person waits for this answer, and a server that needs longer is worth telling.
pub const TIMEOUT: Duration = Duration::from_secs(10);
/// Addresses that are tried at most: a host can have hundreds, and each costs its share of the time.
pub const ADDRESSES_TRIED_MAX: usize = 4;
/// Octets of status line and header section at most; web servers themselves stop at 8 or 16 KiB.
pub const HEADER_OCTETS_MAX: usize = 16 * 1024;
/// Fields of a header section at most; real answers have twenty.
pub const HEADER_FIELDS_MAX: usize = 100;

/// The port of `https` (RFC 9110, section 4.2.2).
const HTTPS_PORT: u16 = 443;
/// What this program calls itself (RFC 9110, section 10.1.5).
const AGENT: &str = concat!("garant/", env!("CARGO_PKG_VERSION"));

/// How documents are fetched.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long one document may take, look-ups included. The default is [`TIMEOUT`].
    pub timeout: Duration,
    /// The port that is connected to where a URL means 443; for tests. The default is 443.
    pub port: u16,
    /// Address ranges that are connected to although they are not public. The default is none.
    pub allowed: AllowList,
    /// The certificate authorities that are believed. The default is [`Roots::mozilla`].
    pub roots: Roots,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: TIMEOUT,
            port: HTTPS_PORT,
            allowed: AllowList::default(),
            roots: Roots::mozilla(),
        }
    }
}

/// Fetches documents over HTTPS, from addresses that `R` finds.
///
/// Needs a Tokio runtime with its I/O and time drivers. Dropping the future of a document closes its
/// connection.
pub struct HttpsFetch<R> {
    resolver: R,
    options: Options,
    /// Built when the first connection needs it: reading the roots is work that most runs never need.
    tls: OnceLock<TlsConnector>,
}

impl<R: Resolver> HttpsFetch<R> {
    /// Fetches nothing yet, and costs nothing yet.
    pub fn new(resolver: R, options: Options) -> Self {
        Self {
            resolver,
            options,
            tls: OnceLock::new(),
        }
    }

    async fn document(&self, url: &str) -> Result<Document, FetchError> {
        let target = Target::parse(url).ok_or(FetchError::BadUrl)?;
        let addresses = self.addresses(&target.host).await?;
        let connection = self.connect(&addresses).await?;
        let connection = self.secure(&target.host, connection).await?;
        exchange(connection, &target).await
    }

    /// The addresses of `host` that may be connected to, in the order in which they are tried.
    async fn addresses(&self, host: &Name) -> Result<Vec<IpAddr>, FetchError> {
        let v6 = Question::new(host.clone(), RecordType::Aaaa);
        let v4 = Question::new(host.clone(), RecordType::A);
        let (v6, v4) = tokio::join!(self.resolver.resolve(&v6), self.resolver.resolve(&v4));
        let learned = interleaved(v6.addresses(), v4.addresses());
        if learned.is_empty() {
            return Err(FetchError::NoAddress(why_none(v6.status, v4.status)));
        }
        let mut permitted = learned;
        permitted.retain(|address| self.options.allowed.permits(*address));
        permitted.truncate(ADDRESSES_TRIED_MAX);
        if permitted.is_empty() {
            return Err(FetchError::RefusedAddress);
        }
        Ok(permitted)
    }

    /// A connection to the first address that accepts one. Each gets an equal share of the time, and one
    /// share is left for what follows: an address that swallows everything must not hide the next one.
    async fn connect(&self, addresses: &[IpAddr]) -> Result<TcpStream, FetchError> {
        let shares = u32::try_from(addresses.len() + 1).expect("few addresses are tried");
        for address in addresses {
            let attempt = TcpStream::connect((*address, self.options.port));
            if let Ok(Ok(connection)) = timeout(self.options.timeout / shares, attempt).await {
                return Ok(connection);
            }
        }
        Err(FetchError::Connect)
    }

    /// TLS over a connection, with the name of the host asked for and proven.
    async fn secure(
        &self,
        host: &Name,
        connection: TcpStream,
    ) -> Result<TlsStream<TcpStream>, FetchError> {
        let name =
            ServerName::try_from(host.as_str().to_owned()).map_err(|_| FetchError::BadUrl)?;
        let tls = self.tls.get_or_init(|| connector(&self.options.roots));
        tls.connect(name, connection)
            .await
            .map_err(|_| FetchError::Tls)
    }
}

impl<R: Resolver> Fetch for HttpsFetch<R> {
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a> {
        Box::pin(async move {
            timeout(self.options.timeout, self.document(url))
                .await
                .unwrap_or(Err(FetchError::Timeout))
        })
    }
}

/// IPv6 and IPv4 in turn, IPv6 first (RFC 8305, section 4), so that a family that does not work here
/// costs one attempt before the other has its turn.
fn interleaved(v6: impl Iterator<Item = IpAddr>, v4: impl Iterator<Item = IpAddr>) -> Vec<IpAddr> {
    let (mut v6, mut v4) = (v6.fuse(), v4.fuse());
    let mut all = Vec::new();
    loop {
        let before = all.len();
        all.extend(v6.next());
        all.extend(v4.next());
        if all.len() == before {
            return all;
        }
    }
}

/// The status of a host without any address: "could not tell" for one family outweighs "no" for the
/// other, because the host may well have an address there.
fn why_none(v6: Status, v4: Status) -> Status {
    match (v6.is_definite(), v4.is_definite()) {
        (false, true) => v6,
        _ => v4,
    }
}

fn connector(roots: &Roots) -> TlsConnector {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13, &TLS12])
        .expect("aws-lc-rs has cipher suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots.store())
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A resumed session proves no certificate, and today's certificate is what a check is about.
    config.resumption = Resumption::disabled();
    TlsConnector::from(Arc::new(config))
}

/// One request and its answer.
async fn exchange(
    connection: TlsStream<TcpStream>,
    target: &Target,
) -> Result<Document, FetchError> {
    let request = Request::get(target.path.as_str())
        .header(HOST, target.host.as_str())
        .header(USER_AGENT, AGENT)
        .header(ACCEPT, "text/plain, */*;q=0.1")
        // Without this field any coding is welcome (RFC 9110, section 12.5.3), and none is undone here.
        .header(ACCEPT_ENCODING, "identity")
        .header(CONNECTION, "close")
        .body(Empty::<Bytes>::new())
        .map_err(|_| FetchError::BadUrl)?;
    let (mut sender, connection) = http1::Builder::new()
        .max_header_size(HEADER_OCTETS_MAX)
        .max_headers(HEADER_FIELDS_MAX)
        .handshake(TokioIo::new(connection))
        .await
        .map_err(|error| reason(&error))?;
    let mut answer = pin!(async {
        let response = sender.send_request(request).await;
        document(response.map_err(|error| reason(&error))?).await
    });
    tokio::select! {
        document = &mut answer => document,
        // The connection may end while its last octets still wait to be read. How it ended is told
        // to whoever waits for the answer.
        _ = connection => answer.await,
    }
}

async fn document(response: Response<Incoming>) -> Result<Document, FetchError> {
    let status = response.status();
    if status.is_informational() {
        // Only 101 comes here, and nobody asked for another protocol (RFC 9110, section 15.2.2).
        return Err(FetchError::Protocol);
    }
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let mut body = response.into_body();
    let mut octets = Vec::new();
    // Of an error page or a redirect the status says what matters, however long the page is.
    let cut = !status.is_success();
    if !cut && body.size_hint().lower() > DOCUMENT_OCTETS_MAX as u64 {
        return Err(FetchError::TooLarge);
    }
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|error| reason(&error))?.into_data() else {
            continue; // Trailer fields.
        };
        let room = DOCUMENT_OCTETS_MAX - octets.len();
        if data.len() > room && !cut {
            return Err(FetchError::TooLarge);
        }
        octets.extend_from_slice(&data[..data.len().min(room)]);
        if data.len() > room {
            break;
        }
    }
    Ok(Document {
        status: status.as_u16(),
        content_type,
        body: String::from_utf8_lossy(&octets).into_owned(),
    })
}

/// Whether it was TLS or HTTP that failed: in TLS 1.3 (RFC 8446) a server may refuse after the client's
/// handshake is complete, so that the refusal arrives in place of an answer.
fn reason(error: &hyper::Error) -> FetchError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>()
            && io
                .get_ref()
                .is_some_and(|inner| inner.is::<rustls::Error>())
        {
            return FetchError::Tls;
        }
        cause = error.source();
    }
    FetchError::Protocol
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_tried_in_turn_and_ipv6_first() {
        let parsed = |list: &str| -> Vec<IpAddr> {
            list.split_whitespace()
                .map(|text| text.parse().expect("an address"))
                .collect()
        };
        for (v6, v4, expect) in [
            ("", "", ""),
            ("::1 ::2", "", "::1 ::2"),
            ("", "1.1.1.1 2.2.2.2", "1.1.1.1 2.2.2.2"),
            ("::1 ::2 ::3", "1.1.1.1", "::1 1.1.1.1 ::2 ::3"),
            ("::1", "1.1.1.1 2.2.2.2", "::1 1.1.1.1 2.2.2.2"),
        ] {
            let found = interleaved(parsed(v6).into_iter(), parsed(v4).into_iter());
            assert_eq!(found, parsed(expect), "{v6} + {v4}");
        }
    }

    #[test]
    fn not_knowing_outweighs_no() {
        for (v6, v4, expect) in [
            (Status::NxDomain, Status::NxDomain, Status::NxDomain),
            (Status::NoData, Status::NoData, Status::NoData),
            (Status::ServFail, Status::NoData, Status::ServFail),
            (Status::NoData, Status::Timeout, Status::Timeout),
            (Status::ServFail, Status::Timeout, Status::Timeout),
        ] {
            assert_eq!(why_none(v6, v4), expect, "{v6:?} and {v4:?}");
        }
    }

    #[tokio::test]
    async fn nothing_is_built_for_tls_before_a_connection_stands() {
        let fetch = HttpsFetch::new(garant_dns::Zones::default(), Options::default());
        for url in ["http://exemple.test/", "https://exemple.test/"] {
            assert!(fetch.fetch(url).await.is_err(), "{url}");
        }
        assert!(fetch.tls.get().is_none());
    }
}
