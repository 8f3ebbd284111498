//! What holds of every picture.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use super::super::Picture;
use super::super::width::Font;

/// What is wrong with the pictures of one page, in words.
pub(super) fn faults(pictures: &[(&'static str, Picture)]) -> Vec<String> {
    let mut faults = Vec::new();
    let page: Vec<&str> = pictures
        .iter()
        .flat_map(|(_, picture)| [&picture.wide, &picture.narrow, &picture.list])
        .map(String::as_str)
        .collect();
    let page = format!("<div>{}</div>", page.concat());
    match Document::parse(&page.replace("<wbr>", "<wbr/>")) {
        Ok(document) => faults.extend(of_page(&document)),
        Err(error) => faults.push(format!("not well formed: {error}")),
    }
    for (name, picture) in pictures {
        let words = [&picture.title, &picture.caption, &picture.list];
        if words.iter().any(|text| text.is_empty()) {
            faults.push(format!("{name} has no words"));
        }
        for (form, svg) in [("wide", &picture.wide), ("narrow", &picture.narrow)] {
            let Ok(document) = Document::parse(svg) else {
                continue;
            };
            let of_form = of_drawing(&document, picture);
            faults.extend(of_form.into_iter().map(|f| format!("{name} {form}: {f}")));
        }
        let all = format!("{}{}{}", picture.wide, picture.narrow, picture.list);
        let hostile = garant_service::present::is_hostile;
        if all.chars().any(hostile) {
            faults.push(format!("{name}: a hostile character"));
        }
        for word in ["style=", "[picture", "[path", "undefined", "None", "Some("] {
            if all.contains(word) {
                faults.push(format!("{name}: {word}"));
            }
        }
    }
    faults
}

fn of_page(document: &Document<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for node in document.descendants() {
        if let Some(id) = node.attribute("id")
            && !ids.insert(id)
        {
            faults.push(format!("{id} stands twice"));
        }
    }
    for node in document.descendants().filter(|node| node.has_tag_name("a")) {
        let target = node.attribute("href").unwrap_or_default();
        if !ids.contains(target.trim_start_matches('#')) {
            faults.push(format!("{target} is not there"));
        }
    }
    for node in document.descendants() {
        for name in ["aria-labelledby", "aria-describedby"] {
            let named = node.attribute(name).unwrap_or_default();
            for id in named.split_whitespace().filter(|id| !ids.contains(id)) {
                faults.push(format!("{name} of {id}"));
            }
        }
    }
    faults
}

/// The text of a node without marks and without places to break.
fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| node.is_text());
    texts.filter_map(|node| node.text()).collect()
}

/// Without anything that may differ between a description and a list.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '`')
        .collect()
}

fn of_drawing(document: &Document<'_>, picture: &Picture) -> Vec<String> {
    let mut faults = Vec::new();
    let svg = document.root_element();
    let view = svg.attribute("viewBox").unwrap_or_default();
    let view: Vec<f64> = view.split(' ').filter_map(|n| n.parse().ok()).collect();
    let [_, _, width, height] = view[..] else {
        return vec!["no viewBox".to_owned()];
    };
    let list = picture.list.replace("<wbr>", "");
    let list = Document::parse_with_options(
        &format!("<div>{list}</div>"),
        roxmltree::ParsingOptions::default(),
    )
    .map(|list| bare(&text(list.root_element())))
    .unwrap_or_default();
    let is = |node: &Node<'_, '_>, tag: &str| node.has_tag_name(tag);
    for node in svg.descendants().filter(|node| is(node, "text")) {
        let said = text(node);
        let class = node.attribute("class").unwrap_or_default();
        let classes: BTreeSet<&str> = class.split(' ').collect();
        let font = Font::ALL
            .into_iter()
            .find(|font| classes.contains(font.class()));
        let number = |name| node.attribute(name).and_then(|n| n.parse::<f64>().ok());
        let (Some(x), Some(y)) = (number("x"), number("y")) else {
            faults.push(format!("{said}: no place"));
            continue;
        };
        let long = font.unwrap_or(Font::Bold).width(&said);
        let left = if classes.contains("g-end") {
            x - long
        } else if classes.contains("g-mid") || classes.contains("g-num") {
            x - long / 2.0
        } else {
            x
        };
        if left < -0.2 || left + long > width + 0.2 || y < 11.0 || y + 3.0 > height {
            let right = left + long;
            faults.push(format!("{said}: {left}..{right}, {y} of {width} {height}"));
        }
        if said.is_empty() {
            faults.push("an empty text".to_owned());
        }
    }
    let roles = [("img", false), ("group", true)];
    let links = svg.descendants().filter(|node| is(node, "a")).count() > 0;
    let role = svg.attribute("role").unwrap_or_default();
    if !roles.contains(&(role, links)) {
        faults.push(format!("role {role}, links: {links}"));
    }
    for node in svg.descendants().filter(|node| is(node, "rect")) {
        let number = |name| {
            let number = node.attribute(name).and_then(|n| n.parse::<f64>().ok());
            number.unwrap_or(f64::NAN)
        };
        let (right, bottom) = (
            number("x") + number("width"),
            number("y") + number("height"),
        );
        let inside = number("x") >= -0.2 && right <= width + 0.2 && bottom <= height + 0.2;
        if !inside || number("width") <= 0.0 || number("height") <= 0.0 {
            faults.push(format!(
                "a rectangle to {right} {bottom} of {width} {height}"
            ));
        }
    }
    // The description says nothing that the list does not say.
    let describes = svg.children().find(|node| is(node, "desc")).map(text);
    let describes = describes.unwrap_or_default();
    for sentence in describes.split_inclusive(". ").map(bare) {
        let is_about_list = sentence.contains("image") || sentence.contains("picture");
        if !is_about_list && !list.contains(&sentence) {
            faults.push(format!("the list does not say {sentence}"));
        }
    }
    // Nor does the drawing name anything of the DNS that the list does not name.
    for node in svg.descendants().filter(|node| is(node, "text")) {
        let class = node.attribute("class").unwrap_or_default();
        if class.contains("g-mono") || class.contains("g-name") {
            let said = text(node);
            let said = bare(said.trim_end_matches('…').trim_start_matches('…'));
            if !list.contains(&said) {
                faults.push(format!("the list does not name {said}"));
            }
        }
    }
    faults
}
