//! Whoever finds the words for one trace.

use std::collections::BTreeMap;

use garant_check::Argument;
use garant_check::path::ReceiverAction;
use garant_check::trace::Trace;
use garant_dns::Name;
use garant_text::{Args, Catalogue};

use super::asked::asked;
use super::{OutcomeWords, TraceVerdictText, TraceWords, command};
use crate::report::Receivers;

pub(super) struct Speaker<'a> {
    pub(super) trace: &'a Trace,
    pub(super) catalogue: &'a Catalogue,
    /// Applied to every text that is not ours.
    pub(super) escape: fn(&str) -> String,
}

/// The arguments of words; what is empty is `none`, so that words can tell it.
pub(super) fn args_of(args: &BTreeMap<&'static str, Argument>, escape: fn(&str) -> String) -> Args {
    let mut words = Args::new();
    for (name, argument) in args {
        match argument {
            Argument::Number(number) => words.set(*name, *number),
            Argument::Text(text) if text.is_empty() => words.set(*name, "none"),
            Argument::Text(text) => words.set(*name, escape(text)),
        }
    }
    words
}

impl Speaker<'_> {
    pub(super) fn say(&self, key: &str, args: &Args) -> String {
        self.catalogue.text(key, args)
    }

    pub(super) fn word(&self, key: &str) -> String {
        self.say(key, &Args::new())
    }

    pub(super) fn name(&self, name: &Name) -> String {
        (self.escape)(&name.to_string())
    }

    pub(super) fn verdict(&self) -> TraceVerdictText {
        let verdict = &self.trace.verdict;
        let args = args_of(&verdict.args, self.escape);
        let first = verdict.first;
        TraceVerdictText {
            code: verdict.code,
            severity: verdict.severity,
            text: self.say(&format!("trace-verdict-{}", verdict.code.as_str()), &args),
            cause: verdict.cause,
            help: verdict.cause.map(|code| {
                let language = self.catalogue.language().tag();
                format!("help/{language}/{}.md#{}", code.topic(), code.anchor())
            }),
            first: first.map(|word| self.say(&format!("trace-first-{word}"), &args)),
            check: self.trace.check.as_ref().map(command),
        }
    }

    pub(super) fn words(&self) -> TraceWords {
        let message = &self.trace.message;
        let shown = |text: Option<&str>| match text.map(str::trim) {
            Some(text) if !text.is_empty() => (self.escape)(text),
            _ => "none".to_owned(),
        };
        let domain = self.trace.author.domain.as_ref().map(Name::to_unicode);
        let domain = shown(domain.as_deref());
        let title = Args::new().with("subject", shown(message.subject.as_deref()));
        let summary = Args::new()
            .with("domain", domain.as_str())
            .with("date", shown(message.date.as_deref()));
        let receivers = Receivers {
            catalogue: self.catalogue,
        };
        let doubts = self.trace.connection.doubts.iter();
        TraceWords {
            title: self.say("trace-title", &title),
            summary: self.say("trace-message-line", &summary),
            doubts: doubts
                .map(|doubt| self.word(&format!("trace-doubt-{doubt}")))
                .collect(),
            outcomes: self
                .trace
                .outcomes
                .iter()
                .map(|outcome| {
                    let applies = if outcome.applies { "yes" } else { "no" };
                    let args = Args::new()
                        .with("policy", outcome.policy)
                        .with("applies", applies);
                    OutcomeWords {
                        policy: outcome.policy,
                        applies: outcome.applies,
                        label: self.say("trace-policy-line", &args),
                        text: self.word(match outcome.action {
                            ReceiverAction::Deliver => "trace-outcome-deliver",
                            ReceiverAction::Spam => "trace-outcome-spam",
                            ReceiverAction::Refuse => "trace-outcome-refuse",
                            ReceiverAction::Unknown => "trace-outcome-unknown",
                        }),
                        receivers: receivers.all(&outcome.receivers),
                    }
                })
                .collect(),
            receivers: receivers.all(&self.trace.receivers),
            receivers_bulk: receivers.bulk(&self.trace.receivers),
            asked: asked(self.trace, self.catalogue),
        }
    }
}
