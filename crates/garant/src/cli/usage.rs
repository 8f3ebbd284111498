//! The words of the command line itself: help, and what was wrong with a command, in the user's
//! language. clap knows English only.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use garant_text::{Args, Catalogue};

use super::Desk;
use crate::exit::Exit;

/// Where the options stand that every command has: behind its own.
const LAST: usize = 1000;

/// The value of `--lang`, looked for before the arguments are parsed, so that a mistake in the others
/// is told in the right language.
pub(super) fn language_wish(arguments: &[OsString]) -> Option<String> {
    let texts: Vec<&str> = arguments
        .iter()
        .filter_map(|argument| argument.to_str())
        .collect();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let apart = || {
        texts
            .iter()
            .position(|text| *text == "--lang")
            .and_then(|at| texts.get(at + 1))
    };
    joined.or_else(|| apart().copied()).map(str::to_owned)
}

/// The command with its help in the catalogue's language. Each option's key is
/// `cli-<command>-<option>`, or `cli-question-<option>` where commands share it; what clap would say in English is left out or replaced.
pub(super) fn with_words(command: clap::Command, catalogue: &Catalogue) -> clap::Command {
    let none = Args::new();
    let text = |key: &str| catalogue.text(key, &none);
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        text("cli-usage")
    );
    let worded = |arg: clap::Arg, key: &str| {
        let heading = if arg.is_positional() {
            "cli-arguments"
        } else {
            "cli-options"
        };
        let takes = arg.get_action().takes_values();
        let arg = arg.help_heading(text(heading));
        let arg = arg.hide_possible_values(takes).hide_default_value(takes);
        if catalogue.has(key) {
            arg.help(text(key))
        } else {
            arg
        }
    };
    let help = clap::Arg::new("help")
        .long("help")
        .short('h')
        .action(clap::ArgAction::Help);
    let version = clap::Arg::new("version")
        .long("version")
        .short('V')
        .action(clap::ArgAction::Version);
    let mut command = command
        .about(text("cli-about"))
        .after_help(text("cli-after"))
        .help_template(template.clone())
        .subcommand_help_heading(text("cli-commands"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(worded(help.global(true), "cli-help").display_order(LAST))
        .arg(worded(version, "cli-version"))
        .mut_arg("lang", |arg| worded(arg, "cli-lang").display_order(LAST));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let key = format!("cli-{name}");
            sub.about(text(&key))
                .help_template(template.clone())
                .mut_args(|arg| {
                    let option = arg.get_id().as_str().replace('_', "-");
                    let own = format!("{key}-{option}");
                    let shared = format!("cli-question-{option}");
                    let key = if catalogue.has(&own) { own } else { shared };
                    worded(arg, &key)
                })
        });
    }
    command
}

/// Tells the user what clap found: help and version on standard output, mistakes on standard error.
pub(super) fn tell(desk: &Desk, error: &clap::Error) -> Exit {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return desk.print(&error.render().to_string());
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        desk.print(&error.render().to_string());
        return Exit::Usage;
    }
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    // clap marks arguments that may be repeated with dots.
    let argument = context(ContextKind::InvalidArg)
        .trim_end_matches('.')
        .to_owned();
    let (key, args) = match error.kind() {
        ErrorKind::UnknownArgument => (
            "error-usage-unknown-argument",
            Args::new().with("argument", argument),
        ),
        ErrorKind::InvalidSubcommand => {
            let argument = context(ContextKind::InvalidSubcommand);
            (
                "error-usage-subcommand",
                Args::new().with("argument", argument),
            )
        }
        ErrorKind::MissingRequiredArgument => (
            "error-usage-missing",
            Args::new().with("argument", argument),
        ),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg);
            (
                "error-usage-conflict",
                Args::new().with("argument", argument).with("other", other),
            )
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            if value.is_empty() {
                (
                    "error-usage-value-missing",
                    Args::new().with("argument", argument),
                )
            } else {
                let possible = context(ContextKind::ValidValue);
                let possible = if possible.is_empty() {
                    "none".to_owned()
                } else {
                    possible
                };
                let args = Args::new()
                    .with("argument", argument)
                    .with("value", value)
                    .with("possible", possible);
                ("error-usage-value", args)
            }
        }
        _ => ("error-usage-other", Args::new()),
    };
    let sentence = desk.text(key, &args);
    desk.remark(&format!(
        "{sentence} {}",
        desk.text("error-usage-hint", &Args::new())
    ));
    Exit::Usage
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        _ => String::new(),
    }
}
