//! What is around every page: language, title, navigation, and the page for what is nowhere.

use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use garant_text::{Args, Catalogue, Language};

use crate::assets;

/// The language of a page, the first part of its path: `/fr/…` or `/en/…`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lang(pub(crate) Language);

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        of_path(parts.uri.path())
            .map(Self)
            .ok_or_else(|| nowhere_page(&parts.uri, &parts.headers))
    }
}

fn of_path(path: &str) -> Option<Language> {
    match path.split('/').nth(1) {
        Some("fr") => Some(Language::French),
        Some("en") => Some(Language::English),
        _ => None,
    }
}

/// The language that a browser wishes for: of those that there are words for, the one it gives most weight
/// (RFC 9110, section 12.5.4); English without a wish.
pub(crate) fn wished(headers: &HeaderMap) -> Language {
    let accepted = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut best = (Language::English, 0.0);
    for range in accepted.split(',').take(20) {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
        if let Some(language) = Language::parse(tag)
            && weight > best.1
        {
            best = (language, weight);
        }
    }
    best.0
}

/// Which part of the site a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Check,
    Message,
    Bounce,
    Help,
    Api,
    Other,
}

/// What a template needs for the frame of its page: `base.html` reads the member `frame` of every template.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) language: Language,
    /// The title without the site's name.
    pub(crate) title: String,
    /// The page's path and query after the language, with its slash: `/help?q=dkim`.
    pub(crate) path: String,
    pub(crate) part: Part,
    /// Whether search engines shall leave it out; so for everything that is about one domain.
    pub(crate) is_private: bool,
    /// After how many seconds a page that waits asks again, where scripts do not do it.
    pub(crate) again_s: Option<u8>,
}

impl Frame {
    pub(crate) fn new(language: Language, part: Part, title: String, path: &str) -> Self {
        Self {
            language,
            title,
            path: path.to_owned(),
            part,
            is_private: false,
            again_s: None,
        }
    }

    /// A text without arguments.
    pub(crate) fn say(&self, key: &str) -> String {
        Catalogue::of(self.language).text(key, &Args::new())
    }

    /// What a key says besides: its attribute `.about`.
    pub(crate) fn about(&self, key: &str) -> String {
        Catalogue::of(self.language).attribute(key, "about", &Args::new())
    }

    /// A part of a text: one of its attributes, without arguments.
    pub(crate) fn say_part(&self, key: &str, part: &str) -> String {
        Catalogue::of(self.language).attribute(key, part, &Args::new())
    }

    /// A text with one argument.
    pub(crate) fn say_with(&self, key: &str, name: &'static str, value: &str) -> String {
        Catalogue::of(self.language).text(key, &Args::new().with(name, value))
    }

    /// The path of a page in this page's language.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("/{}{path}", self.language.tag())
    }

    pub(crate) fn is_french(&self) -> bool {
        self.language == Language::French
    }

    /// This page in a language: `fr` or `en`.
    pub(crate) fn here_in(&self, tag: &str) -> String {
        format!("/{tag}{}", self.path)
    }

    pub(crate) fn style(&self) -> &'static str {
        assets::style_path()
    }

    pub(crate) fn icon(&self) -> &'static str {
        assets::icon_path()
    }

    pub(crate) fn script(&self) -> &'static str {
        assets::script_path()
    }
}

/// A page that was rendered, or the page that says that something went wrong.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page was not rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

#[derive(Template)]
#[template(path = "message.html")]
struct Message {
    frame: Frame,
    /// The key of the sentence; `.about` says more.
    heading: String,
    about: String,
}

/// A page that says one thing: `key` is its title, `key.about` the sentences beneath.
pub(crate) fn message(language: Language, status: StatusCode, key: &str, path: &str) -> Response {
    let catalogue = Catalogue::of(language);
    let heading = catalogue.text(key, &Args::new());
    let message = Message {
        frame: Frame {
            is_private: true,
            ..Frame::new(language, Part::Other, heading.clone(), path)
        },
        heading,
        about: catalogue.attribute(key, "about", &Args::new()),
    };
    page(status, &message)
}

/// The language of an answer: its path's, or the one that the browser wishes for.
pub(crate) fn language_of(uri: &Uri, headers: &HeaderMap) -> Language {
    of_path(uri.path()).unwrap_or_else(|| wished(headers))
}

fn nowhere_page(uri: &Uri, headers: &HeaderMap) -> Response {
    let language = language_of(uri, headers);
    message(language, StatusCode::NOT_FOUND, "page-nowhere", "/")
}

/// Answers what no route answers.
pub(crate) async fn nowhere(request: Request) -> Response {
    nowhere_page(request.uri(), request.headers())
}

/// Answers where there is a page, but not for this method: a form's address typed by hand, mostly.
pub(crate) async fn wrong_method(request: Request) -> Response {
    let language = of_path(request.uri().path()).unwrap_or_else(|| wished(request.headers()));
    message(
        language,
        StatusCode::METHOD_NOT_ALLOWED,
        "page-wrong-method",
        "/",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_language_that_it_wishes_for_most() {
        for (accept, expect) in [
            ("", Language::English),
            ("fr", Language::French),
            ("fr-CH, en;q=0.9", Language::French),
            ("de, en;q=0.5, fr;q=0.4", Language::English),
            ("de, en;q=0.4, fr;q=0.5", Language::French),
            ("fr;q=0", Language::English),
            ("*", Language::English),
            ("fr;q=x, en;q=0.1", Language::English),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(wished(&headers), expect, "{accept}");
        }
    }
}
