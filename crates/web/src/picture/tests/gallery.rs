//! The pictures for people: a page for each of some worlds, in the folder for temporary files.

use std::fmt::Write;
use std::fs;

use super::super::canvas::escape;
use super::{EVERYTHING, Told};

const STYLE: &str = include_str!("../../../static/garant.css");
const BASE: &str = include_str!("../../../templates/base.html");

/// Parts of the titles of the worlds that are shown.
const SHOWN: &[&str] = &[
    "an eleventh look-up at a provider",
    "a third look-up that finds nothing",
    "eight look-ups are fine",
    "two domains of one group",
    "a term that cannot be read",
    "an included name does not exist in a domain that does",
    "no policy yet for resolvers",
    "a stale server does not hide",
    "was replaced, and the old one in caches",
    "entered at servers that only the parent lists",
    "a server that refuses",
    "all servers are silent",
];

fn page(told: &Told) -> String {
    let start = BASE.find("<svg class=\"sprite\"").expect("the shapes");
    let end = BASE[start..].find("</svg>\n<header").expect("their end");
    let shapes = &BASE[start..start + end + 6];
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head><body>{shapes}<main class=\"wrap\"><h1>{}</h1>",
        told.language,
        escape(&told.title),
        escape(&told.title)
    );
    for (_, picture) in told.pictures() {
        write!(
            page,
            "<section class=\"act\"><div class=\"margin\"><h2>{}</h2></div><div class=\"body\"></div><figure class=\"picture full\">{}{}<figcaption>{}</figcaption></figure><div class=\"margin\"></div><div class=\"body stack-s\">{}</div></section>",
            escape(&picture.title),
            picture.wide,
            picture.narrow,
            escape(&picture.caption),
            picture.list
        )
        .expect("a string takes everything");
    }
    page + "</main></body></html>"
}

#[test]
fn some_pictures_are_written_for_people() {
    let folder = std::env::temp_dir().join("garant-pictures");
    fs::create_dir_all(&folder).expect("a folder");
    let is_shown = |told: &&Told| {
        let mut shown = SHOWN.iter();
        shown.any(|part| told.title.contains(part)) || !told.title.contains(".worlds")
    };
    for told in EVERYTHING.iter().filter(is_shown) {
        let name: String = told
            .title
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let path = folder.join(format!("{name}.{}.html", told.language));
        fs::write(path, page(told)).expect("a file");
    }
}
