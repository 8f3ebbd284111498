//! Words for the parts of a page.

use garant_text::{Args, Catalogue, Language};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Whoever finds the words of one page.
#[derive(Clone, Copy)]
pub(crate) struct Say(&'static Catalogue);

impl Say {
    pub(crate) fn new(language: Language) -> Self {
        Self(Catalogue::of(language))
    }

    pub(crate) fn language(self) -> Language {
        self.0.language()
    }

    /// A text without arguments.
    pub(crate) fn word(self, key: &str) -> String {
        self.0.text(key, &Args::new())
    }

    /// A text with its arguments.
    pub(crate) fn text(self, key: &str, args: &Args) -> String {
        self.0.text(key, args)
    }

    /// A text with one argument.
    pub(crate) fn with(self, key: &str, name: &'static str, value: &str) -> String {
        self.0.text(key, &Args::new().with(name, value))
    }

    /// A label and what it is about, as the language writes them.
    pub(crate) fn pair(self, label: &str, text: &str) -> String {
        let args = Args::new().with("label", label).with("text", text);
        self.text("label-line", &args)
    }

    /// How long, in the largest unit that says it.
    pub(crate) fn duration(self, seconds: u32) -> String {
        let (key, count) = match seconds {
            0..60 => ("duration-seconds", seconds),
            60..3600 => ("duration-minutes", seconds / 60),
            3600..86400 => ("duration-hours", seconds / 3600),
            _ => ("duration-days", seconds / 86400),
        };
        self.text(key, &Args::new().with("count", count))
    }

    /// A moment as people write it, in UTC.
    pub(crate) fn moment(self, rfc3339: &str) -> String {
        let year = rfc3339.split('-').next().unwrap_or_default();
        let args = Args::new().with("time", rfc3339).with("year", year);
        self.text("result-moment", &args)
    }

    /// A date as people write it, in UTC.
    pub(crate) fn day(self, rfc3339: &str) -> String {
        let year = rfc3339.split('-').next().unwrap_or_default();
        let args = Args::new().with("time", rfc3339).with("year", year);
        self.text("result-day", &args)
    }

    /// A path of this site in the page's language.
    pub(crate) fn link(self, path: &str) -> String {
        format!("/{}{path}", self.language().tag())
    }
}

/// Seconds since 1970 as RFC 3339 in UTC; a time outside the calendar is its last second.
pub(crate) fn rfc3339(seconds: i64) -> String {
    let time = Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX);
    time.to_zoned(TimeZone::UTC).timestamp().to_string()
}
