//! Questions and answers on the wire (RFC 1035, section 4).
