//! Results behind a link: kept for whoever asks, shown again, forgotten, and what happens when that cannot be done.

use std::path::PathBuf;
use std::sync::Arc;

use axum::http::StatusCode;
use garant_service::checks::{CheckId, Limits, RESULT_KEPT_S, RESULTS_MAX};
use garant_store::{
    CaseRow, CheckRow, Opinions, ResultRow, Sqlite, Store, StoreError, StoreFuture,
};

use crate::site::{Page, TestSite, keys_without_words};
use crate::{NOTICE, PASSES, Part, REFUSED, REPLY, reading_site, told, wishes};

const KEEP: Part<'_> = Part::Text("keep", "true");

/// The sentence of a link that leads nowhere.
const GONE: &str = "This result is not kept any more";

/// Sends a text with the box ticked.
async fn asked(site: &TestSite, path: &str, text: &str) -> Page {
    site.send_form(path, &[Part::Text("pasted", text), KEEP])
        .await
}

/// The path of the link that comes of it.
async fn kept(site: &TestSite, path: &str, text: &str) -> String {
    let page = asked(site, path, text).await;
    assert_eq!(
        page.status,
        StatusCode::SEE_OTHER,
        "{path}: {}",
        page.text()
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    page.location().to_owned()
}

/// The same page in the other language.
fn other(link: &str) -> String {
    match link.strip_prefix("/fr/") {
        Some(rest) => format!("/en/{rest}"),
        None => link.replacen("/en/", "/fr/", 1),
    }
}

/// What the store holds of a result.
async fn row(site: &TestSite, link: &str) -> ResultRow {
    let id = link.split('/').nth(3).expect("a link has an id");
    let row = site.site.store.result(id).await.expect("the store works");
    row.expect("it is kept")
}

/// How much the store forgets when everything has had its time.
async fn rows(site: &TestSite) -> u64 {
    let deleted = site.site.store.delete_expired(i64::MAX).await;
    deleted.expect("the store works")
}

/// The part of a page that tells of the message.
fn substance(html: &str) -> &str {
    let from = html.find("class=\"sentence\">").expect("a sentence");
    let rest = &html[from..];
    let begin = rest.find("<section").expect("what follows the verdict");
    let ends = [
        "<p class=\"hint\">",
        "<section class=\"act\" aria-labelledby=\"kept\"",
        "</main>",
    ];
    let ends = ends.iter().filter_map(|end| rest.find(end));
    let mut body = &rest[begin..ends.min().expect("a page has an end")];
    // What closes around the last act differs with what follows it.
    while let Some(before) = ["</div>", "</section>", "\n"]
        .iter()
        .find_map(|end| body.strip_suffix(end))
    {
        body = before;
    }
    body
}

#[tokio::test]
async fn the_box_is_there_in_both_languages_and_nobody_ticked_it() {
    let site = reading_site();
    for (path, words) in [
        ("/fr/message", "Conserver ce résultat pendant 14 jours"),
        ("/en/message", "Keep this result for 14 days"),
        ("/fr/bounce", "Conserver ce résultat pendant 14 jours"),
        ("/en/bounce", "Keep this result for 14 days"),
    ] {
        let html = site.get(path).await.text();
        assert!(told(&html).contains(words), "{path}: {html}");
        let input = html.split("id=\"keep\"").nth(1).expect("a box");
        let input = input.split('>').next().expect("its end");
        assert!(!input.contains("checked"), "{path}: {input}");
        // What is wrong elsewhere does not untick it.
        let page = asked(&site, path, " ").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        let html = page.text();
        let input = html.split("id=\"keep\"").nth(1).expect("a box");
        let input = input.split('>').next().expect("its end");
        assert!(input.contains(" checked"), "{path}: {input}");
    }
    assert_eq!(rows(&site).await, 0);
}

#[tokio::test]
async fn a_result_is_kept_only_when_it_is_asked_for() {
    let site = reading_site();
    for (path, text) in [("/fr/message", PASSES), ("/en/bounce", NOTICE)] {
        for unticked in ["", "false", "no"] {
            let parts = [Part::Text("pasted", text), Part::Text("keep", unticked)];
            let page = site.send_form(path, &parts).await;
            assert_eq!(page.status, StatusCode::OK, "{path} {unticked}");
        }
        assert_eq!(rows(&site).await, 0, "{path}");
        kept(&site, path, text).await;
        assert_eq!(rows(&site).await, 1, "{path}");
    }
    // As a program sends it.
    let page = site
        .post("/fr/bounce", &[("pasted", REPLY), ("keep", "on")])
        .await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_kept_page_says_the_same_in_both_languages_and_until_when() {
    let site = reading_site();
    let many = format!("{NOTICE}\n");
    for (path, text) in [
        ("/fr/message", PASSES),
        ("/en/message", REFUSED),
        ("/fr/bounce", NOTICE),
        ("/en/bounce", REPLY),
        ("/fr/bounce", many.as_str()),
    ] {
        let link = kept(&site, path, text).await;
        for (link, path) in [(link.clone(), path.to_owned()), (other(&link), other(path))] {
            let page = site.get(&link).await;
            assert_eq!(page.status, StatusCode::OK, "{link}");
            assert_eq!(page.header("cache-control"), "no-store");
            assert_eq!(page.header("referrer-policy"), "no-referrer");
            assert_eq!(page.header("set-cookie"), "");
            let html = page.text();
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
            assert_eq!(keys_without_words(&html), Vec::<String>::new());
            let parts = [Part::Text("pasted", text)];
            let fresh = site.send_form(&path, &parts).await.text();
            assert_eq!(substance(&html), substance(&fresh), "{link}");
            let said = told(&html);
            let (until, forget) = if link.starts_with("/fr/") {
                ("8 décembre 2026 à 13 h 07 UTC", "Oublier maintenant")
            } else {
                ("8 December 2026 at 13:07 UTC", "Forget now")
            };
            let said = said.replace('\u{a0}', " ");
            assert!(said.contains(until), "{said}");
            assert!(said.contains(forget), "{said}");
            assert!(
                said.contains(&format!("http://garant.test{link}")),
                "{said}"
            );
            let form = format!("method=\"post\" action=\"{link}/forget\"");
            assert!(html.contains(&form), "{html}");
            // The other language is the same result.
            assert!(html.contains(&format!("href=\"{}\"", other(&link))));
            assert!(!said.contains("Nothing of this is kept") && !said.contains("Rien de ceci"));
        }
    }
}

#[tokio::test]
async fn what_is_kept_is_what_the_page_says_and_not_the_message() {
    let site = reading_site();
    let mail = REFUSED.replacen(
        "\n\n",
        "\nX-Secret: geheim-eins\n\nKennwort geheim-zwei <a href=\"http://geheim.example/\">x</a>\n",
        1,
    );
    assert!(mail.contains("geheim-eins"), "{mail}");
    let link = kept(&site, "/fr/message", &mail).await;
    let row = row(&site, &link).await;
    assert!(row.told.contains("votreentreprise.fr"));
    for secret in ["geheim-eins", "geheim-zwei", "X-Secret"] {
        assert!(!row.told.contains(secret), "{secret} in {}", row.told);
    }
    // No markup either: it is drawn when it is looked at.
    for markup in ["<svg", "<p", "<li", "</"] {
        assert!(!row.told.contains(markup), "{markup} in {}", row.told);
    }
    assert_eq!(row.kept_until - row.kept_at, RESULT_KEPT_S);
}

#[tokio::test]
async fn a_link_ends_on_time() {
    let site = reading_site();
    let link = kept(&site, "/en/message", PASSES).await;
    for (seconds, status) in [
        (RESULT_KEPT_S, StatusCode::OK),
        (1, StatusCode::NOT_FOUND),
        (RESULT_KEPT_S, StatusCode::NOT_FOUND),
    ] {
        site.clock.advance(seconds);
        let page = site.get(&link).await;
        assert_eq!(page.status, status, "{seconds} s later");
        let said = told(&page.text());
        assert_eq!(said.contains(GONE), status != StatusCode::OK, "{said}");
    }
    assert_eq!(site.site.checks.forget_expired().await.expect("swept"), 1);
}

#[tokio::test]
async fn a_result_is_forgotten_by_whoever_has_its_link_and_by_nobody_else() {
    let site = reading_site();
    let link = kept(&site, "/en/bounce", NOTICE).await;
    let stays = kept(&site, "/en/bounce", REPLY).await;
    // Looking at the address forgets nothing.
    let looked = site.get(&format!("{link}/forget")).await;
    assert_eq!(looked.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(site.get(&link).await.status, StatusCode::OK);
    for link in [&link, &other(&link)] {
        let page = site.post(&format!("{link}/forget"), &[]).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        let page = site.get(page.location()).await;
        assert_eq!(page.status, StatusCode::OK);
        let said = told(&page.text());
        assert!(
            said.contains("It is forgotten") || said.contains("C’est oublié"),
            "{said}"
        );
    }
    for (link, sentence) in [(&link, GONE), (&other(&link), "n’est plus conservé")] {
        let page = site.get(link).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(told(&page.text()).contains(sentence));
    }
    assert_eq!(site.get(&stays).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_link_that_nobody_gave_leads_nowhere() {
    let site = reading_site();
    let never = CheckId::new([7; 16]).to_string();
    let link = kept(&site, "/en/message", PASSES).await;
    let cut = &link[4 + "m/".len()..link.len() - 1];
    for id in [
        never.as_str(),
        cut,
        "a",
        "%00",
        "%ff",
        "..%2f",
        "UPPER",
        &"z".repeat(9_000),
    ] {
        let page = site.get(&format!("/en/m/{id}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{id}");
        assert!(told(&page.text()).contains(GONE), "{id}");
        let page = site.post(&format!("/en/m/{id}/forget"), &[]).await;
        assert_ne!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{id}");
    }
    // The id of a check is no id of a result, nor the other way round.
    let check = site.checked("en").await;
    let page = site.get(&check.replace("/c/", "/m/")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let page = site.get(&link.replace("/m/", "/c/")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&link).await.status, StatusCode::OK);
}

/// A result that cannot be kept is shown all the same, and why it is not kept is said.
async fn not_kept(site: &TestSite, text: &str, page: &Page, why: &str) {
    assert_eq!(page.status, StatusCode::OK, "{why}");
    assert_eq!(page.header("cache-control"), "no-store");
    let html = page.text();
    let said = told(&html);
    assert!(said.contains(why), "{why} in {said}");
    assert!(said.contains("Nothing of it is lost"), "{said}");
    assert!(!said.contains("Forget now"), "{said}");
    assert_eq!(keys_without_words(&html), Vec::<String>::new());
    let path = if text == PASSES {
        "/en/message"
    } else {
        "/en/bounce"
    };
    let parts = [Part::Text("pasted", text)];
    let fresh = site.send_form(path, &parts).await.text();
    assert_eq!(substance(&html), substance(&fresh), "{why}");
}

#[tokio::test]
async fn a_result_that_is_too_long_is_shown_and_not_kept() {
    let site = reading_site();
    let recipients: String = (0..500)
        .map(|number| {
            format!(
                "Final-Recipient: rfc822; client-{number}@gmail.com\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 {}\r\n\r\n",
                "no such user here ".repeat(60)
            )
        })
        .collect();
    let long = NOTICE.replace("--b--", &format!("\r\n{recipients}--b--"));
    let mailbox = format!("From x Sun Nov 22 10:00:00 2026\n{long}\n").repeat(5);
    let file = Part::File("a.mbox", mailbox.as_bytes());
    let page = site.send_form("/en/bounce", &[file, KEEP]).await;
    assert_eq!(page.status, StatusCode::OK);
    let said = told(&page.text());
    assert!(said.contains("longer than the 512 KiB"), "{said}");
    assert!(said.contains("client-1@gmail.com"), "{said}");
    assert_eq!(rows(&site).await, 0);
}

#[tokio::test]
async fn where_there_is_no_room_a_result_is_shown_and_not_kept() {
    let site = reading_site();
    for number in 0..RESULTS_MAX {
        let row = ResultRow {
            id: number.to_string(),
            kept_at: 0,
            kept_until: i64::MAX - 1,
            told: String::new(),
        };
        let saved = site.site.store.save_result(row, RESULTS_MAX).await;
        assert!(saved.expect("the store works"));
    }
    let page = asked(&site, "/en/message", PASSES).await;
    not_kept(&site, PASSES, &page, "there is no room for another one").await;
    assert!(site.site.store.delete_result("1").await.expect("it works"));
    kept(&site, "/en/message", PASSES).await;

    // The room is the one that checks have, too.
    let mut narrow = wishes();
    narrow.limits = Limits {
        store_octets_max: 1,
        ..Limits::default()
    };
    let site = narrow.site();
    kept(&site, "/en/bounce", REPLY).await;
    let page = asked(&site, "/en/bounce", REPLY).await;
    not_kept(&site, REPLY, &page, "there is no room for another one").await;
}

/// A store whose disk is gone.
struct Gone;

fn gone<'a, T: Send + 'a>() -> StoreFuture<'a, T> {
    Box::pin(async { Err(StoreError::Database("disk I/O error".to_owned())) })
}

impl Store for Gone {
    fn save_check(&self, _: CheckRow) -> StoreFuture<'_, ()> {
        gone()
    }
    fn check<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<CheckRow>> {
        gone()
    }
    fn save_result(&self, _: ResultRow, _: u64) -> StoreFuture<'_, bool> {
        gone()
    }
    fn result<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<ResultRow>> {
        gone()
    }
    fn delete_result<'a>(&'a self, _: &'a str) -> StoreFuture<'a, bool> {
        gone()
    }
    fn delete_expired(&self, _: i64) -> StoreFuture<'_, u64> {
        gone()
    }
    fn count_opinion<'a>(&'a self, _: &'a str, _: &'a str, _: bool) -> StoreFuture<'a, Opinions> {
        gone()
    }
    fn opinions<'a>(&'a self, _: &'a str, _: &'a str) -> StoreFuture<'a, Opinions> {
        gone()
    }
    fn save_case(&self, _: CaseRow) -> StoreFuture<'_, ()> {
        gone()
    }
    fn case<'a>(&'a self, _: &'a str) -> StoreFuture<'a, Option<CaseRow>> {
        gone()
    }
    fn cases(&self, _: u32) -> StoreFuture<'_, Vec<CaseRow>> {
        gone()
    }
    fn delete_case<'a>(&'a self, _: &'a str) -> StoreFuture<'a, bool> {
        gone()
    }
    fn octets(&self) -> StoreFuture<'_, u64> {
        gone()
    }
    fn ping(&self) -> StoreFuture<'_, ()> {
        gone()
    }
}

