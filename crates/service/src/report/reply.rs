//! What a receiver answers, in words.

use garant_check::catalogue::RequirementReadiness;
use garant_text::{Args, Catalogue};

/// What a receiver would answer, in short: its name and the codes of each reply that it may give, or a fragment of the
/// words where no codes are known; nothing where no reply is. Each reply is its codes, those that are temporary among
/// them, and its fragment; a code that several replies have is told once. The name is already escaped.
pub fn answer<'a>(
    catalogue: &Catalogue,
    receiver: &str,
    replies: impl Iterator<Item = (&'a [String], &'a str)>,
) -> Option<String> {
    let replies: Vec<(&[String], &str)> = replies.collect();
    let mut told: Vec<String> = Vec::new();
    for (at, (codes, text)) in replies.iter().enumerate() {
        let short = match joined(catalogue, &untold(&replies, at)) {
            Some(codes) => codes,
            // All of them are told with another reply.
            None if !codes.is_empty() => continue,
            None => reply(catalogue, codes, text),
        };
        if !told.contains(&short) {
            told.push(short);
        }
    }
    if told.is_empty() {
        return None;
    }
    let or = catalogue.text("receivers-or", &Args::new());
    let args = Args::new()
        .with("receiver", receiver)
        .with("replies", told.join(&format!(" {or} ")));
    Some(catalogue.text("receivers-answer", &args))
}

/// The codes of a reply that are to be told with it: none where another reply has all of them and more, and none that
/// was told before.
fn untold(replies: &[(&[String], &str)], at: usize) -> Vec<String> {
    let is_left_out = |codes: &[String]| {
        replies.iter().any(|(other, _)| {
            other.len() > codes.len() && codes.iter().all(|code| other.contains(code))
        })
    };
    let codes = replies[at].0;
    if is_left_out(codes) {
        return Vec::new();
    }
    let before = || {
        replies[..at]
            .iter()
            .filter(|(codes, _)| !is_left_out(codes))
    };
    let is_told = |code: &&String| before().any(|(codes, _)| codes.contains(code));
    codes
        .iter()
        .filter(|code| !is_told(code))
        .cloned()
        .collect()
}

/// What a receiver asks for.
pub fn requirement(catalogue: &Catalogue, one: &RequirementReadiness) -> String {
    let with = |args: Args, name, number| match number {
        Some(number) => args.with(name, number),
        None => args.with(name, "none"),
    };
    let args = with(with(Args::new(), "number", one.number), "aim", one.aim);
    let text = catalogue.text(&format!("receivers-asks-{}", one.key), &args);
    if one.marketing {
        catalogue.text("receivers-marketing", &Args::new().with("text", text))
    } else {
        text
    }
}

/// One reply in full: its codes, and a fragment of its words, with an ellipsis where something differs.
pub fn reply(catalogue: &Catalogue, codes: &[String], text: &str) -> String {
    let args = Args::new()
        .with(
            "codes",
            joined(catalogue, codes).unwrap_or_else(|| "none".to_owned()),
        )
        .with("text", with_ellipses(text));
    catalogue.text("receivers-reply", &args)
}

/// The codes, those that are temporary first; nothing where there are none.
fn joined(catalogue: &Catalogue, codes: &[String]) -> Option<String> {
    let (temporary, permanent): (Vec<&str>, Vec<&str>) = codes
        .iter()
        .map(String::as_str)
        .partition(|code| code.starts_with('4'));
    let (temporary, permanent) = (temporary.join(", "), permanent.join(", "));
    match (temporary.is_empty(), permanent.is_empty()) {
        (true, true) => None,
        (false, false) => {
            let args = Args::new()
                .with("temporary", temporary)
                .with("permanent", permanent);
            Some(catalogue.text("receivers-codes", &args))
        }
        _ => Some(temporary + &permanent),
    }
}

/// A fragment with an ellipsis in every place that stands in braces.
fn with_ellipses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        out.push('…');
        rest = tail.split_once('}').map_or("", |(_, after)| after);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use garant_text::Language;

    use super::*;

    #[test]
    fn replies_are_told_with_the_temporary_codes_first() {
        let check = |replies: &[(&[&str], &str)], expect: Option<&str>| {
            let owned: Vec<(Vec<String>, &str)> = replies
                .iter()
                .map(|(codes, text)| (codes.iter().map(ToString::to_string).collect(), *text))
                .collect();
            let replies = owned.iter().map(|(codes, text)| (&codes[..], *text));
            let told = answer(Catalogue::of(Language::English), "Gmail", replies);
            assert_eq!(told.as_deref(), expect);
        };
        check(&[], None);
        check(&[(&["550 5.7.26"], "x")], Some("Gmail 550 5.7.26"));
        check(
            &[(&["421 4.7.26", "550 5.7.26"], "x")],
            Some("Gmail 421 4.7.26 at first, later 550 5.7.26"),
        );
        check(
            &[(&["421"], "x"), (&[], "OFR{number}_5")],
            Some("Gmail 421 or “OFR…_5”"),
        );
        check(&[(&["550"], "x"), (&["550"], "y")], Some("Gmail 550"));
    }

    #[test]
    fn a_code_of_several_replies_is_told_once() {
        let check = |replies: &[&[&str]], expect: &str| {
            let owned: Vec<Vec<String>> = replies
                .iter()
                .map(|codes| codes.iter().map(ToString::to_string).collect())
                .collect();
            let replies = owned.iter().map(|codes| (&codes[..], "x"));
            let told = answer(Catalogue::of(Language::English), "Gmail", replies);
            assert_eq!(told.as_deref(), Some(expect));
        };
        check(
            &[
                &["421 4.7.26", "550 5.7.26"],
                &["550 5.7.26"],
                &["421 4.7.30", "550 5.7.30"],
            ],
            "Gmail 421 4.7.26 at first, later 550 5.7.26 or 421 4.7.30 at first, later 550 5.7.30",
        );
        check(&[&["550", "554"], &["554"]], "Gmail 550, 554");
        check(&[&["554"], &["550", "554"]], "Gmail 550, 554");
        check(&[&["550", "554"], &["554", "556"]], "Gmail 550, 554 or 556");
    }

    #[test]
    fn a_place_becomes_an_ellipsis_however_it_is_written() {
        let check = |text: &str, expect: &str| assert_eq!(with_ellipses(text), expect);
        check("from {domain} is", "from … is");
        check("{", "…");
        check("a}b", "a}b");
        check("", "");
    }
}
