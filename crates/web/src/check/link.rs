//! The permanent link of a check: what it says, or how far it is.
//!
//! A check is judged by the rules of today whenever it is rendered, and the rules are this program: a rendered page
//! holds for as long as the program runs, so the pages are kept in memory and nowhere else.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use garant_check::{AskAuthority, Request};
use garant_service::checks::{CheckId, Checked, Judged, Phase};
use garant_text::Language;
use quick_cache::sync::Cache;
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use super::form::{Sent, begun, has_field, taken_key};
use super::{live, result};
use crate::Site;
use crate::frame::{Frame, Lang, Part, message};

/// Octets of rendered pages that are kept at most: some three hundred of the usual hundred thousand octets.
const PAGES_OCTETS_MAX: u64 = 32 * 1024 * 1024;

/// Parts of the cache with a lock of their own. Each holds its part of the octets, so that a page of a hostile domain,
/// some megabytes, still finds its place.
const SHARDS: usize = 4;

/// What `base.html` begins its content with; a note is put behind it.
const MAIN_OPENS: &[u8] = br#"<main id="main" class="wrap" tabindex="-1">"#;

/// A rendered page is one of a check, in a language, with links that begin with an address.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    id: CheckId,
    language: Language,
    origin: String,
}

/// A rendered page.
#[derive(Clone)]
struct Page {
    html: Bytes,
    /// Changes with the page (RFC 9110, section 8.8.3).
    tag: HeaderValue,
    /// Until when its check is kept: seconds since 1970 in UTC.
    kept_until: i64,
}

#[derive(Clone)]
struct Octets;

impl Weighter<Key, Page> for Octets {
    fn weight(&self, key: &Key, page: &Page) -> u64 {
        let own = size_of::<Key>() + size_of::<Page>();
        (page.html.len() + key.origin.len() + own) as u64
    }
}

/// Rendered pages.
pub(super) struct Pages {
    pages: Cache<Key, Page, Octets>,
}

impl Pages {
    /// No page yet.
    pub(super) fn new() -> Self {
        let options = OptionsBuilder::new()
            .estimated_items_capacity(512)
            .weight_capacity(PAGES_OCTETS_MAX)
            .shards(SHARDS)
            .build()
            .expect("both capacities are given");
        let pages = Cache::with_options(
            options,
            Octets,
            DefaultHashBuilder::default(),
            quick_cache::sync::DefaultLifecycle::default(),
        );
        Self { pages }
    }
}

/// The language and the check that a path names: `/fr/c/…`.
pub(super) struct Link {
    pub(super) language: Language,
    pub(super) id: CheckId,
}

impl<S: Send + Sync> FromRequestParts<S> for Link {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let Lang(language) = Lang::from_request_parts(parts, state).await?;
        // The name of a check has no character that a link writes in another way.
        let id = parts.uri.path().split('/').nth(3).and_then(CheckId::parse);
        id.map(|id| Self { language, id })
            .ok_or_else(|| gone(language))
    }
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Extension(pages): Extension<Arc<Pages>>,
    Link { language, id }: Link,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let taken = taken_key(uri.query());
    let origin = site.origin(&headers);
    let key = Key {
        id,
        language,
        origin,
    };
    if let Some(page) = pages.pages.get(&key) {
        return serve(&site, &key, &page, taken, &headers);
    }
    if let Some(progress) = site.checks.follow(&key.id) {
        let now = progress.borrow().clone();
        match now.phase {
            Phase::Done => {}
            Phase::Lost => return live::lost(&site, &key.id, language),
            Phase::Waiting | Phase::Asking | Phase::Planning => {
                return live::running(&site, &key.id, &now, taken, language);
            }
        }
    }
    let rendered = pages
        .pages
        .get_or_insert_async(&key, render(&site, &key))
        .await;
    match rendered {
        Ok(page) => serve(&site, &key, &page, taken, &headers),
        Err(page) => page,
    }
}

async fn render(site: &Site, key: &Key) -> Result<Page, Response> {
    let Key {
        id,
        language,
        origin,
    } = key.clone();
    let made = made(site, &id, language).await?;
    let kept_until = made.kept_until;
    let rendered = site
        .checks
        .judging(move || result::render(&made.judged(), language, &origin));
    let html = rendered
        .await
        .map_err(|error| broken(language, &error))?
        .map_err(|error| broken(language, &error))?;
    let mut hasher = DefaultHasher::new();
    html.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    Ok(Page {
        html: html.into(),
        tag: HeaderValue::try_from(tag).expect("digits and quotes are visible"),
        kept_until,
    })
}

