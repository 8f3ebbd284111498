//! Texts for pages.

use askama::filters::Safe;
use garant_service::present::sanitise;

/// Text as HTML: sanitised, escaped, and what stands between back-ticks set as code. Names in code may break
/// after their dots.
pub(crate) fn rich(text: &str) -> Safe<String> {
    let text = sanitise(text);
    let mut html = String::with_capacity(text.len() + 32);
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1;
        if is_code {
            html.push_str("<code>");
        }
        escape_into(part, is_code, &mut html);
        if is_code {
            html.push_str("</code>");
        }
    }
    Safe(html)
}

/// A name or a value for a place where it must be able to break: escaped, with a place to break after each dot
/// and each underscore.
pub(crate) fn breakable(text: &str) -> Safe<String> {
    let text = sanitise(text);
    let mut html = String::with_capacity(text.len() + 32);
    escape_into(&text, true, &mut html);
    Safe(html)
}

fn escape_into(text: &str, breaks: bool, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '.' if breaks => html.push_str(".<wbr>"),
            other => html.push(other),
        }
    }
}

/// The same as filters of templates: each module with templates has `use crate::words::filters;`.
#[expect(
    unreachable_pub,
    reason = "what the attribute makes of a filter is public"
)]
pub(crate) mod filters {
    use askama::Values;
    use askama::filters::Safe;

    /// [`super::rich`].
    #[askama::filter_fn]
    pub fn rich(text: impl AsRef<str>, _: &dyn Values) -> askama::Result<Safe<String>> {
        Ok(super::rich(text.as_ref()))
    }

    /// [`super::breakable`].
    #[askama::filter_fn]
    pub fn breakable(text: impl AsRef<str>, _: &dyn Values) -> askama::Result<Safe<String>> {
        Ok(super::breakable(text.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_ours_cannot_leave_its_place() {
        assert_eq!(
            rich("a `<b>` & `x").0,
            "a <code>&lt;b&gt;</code> &amp; <code>x</code>"
        );
        assert_eq!(breakable("a.b\"<").0, "a.<wbr>b&quot;&lt;");
        assert!(
            !rich("\u{202E}evil\u{1b}[0m")
                .0
                .contains(['\u{202E}', '\u{1b}'])
        );
    }
}
