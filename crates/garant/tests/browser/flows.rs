//! What people do with the pages.

use serde_json::json;

use crate::demo::Demo;
use crate::driver::{Browser, DOWN, Setup};

const DOMAIN: &str = "votreentreprise.fr";

/// Every page that is not about one domain, in both languages.
pub(crate) async fn pages(browser: &Browser, demo: &Demo) -> Vec<String> {
    let mut paths = Vec::new();
    for language in ["en", "fr"] {
        for path in [
            "/",
            "/?domain=x",
            "/help",
            "/help?q=",
            "/help?q=spf",
            "/help?q=zzzzzz",
            "/message",
            "/bounce",
            "/m/forgotten",
            "/m/nothing-here",
            "/api",
            "/accessibility",
            "/kept",
            "/support",
            "/nothing-here",
        ] {
            paths.push(format!("/{language}{path}"));
        }
        browser.goto(&demo.url(&format!("/{language}/help"))).await;
        let links = browser
            .run("return [...document.querySelectorAll('main a[href]')].map(a => a.getAttribute('href').split('#')[0])")
            .await;
        let beginning = format!("/{language}/help/");
        for link in links.as_array().expect("a list") {
            let link = link.as_str().expect("text");
            if link.starts_with(&beginning) && !paths.contains(&link.to_owned()) {
                paths.push(link.to_owned());
            }
        }
    }
    paths
}

/// The results of the demo's samples and what belongs to them, in both languages.
pub(crate) async fn results(browser: &Browser, demo: &Demo) -> Vec<String> {
    browser.goto(&demo.url("/en/")).await;
    let samples = browser.count(".samples form button").await;
    assert!(samples >= 7, "{samples} samples");
    let mut paths = Vec::new();
    for sample in 0..samples {
        browser.goto(&demo.url("/en/")).await;
        let nth = format!(
            "(//*[contains(@class, 'samples')]//form//button)[{}]",
            sample + 1
        );
        browser.wait_xpath(&nth).await.follow().await;
        browser.wait(".verdict .sentence").await;
        let url = browser.url().await;
        let path = url[demo.origin.len()..]
            .split(['?', '#'])
            .next()
            .expect("a path");
        paths.push(path.to_owned());
        paths.push(path.replacen("/en/", "/fr/", 1));
    }
    let records = paths.iter().map(|path| format!("{path}/records"));
    let records: Vec<String> = records.take(4).collect();
    paths.extend(records);
    paths
}

/// Pastes a text into one of the forms about messages, sends it, and is at the result.
pub(crate) async fn paste(browser: &Browser, demo: &Demo, path: &str, text: &str) {
    browser.goto(&demo.url(path)).await;
    browser.wait("textarea[name=pasted]").await;
    let script = format!(
        "document.querySelector('textarea[name=pasted]').value = {}",
        json!(text)
    );
    browser.run(&script).await;
    browser.wait("form[data-files] button").await.follow().await;
    browser.wait(".verdict .sentence").await;
}

/// Types a domain, presses Enter, and is at the result.
async fn check(browser: &Browser, demo: &Demo, language: &str, domain: &str) {
    browser.goto(&demo.url(&format!("/{language}/"))).await;
    let field = browser.wait("input[name=domain]").await;
    field.type_in(domain).await;
    field.submit().await;
    browser.wait(".verdict .sentence").await;
}

