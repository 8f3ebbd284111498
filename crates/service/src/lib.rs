//! What is done with facts and findings.
