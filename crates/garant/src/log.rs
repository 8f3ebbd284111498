//! The log: lines on standard error.

use std::io::IsTerminal;
use std::panic;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::config::{Log, LogFormat, LogLevel};

/// What the names of this program's places in the log begin with.
const OWN: &str = "garant";

impl From<LogLevel> for LevelFilter {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
        }
    }
}

/// Begins to write the log. Where another one is written already, this does nothing.
pub(crate) fn begin(log: &Log) {
    let level = LevelFilter::from(log.level);
    // Others tell of each connection at these levels; only what is wrong with them matters here.
    let filter = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_target(OWN, level);
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match log.format {
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
    };
    if registry()
        .with(lines.with_filter(filter))
        .try_init()
        .is_ok()
    {
        // The message of a panic may hold what somebody asked about; where it was is enough to find it.
        panic::set_hook(Box::new(|panicked| {
            let place = panicked.location().map(ToString::to_string);
            tracing::error!(place = place.unwrap_or_default(), "panicked");
        }));
    }
}