#[tokio::test]
async fn a_domain_is_typed_and_the_answer_is_read() {
    let Some(browser) = Browser::start("type", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    for (language, dmarc) in [("fr", "Attendu"), ("en", "Expected")] {
        check(&browser, &demo, language, "harbour-tea.example").await;
        let whole = browser.text("main").await;
        for word in ["DKIM", "SPF", "DMARC", dmarc] {
            assert!(whole.contains(word), "{language}: {word}: {whole}");
        }
        assert_eq!(
            browser.run("return document.documentElement.lang").await,
            json!(language)
        );
        browser.picture(&format!("result-{language}")).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn without_scripts_everything_still_works() {
    let setup = Setup {
        without_scripts: true,
        ..Setup::default()
    };
    let Some(browser) = Browser::start("plain", setup).await else {
        return;
    };
    let demo = Demo::start();
    check(&browser, &demo, "fr", DOMAIN).await;
    let link = browser.url().await;
    let idle = browser
        .run("return [...document.querySelectorAll('button.copy')].filter(b => b.checkVisibility()).length")
        .await;
    assert_eq!(idle, 0, "buttons that do nothing");
    // Asking again, a language, the help, a search: links and forms alone.
    browser
        .wait("form[action$='/again'] button")
        .await
        .follow()
        .await;
    browser.wait(".verdict .sentence").await;
    assert_ne!(browser.url().await, link);
    browser.wait(".lang a").await.follow().await;
    browser.wait(".verdict .sentence").await;
    assert!(browser.url().await.contains("/en/c/"));
    browser.goto(&demo.url("/en/help")).await;
    let field = browser.wait("main input[name=q]").await;
    field.type_in("bounce").await;
    field.submit().await;
    browser.wait("main a[href*='/en/help/bounces']").await;
    browser.close().await;
}

#[tokio::test]
async fn the_zone_s_own_servers_are_asked_again() {
    let Some(browser) = Browser::start("again", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    check(&browser, &demo, "en", DOMAIN).await;
    let before = browser.url().await;
    browser
        .wait("form[action$='/again'] button")
        .await
        .follow()
        .await;
    browser.wait(".verdict .sentence").await;
    assert_ne!(browser.url().await, before, "a new check has a new link");
    browser.close().await;
}

#[tokio::test]
async fn a_value_is_copied_and_that_is_said() {
    let Some(browser) = Browser::start("copy", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    let grant = json!({
        "origin": demo.origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"],
    });
    browser.cdp("Browser.grantPermissions", grant).await;
    check(&browser, &demo, "fr", DOMAIN).await;
    let copied = browser
        .run("const b = document.querySelector('button.copy[data-copy]'); b.scrollIntoView({block: 'center'}); \
              return document.getElementById(b.dataset.copy).textContent.trim()")
        .await;
    browser.wait("button.copy[data-copy]").await.press().await;
    // The page says that it was copied.
    browser
        .wait_xpath("//*[@role='status'][contains(., 'opié')]")
        .await;
    let held = browser.run("return navigator.clipboard.readText()").await;
    let plain = |value: &serde_json::Value| {
        let text = value.as_str().expect("text");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(plain(&held), plain(&copied));
    browser.close().await;
}

#[tokio::test]
async fn the_language_changes_and_the_page_stays() {
    let Some(browser) = Browser::start("language", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    for (path, french) in [
        ("/en/help/spf", "/fr/help/spf"),
        ("/en/help?q=dkim", "/fr/help?q=dkim"),
        ("/en/support", "/fr/support"),
    ] {
        browser.goto(&demo.url(path)).await;
        browser.wait(".lang a[lang=fr]").await.follow().await;
        browser.wait("html[lang=fr]").await;
        assert_eq!(browser.url().await, demo.url(french));
    }
    browser.close().await;
}

#[tokio::test]
async fn the_browser_s_language_decides_where_one_begins() {
    let demo = Demo::start();
    for (language, expected) in [("fr-FR,fr", "/fr/"), ("de-DE,de", "/en/")] {
        let setup = Setup {
            language,
            ..Setup::default()
        };
        let Some(browser) = Browser::start("accept", setup).await else {
            return;
        };
        browser.goto(&demo.origin).await;
        assert_eq!(browser.url().await, demo.url(expected));
        browser.close().await;
    }
}

#[tokio::test]
async fn the_help_suggests_while_one_types_and_finds_what_is_meant() {
    let Some(browser) = Browser::start("search", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    browser.goto(&demo.url("/fr/help")).await;
    let field = browser.wait("main input[name=q]").await;
    field.type_in("rebon").await;
    let suggestion = browser.wait("[role=option]").await;
    assert!(!suggestion.text().await.is_empty());
    field.type_in(DOWN).await;
    field.submit().await;
    browser.wait("main h1").await;
    assert!(
        browser.url().await.contains("/fr/help/"),
        "{}",
        browser.url().await
    );
    browser.goto(&demo.url("/en/help?q=")).await;
    let whole = browser.text("main").await;
    assert!(
        whole.len() > 200,
        "an empty field has its sentence: {whole}"
    );
    browser.close().await;
}

#[tokio::test]
async fn a_permanent_link_opens_for_somebody_else() {
    let Some(first) = Browser::start("link-one", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    check(&first, &demo, "en", DOMAIN).await;
    let (link, sentence) = (first.url().await, first.text(".verdict .sentence").await);
    first.close().await;
    let Some(second) = Browser::start("link-two", Setup::default()).await else {
        return;
    };
    second.goto(&link).await;
    assert_eq!(second.text(".verdict .sentence").await, sentence);
    second.close().await;
}

#[tokio::test]
async fn what_is_wrong_stands_beside_the_field_which_keeps_its_value() {
    let Some(browser) = Browser::start("wrong", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    for language in ["fr", "en"] {
        for bad in ["exemple..fr", "192.0.2.1", "co.uk", "é è", &"a".repeat(300)] {
            browser.goto(&demo.url(&format!("/{language}/"))).await;
            let field = browser.wait("input[name=domain]").await;
            field.type_in(bad).await;
            field.submit().await;
            browser
                .wait("input[name=domain][aria-invalid=true]:focus")
                .await;
            let state = browser
                .run(
                    "const f = document.querySelector('input[name=domain]');\
                     const e = f.getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i)).find(e => e.classList.contains('error'));\
                     return [f.value, document.activeElement === f, e ? e.innerText.length > 20 : false]",
                )
                .await;
            assert_eq!(state, json!([bad, true, true]), "{language}: {bad}");
        }
    }
    browser.picture("front-wrong-en").await;
    browser.close().await;
}

#[tokio::test]
async fn the_front_page_of_the_demo_shows_its_cases() {
    let Some(browser) = Browser::start("front", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    for (language, scheme) in [("fr", "light"), ("en", "dark")] {
        browser.scheme(scheme).await;
        browser.goto(&demo.url(&format!("/{language}/"))).await;
        assert!(browser.count(".samples > li").await >= 7);
        browser.picture(&format!("front-{language}-{scheme}")).await;
    }
    browser.scheme("light").await;
    for path in results(&browser, &demo).await {
        browser.goto(&demo.url(&path)).await;
        let name = path.replace('/', "-");
        browser.picture(&format!("demo{name}")).await;
    }
    browser.close().await;
}
