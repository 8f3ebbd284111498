//! Asking real name servers.
