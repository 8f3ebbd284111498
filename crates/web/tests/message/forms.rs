//! What is sent, and what is wrong with it.

use axum::http::StatusCode;

use crate::site::TestSite;
use crate::{KIND, NOTICE, PASSES, Part, REFUSED, REPLY, reading_site, told};

const OK: StatusCode = StatusCode::OK;
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

#[tokio::test]
async fn the_forms_stand_in_both_languages() {
    let site = reading_site();
    for (path, expect) in [
        ("/fr/message", "Collez un message"),
        ("/en/message", "Paste a message"),
        ("/fr/bounce", "Collez un message de non-remise"),
        ("/en/bounce", "Paste a message of non-delivery"),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status, OK, "{path}");
        let html = page.text();
        assert!(html.contains(expect), "{path}: {html}");
        let action = format!("method=\"post\" enctype=\"multipart/form-data\" action=\"{path}\"");
        assert!(html.contains(&action), "{path}: {html}");
        assert_eq!(page.header("set-cookie"), "", "{path}");
        // Several bounces, and one message.
        let takes_several = html.contains(" multiple accept=");
        assert_eq!(takes_several, path.ends_with("bounce"), "{path}");
    }
}

#[tokio::test]
async fn the_front_page_leads_to_both() {
    let site = reading_site();
    for language in ["fr", "en"] {
        let html = site.get(&format!("/{language}/")).await.text();
        let main = html.split("<main").nth(1).expect("a main part");
        for page in ["message", "bounce"] {
            let link = format!("href=\"/{language}/{page}\"");
            assert!(main.contains(&link), "{link}");
        }
    }
}

