//! Keys and arguments in, words out.
