//! Everybody can: no finding of axe-core, valid HTML, the keyboard, small screens and great zoom, little motion.

use serde_json::{Value, json};

use crate::demo::Demo;
use crate::driver::{Browser, Setup};
use crate::flows::{pages, results};
use crate::judges;

/// Every page in both languages, light and dark: no finding. The HTML of each is valid.
#[tokio::test]
async fn nobody_is_shut_out() {
    let Some(browser) = Browser::start("axe", Setup::default()).await else {
        return;
    };
    let Some(axe) = judges::axe() else {
        return browser.close().await;
    };
    let demo = Demo::start();
    let mut faults = Vec::new();
    let mut paths = pages(&browser, &demo).await;
    paths.extend(results(&browser, &demo).await);
    assert!(paths.len() > 40, "{paths:?}");
    for path in &paths {
        for scheme in ["light", "dark"] {
            browser.scheme(scheme).await;
            browser.goto(&demo.url(path)).await;
            for fault in judges::accessibility(&browser, &axe).await {
                faults.push(format!("{path} ({scheme}): {fault}"));
            }
        }
    }
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn every_page_is_valid_html() {
    let Some(browser) = Browser::start("html", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    let mut paths = pages(&browser, &demo).await;
    paths.extend(results(&browser, &demo).await);
    let mut faults = Vec::new();
    for path in &paths {
        browser.goto(&demo.url(path)).await;
        // As it was sent, not as scripts left it.
        let fetch = format!("return fetch({path:?}).then(r => r.text())");
        let html = browser.run(&fetch).await;
        faults.extend(judges::validity(path, html.as_str().expect("a page")));
    }
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What reaches beyond the right edge of a page that scrolls sideways; nothing where it does not.
pub(crate) async fn too_wide(browser: &Browser) -> Option<Value> {
    let wide = browser
        .run(
            "const limit = document.documentElement.clientWidth;\
             if (document.scrollingElement.scrollWidth <= limit) return [];\
             return [...document.querySelectorAll('body *')]\
               .filter(e => e.getBoundingClientRect().right > limit + 1 && !e.closest('.unseen, .sprite'))\
               .slice(0, 3).map(e => e.outerHTML.slice(0, 160));",
        )
        .await;
    let is_fine = wide.as_array().is_some_and(Vec::is_empty);
    (!is_fine).then_some(wide)
}

/// 320 CSS pixels, which is also a zoom of 400 % at 1280 (WCAG 2.2, 1.4.10): nothing scrolls sideways, and nothing is lost.
#[tokio::test]
async fn narrow_screens_and_great_zoom_lose_nothing() {
    let Some(browser) = Browser::start("narrow", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    let mut paths = pages(&browser, &demo).await;
    paths.extend(results(&browser, &demo).await);
    let mut faults = Vec::new();
    for path in &paths {
        for (width, height) in [(320, 256), (320, 800), (768, 1000)] {
            browser.size(width, height).await;
            browser.goto(&demo.url(path)).await;
            let wide = too_wide(&browser).await;
            if let Some(wide) = wide {
                faults.push(format!("{path} at {width}: {wide}"));
            }
        }
    }
    browser.close().await;
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// From the top of the page that is shown to its end with the Tab key.
pub(crate) async fn walk_by_keyboard(browser: &Browser, path: &str) {
    let all = browser
        .run(
            "const list = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]\
               .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0 \
                 && !(e.closest('details:not([open])') && e.tagName !== 'SUMMARY'));\
             list.forEach((e, i) => e.dataset.stop = i); document.activeElement.blur(); window.scrollTo(0, 0);\
             return list.length",
        )
        .await
        .as_u64()
        .expect("a count");
    assert!(all > 5, "{path}");
    let mut met = Vec::new();
    for _ in 0..all {
        let key = |kind: &str| json!({ "type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
        browser.cdp("Input.dispatchKeyEvent", key("keyDown")).await;
        browser.cdp("Input.dispatchKeyEvent", key("keyUp")).await;
        let stop = browser
            .run(
                "const e = document.activeElement; const s = getComputedStyle(e); const r = e.getBoundingClientRect();\
                 return [e.dataset.stop ?? '', s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, \
                         r.bottom > 0 && r.top < innerHeight, r.width >= 24 && r.height >= 23.5 || e.closest('p, li, td, dd, caption, figcaption') !== null, \
                         e.outerHTML.slice(0, 120)]",
            )
            .await;
        let place = stop[0].as_str().expect("text").to_owned();
        let what = &stop[4];
        assert_eq!(stop[1], true, "{path}: no focus is seen at {what}");
        assert_eq!(stop[2], true, "{path}: out of sight: {what}");
        assert_eq!(stop[3], true, "{path}: smaller than 24 x 24: {what}");
        met.push(place);
    }
    let expected: Vec<String> = (0..all).map(|stop| stop.to_string()).collect();
    assert_eq!(met, expected, "{path}");
}

/// From the top of a page to its end with the Tab key alone: each stop is seen, none is a trap, and the order is that of the page.
#[tokio::test]
async fn the_keyboard_reaches_everything() {
    let Some(browser) = Browser::start("keyboard", Setup::default()).await else {
        return;
    };
    // What slides into sight is looked at where it ends.
    let still = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
    browser
        .cdp("Emulation.setEmulatedMedia", json!({ "features": [still] }))
        .await;
    let demo = Demo::start();
    let mut paths = vec![
        "/en/".to_owned(),
        "/fr/help".to_owned(),
        "/fr/message".to_owned(),
        "/en/bounce".to_owned(),
        "/en/support".to_owned(),
    ];
    paths.extend(results(&browser, &demo).await.into_iter().take(2));
    for path in &paths {
        browser.goto(&demo.url(path)).await;
        walk_by_keyboard(&browser, path).await;
    }
    browser.close().await;
}

#[tokio::test]
async fn nothing_moves_for_those_who_do_not_want_it() {
    let Some(browser) = Browser::start("motion", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    let feature = json!({ "name": "prefers-reduced-motion", "value": "reduce" });
    browser
        .cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        )
        .await;
    for path in results(&browser, &demo).await.iter().take(1) {
        browser.goto(&demo.url(path)).await;
        let moving = browser
            .run(
                "return [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);\
                 return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none' }).length",
            )
            .await;
        assert_eq!(moving, 0, "{path}");
    }
    browser.close().await;
}

/// A state is a shape and a word, never a colour alone.
#[tokio::test]
async fn no_state_is_told_by_colour_alone() {
    let Some(browser) = Browser::start("colour", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    for path in results(&browser, &demo).await {
        browser.goto(&demo.url(&path)).await;
        let bare = browser
            .run(
                "return [...document.querySelectorAll('.state, .stamp')]\
                 .filter(e => !e.innerText.trim() || !e.querySelector('svg'))\
                 .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 160))",
            )
            .await;
        assert_eq!(bare, json!([]), "{path}");
    }
    browser.close().await;
}
