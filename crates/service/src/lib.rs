//! What is done with facts and findings.

pub mod fetch;
