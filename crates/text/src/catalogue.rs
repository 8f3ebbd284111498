//! The short texts: one Fluent message per key.
//!
//! A message has a value and attributes (`.why`, `.fix`). Besides Fluent's own `NUMBER`, patterns
//! have `EMPTY($argument)`, which is `yes` or `no` (Fluent has no way to write the empty text as a
//! variant's key), `DIGITS($argument)`, a number without its grouping (a key tag, a position,
//! a key's bits are names rather than amounts), and `CLOCK($argument)` and `DATE($argument)`, the time
//! of day and the date of a time that is given as RFC 3339 in UTC.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast;

use crate::args::{Args, Value};
use crate::clock;
use crate::language::Language;
use crate::sources;

/// Between groups of three digits in French.
const NARROW_NO_BREAK_SPACE: char = '\u{202F}';

/// The texts of one language.
pub struct Catalogue {
    language: Language,
    bundle: FluentBundle<Arc<FluentResource>>,
    resources: Vec<Arc<FluentResource>>,
    faults: Vec<String>,
}

/// One pattern of a catalogue as its author wrote it, for the checks on texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The message.
    pub key: String,
    /// The attribute, or nothing for the message's value.
    pub attribute: Option<String>,
    /// The names of the arguments that the pattern uses, in whichever variant.
    pub placeables: BTreeSet<String>,
    /// Each text that the pattern can become, with `{…}` where an argument goes. Where a pattern
    /// has several selectors, each variant is shown once, not every combination.
    pub wordings: Vec<String>,
}

impl Catalogue {
    /// The catalogue of a language. It is read at the first call, in under a millisecond, and
    /// kept; a program that needs no words pays nothing.
    pub fn of(language: Language) -> &'static Self {
        static FRENCH: OnceLock<Catalogue> = OnceLock::new();
        static ENGLISH: OnceLock<Catalogue> = OnceLock::new();
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
        .get_or_init(|| Self::read(language, sources::locale(language)))
    }

    fn read(language: Language, files: &[(&str, &str)]) -> Self {
        let locale = language
            .tag()
            .parse()
            .expect("fr and en are language identifiers");
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::French => |value, _| number(value, NARROW_NO_BREAK_SPACE),
            Language::English => |value, _| number(value, ','),
        }));
        bundle
            .add_builtins()
            .expect("an empty bundle has no function of that name");
        bundle
            .add_function("EMPTY", |positional, _| match positional {
                [FluentValue::String(text)] if text.is_empty() => "yes".into(),
                [FluentValue::String(_) | FluentValue::Number(_)] => "no".into(),
                _ => FluentValue::Error,
            })
            .expect("the bundle has no function of that name");
        bundle
            .add_function("DIGITS", |positional, _| match positional {
                [FluentValue::Number(number)] => {
                    let mut number = number.clone();
                    number.options.use_grouping = false;
                    number.into()
                }
                [FluentValue::String(text)] => FluentValue::String(text.clone()),
                _ => FluentValue::Error,
            })
            .expect("the bundle has no function of that name");

        for (function, format) in [
            (
                "CLOCK",
                clock::time_of_day as fn(&str, Language) -> Option<String>,
            ),
            ("DATE", clock::date),
        ] {
            bundle
                .add_function(function, move |positional, _| match positional {
                    // What is no time is shown as it is.
                    [FluentValue::String(text)] => {
                        let written = format(text, language);
                        FluentValue::String(written.unwrap_or_else(|| text.to_string()).into())
                    }
                    _ => FluentValue::Error,
                })
                .expect("the bundle has no function of that name");
        }

        let mut resources = Vec::new();
        let mut faults = Vec::new();
        for (name, source) in files {
            // What can be read of a broken file is used; the test on `faults` finds the rest.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    faults.extend(errors.iter().map(|error| format!("{name}: {error}")));
                    resource
                }
            };
            let resource = Arc::new(resource);
            if let Err(errors) = bundle.add_resource(Arc::clone(&resource)) {
                faults.extend(errors.iter().map(|error| format!("{name}: {error}")));
            }
            resources.push(resource);
        }
        Self {
            language,
            bundle,
            resources,
            faults,
        }
    }

    /// The language of these texts.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a message. A key that does not exist, or an argument that the message uses and
    /// `args` lacks, is a programming error: the answer is then the key in brackets.
    pub fn text(&self, key: &str, args: &Args) -> String {
        self.bundle
            .get_message(key)
            .and_then(|message| self.format(message.value()?, args))
            .unwrap_or_else(|| format!("[{key}]"))
    }

    /// The text of an attribute of a message, under the rules of [`Catalogue::text`].
    pub fn attribute(&self, key: &str, attribute: &str, args: &Args) -> String {
        self.bundle
            .get_message(key)
            .and_then(|message| self.format(message.get_attribute(attribute)?.value(), args))
            .unwrap_or_else(|| format!("[{key}.{attribute}]"))
    }

    /// Whether there is a message of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The keys of all messages, by name.
    pub fn keys(&self) -> BTreeSet<&str> {
        self.messages().map(|message| message.id.name).collect()
    }

    /// Every value and attribute with the arguments it uses, for tests that hold the texts against
    /// the code.
    pub fn patterns(&self) -> Vec<Pattern> {
        self.messages()
            .flat_map(|message| {
                let value = message.value.iter().map(|pattern| (None, pattern));
                let attributes = message
                    .attributes
                    .iter()
                    .map(|attribute| (Some(attribute.id.name.to_owned()), &attribute.value));
                value.chain(attributes).map(|(attribute, pattern)| {
                    let mut placeables = BTreeSet::new();
                    collect(pattern, &mut placeables);
                    Pattern {
                        key: message.id.name.to_owned(),
                        attribute,
                        placeables,
                        wordings: wordings(pattern),
                    }
                })
            })
            .collect()
    }

    /// What is wrong with the files: syntax errors, and keys that stand twice. Always empty in a
    /// program that passed its tests.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    fn messages(&self) -> impl Iterator<Item = &ast::Message<&str>> {
        self.resources
            .iter()
            .flat_map(|resource| resource.entries())
            .filter_map(|entry| match entry {
                ast::Entry::Message(message) => Some(message),
                _ => None,
            })
    }

    fn format(&self, pattern: &ast::Pattern<&str>, args: &Args) -> Option<String> {
        let mut fluent = FluentArgs::new();
        for (name, value) in args.iter() {
            match value {
                Value::Text(text) => fluent.set(name, text.as_str()),
                Value::Number(number) => fluent.set(name, *number),
            }
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&fluent), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

/// A whole number in groups of three digits, unless the pattern says `DIGITS`;
/// nothing for any other value, which Fluent then writes itself.
fn number(value: &FluentValue, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    if !number.options.use_grouping || number.value.fract() != 0.0 {
        return None;
    }
    let digits = number.as_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * separator.len_utf8());
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    Some(grouped)
}

