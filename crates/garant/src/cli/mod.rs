//! The command line: one file per command.

mod bounce;
mod cases;
mod check;
mod demo;
mod explain;
mod help_centre;
mod keygen;
mod plan;
mod question;
mod receivers;
mod senders;
mod serve;
mod sign;
mod trace;
mod usage;

use std::ffi::OsString;
use std::io::Write;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use garant_text::{Args, Catalogue, Language};

use crate::environment::Environment;
use crate::exit::Exit;
use garant_service::typed::Refusal;

#[derive(Parser)]
#[command(name = "garant", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
    /// Language of the texts.
    #[arg(long, global = true, value_parser = ["fr", "en"])]
    lang: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Checks domains.
    Check(Box<check::Options>),
    /// Says what to publish.
    Plan(Box<plan::Options>),
    /// Says why mail came back.
    Bounce(Box<bounce::Options>),
    /// Traces one message.
    Trace(Box<trace::Options>),
    /// Explains a code.
    Explain(explain::Options),
    /// Searches the help.
    HelpCentre(help_centre::Options),
    /// Lists the sending services that are known.
    Senders(senders::Options),
    /// Lists the receivers whose rules are known.
    Receivers(receivers::Options),
    /// Makes a key for signatures.
    Keygen(keygen::Options),
    /// Signs a message.
    Sign(Box<sign::Options>),
    /// Answers in a browser.
    Serve(serve::Options),
    /// Lists the requests for help, or shows one.
    Cases(cases::Options),
    /// Starts a world of its own.
    Demo(demo::Options),
}

/// What every command has at hand.
pub(crate) struct Desk {
    pub(crate) language: Language,
    pub(crate) environment: Environment,
}

impl Desk {
    /// A text of the interface.
    fn text(&self, key: &str, args: &Args) -> String {
        Catalogue::of(self.language).text(key, args)
    }

    /// Writes a result to standard output. A reader who closed the pipe has seen enough.
    fn print(&self, text: &str) -> Exit {
        self.write(&[text.as_bytes()])
    }

    /// Writes a result that may be no text, in several parts, to standard output.
    fn write(&self, parts: &[&[u8]]) -> Exit {
        let mut out = std::io::stdout().lock();
        let written = parts.iter().try_for_each(|part| out.write_all(part));
        match written.and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Exit::Internal,
            _ => Exit::Fine,
        }
    }

    /// Writes a remark to standard error, where it does not mix with the result.
    fn remark(&self, text: &str) {
        let text = garant_service::present::sanitise(text);
        let prefixed = self.text("error-prefix", &Args::new().with("text", text.into_owned()));
        // Nobody is left to be told when standard error is gone.
        let _ = writeln!(std::io::stderr().lock(), "{prefixed}");
    }

    /// Tells why the command cannot be done.
    fn refuse(&self, refusal: &Refusal) -> Exit {
        self.remark(&self.text(refusal.key, &refusal.args));
        Exit::Usage
    }
}

/// Runs the program with these arguments, the first of which is its name.
pub(crate) fn run(arguments: impl Iterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.collect();
    let environment = Environment::read();
    let wish = usage::language_wish(&arguments);
    let language = environment.language(wish.as_deref());
    let desk = Desk {
        language,
        environment,
    };
    let command = usage::with_words(CommandLine::command(), Catalogue::of(language));
    let parsed = command
        .try_get_matches_from(arguments)
        .and_then(|matches| CommandLine::from_arg_matches(&matches));
    match parsed {
        Ok(CommandLine {
            command: Command::Check(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Plan(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Trace(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Bounce(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Explain(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::HelpCentre(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Cases(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Senders(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Receivers(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Keygen(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Sign(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Serve(options),
            ..
        }) => options.run(&desk),
        Ok(CommandLine {
            command: Command::Demo(options),
            ..
        }) => options.run(&desk),
        Err(error) => usage::tell(&desk, &error),
    }
}
