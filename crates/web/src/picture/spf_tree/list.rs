//! The tree as a nested list.

use garant_text::Args;

use super::super::canvas::escape;
use super::super::say::{Words, code, paragraph, state};
use super::model::{Mark, RUN_NAMED_MAX, Row, Tree};

/// The id of the item of a row: where the marks of the drawing lead to.
pub(super) fn item(row: usize) -> String {
    format!("spf-term-{}", row + 1)
}

pub(super) fn list(tree: &Tree, words: &Words) -> String {
    let mut html = paragraph(&tree.summary);
    html.push_str(r#"<ul class="tree small"><li><b>"#);
    html.push_str(&code(&tree.domain));
    html.push_str("</b>");
    html.push_str("<ul>");
    let mut depth = 0;
    for (index, row) in tree.rows.iter().enumerate() {
        let is_cut = tree.stop.is_some_and(|stop| stop.before == index);
        close(&mut html, &mut depth, row.depth, index > 0);
        if is_cut {
            html.push_str(&cut(tree, words));
        }
        html.push_str(&format!(r#"<li id="{}">"#, item(index)));
        html.push_str(&one(row, words));
    }
    if tree.rows.is_empty() {
        html.push_str("</ul></li></ul>");
        return html;
    }
    close(&mut html, &mut depth, 0, true);
    if tree.stop.is_some_and(|stop| stop.before >= tree.rows.len()) {
        html.push_str(&cut(tree, words));
    }
    html.push_str("</ul></li></ul>");
    html
}

/// Closes the item before, and opens or closes the lists between it and the next.
fn close(html: &mut String, depth: &mut usize, next: usize, has_before: bool) {
    if !has_before {
        return;
    }
    if next > *depth {
        // A row never lies more than one level beneath the one before it.
        html.push_str("<ul>");
        *depth += 1;
        return;
    }
    html.push_str("</li>");
    while *depth > next {
        html.push_str("</ul></li>");
        *depth -= 1;
    }
}

/// Where a receiver stops.
fn cut(tree: &Tree, words: &Words) -> String {
    let says = tree.stop.map(|stop| stop.reason.words(words));
    let says = state("is-block", "block", &says.unwrap_or_default());
    format!(r#"<li class="cut">{says}</li>"#)
}

fn one(row: &Row, words: &Words) -> String {
    let mut html = String::new();
    if let Some(number) = row.number {
        html.push_str(&format!("{number}. "));
    }
    if row.run.is_empty() {
        html.push_str(&code(&row.text));
    } else {
        let named: Vec<String> = row
            .run
            .iter()
            .take(RUN_NAMED_MAX)
            .map(|t| code(t))
            .collect();
        html.push_str(&named.join(" "));
        let rest = row.run.len().saturating_sub(RUN_NAMED_MAX);
        if rest > 0 {
            let args = Args::new().with("count", rest);
            html.push_str(&format!(
                " ({})",
                escape(&words.say("picture-spf-more", &args))
            ));
        }
    }
    if let Some(service) = row.service {
        html.push_str(&format!(", {}", escape(service)));
    }
    if !row.marked.is_empty() {
        let marked = match row.mark {
            Mark::None => escape(&row.marked),
            Mark::Void => state("is-risk", "risk", &row.marked),
            Mark::Fault => state("is-block", "block", &row.marked),
            Mark::Unknown => state("is-unknown", "unknown", &row.marked),
        };
        html.push_str(&format!(", {marked}"));
    }
    if !row.says.is_empty() {
        html.push_str(&format!(", {}", escape(&row.says)));
    }
    html
}
