//! The certificate of a site.

use std::sync::Arc;

use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// A certificate and its key, ready for handshakes.
#[derive(Clone)]
pub struct Tls(Arc<ServerConfig>);

/// Why a certificate and a key are of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsError {
    /// The first text has no certificate in PEM.
    #[error("no certificate")]
    NoCertificate,
    /// The second text has no private key in PEM.
    #[error("no private key")]
    NoKey,
    /// The key is not that of the first certificate, or neither can be used.
    #[error("certificate and key do not belong together")]
    Mismatch,
}

impl Tls {
    /// From texts in PEM (RFC 7468): the certificate with its chain, the site's own first, and the private key.
    ///
    /// # Errors
    /// [`TlsError`].
    pub fn from_pem(certificates: &[u8], key: &[u8]) -> Result<Self, TlsError> {
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificates)
            .collect::<Result<_, _>>()
            .map_err(|_| TlsError::NoCertificate)?;
        if chain.is_empty() {
            return Err(TlsError::NoCertificate);
        }
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| TlsError::NoKey)?;
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .expect("the provider has suites for both versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|_| TlsError::Mismatch)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }

    pub(super) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_pair_are_refused() {
        let pair = || rcgen::generate_simple_self_signed(["garant.test".to_owned()]).unwrap();
        let (one, two) = (pair(), pair());
        let (certificate, key) = (one.cert.pem(), one.signing_key.serialize_pem());
        let other = two.signing_key.serialize_pem();
        for (certificate, key, expect) in [
            (certificate.as_str(), key.as_str(), None),
            ("", key.as_str(), Some(TlsError::NoCertificate)),
            (key.as_str(), key.as_str(), Some(TlsError::NoCertificate)),
            (certificate.as_str(), "", Some(TlsError::NoKey)),
            (
                certificate.as_str(),
                certificate.as_str(),
                Some(TlsError::NoKey),
            ),
            (
                certificate.as_str(),
                other.as_str(),
                Some(TlsError::Mismatch),
            ),
        ] {
            let found = Tls::from_pem(certificate.as_bytes(), key.as_bytes());
            assert_eq!(found.err(), expect);
        }
    }
}
