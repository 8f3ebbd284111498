//! What every request has at hand.

use std::sync::Arc;

use garant_service::ambient::Ambient;
use garant_service::checks::Checks;
use garant_service::question::Typed;
use garant_store::Store;

/// One site: the acts that its pages need, and its settings.
pub struct Site {
    /// Running checks and those that were made.
    pub checks: Checks,
    /// Opinions and cases.
    pub store: Arc<dyn Store>,
    /// Time and randomness.
    pub ambient: Ambient,
    /// What its owner chose.
    pub settings: Settings,
}

/// What the owner of a site chose.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address that links begin with, without a final slash: `https://garant.example`. Without one, links
    /// begin with what the request was sent to.
    pub public_url: Option<String>,
    /// Cases to show on the front page.
    pub samples: Vec<Sample>,
}

/// A question for the front page, with a word about its answer.
#[derive(Clone, Debug)]
pub struct Sample {
    /// What is asked: the front page posts the fields that are not empty.
    pub typed: Typed,
    /// The shape of its answer: `right`, `risk`, `block`, `wait`, `unknown` or `advice`.
    pub state: &'static str,
    /// The key of its title; the sentence beneath is the attribute `.about`.
    pub title: &'static str,
}
