//! Text from the DNS cannot leave its place, on no page and in no file.

use crate::site::{TestSite, site, zones};

/// A zone whose texts try everything: markup, quotes, control characters, marks that turn the direction of writing.
const ZONE: &str = r#"$ORIGIN mechant.fr.
$TTL 3600
@ IN SOA ns1.mechant.fr. a.mechant.fr. 1 86400 3600 3600000 300
@ IN NS ns1.mechant.fr.
ns1 IN A 203.0.113.1
@ IN MX 10 mx.mechant.fr.
mx IN A 203.0.113.2
@ IN TXT "v=spf1 include:<script>alert(1)</script> \"onload=x\027[31m -all"
_dmarc IN TXT "v=DMARC1; p=reject; rua=mailto:\"><img src=x onerror=alert(2)>@mechant.fr; x=`*_\226\128\174"
s1._domainkey IN TXT "v=DKIM1; k=rsa; n=</pre><script>alert(3)</script>\013\010data: x; p=AAAA"
"#;

const FORM: [(&str, &str); 2] = [("domain", "mechant.fr"), ("selectors", "s1")];

/// What must stand in no page.
const MARKUP: [&str; 4] = ["<script>alert", "<img src=x", "</pre><script", "\"onload=x"];

fn mechant() -> TestSite {
    site(zones(&[("mechant.fr", ZONE)]))
}

#[tokio::test]
async fn no_page_takes_markup_from_the_dns() {
    let site = mechant();
    for language in ["fr", "en"] {
        let path = site.checked_with(language, &FORM).await;
        for page in ["", "/records", "?of=<script>alert(1)</script>"] {
            let page = format!("{path}{page}")
                .replace('<', "%3C")
                .replace('>', "%3E");
            let html = site.get(&page).await.text();
            for markup in MARKUP {
                assert!(!html.contains(markup), "{page}: {markup} in\n{html}");
            }
            for character in ['\u{1b}', '\r', '\u{202e}'] {
                assert!(!html.contains(character), "{page}: {character:?}");
            }
        }
    }
}

#[tokio::test]
async fn no_file_moves_a_cursor() {
    let site = mechant();
    let path = site.checked_with("en", &FORM).await;
    for file in ["garant.json", "plan.json", "garant.md", "plan.zone"] {
        let text = site.get(&format!("{path}/{file}")).await.text();
        for character in ['\u{1b}', '\r', '\u{202e}'] {
            assert!(
                !text.contains(character),
                "{file}: {character:?} in\n{text}"
            );
        }
    }
    // The capture is for programs; JSON escapes what is below a space.
    let text = site.get(&format!("{path}/capture.json")).await.text();
    assert!(!text.contains(['\u{1b}', '\r']), "{text}");
}

#[tokio::test]
async fn what_was_typed_comes_back_as_text() {
    let site = mechant();
    for (name, value) in [
        ("domain", "\"><script>alert(1)</script>"),
        ("sender", "'><img src=x onerror=alert(1)>"),
        ("expect", "</textarea><script>alert(1)</script>"),
    ] {
        let form = [("domain", "a.fr"), (name, value)];
        let html = site.post("/en/", &form).await.text();
        assert!(!html.contains("<script>alert"), "{html}");
        assert!(!html.contains("<img src=x"), "{html}");
        assert!(html.contains("alert(1)"), "kept");
    }
}

#[tokio::test(start_paused = true)]
async fn a_running_check_shows_hostile_text_as_text() {
    let mut wishes = crate::site::Wishes::new(zones(&[("mechant.fr", ZONE)]));
    wishes.is_waiting = true;
    wishes.at_once = [
        "mechant.fr",
        "_dmarc.mechant.fr",
        "s1._domainkey.mechant.fr",
    ]
    .map(str::to_owned)
    .into();
    let site = wishes.site();
    let path = site.checked_with("fr", &FORM).await;
    let page = site.get(&path).await.text();
    let stream = format!("{path}/events");
    let (events, ()) = futures::join!(site.get(&stream), async {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        site.open();
    });
    let events = events.text();
    for text in [&page, &events] {
        assert!(text.contains("&lt;script&gt;alert(1)"), "{text}");
        for markup in MARKUP {
            assert!(!text.contains(markup), "{markup} in\n{text}");
        }
        assert!(!text.contains(['\u{1b}', '\r', '\u{202e}']), "{text}");
    }
    // No text makes an event of its own.
    let is_field = |line: &str| {
        line.is_empty()
            || ["event: ", "data: ", "data:", ":"]
                .iter()
                .any(|field| line.starts_with(field))
    };
    assert!(events.lines().all(is_field), "{events}");
}
