//! The pages about messages: unless they are kept, their results have no address, so each is looked at where it is.

use serde_json::json;

use crate::access::{too_wide, walk_by_keyboard};
use crate::demo::Demo;
use crate::driver::{Browser, Setup};
use crate::flows::paste;
use crate::judges;

/// Refused under `p=reject`: no signature, and the return address is the service's.
const REFUSED: &str = "Return-Path: <bounce-12@acemsrvd.com>\n\
    Received: from mail.acemsrvd.com (mail.acemsrvd.com [192.0.2.10]) by mx.recepteur.example with ESMTPS id 1; \
    Sun, 22 Nov 2026 10:00:05 +0100\n\
    From: Anne Martin <anne@votreentreprise.fr>\nTo: b@recepteur.example\nSubject: Nos offres\n\
    Date: Sun, 22 Nov 2026 10:00:00 +0100\nMessage-ID: <1@acemsrvd.com>\n\nBonjour.\n";
/// Nobody can say who wrote it.
const SEVERAL: &str =
    "From: a@votreentreprise.fr\nFrom: b@autre.example\nSubject: Deux\n\nBonjour.\n";
/// One line of a server.
const REPLY: &str = "550 5.7.26 Unauthenticated email from votreentreprise.fr is not accepted due to domain's DMARC policy.";
/// A notice in the form of RFC 3464.
const NOTICE: &str = include_str!("../bounces/own-policy.eml");
/// An answer of somebody who is away.
const AWAY: &str = include_str!("../bounces/away.eml");

const RESULTS: [(&str, &str); 5] = [
    ("message", REFUSED),
    ("message", SEVERAL),
    ("bounce", REPLY),
    ("bounce", NOTICE),
    ("bounce", AWAY),
];

#[tokio::test]
async fn results_about_messages_shut_nobody_out() {
    let Some(browser) = Browser::start("message-access", Setup::default()).await else {
        return;
    };
    let axe = judges::axe();
    let demo = Demo::start();
    let mut faults = Vec::new();
    for language in ["fr", "en"] {
        for (number, (page, mail)) in RESULTS.into_iter().enumerate() {
            let path = format!("/{language}/{page}");
            paste(&browser, &demo, &path, mail).await;
            let place = format!("{path} {number}");
            for (width, height) in [(320, 800), (768, 1000), (1280, 1000)] {
                browser.size(width, height).await;
                for is_open in [false, true] {
                    let open = format!(
                        "document.querySelectorAll('details').forEach(d => d.open = {is_open})"
                    );
                    browser.run(&open).await;
                    if let Some(wide) = too_wide(&browser).await {
                        faults.push(format!("{place} at {width}: {wide}"));
                    }
                }
                if width == 320 {
                    browser
                        .picture(&format!("{language}-{page}-{number}-narrow"))
                        .await;
                }
            }
            for scheme in ["light", "dark"] {
                // The page is not loaded again: colours that fade are looked at where they end.
                let media = json!({ "features": [
                    { "name": "prefers-color-scheme", "value": scheme },
                    { "name": "prefers-reduced-motion", "value": "reduce" },
                ] });
                browser.cdp("Emulation.setEmulatedMedia", media).await;
                if let Some(axe) = &axe {
                    for fault in judges::accessibility(&browser, axe).await {
                        faults.push(format!("{place} ({scheme}): {fault}"));
                    }
                }
                browser
                    .picture(&format!("{language}-{page}-{number}-{scheme}"))
                    .await;
            }
            browser.scheme("light").await;
            // As it was sent, not as scripts left it.
            let fetch = format!(
                "return fetch({path:?}, {{ method: 'POST', body: new URLSearchParams({{ pasted: {} }}) }}).then(r => r.text())",
                json!(mail)
            );
            let html = browser.run(&fetch).await;
            faults.extend(judges::validity(&place, html.as_str().expect("a page")));
        }
    }
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Pastes a text, ticks the box, and is at the result; its path.
async fn keep(browser: &Browser, demo: &Demo, path: &str, text: &str) -> String {
    browser.goto(&demo.url(path)).await;
    browser
        .wait("input[name=keep]:not(:checked)")
        .await
        .press()
        .await;
    browser.wait("input[name=keep]:checked").await;
    let script = format!(
        "document.querySelector('textarea[name=pasted]').value = {}",
        json!(text)
    );
    browser.run(&script).await;
    browser.wait("form[data-files] button").await.follow().await;
    browser.wait("#kept").await;
    browser.url().await[demo.origin.len()..].to_owned()
}

#[tokio::test]
async fn kept_results_shut_nobody_out() {
    let Some(browser) = Browser::start("message-kept", Setup::default()).await else {
        return;
    };
    let axe = judges::axe();
    let demo = Demo::start();
    let mut faults = Vec::new();
    for (page, mail) in [("message", REFUSED), ("bounce", NOTICE), ("bounce", AWAY)] {
        let link = keep(&browser, &demo, &format!("/fr/{page}"), mail).await;
        for link in [link.clone(), link.replacen("/fr/", "/en/", 1)] {
            let name = format!("{}-kept-{page}", &link[1..3]);
            for scheme in ["light", "dark"] {
                browser.scheme(scheme).await;
                browser.size(1280, 1000).await;
                browser.goto(&demo.url(&link)).await;
                if let Some(axe) = &axe {
                    for fault in judges::accessibility(&browser, axe).await {
                        faults.push(format!("{link} ({scheme}): {fault}"));
                    }
                }
                browser.picture(&format!("{name}-{scheme}")).await;
            }
            browser.scheme("light").await;
            for (width, height) in [(320, 256), (768, 1000)] {
                browser.size(width, height).await;
                browser.goto(&demo.url(&link)).await;
                if let Some(wide) = too_wide(&browser).await {
                    faults.push(format!("{link} at {width}: {wide}"));
                }
            }
            browser.picture(&format!("{name}-medium")).await;
            let fetch = format!("return fetch({link:?}).then(r => r.text())");
            let html = browser.run(&fetch).await;
            faults.extend(judges::validity(&name, html.as_str().expect("a page")));
        }
    }
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Ticked, kept, read again, in the other language, and forgotten, by the keyboard alone and with and without scripts.
#[tokio::test]
async fn a_result_is_kept_shown_again_and_forgotten() {
    for without_scripts in [false, true] {
        let setup = Setup {
            without_scripts,
            ..Setup::default()
        };
        let Some(browser) = Browser::start("message-forget", setup).await else {
            return;
        };
        let demo = Demo::start();
        browser.goto(&demo.url("/fr/message")).await;
        let field = browser.wait("textarea[name=pasted]").await;
        field.type_in(REFUSED).await;
        browser.wait("input[name=keep]").await.type_in(" ").await;
        browser.wait("form[data-files] button").await.submit().await;
        let sentence = browser.text(".verdict .sentence").await;
        let link = browser.url().await;
        assert!(link.starts_with(&demo.url("/fr/m/")), "{link}");
        let own = browser.text("[aria-labelledby=kept] .value").await;
        assert_eq!(own, link);
        // Again, as whoever got the link.
        browser.goto(&link).await;
        assert_eq!(browser.text(".verdict .sentence").await, sentence);
        browser.wait(".lang a[hreflang=en]").await.follow().await;
        assert_eq!(browser.url().await, link.replace("/fr/", "/en/"));
        let english = browser.text(".verdict .sentence").await;
        assert!(
            english.contains("votreentreprise.fr") && english != sentence,
            "{english}"
        );
        browser
            .wait("[aria-labelledby=kept] form button")
            .await
            .submit()
            .await;
        assert_eq!(browser.text("h1").await, "It is forgotten");
        assert_eq!(browser.url().await, demo.url("/en/m/forgotten"));
        browser.goto(&link).await;
        assert_eq!(browser.text("h1").await, "Ce résultat n’est plus conservé");
        browser.close().await;
    }
}

#[tokio::test]
async fn the_keyboard_reaches_everything_about_a_message() {
    let Some(browser) = Browser::start("message-keyboard", Setup::default()).await else {
        return;
    };
    let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "features": [still] }))
        .await;
    let demo = Demo::start();
    for (page, mail) in [("message", REFUSED), ("bounce", NOTICE)] {
        let path = format!("/fr/{page}");
        paste(&browser, &demo, &path, mail).await;
        walk_by_keyboard(&browser, &path).await;
        let link = keep(&browser, &demo, &path, mail).await;
        walk_by_keyboard(&browser, &link).await;
    }
    browser.close().await;
}

