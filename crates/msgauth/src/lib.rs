//! The mail authentication RFCs as types and pure functions.
