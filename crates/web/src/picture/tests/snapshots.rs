//! Some pictures as they are, one element a line.

use super::{EVERYTHING, Told};

fn told(title: &str, language: &str) -> &'static Told {
    EVERYTHING
        .iter()
        .find(|told| told.title.contains(title) && told.language.tag() == language)
        .unwrap_or_else(|| panic!("no world {title}"))
}

/// One form of one picture.
#[track_caller]
fn check(title: &str, language: &str, name: &str, form: &str) {
    let pictures = told(title, language).pictures();
    let (_, picture) = pictures
        .iter()
        .find(|(of, _)| *of == name)
        .expect("the picture is drawn");
    let drawn = match form {
        "wide" => &picture.wide,
        "narrow" => &picture.narrow,
        _ => &picture.list,
    };
    let lines = drawn.replace("><", ">\n<");
    insta::assert_snapshot!(format!("{name}_{form}_{language}"), lines);
}

#[test]
fn pictures_look_as_they_did() {
    let eleven = "an eleventh look-up at a provider";
    check(eleven, "fr", "spf", "wide");
    check(eleven, "en", "spf", "list");
    check("reject-without-dkim", "fr", "path", "wide");
    check("all-right", "en", "path", "narrow");
    check("no policy yet for resolvers", "fr", "seen", "wide");
    check("a stale server does not hide", "en", "seen", "list");
}