#[tokio::test]
async fn when_the_database_is_gone_no_result_is_lost_and_nothing_is_said_to_be_forgotten() {
    let mut broken = wishes();
    broken.store = Some(Arc::new(Gone));
    let site = broken.site();
    for (path, text) in [("/en/message", PASSES), ("/en/bounce", NOTICE)] {
        let page = asked(&site, path, text).await;
        not_kept(&site, text, &page, "could not write it down").await;
    }
    let link = format!("/en/m/{}", CheckId::new([1; 16]));
    for page in [
        site.get(&link).await,
        site.post(&format!("{link}/forget"), &[]).await,
    ] {
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        let said = told(&page.text());
        assert!(said.contains("Something went wrong here"), "{said}");
    }
}

#[tokio::test]
async fn a_restart_forgets_no_result() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("kept-results.sqlite");
    for suffix in ["", "-wal", "-shm"] {
        // Nothing is there at the first run.
        let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
    }
    let site = || {
        let mut wishes = wishes();
        wishes.store = Some(Arc::new(Sqlite::open(&path).expect("a database")));
        wishes.site()
    };
    let before = site();
    let link = kept(&before, "/fr/message", REFUSED).await;
    let html = before.get(&link).await.text();
    drop(before);
    assert_eq!(site().get(&link).await.text(), html);
}

