//! One message looked over.

use garant_check::{Code, one_click};
use garant_msgauth::message::Message;
use garant_msgauth::mime::Mime;

/// Characters of a stranger's text in a finding, with the sign that it was cut.
const TEXT_CHARS_MAX: usize = 201;

/// Whatever a message holds, what is said of it has all its arguments, is short, and is the same twice.
pub(crate) fn lint(data: &[u8]) {
    let Ok(message) = Message::read(data) else {
        return;
    };
    let mime = Mime::read(&message);
    let findings = garant_check::lint(&message, &mime, &[]);
    assert_eq!(findings, garant_check::lint(&message, &mime, &[]));
    for finding in &findings {
        let mut arguments = finding.code.arguments().iter();
        assert!(arguments.all(|name| finding.args.contains_key(name)));
        let mut texts = finding.found.iter().chain(&finding.expected);
        assert!(texts.all(|text| text.chars().count() <= TEXT_CHARS_MAX));
        assert_eq!(finding.code.topic(), "message");
    }
    let one_click = one_click(&message, &[]);
    assert!(one_click.present || !one_click.covered);
    let is_said = |code: Code| findings.iter().any(|finding| finding.code == code);
    assert_eq!(is_said(Code::MessageOneClick), one_click.covered);
}
