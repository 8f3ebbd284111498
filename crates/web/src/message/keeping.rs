//! What a page says of whether it is kept.

use garant_service::checks::{KeptResult, NotKept, RESULT_KEPT_S, RESULT_OCTETS_MAX};
use garant_text::{Args, Language};

use crate::say::{Say, rfc3339};

/// Seconds of a day.
const DAY_S: i64 = 24 * 3600;

/// For how many days a result is kept, for words.
pub(super) fn days() -> Args {
    let days = u64::try_from(RESULT_KEPT_S / DAY_S).unwrap_or_default();
    Args::new().with("days", days)
}

/// Whether the result of a page is kept.
pub(super) enum Keeping {
    /// Nobody asked for it.
    NotAsked,
    /// It was asked for and could not be done, as this sentence says.
    Failed(String),
    /// It is, behind this link.
    Kept(Kept),
}

/// What stands on the page of a result that is kept.
pub(super) struct Kept {
    /// Its path without the language.
    pub(super) path: String,
    /// The same for others: with the site's address, where that is known.
    pub(super) link: String,
    /// When it was found, and until when it is kept.
    pub(super) until: String,
    /// What is kept.
    pub(super) about: String,
}

impl Keeping {
    /// It could not be kept.
    pub(super) fn failed(why: &NotKept, language: Language) -> Self {
        let word = match why {
            NotKept::TooLong => "long",
            NotKept::Full => "full",
            NotKept::NoRandomness | NotKept::Store(_) => "broken",
        };
        let args = Args::new()
            .with("why", word)
            .with("limit", RESULT_OCTETS_MAX / 1024);
        Self::Failed(Say::new(language).text("message-keep-failed", &args))
    }

    /// It is kept; `origin` is what links to this site begin with.
    pub(super) fn kept(result: &KeptResult, language: Language, origin: &str) -> Self {
        let say = Say::new(language);
        let path = format!("/m/{}", result.id);
        let end = rfc3339(result.kept_until);
        let args = Args::new()
            .with("found", say.moment(&rfc3339(result.kept_at)))
            .with("until", say.moment(&end))
            .with("day", say.day(&end));
        Self::Kept(Kept {
            link: format!("{origin}{}", say.link(&path)),
            path,
            until: say.text("message-kept-until", &args),
            about: say.text("message-kept-about", &args),
        })
    }

    /// The path of the page without the language; `form` is that of the form that its answer comes from.
    pub(super) fn path(&self, form: &str) -> String {
        match self {
            Self::Kept(kept) => kept.path.clone(),
            Self::NotAsked | Self::Failed(_) => form.to_owned(),
        }
    }
}