/// Keeps a text as if a program had written it; the link to it.
async fn planted(site: &TestSite, number: u8, told: String) -> String {
    let id = CheckId::new([number; 16]).to_string();
    let link = format!("/en/m/{id}");
    let row = ResultRow {
        id,
        kept_at: 0,
        kept_until: i64::MAX,
        told,
    };
    let saved = site.site.store.save_result(row, RESULTS_MAX).await;
    assert!(saved.expect("the store works"));
    link
}

#[tokio::test]
async fn results_of_every_form_that_there_was_are_still_shown() {
    let site = reading_site();
    for (number, (told, title)) in [
        (include_str!("kept/message-1.json"), "Nos offres"),
        (include_str!("kept/bounce-1.json"), "client@gmail.com"),
    ]
    .into_iter()
    .enumerate()
    {
        let number = u8::try_from(number).expect("few forms");
        let link = planted(&site, number, told.to_owned()).await;
        for link in [link.clone(), other(&link)] {
            let page = site.get(&link).await;
            assert_eq!(page.status, StatusCode::OK, "{title} {link}");
            let html = page.text().replace("<wbr>", "");
            assert!(html.contains(title), "{title} {link}");
        }
    }
}

#[tokio::test]
async fn a_damaged_row_is_our_failure_and_no_panic() {
    let site = reading_site();
    let good = row(&site, &kept(&site, "/en/message", PASSES).await).await;
    let cut: String = good.told.chars().take(1_000).collect();
    let deep = "[".repeat(100_000);
    for (number, told) in ["", "{}", "null", "{\"message\":1}", &cut, &deep]
        .into_iter()
        .enumerate()
    {
        let number = u8::try_from(number).expect("few rows");
        let link = planted(&site, 100 + number, told.to_owned()).await;
        let page = site.get(&link).await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(page.text().contains("Something went wrong here"));
    }
}

