//! Rows.

/// A check that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckRow {
    /// Its name, which nobody can guess.
    pub id: String,
    /// The domain that was asked about.
    pub domain: String,
    /// When: seconds since 1970 in UTC.
    pub asked_at: i64,
    /// Milliseconds from the first question to the last answer.
    pub elapsed_ms: u64,
    /// Until when it is kept: seconds since 1970 in UTC.
    pub kept_until: i64,
    /// Everything that was answered, as text. The store compresses it.
    pub answers: String,
}

/// A result about one message, or about bounces, that whoever asked wished to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// Its name, which nobody can guess.
    pub id: String,
    /// When it was found: seconds since 1970 in UTC.
    pub kept_at: i64,
    /// Until when it is kept: seconds since 1970 in UTC.
    pub kept_until: i64,
    /// What its page says, as text. The store compresses it.
    pub told: String,
}

/// What readers think of one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opinions {
    /// How many found it useful.
    pub useful: u64,
    /// How many did not.
    pub not_useful: u64,
}

/// A request for help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Its name, which nobody can guess.
    pub id: String,
    /// When: seconds since 1970 in UTC.
    pub opened_at: i64,
    /// The language of the person: `fr` or `en`.
    pub language: String,
    /// Where to answer.
    pub contact: String,
    /// What the person wrote.
    pub message: String,
    /// The check that it is about, where there is one.
    pub check_id: Option<String>,
    /// The domain of that check.
    pub domain: Option<String>,
    /// The answers of that check, a copy: the case outlives it.
    pub answers: Option<String>,
}