/// Sends parts to an English page.
async fn check(site: &TestSite, page: &str, parts: &[Part<'_>], expect: (StatusCode, &str)) {
    let answer = site.send_form(&format!("/en/{page}"), parts).await;
    let (status, text) = (answer.status, told(&answer.text()));
    assert_eq!(status, expect.0, "{page}: {text}");
    assert!(text.contains(expect.1), "{page}: {} in {text}", expect.1);
}

#[tokio::test]
async fn a_message_comes_as_text_or_as_a_file() {
    let site = reading_site();
    let passes = (OK, "Votre facture de décembre");
    let file = |octets| Part::File("a.eml", octets);
    check(&site, "message", &[file(PASSES.as_bytes())], passes).await;
    check(&site, "message", &[Part::Text("pasted", PASSES)], passes).await;
    // A browser sends a file without a name where none was chosen.
    let nothing_chosen = [Part::Text("pasted", PASSES), Part::File("", b"")];
    check(&site, "message", &nothing_chosen, passes).await;
    let both = [Part::Text("pasted", REFUSED), file(PASSES.as_bytes())];
    check(&site, "message", &both, passes).await;
    let said = (OK, "only the file was looked at");
    check(&site, "message", &both, said).await;
    // White space before what was pasted is the hand's.
    let above = format!("\r\n \n{PASSES}");
    check(&site, "message", &[Part::Text("pasted", &above)], passes).await;
    // So is what stands before each line of it.
    let indented = format!("\n  {}", PASSES.replace('\n', "\n  "));
    check(&site, "message", &[Part::Text("pasted", &indented)], passes).await;
    // A program may send it as a plain form.
    let page = site.post("/en/message", &[("pasted", PASSES)]).await;
    assert_eq!(page.status, OK);
    assert!(told(&page.text()).contains(passes.1));
}

#[tokio::test]
async fn what_is_no_message_is_told_beside_the_field() {
    let site = reading_site();
    let file = |octets| Part::File("a.eml", octets);
    let binary: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let nothing = (WRONG, "There is nothing to look at yet");
    for page in ["message", "bounce"] {
        check(&site, page, &[], nothing).await;
        check(&site, page, &[Part::Text("pasted", " \r\n\t")], nothing).await;
        check(&site, page, &[file(b"")], (WRONG, "Paste")).await;
    }
    let is_none = (WRONG, "header field");
    check(&site, "message", &[file(&binary)], is_none).await;
    let is_none = (WRONG, "nothing in it says that one was not delivered");
    check(&site, "bounce", &[file(&binary)], is_none).await;
    let fields: String = (0..10_000).map(|at| format!("X-{at}: y\n")).collect();
    let fields = format!("From: a@votreentreprise.fr\n{fields}\nz\n");
    let many = [file(fields.as_bytes())];
    check(&site, "message", &many, (WRONG, "more than 2,000")).await;
    let two = [file(PASSES.as_bytes()), file(PASSES.as_bytes())];
    check(&site, "message", &two, (WRONG, "Choose one file")).await;
    // What was pasted is still there.
    let page = site
        .send_form(
            "/en/message",
            &[Part::Text("pasted", "no message </textarea>")],
        )
        .await;
    let html = page.text();
    assert!(
        html.contains("\nno message &lt;/textarea&gt;</textarea>")
            || html.contains("\nno message &#60;/textarea&#62;</textarea>"),
        "{html}"
    );
    assert!(html.contains("aria-invalid=\"true\" autofocus"), "{html}");
}

#[tokio::test]
async fn what_is_stated_beside_a_message_is_used_or_refused() {
    let site = reading_site();
    let pasted = || Part::Text("pasted", "From: anne@facture.example\nSubject: x\n\ny\n");
    let stated = [
        pasted(),
        Part::Text("ip", " 192.0.2.10 "),
        Part::Text("mail_from", "<retours@em.facture.example>"),
    ];
    check(&site, "message", &stated, (OK, "SPF alone")).await;
    for (name, value) in [
        ("receiver", "Gmail"),
        ("trust_sealer", "liste.example, relais.example"),
    ] {
        let stated = [pasted(), Part::Text(name, value)];
        check(&site, "message", &stated, (OK, "facture.example")).await;
    }
    for (name, value) in [
        ("ip", "192.0.2.300"),
        ("helo", "two words"),
        ("mail_from", "a@b@"),
        ("receiver", "a..b"),
        ("receiver", "gmial"),
        ("trust_sealer", "liste.example, b"),
    ] {
        let wrong = [Part::Text("pasted", PASSES), Part::Text(name, value)];
        let page = site.send_form("/fr/message", &wrong).await;
        let html = page.text();
        assert_eq!(page.status, WRONG, "{name}");
        assert!(html.contains("<details class=\"more\" open>"), "{name}");
        assert!(
            html.contains(&format!("id=\"{name}-error\"")),
            "{name}: {html}"
        );
        assert!(html.contains(&format!("value=\"{value}\"")), "{name}");
        assert!(html.contains("facture.example"), "{name}: the text is lost");
    }
}

#[tokio::test]
async fn odd_messages_have_their_page() {
    let site = reading_site();
    for (octets, expect) in [
        (
            "From: a@votreentreprise.fr\nFrom: b@autre.example\n\nx\n".to_owned(),
            "several",
        ),
        (
            "From: a@votreentreprise.fr\nSubject: a\0b\n\nx\0\n".to_owned(),
            "votreentreprise.fr",
        ),
        ("Subject: nobody\n\nx\n".to_owned(), "nobody"),
        ("From: a@votreentreprise.fr\nSubject: cut".to_owned(), "cut"),
        (
            "From: a@votreentreprise.fr\rSubject: bare\r\rx".to_owned(),
            "",
        ),
    ] {
        let page = site
            .send_form("/en/message", &[Part::File("a.eml", octets.as_bytes())])
            .await;
        let text = told(&page.text());
        assert_eq!(page.status, OK, "{text}");
        assert!(text.contains(expect), "{expect} in {text}");
        assert!(!page.text().contains('\0'));
    }
}

#[tokio::test]
async fn bounces_come_as_a_line_a_file_several_or_a_mailbox() {
    let site = reading_site();
    let reply = (OK, "votreentreprise.fr");
    check(&site, "bounce", &[Part::Text("pasted", REPLY)], reply).await;
    let notice = (OK, "client@gmail.com");
    check(&site, "bounce", &[Part::Text("pasted", NOTICE)], notice).await;
    let file = |name, octets| Part::File(name, octets);
    let one = [file("a.eml", NOTICE.as_bytes())];
    check(&site, "bounce", &one, notice).await;
    // Of a path, only the name.
    for path in ["C:\\Users\\anne\\a.eml", "../../etc/a.eml", "/a.eml"] {
        let two = [
            file(path, NOTICE.as_bytes()),
            file("b.eml", NOTICE.as_bytes()),
        ];
        let page = site.send_form("/en/bounce", &two).await;
        let text = told(&page.text());
        assert_eq!(page.status, OK);
        assert!(text.contains(" a.eml "), "{text}");
        assert!(!text.contains("anne") && !text.contains("etc"), "{text}");
    }
    // A line and a file are two.
    let both = [
        Part::Text("pasted", REPLY),
        file("b.eml", NOTICE.as_bytes()),
    ];
    check(&site, "bounce", &both, (OK, "How often, and why")).await;
    let mailbox = format!(
        "From MAILER-DAEMON Sun Nov 22 10:00:00 2026\n{NOTICE}\nFrom MAILER-DAEMON Sun Nov 22 10:00:01 2026\n{NOTICE}\n"
    );
    let mailbox = [file("refus.mbox", mailbox.as_bytes())];
    check(&site, "bounce", &mailbox, (OK, "One by one")).await;
    // What somebody attached when asking for help.
    let attached = format!("--o\r\nContent-Type: message/rfc822\r\n\r\n{NOTICE}\r\n");
    let asking = |count| {
        let all = attached.repeat(count);
        format!(
            "From: a@exemple.fr\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n{all}--o--\r\n"
        )
    };
    let two = asking(2);
    let pasted = [Part::Text("pasted", two.as_str())];
    check(&site, "bounce", &pasted, (OK, "The pasted text#2")).await;
    let named = [file("aide.eml", two.as_bytes())];
    check(&site, "bounce", &named, (OK, "aide.eml#2")).await;
    let many = asking(11);
    let over = [file("aide.eml", many.as_bytes())];
    let more = (OK, "More than 10 messages are attached");
    check(&site, "bounce", &over, more).await;
    // Nothing that can be read at all.
    let none = [file("a.txt", b"\x01\x02"), file("b.txt", b"")];
    check(&site, "bounce", &none, (OK, "One by one")).await;
}

#[tokio::test]
async fn a_bounce_that_is_none_is_told_as_what_it_is() {
    let site = reading_site();
    let away = "From: bruno@exemple.com\nTo: a@b.fr\nSubject: Absence\nAuto-Submitted: auto-replied\n\nJe suis absent.\n";
    check(
        &site,
        "bounce",
        &[Part::Text("pasted", away)],
        (OK, "automatic"),
    )
    .await;
    let mail = "From: a@b.fr\nTo: c@d.fr\nSubject: x\n\nBonjour\n";
    let page = site
        .send_form("/en/bounce", &[Part::Text("pasted", mail)])
        .await;
    assert_eq!(page.status, OK, "{}", page.text());
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_a_page() {
    let site = reading_site();
    for (kind, body, expect) in [
        (
            "text/plain",
            "From: a@b.fr",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("application/json", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            "multipart/form-data",
            "x",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (KIND, "x", StatusCode::BAD_REQUEST),
        (
            KIND,
            "------garant-test\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\ncut",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        for path in ["/fr/message", "/en/bounce"] {
            let page = site.post_raw(path, kind, body).await;
            assert_eq!(page.status, expect, "{kind} {path}");
            let html = page.text();
            assert!(html.contains("<h1"), "{kind} {path}: {html}");
        }
    }
}