/// From a message to the check of its domain, with and without scripts.
#[tokio::test]
async fn a_message_is_pasted_walked_through_and_its_domain_checked() {
    for without_scripts in [false, true] {
        let setup = Setup {
            without_scripts,
            ..Setup::default()
        };
        let Some(browser) = Browser::start("message-walk", setup).await else {
            return;
        };
        let demo = Demo::start();
        browser.goto(&demo.url("/fr/")).await;
        browser
            .wait("main a[href='/fr/message']")
            .await
            .follow()
            .await;
        let field = browser.wait("textarea[name=pasted]").await;
        field.type_in(REFUSED).await;
        browser.wait("form[data-files] button").await.submit().await;
        let sentence = browser.text(".verdict .sentence").await;
        assert!(sentence.contains("votreentreprise.fr"), "{sentence}");
        browser.wait("#step-1 .walk a").await.press().await;
        browser.wait("#step-2:target").await;
        let seen = browser
            .run("const r = document.querySelector('#step-2').getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight")
            .await;
        assert_eq!(seen, true, "the next step is in sight");
        browser.wait(".verdict form button").await.follow().await;
        // The check knows what the message said.
        browser.wait("#path").await;
        assert!(browser.url().await.contains("/fr/c/"));
        let whole = browser.text("main").await;
        assert!(whole.contains("acemsrvd.com"), "{whole}");
        browser.close().await;
    }
}

#[tokio::test]
async fn a_file_is_dropped_anywhere_on_the_page() {
    let Some(browser) = Browser::start("message-drop", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    browser.goto(&demo.url("/en/bounce")).await;
    let drop = format!(
        "const held = new DataTransfer(); held.items.add(new File([{}], 'a.eml')); held.items.add(new File([{}], 'b.eml'));\
         document.querySelector('h1').dispatchEvent(new DragEvent('drop', {{ dataTransfer: held, bubbles: true, cancelable: true }}));\
         const field = document.querySelector('input[type=file]'); return [field.files.length, document.activeElement === field]",
        json!(NOTICE),
        json!(AWAY)
    );
    assert_eq!(browser.run(&drop).await, json!([2, true]));
    // What was taken is said.
    browser
        .wait_xpath("//*[@role='status'][contains(., 'a.eml, b.eml')]")
        .await;
    browser.wait("form[data-files] button").await.follow().await;
    browser.wait("#counts").await;
    browser.close().await;
}
