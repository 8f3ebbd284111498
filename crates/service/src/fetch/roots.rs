//! Whose certificates are believed.

use std::sync::Arc;

use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

/// Certificate authorities.
#[derive(Clone, Debug)]
pub struct Roots(Option<Arc<RootCertStore>>);

/// Why a text holds no certificate authorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootsError {
    /// No certificate is in it.
    #[error("there is no certificate")]
    Empty,
    /// It is no well-formed PEM (RFC 7468).
    #[error("it is no well-formed PEM")]
    BadPem,
    /// A certificate cannot be read.
    #[error("certificate {number} cannot be read")]
    BadCertificate {
        /// Which one, counted from 1.
        number: usize,
    },
}

impl Roots {
    /// The authorities that Mozilla trusts for web servers, as this program was built with them.
    pub fn mozilla() -> Self {
        Self(None)
    }

    /// Only the certificates in a PEM text (RFC 7468): private authorities, tests. What stands between
    /// them, other kinds of objects included, is passed over.
    ///
    /// # Errors
    /// A text that holds none, is broken, or holds one that cannot be read.
    pub fn from_pem(text: &[u8]) -> Result<Self, RootsError> {
        let mut store = RootCertStore::empty();
        for (before, certificate) in CertificateDer::pem_slice_iter(text).enumerate() {
            let certificate = certificate.map_err(|_| RootsError::BadPem)?;
            store
                .add(certificate)
                .map_err(|_| RootsError::BadCertificate { number: before + 1 })?;
        }
        if store.is_empty() {
            return Err(RootsError::Empty);
        }
        Ok(Self(Some(Arc::new(store))))
    }

    pub(super) fn store(&self) -> Arc<RootCertStore> {
        self.0.clone().unwrap_or_else(|| {
            let anchors = webpki_roots::TLS_SERVER_ROOTS.iter().cloned();
            Arc::new(anchors.collect())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mozilla_trusts_somebody() {
        assert!(Roots::mozilla().store().len() > 50);
    }

    #[test]
    fn roots_that_cannot_be_read_are_refused() {
        for (text, expect) in [
            ("", RootsError::Empty),
            ("no PEM at all", RootsError::Empty),
            (
                "-----BEGIN CERTIFICATE-----\n???\n-----END CERTIFICATE-----\n",
                RootsError::BadPem,
            ),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n", RootsError::BadPem),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                RootsError::BadCertificate { number: 1 },
            ),
        ] {
            assert_eq!(
                Roots::from_pem(text.as_bytes()).err(),
                Some(expect),
                "{text}"
            );
        }
    }
}
