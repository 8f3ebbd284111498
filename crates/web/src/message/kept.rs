//! Results that are kept, for whoever asked for a link: kept, shown again, forgotten.
//!
//! What is kept is what the page says, in every language, as data: words, shapes and names, without markup. Of the
//! message nothing else is there, so nothing can be judged again; the page says of when it is. It is drawn anew, and all
//! text escaped anew, whenever it is looked at.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use garant_service::checks::{CheckId, NotKept};
use garant_text::Language;
use serde::{Deserialize, Serialize};

use super::NO_CACHE;
use super::explained::{self, BounceTold};
use super::keeping::Keeping;
use super::traced::{self, TraceTold};
use crate::Site;
use crate::frame::{Lang, message};

/// What one page says, in every language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct InBoth<T> {
    fr: T,
    en: T,
}

impl<T> InBoth<T> {
    pub(super) fn new(tell: impl Fn(Language) -> T) -> Self {
        Self {
            fr: tell(Language::French),
            en: tell(Language::English),
        }
    }

    fn of(self, language: Language) -> T {
        match language {
            Language::French => self.fr,
            Language::English => self.en,
        }
    }
}

/// What is kept. A row that an older program wrote must be read for as long as it is kept: a member that is added has a
/// default, and none is given another meaning. `tests` hold rows of every form that there was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Told {
    Message(Box<InBoth<TraceTold>>),
    Bounce(Box<InBoth<BounceTold>>),
}

impl Told {
    fn page(self, language: Language, keeping: Keeping) -> Response {
        match self {
            Self::Message(told) => traced::page_of(told.of(language), language, keeping),
            Self::Bounce(told) => explained::page_of(told.of(language), language, keeping),
        }
    }
}

/// Keeps a result and leads to its link. When it cannot be kept, it is shown all the same, and that it is not kept is said.
pub(super) async fn answer(site: &Site, language: Language, told: Told) -> Response {
    match keep(site, &told).await {
        Ok(id) => ([NO_CACHE], Redirect::to(&format!("/{language}/m/{id}"))).into_response(),
        Err(why) => {
            tracing::warn!(error = %why, "a result was not kept");
            told.page(language, Keeping::failed(&why, language))
        }
    }
}

async fn keep(site: &Site, told: &Told) -> Result<CheckId, NotKept> {
    let text = serde_json::to_string(told).expect("its members have only text keys");
    site.checks.keep_result(text).await
}

/// The result that a path names: `/fr/m/…`.
fn named(uri: &Uri) -> Option<CheckId> {
    // Such a name has no character that a link writes in another way.
    uri.path().split('/').nth(3).and_then(CheckId::parse)
}

pub(super) async fn show(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(id) = named(&uri) else {
        return gone(language);
    };
    let result = match site.checks.kept_result(&id).await {
        Ok(Some(result)) => result,
        Ok(None) => return gone(language),
        Err(error) => return broken(language, &error),
    };
    let origin = site.origin(&headers);
    let shown = site.checks.judging(move || {
        let keeping = Keeping::kept(&result, language, &origin);
        let told: Told = serde_json::from_str(&result.told)?;
        Ok::<_, serde_json::Error>(told.page(language, keeping))
    });
    match shown.await {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => broken(language, &error),
        Err(error) => broken(language, &error),
    }
}

/// Forgets a result; whoever has its link may.
pub(super) async fn forget(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    uri: Uri,
) -> Response {
    let Some(id) = named(&uri) else {
        return gone(language);
    };
    match site.checks.forget_result(&id).await {
        Ok(_) => (
            [NO_CACHE],
            Redirect::to(&format!("/{language}/m/forgotten")),
        )
            .into_response(),
        Err(error) => broken(language, &error),
    }
}

pub(super) async fn forgotten(Lang(language): Lang) -> Response {
    message(
        language,
        StatusCode::OK,
        "message-forgotten",
        "/m/forgotten",
    )
}

fn gone(language: Language) -> Response {
    let gone = message(language, StatusCode::NOT_FOUND, "message-gone", "/message");
    // What is not there now is not there later either, but a cache has no need to know of it.
    ([NO_CACHE], gone).into_response()
}

fn broken(language: Language, error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a result was not shown or not forgotten");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    message(language, status, "page-broken", "/message")
}