fn serve(
    site: &Site,
    key: &Key,
    page: &Page,
    taken: Option<&'static str>,
    headers: &HeaderMap,
) -> Response {
    if page.kept_until < site.ambient.clock.now() {
        return gone(key.language);
    }
    let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
    let control = (header::CACHE_CONTROL, "private, no-cache");
    if let Some(taken) = taken {
        let html = with_note(&page.html, taken, key.language);
        return ([kind, control], html).into_response();
    }
    let tag = [(header::ETAG, page.tag.clone())];
    let known = headers.get_all(header::IF_NONE_MATCH);
    if known.iter().any(|known| names(known, &page.tag)) {
        return (StatusCode::NOT_MODIFIED, tag, [control]).into_response();
    }
    (tag, [kind, control], page.html.clone()).into_response()
}

/// Whether a list of entity tags names this one, by the weak comparison (RFC 9110, section 13.1.2).
fn names(list: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(list), Ok(tag)) = (list.to_str(), tag.to_str()) else {
        return false;
    };
    let mut tags = list.split(',').map(str::trim);
    tags.any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// A page with a sentence on what the domain was taken out of, before everything else.
fn with_note(html: &Bytes, taken: &str, language: Language) -> Vec<u8> {
    let frame = Frame::new(language, Part::Check, String::new(), "/");
    let note = format!("\n<p class=\"crumb\">{}</p>", frame.say(taken));
    let opens = html
        .windows(MAIN_OPENS.len())
        .position(|window| window == MAIN_OPENS);
    let mut noted = html.to_vec();
    if let Some(at) = opens {
        let at = at + MAIN_OPENS.len();
        noted.splice(at..at, note.into_bytes());
    }
    noted
}

/// Asks the same question again, straight at the zone's own servers.
pub(super) async fn again(
    State(site): State<Arc<Site>>,
    Link { language, id }: Link,
    Sent(form): Sent,
) -> Response {
    let to_records = has_field(&form, "to", "records");
    let question = match question(&site, &id, language, to_records).await {
        Ok(question) => question,
        Err(page) => return page,
    };
    let question = Request {
        authority: AskAuthority::Always,
        ..question
    };
    match begun(&site, language, question).await {
        Ok(id) if to_records => {
            Redirect::to(&format!("/{language}/c/{id}/records")).into_response()
        }
        Ok(id) => Redirect::to(&format!("/{language}/c/{id}")).into_response(),
        Err(page) => page,
    }
}

/// What a check asked. For the page of records, what its plan publishes is expected from now on: so what is there is
/// told as well as what is not.
async fn question(
    site: &Site,
    id: &CheckId,
    language: Language,
    to_records: bool,
) -> Result<Request, Response> {
    if let Some(question) = site.checks.question(id) {
        let is_made = site
            .checks
            .follow(id)
            .is_none_or(|progress| progress.borrow().phase == Phase::Done);
        if !(is_made && to_records) {
            return Ok(question);
        }
    }
    if to_records {
        let judged = judged(site, id, language).await?;
        Ok(super::share::question(&judged))
    } else {
        let made = made(site, id, language).await?;
        Ok(made.observation.request)
    }
}

/// A check that was made, judged by the rules of today; or the page that says why not.
pub(super) async fn judged(
    site: &Site,
    id: &CheckId,
    language: Language,
) -> Result<Judged, Response> {
    let made = made(site, id, language).await?;
    let judged = site.checks.judging(move || made.judged());
    judged.await.map_err(|error| broken(language, &error))
}

/// A check that was made; or the page that says why not.
pub(super) async fn made(
    site: &Site,
    id: &CheckId,
    language: Language,
) -> Result<Checked, Response> {
    match site.checks.made(id).await {
        Ok(Some(made)) => Ok(made),
        Ok(None) => Err(gone(language)),
        Err(error) => Err(broken(language, &error)),
    }
}

/// The way back to a check that runs still: to the page that waits for it.
pub(super) fn is_running(site: &Site, id: &CheckId) -> bool {
    site.checks
        .follow(id)
        .is_some_and(|progress| progress.borrow().phase != Phase::Done)
}

fn gone(language: Language) -> Response {
    message(language, StatusCode::NOT_FOUND, "page-check-gone", "/")
}

pub(super) fn broken(language: Language, error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a check was not shown");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    message(language, status, "page-broken", "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_tag_is_found_in_a_list() {
        for (list, expect) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
            ("", false),
        ] {
            let list = HeaderValue::from_static(list);
            let tag = HeaderValue::from_static("\"a\"");
            assert_eq!(names(&list, &tag), expect, "{list:?}");
        }
    }

    #[test]
    fn pages_are_kept_up_to_their_octets_and_no_further() {
        let pages = Pages::new();
        let page = Page {
            html: vec![b' '; 1024 * 1024].into(),
            tag: HeaderValue::from_static("\"a\""),
            kept_until: 0,
        };
        for number in 0..100u8 {
            let key = Key {
                id: CheckId::new([number; 16]),
                language: Language::French,
                origin: String::new(),
            };
            pages.pages.insert(key, page.clone());
        }
        assert!(pages.pages.weight() <= PAGES_OCTETS_MAX);
        assert!(pages.pages.len() >= 16, "{}", pages.pages.len());
    }
}
