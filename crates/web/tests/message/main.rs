//! The pages about one message and about messages of non-delivery, as readers and as everybody else use them.
//!
//! * `forms`: what is sent, and what is wrong with it. `limits`: how much, and how often. `results`: what is told. `kept`:
//!   results behind a link.

#[path = "../site/mod.rs"]
mod site;

mod forms;
mod kept;
mod limits;
mod results;

use crate::site::{Page, TestSite, Wishes, article, zones};

/// A domain with `p=reject` for which both legs hold, and its message.
const PASSES: &str = include_str!("mails/passes.eml");
/// The message of the ActiveCampaign article: refused.
const REFUSED: &str = include_str!("mails/refused.eml");
/// One line of a server.
const REPLY: &str = "550 5.7.26 Unauthenticated email from votreentreprise.fr is not accepted due to domain's DMARC policy.";
/// A message of non-delivery in the form of RFC 3464.
const NOTICE: &str = concat!(
    "From: MAILER-DAEMON@mta.example\r\n",
    "To: retours@votreentreprise.fr\r\n",
    "Subject: Undelivered Mail Returned to Sender\r\n",
    "MIME-Version: 1.0\r\n",
    "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n",
    "\r\n",
    "--b\r\nContent-Type: text/plain\r\n\r\nIt was not delivered.\r\n",
    "--b\r\nContent-Type: message/delivery-status\r\n\r\n",
    "Reporting-MTA: dns; mta.example\r\n\r\n",
    "Final-Recipient: rfc822; client@gmail.com\r\n",
    "Action: failed\r\nStatus: 5.1.1\r\n",
    "Remote-MTA: dns; gmail-smtp-in.l.google.com\r\n",
    "Diagnostic-Code: smtp; 550 5.1.1 The email account that you tried to reach does not exist.\r\n",
    "--b--\r\n",
);

/// A site over the domains of the messages.
fn wishes() -> Wishes {
    Wishes::new(zones(&[
        (site::DOMAIN, &article("reject-without-dkim")),
        (
            "facture.example",
            include_str!("mails/facture.example.zone"),
        ),
        (".", &article("internet")),
    ]))
}

/// The same, two days later: when the messages had been received.
fn reading_site() -> TestSite {
    let site = wishes().site();
    site.clock.advance(2 * 86_400);
    site
}

/// A part of a form.
enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

const BOUNDARY: &str = "----garant-test";
const KIND: &str = "multipart/form-data; boundary=----garant-test";

/// A form as browsers send it.
fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (head, octets) = match part {
            Part::Text(name, text) => (format!("name=\"{name}\""), text.as_bytes()),
            Part::File(name, octets) => {
                let kind = "application/octet-stream";
                let head = format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: {kind}");
                (head, *octets)
            }
        };
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(octets);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl TestSite {
    async fn send_form(&self, path: &str, parts: &[Part<'_>]) -> Page {
        self.post_raw(path, KIND, form(parts)).await
    }
}

/// What stands between the tags of a page.
fn told(html: &str) -> String {
    let html = html.replace("<wbr>", "");
    let main = html
        .split("<main")
        .nth(1)
        .expect("a page has its main part");
    let mut text = String::new();
    let mut is_tag = true;
    for character in main.chars() {
        match character {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            _ if is_tag => {}
            _ => text.push(character),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
