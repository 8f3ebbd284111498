//! Words of a picture.

use garant_text::{Args, Catalogue, Language};

use super::canvas::escape;
use crate::words;

/// Whoever finds the words.
#[derive(Clone, Copy)]
pub(super) struct Words {
    catalogue: &'static Catalogue,
}

impl Words {
    pub(super) fn of(language: Language) -> Self {
        Self {
            catalogue: Catalogue::of(language),
        }
    }

    pub(super) fn say(&self, key: &str, args: &Args) -> String {
        self.catalogue.text(key, args)
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.say(key, &Args::new())
    }
}

/// A name or another text of the DNS in HTML: as code, and able to break.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", words::breakable(&of_xml(text)).0)
}

/// Words in HTML, with what stands between back-ticks as code.
pub(super) fn rich(text: &str) -> String {
    words::rich(&of_xml(text)).0
}

/// The text without the characters that neither XML nor valid HTML may hold.
pub(super) fn of_xml(text: &str) -> String {
    text.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}

/// Words in HTML, behind the shape of a state.
pub(super) fn state(class: &str, shape: &str, text: &str) -> String {
    format!(
        r##"<span class="state {class}"><svg aria-hidden="true" focusable="false"><use href="#{shape}"/></svg>{}</span>"##,
        escape(text)
    )
}

/// Sentences in HTML, one paragraph.
pub(super) fn paragraph(sentences: &[String]) -> String {
    let sentences: Vec<String> = sentences.iter().map(|text| rich(text)).collect();
    format!("<p>{}</p>", sentences.join(" "))
}

/// Sentences for a description, which has no marks: what stands between back-ticks stands there without them.
pub(super) fn plain(sentences: &[String]) -> String {
    sentences.join(" ").replace('`', "")
}
