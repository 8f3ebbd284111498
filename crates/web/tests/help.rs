//! The help centre as a reader sees it.

mod site;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use garant_check::Code;
use garant_text::{Language, help};
use site::{TestSite, refused, site};

/// Every page of the help and about Garant, in one language.
fn paths(language: Language) -> Vec<String> {
    let about = [
        ("about-garant", "about"),
        ("about-kept", "kept"),
        ("about-accessibility", "accessibility"),
    ];
    let path = |topic: &str| match about.iter().find(|(name, _)| *name == topic) {
        Some((_, path)) => format!("/{language}/{path}"),
        None => format!("/{language}/help/{topic}"),
    };
    let mut paths: Vec<String> = help::topics().map(path).collect();
    paths.push(format!("/{language}/help"));
    paths.push(format!("/{language}/help?q="));
    paths.push(format!("/{language}/help?q=dkim"));
    paths.push(format!("/{language}/help?q=zzzzqqqq"));
    paths.push(format!("/{language}/help/spf/thanks"));
    paths.push(format!("/{language}/support"));
    paths
}

/// The values of an attribute in a page.
fn values(html: &str, attribute: &str) -> Vec<String> {
    let opening = format!(" {attribute}=\"");
    html.split(&opening)
        .skip(1)
        .map(|tail| tail.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

/// The pages by path. Each is whole, in its language, and free of keys without words.
async fn pages(site: &TestSite, language: Language) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for path in paths(language) {
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        let html = page.text();
        assert!(
            html.contains(&format!("<html lang=\"{language}\">")),
            "{path}"
        );
        for beginning in ["help-", "support-", "page-", "about-", "case-"] {
            assert!(
                !html.contains(&format!("[{beginning}")),
                "{path}: a key without words"
            );
        }
        pages.insert(path, html);
    }
    pages
}

#[tokio::test]
async fn every_link_of_every_page_leads_somewhere() {
    let site = site(refused());
    for language in Language::ALL {
        let pages = pages(&site, language).await;
        let mut faults = BTreeSet::new();
        for (path, html) in &pages {
            for target in values(html, "href") {
                let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
                if file.starts_with("https://") || file.starts_with("/static/") {
                    continue;
                }
                let file = if file.is_empty() { path } else { file };
                let other = match pages.get(file) {
                    Some(html) => html.clone(),
                    None => {
                        let page = site.get(file).await;
                        if page.status != StatusCode::OK {
                            faults.insert(format!("{path}: {target}: {}", page.status));
                            continue;
                        }
                        page.text()
                    }
                };
                if !anchor.is_empty() && !other.contains(&format!(" id=\"{anchor}\"")) {
                    faults.insert(format!("{path}: {target}: no such place"));
                }
            }
        }
        // The reference of the API belongs to others.
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[tokio::test]
async fn no_id_stands_twice_and_every_reference_has_one() {
    let site = site(refused());
    for language in Language::ALL {
        for (path, html) in pages(&site, language).await {
            let ids = values(&html, "id");
            let unique: BTreeSet<&String> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len(), "{path}: {ids:?}");
            for attribute in ["for", "aria-labelledby", "aria-describedby"] {
                for names in values(&html, attribute) {
                    for name in names.split(' ') {
                        assert!(
                            ids.iter().any(|id| id == name),
                            "{path}: {attribute}={name}"
                        );
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn elements_are_closed_in_the_order_in_which_they_were_opened() {
    const VOID: [&str; 8] = ["meta", "link", "input", "wbr", "br", "hr", "path", "use"];
    let site = site(refused());
    for language in Language::ALL {
        for (path, html) in pages(&site, language).await {
            let mut open: Vec<String> = Vec::new();
            for tag in html.split('<').skip(1) {
                let tag = tag.split('>').next().unwrap_or_default();
                let name: String = tag
                    .trim_start_matches('/')
                    .chars()
                    .take_while(|one| one.is_alphanumeric())
                    .collect();
                if name.is_empty() || VOID.contains(&name.as_str()) || tag.ends_with('/') {
                    continue;
                }
                if tag.starts_with('/') {
                    assert_eq!(
                        open.pop().as_deref(),
                        Some(name.as_str()),
                        "{path}: {open:?}"
                    );
                } else {
                    open.push(name);
                }
            }
            assert_eq!(open, [""; 0], "{path}");
        }
    }
}

#[tokio::test]
async fn both_languages_have_the_same_places() {
    let site = site(refused());
    for topic in help::topics().filter(|topic| !topic.starts_with("about-")) {
        let mut ids = Vec::new();
        for language in Language::ALL {
            let page = site.get(&format!("/{language}/help/{topic}")).await;
            let other = if language == Language::French {
                "en"
            } else {
                "fr"
            };
            let here = format!("href=\"/{other}/help/{topic}\"");
            assert!(
                page.text().contains(&here),
                "{topic}: the switch keeps the page"
            );
            ids.push(values(&page.text(), "id"));
        }
        assert_eq!(ids.first(), ids.last(), "{topic}");
    }
}

#[tokio::test]
async fn every_code_has_a_direct_address() {
    let site = site(refused());
    for code in Code::ALL {
        let page = site.get(&format!("/fr/help/code/{code}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{code}");
        let (path, id) = page.location().split_once('#').expect("a place");
        assert_eq!(path, format!("/fr/help/{}", code.topic()));
        // What a page calls something else is called otherwise here.
        let is_own = id == code.anchor() || id == format!("section-{}", code.anchor());
        assert!(is_own, "{code}: {id}");
    }
    for nowhere in [
        "/en/help/code/spf.nowhere",
        "/en/help/nowhere",
        "/fr/help/%00",
        "/en/help/spf%2F..",
        "/en/help/nowhere/thanks",
    ] {
        let page = site.get(nowhere).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
    let moved = site.get("/fr/help/about-kept").await;
    assert_eq!(moved.location(), "/fr/kept");
}

#[tokio::test]
async fn a_search_says_what_it_found_or_what_to_try() {
    let site = site(refused());
    for (path, expect) in [
        ("/fr/help?q=rebond", "href=\"/fr/help/bounces\""),
        ("/en/help?q=550+5.7.26", "<mark>5.7.26</mark>"),
        ("/en/help?q=bonuce", "“bounce”"),
        ("/en/help?q=", "Nothing was typed"),
        ("/fr/help?q=+", "Rien n’a été saisi"),
        ("/en/help?q=", "href=\"/en/help/bounces\""),
        ("/en/help?q=zzzzqqqq", "href=\"/en/support\""),
        ("/en/help?q=%3Cscript%3E", "value=\"&#60;script&#62;\""),
        ("/en/help?q=%FF%00%1b[2J", "href=\"/en/support\""),
        ("/en/help?x=1&q=dkim&q=spf", "value=\"spf\""),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            page.text().contains(expect),
            "{path}: {expect}\n{}",
            page.text()
        );
        assert!(page.header("cache-control").contains("max-age"), "{path}");
    }
}

#[tokio::test]
async fn suggestions_are_few_and_lead_to_pages() {
    let site = site(refused());
    for (typed, expect) in [
        ("reb", Some("/fr/help/bounces")),
        ("p%3Drej", Some("/fr/help/reject-without-dkim")),
        ("", None),
        ("%FF", None),
        ("zzzzqqqq", None),
    ] {
        let page = site.get(&format!("/fr/help/suggest?q={typed}")).await;
        assert_eq!(page.header("content-type"), "application/json");
        let list: serde_json::Value = serde_json::from_slice(&page.octets).expect("JSON");
        let list = list.as_array().expect("a list");
        assert!(list.len() <= 7);
        let first = list.first().and_then(|one| one["url"].as_str());
        assert_eq!(first, expect, "{typed}");
        for one in list {
            assert!(
                one["title"].is_string() && one["excerpt"].is_string(),
                "{one}"
            );
        }
    }
    let long = "a".repeat(20_000);
    let page = site.get(&format!("/en/help/suggest?q={long}")).await;
    assert_eq!(page.octets, "[]");
}

#[tokio::test]
async fn an_opinion_counts_once_a_day() {
    let site = site(refused());
    let post = |value: &'static str| {
        let site = &site;
        async move { site.post("/fr/help/spf/useful", &[("useful", value)]).await }
    };
    for _ in 0..3 {
        let page = post("yes").await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        assert_eq!(page.location(), "/fr/help/spf/thanks");
    }
    let said = site.site.store.opinions("spf", "fr").await.expect("counts");
    assert_eq!((said.useful, said.not_useful), (1, 0));
    let thanks = site.get("/fr/help/spf/thanks").await;
    assert!(
        thanks
            .text()
            .contains("1 lecteur sur 1 a trouvé cette page utile"),
        "{}",
        thanks.text()
    );
    site.clock.advance(86_400);
    post("no").await;
    let page = site.get("/fr/help/spf").await;
    assert!(
        page.text().contains("1 lecteur sur 2 a trouvé"),
        "{}",
        page.text()
    );
    // The counts of each language stand for themselves.
    assert!(
        !site
            .get("/en/help/spf")
            .await
            .text()
            .contains("found this page useful")
    );
    let back = post("perhaps").await;
    assert_eq!(back.location(), "/fr/help/spf");
    for nowhere in ["/fr/help/nowhere/useful", "/fr/help/about-kept/useful"] {
        let page = site.post(nowhere, &[("useful", "yes")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
    }
}