/// Adds the arguments that a pattern uses. References to other messages are not followed: our
/// texts have none, and the test on wordings would show one.
fn collect(pattern: &ast::Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            collect_expression(expression, into);
        }
    }
}

fn collect_expression(expression: &ast::Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Select { selector, variants } => {
            collect_inline(selector, into);
            for variant in variants {
                collect(&variant.value, into);
            }
        }
        ast::Expression::Inline(inline) => collect_inline(inline, into),
    }
}

fn collect_inline(inline: &ast::InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        ast::InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                collect_inline(argument, into);
            }
        }
        ast::InlineExpression::Placeable { expression } => collect_expression(expression, into),
        ast::InlineExpression::StringLiteral { .. }
        | ast::InlineExpression::NumberLiteral { .. }
        | ast::InlineExpression::MessageReference { .. }
        | ast::InlineExpression::TermReference { .. } => {}
    }
}

/// The texts that a pattern can become: as many as its selector with most variants has.
fn wordings(pattern: &ast::Pattern<&str>) -> Vec<String> {
    let parts: Vec<Vec<String>> = pattern
        .elements
        .iter()
        .map(|element| match element {
            ast::PatternElement::TextElement { value } => vec![(*value).to_owned()],
            ast::PatternElement::Placeable {
                expression: ast::Expression::Select { variants, .. },
            } => variants
                .iter()
                .flat_map(|variant| wordings(&variant.value))
                .collect(),
            ast::PatternElement::Placeable {
                expression: ast::Expression::Inline(ast::InlineExpression::StringLiteral { value }),
            } => vec![(*value).to_owned()],
            ast::PatternElement::Placeable { .. } => vec!["{…}".to_owned()],
        })
        .collect();
    let count = parts.iter().map(Vec::len).max().unwrap_or(0);
    (0..count)
        .map(|index| {
            parts
                .iter()
                .filter_map(|variants| variants.get(index % variants.len().max(1)))
                .map(String::as_str)
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
plain = Words
sum = { $count } addresses
bits = { DIGITS($count) } bits
plural = { $count ->
    [one] { $count } look-up
   *[other] { $count } look-ups
}
reason = Because { $reason ->
    [bad-domain] of the name
   *[other] of something else
}
hint = Unknown.{ EMPTY($meant) ->
    [yes] {\"\"}
   *[no] {\" \"}Perhaps { $meant }?
}
titled = Title of { $name }
    .why = Why { $name }
    .fix = Fix it
";

    fn catalogue(language: Language) -> Catalogue {
        let catalogue = Catalogue::read(language, &[("test", SOURCE)]);
        assert_eq!(catalogue.faults(), [""; 0]);
        catalogue
    }

    #[track_caller]
    fn check(language: Language, key: &str, args: &Args, expected: &str) {
        assert_eq!(catalogue(language).text(key, args), expected);
    }

    #[test]
    fn numbers_are_grouped_in_the_way_of_the_language() {
        let args = |count: u64| Args::new().with("count", count);
        check(Language::English, "sum", &args(999), "999 addresses");
        check(Language::English, "sum", &args(1_000), "1,000 addresses");
        check(Language::English, "sum", &args(98_304), "98,304 addresses");
        check(
            Language::French,
            "sum",
            &args(98_304),
            "98\u{202F}304 addresses",
        );
        check(
            Language::French,
            "sum",
            &args(1_234_567),
            "1\u{202F}234\u{202F}567 addresses",
        );
        check(Language::English, "bits", &args(2048), "2048 bits");
    }

    #[test]
    fn plurals_follow_the_language() {
        let args = |count: u64| Args::new().with("count", count);
        check(Language::English, "plural", &args(0), "0 look-ups");
        check(Language::English, "plural", &args(1), "1 look-up");
        check(Language::French, "plural", &args(0), "0 look-up");
        check(Language::French, "plural", &args(2), "2 look-ups");
    }

    #[test]
    fn a_reason_chooses_its_words_and_an_unknown_one_the_default() {
        let args = |reason: &str| Args::new().with("reason", reason);
        check(
            Language::English,
            "reason",
            &args("bad-domain"),
            "Because of the name",
        );
        check(
            Language::English,
            "reason",
            &args("brand-new"),
            "Because of something else",
        );
    }

    #[test]
    fn an_empty_argument_can_be_told() {
        let args = |meant: &str| Args::new().with("meant", meant);
        check(Language::English, "hint", &args(""), "Unknown.");
        check(
            Language::English,
            "hint",
            &args("mx"),
            "Unknown. Perhaps mx?",
        );
    }

    #[test]
    fn arguments_are_put_in_as_they_are() {
        let args = Args::new().with("name", "{ $x } \u{202E}x");
        check(
            Language::English,
            "titled",
            &args,
            "Title of { $x } \u{202E}x",
        );
    }

    #[test]
    fn what_is_absent_is_named_in_brackets() {
        let catalogue = catalogue(Language::English);
        let none = Args::new();
        assert_eq!(catalogue.text("nowhere", &none), "[nowhere]");
        assert_eq!(catalogue.text("sum", &none), "[sum]");
        assert_eq!(catalogue.text("bits", &none), "[bits]");
        assert_eq!(catalogue.text("hint", &none), "[hint]");
        assert_eq!(catalogue.attribute("plain", "why", &none), "[plain.why]");
        assert_eq!(catalogue.attribute("titled", "why", &none), "[titled.why]");
        assert_eq!(catalogue.attribute("titled", "fix", &none), "Fix it");
        assert!(catalogue.has("plain") && !catalogue.has("nowhere"));
    }

    #[test]
    fn patterns_name_their_arguments_and_wordings() {
        let patterns = catalogue(Language::English).patterns();
        let find = |key: &str, attribute: Option<&str>| {
            patterns
                .iter()
                .find(|pattern| pattern.key == key && pattern.attribute.as_deref() == attribute)
                .unwrap()
        };
        assert_eq!(
            find("hint", None).placeables,
            BTreeSet::from(["meant".to_owned()])
        );
        assert_eq!(
            find("hint", None).wordings,
            ["Unknown.", "Unknown. Perhaps {…}?"]
        );
        assert_eq!(
            find("titled", Some("why")).placeables,
            BTreeSet::from(["name".to_owned()])
        );
        assert_eq!(patterns.len(), 9);
    }

    #[test]
    fn a_broken_file_and_a_key_that_stands_twice_are_faults() {
        let files = [("one", "a = A\n= broken\n"), ("two", "a = B\n")];
        let catalogue = Catalogue::read(Language::English, &files);
        assert_eq!(catalogue.faults().len(), 2, "{:?}", catalogue.faults());
        assert_eq!(catalogue.text("a", &Args::new()), "A");
    }
}
