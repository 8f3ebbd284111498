//! Documents over HTTPS, as far as a check needs them: the MTA-STS policy (RFC 8461, section 3.3).

use std::future::Future;
use std::pin::Pin;

use garant_dns::Status;
use serde::{Deserialize, Serialize};

/// Octets of a document that are read at most (RFC 8461, section 3.3 suggests 64 kilobytes).
pub const DOCUMENT_OCTETS_MAX: usize = 64 * 1024;

/// What an HTTPS server delivered. A redirect is a document with a status of 300 to 399: never followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// HTTP status code.
    pub status: u16,
    /// The Content-Type field, as sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The body as text; octets that are no UTF-8 are replaced. At most [`DOCUMENT_OCTETS_MAX`].
    pub body: String,
}

/// Why there is no document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FetchError {
    /// The URL is none that this program fetches: `https`, a host name, the default port.
    BadUrl,
    /// The host's address could not be had; the status is that of the look-up.
    NoAddress(Status),
    /// Every address of the host is private or reserved, and none is allowed.
    RefusedAddress,
    /// No connection to any of the addresses.
    Connect,
    /// The certificate or the TLS handshake was refused.
    Tls,
    /// What the server sent was no HTTP.
    Protocol,
    /// The body is longer than [`DOCUMENT_OCTETS_MAX`].
    TooLarge,
    /// It took too long.
    Timeout,
    /// The document was not asked for: this run works offline, or from a capture that lacks it.
    NotAsked,
}

/// The future of a document.
pub type FetchFuture<'a> = Pin<Box<dyn Future<Output = Result<Document, FetchError>> + Send + 'a>>;

/// Whoever fetches documents.
pub trait Fetch: Send + Sync {
    /// Fetches `url`, which is absolute and `https`.
    fn fetch<'a>(&'a self, url: &'a str) -> FetchFuture<'a>;
}

/// Fetches nothing: for offline runs.
#[derive(Clone, Copy, Debug)]
pub struct NoFetch;

impl Fetch for NoFetch {
    fn fetch<'a>(&'a self, _url: &'a str) -> FetchFuture<'a> {
        Box::pin(std::future::ready(Err(FetchError::NotAsked)))
    }
}