#[tokio::test]
async fn what_is_kept_cannot_bring_markup_to_a_page() {
    let site = reading_site();
    for (number, (path, text)) in [("/en/message", REFUSED), ("/en/bounce", NOTICE)]
        .into_iter()
        .enumerate()
    {
        let good = row(&site, &kept(&site, path, text).await).await;
        let mut whole = serde_json::from_str(&good.told).expect("it is JSON");
        spoil(&mut whole);
        let number = u8::try_from(number).expect("two");
        let link = planted(&site, 200 + number, whole.to_string()).await;
        let page = site.get(&link).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let html = page.text();
        assert!(html.matches("alert").count() > 10, "{html}");
        for markup in ["<script>", "\"onload"] {
            assert!(!html.contains(markup), "{path}: {markup} in {html}");
        }
    }
}

/// Puts text that tries to leave its place into everything that is no word of ours.
fn spoil(value: &mut serde_json::Value) {
    const WORDS: [&str; 7] = [
        "right", "risk", "block", "wait", "unknown", "advice", "soon",
    ];
    match value {
        serde_json::Value::String(text) if WORDS.contains(&text.as_str()) => {}
        serde_json::Value::String(text) => {
            text.push_str("\"onload=x '><script>alert(1)</script>\u{202e}`");
        }
        serde_json::Value::Array(all) => all.iter_mut().for_each(spoil),
        serde_json::Value::Object(members) => members.values_mut().for_each(spoil),
        _ => {}
    }
}
