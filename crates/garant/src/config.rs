//! The configuration file of `garant serve`: one struct is the reader, the reference and the sample. The sample is
//! `examples/garant.toml`, which a test holds against this file.

#![expect(
    clippy::ptr_arg,
    reason = "the derive hands a validation what the field holds, a &String"
)]

use std::net::{IpAddr, SocketAddr};
use std::ops::Range;
use std::path::PathBuf;

use confique::meta::{FieldKind, Meta};
use confique::{Config, Layer};
use garant_dns::address::Prefix;
use garant_service::typed::{Refusal, SIMILARITY_MIN};
use garant_text::Args;
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Configuration of `garant serve --config FILE`.
///
/// Every value may be left out. A flag of the command line outweighs the file, and the file the default. Paths are
/// taken from the directory that the program is started in.
#[derive(Clone, Debug, PartialEq, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub(crate) struct Configuration {
    /// Addresses with their ports where the pages are. The default is this machine alone, port 8753.
    #[config(default = ["127.0.0.1:8753"])]
    pub(crate) listen: Vec<SocketAddr>,

    /// What links begin with: `https://garant.example`, without a path. With https, browsers are told to use nothing
    /// else (HSTS). The default is whatever a request was sent to.
    #[config(validate(origin(public_url).is_some(), "no address to begin links with"))]
    pub(crate) public_url: Option<String>,

    /// The proxies whose X-Forwarded-For and X-Request-Id are believed: addresses, or ranges such as 10.0.0.0/8. The
    /// default is this machine.
    #[config(default = ["127.0.0.0/8", "::1/128"])]
    pub(crate) trusted_proxies: Vec<Network>,

    /// The file of the database (SQLite), made where it is absent. The default is garant.sqlite.
    #[config(default = "garant.sqlite")]
    pub(crate) database: PathBuf,

    /// For how long a check and its link are kept, in days, 1 to 3650. The default is 30.
    #[config(default = 30, validate(within(*kept_days, 1, 3_650), "1 to 3650"))]
    pub(crate) kept_days: u32,

    /// A certificate of one's own, where no proxy in front has one. Both files are read again at SIGHUP.
    #[config(nested)]
    pub(crate) tls: TlsFiles,

    /// Whom to ask, and how often.
    #[config(nested)]
    pub(crate) dns: Dns,

    /// How much may run at a time, and how often what may be asked for. 0 means no limit of this kind, where a rate is meant.
    #[config(nested)]
    pub(crate) limits: Limits,

    /// What is written to standard error.
    #[config(nested)]
    pub(crate) log: Log,

    /// Figures for Prometheus.
    #[config(nested)]
    pub(crate) metrics: Metrics,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub(crate) struct TlsFiles {
    /// The certificate with its chain, in PEM. The default is none: HTTP without TLS.
    pub(crate) certificate_file: Option<PathBuf>,

    /// The private key of the certificate, in PEM. The default is none.
    pub(crate) key_file: Option<PathBuf>,
}

/// Look-ups.
#[derive(Clone, Debug, PartialEq, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub(crate) struct Dns {
    /// Recursive name servers, as addresses with or without a port. The default is none, which means those of the system.
    #[config(default = [])]
    pub(crate) resolvers: Vec<String>,

    /// Questions to recursive servers, a second at most. The default is 500.
    #[config(default = 500, validate(within(*queries_per_second, 1, 1_000_000), "1 to 1000000"))]
    pub(crate) queries_per_second: u32,

    /// Questions to zones' own servers, a second at most, over all of them. The default is 200.
    #[config(default = 200, validate(within(*direct_queries_per_second, 1, 1_000_000), "1 to 1000000"))]
    pub(crate) direct_queries_per_second: u32,

    /// How long one check waits for answers, in seconds, 1 to 600. The default is 20.
    #[config(default = 20, validate(within(*check_timeout_s, 1, 600), "1 to 600"))]
    pub(crate) check_timeout_s: u32,
}

/// Limits.
#[derive(Clone, Debug, PartialEq, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub(crate) struct Limits {
    /// Checks that run at a time; others wait for their turn. The default is 64.
    #[config(default = 64, validate(within(*running_checks, 1, 10_000), "1 to 10000"))]
    pub(crate) running_checks: u32,

    /// Checks that run or wait; more are refused. The default is 1000.
    #[config(default = 1_000, validate(within(*waiting_checks, 1, 100_000), "1 to 100000"))]
    pub(crate) waiting_checks: u32,

    /// What the database may take, in MiB, 10 to 1000000; beyond, no check is begun until some are forgotten. The
    /// default is 4096.
    #[config(default = 4_096, validate(within(*database_mib, 10, 1_000_000), "10 to 1000000"))]
    pub(crate) database_mib: u32,

    /// Checks that one client begins, a minute. A client is an IPv4 address, or an IPv6 /64. The default is 30.
    #[config(default = 30)]
    pub(crate) checks_per_client_per_minute: u32,

    /// Checks that all clients together begin, a minute. The default is 600.
    #[config(default = 600)]
    pub(crate) checks_per_minute: u32,

    /// Requests of one client, a minute. The default is 1200.
    #[config(default = 1_200)]
    pub(crate) requests_per_client_per_minute: u32,

    /// Opinions on help pages and messages to support of one client, an hour. The default is 20.
    #[config(default = 20)]
    pub(crate) messages_per_client_per_hour: u32,

    /// Connections at a time; others wait. Each needs a file descriptor. The default is 800.
    #[config(default = 800, validate(within(*connections, 1, 1_000_000), "1 to 1000000"))]
    pub(crate) connections: u32,
}

/// The log.
#[derive(Clone, Debug, PartialEq, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub(crate) struct Log {
    /// Form of a line: text, or json for programs. The default is text.
    #[config(default = "text")]
    pub(crate) format: LogFormat,

    /// The least that is worth a line: error, warn, info or debug. Domains that were asked about stand in the log at
    /// debug only. The default is info.
    #[config(default = "info")]
    pub(crate) level: LogLevel,
}

/// Figures.
#[derive(Clone, Debug, PartialEq, Config)]
#[config(layer_attr(serde(deny_unknown_fields)))]
pub(crate) struct Metrics {
    /// Whether there are any. The default is true.
    #[config(default = true)]
    pub(crate) enabled: bool,

    /// An address of their own, with /healthz and /readyz beside; /metrics is then not among the pages. The default is
    /// none: /metrics is where the pages are.
    pub(crate) listen: Option<SocketAddr>,
}

/// Form of a line in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// The least that is worth a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
}

/// A range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Network(pub(crate) Prefix);

impl<'de> Deserialize<'de> for Network {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        network(&text).ok_or_else(|| serde::de::Error::custom("no address range"))
    }
}

fn network(text: &str) -> Option<Network> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse().ok()?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let whole = if address.is_ipv4() { 32 } else { 128 };
    Prefix::new(address, bits.unwrap_or(whole)).map(Network)
}

fn within(value: u32, least: u32, most: u32) -> bool {
    (least..=most).contains(&value)
}

/// What links begin with, without a final slash.
pub(crate) fn origin(text: &str) -> Option<&str> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"))?;
    let is_host = |octet: u8| octet.is_ascii_alphanumeric() || b".-:[]".contains(&octet);
    (!host.is_empty() && host.bytes().all(is_host)).then_some(origin)
}

impl Configuration {
    /// What holds where nothing is said.
    pub(crate) fn of_defaults() -> Self {
        let defaults = <Self as Config>::Layer::default_values();
        Self::from_layer(defaults).expect("whatever is not optional has a default")
    }

    /// Reads a file's text; `path` is its name in what is said about it.
    ///
    /// # Errors
    /// The sentence that names line and key.
    pub(crate) fn parse(text: &str, path: &str) -> Result<Self, Refusal> {
        let at = |span: Range<usize>| {
            let line = 1 + text[..span.start.min(text.len())].matches('\n').count();
            Args::new()
                .with("path", path)
                .with("line", line.to_string())
        };
        let table = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            Refusal::new("error-config-toml", at(span))
        })?;
        if let Some((key, span)) = unknown(table.get_ref(), &Self::META, "") {
            let known = nearest(&key).unwrap_or_else(|| "none".to_owned());
            let args = at(span).with("key", key).with("suggestion", known);
            return Err(Refusal::new("error-config-key", args));
        }
        let layer: <Self as Config>::Layer = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            let key = holder(table.get_ref(), &span, "").unwrap_or_default();
            Refusal::new("error-config-value", at(span).with("key", key))
        })?;
        let whole = layer.with_fallback(<Self as Config>::Layer::default_values());
        Ok(Self::from_layer(whole).expect("whatever is not optional has a default"))
    }

    /// The sample: every value with what it means, at its default.
    pub(crate) fn sample() -> String {
        let sample = confique::toml::template::<Self>(confique::toml::FormatOptions::default());
        // What each value says of its default is not said twice.
        let mut lines: Vec<&str> = Vec::new();
        for line in sample.lines() {
            if line.starts_with("# Default value: ") {
                lines.pop();
            } else {
                lines.push(line);
            }
        }
        lines.join("\n") + "\n"
    }
}

/// The first key that means nothing, and where it stands.
fn unknown(table: &DeTable<'_>, meta: &Meta, above: &str) -> Option<(String, Range<usize>)> {
    let mut found: Option<(String, Range<usize>)> = None;
    for (key, value) in table {
        let path = format!("{above}{}", key.get_ref());
        let field = meta
            .fields
            .iter()
            .find(|field| field.name == key.get_ref().as_ref());
        let here = match field.map(|field| &field.kind) {
            None => Some((path, key.span())),
            Some(FieldKind::Nested { meta }) => match value.get_ref() {
                DeValue::Table(table) => unknown(table, meta, &format!("{path}.")),
                _ => None,
            },
            Some(FieldKind::Leaf { .. }) => None,
        };
        if let Some(here) = here
            && found
                .as_ref()
                .is_none_or(|found| here.1.start < found.1.start)
        {
            found = Some(here);
        }
    }
    found
}

/// The key whose value holds a place in the text.
fn holder(table: &DeTable<'_>, place: &Range<usize>, above: &str) -> Option<String> {
    let holds = |value: &Spanned<DeValue<'_>>| {
        let span = value.span();
        span.start <= place.start && place.start < span.end.max(span.start + 1)
    };
    table.iter().find_map(|(key, value)| {
        let path = format!("{above}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => {
                holder(table, place, &format!("{path}.")).or_else(|| holds(value).then_some(path))
            }
            _ => holds(value).then_some(path),
        }
    })
}

/// The known key that is most like this one.
fn nearest(key: &str) -> Option<String> {
    let mut known = Vec::new();
    for field in Configuration::META.fields {
        match field.kind {
            FieldKind::Leaf { .. } => known.push(field.name.to_owned()),
            FieldKind::Nested { meta } => {
                let inner = meta.fields.iter();
                known.extend(inner.map(|inner| format!("{}.{}", field.name, inner.name)));
            }
        }
    }
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&known, key), known))
        .filter(|(similarity, _)| *similarity >= SIMILARITY_MIN)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_file_is_the_one_of_this_program() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/garant.toml");
        let shipped = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(
            shipped,
            Configuration::sample(),
            "write it anew: cargo run -- serve --print-config > examples/garant.toml"
        );
    }

    #[test]
    fn the_sample_says_the_defaults() {
        let sample = Configuration::sample();
        let none = Configuration::parse(&sample, "sample").unwrap();
        assert_eq!(none, Configuration::of_defaults());
        // Values stand behind a mark right at the beginning, words behind a mark and a space.
        let told: String = sample
            .lines()
            .filter(|line| !line.ends_with(" ="))
            .map(|line| match line.strip_prefix('#') {
                Some(value) if !value.starts_with(' ') => format!("{value}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        assert_eq!(Configuration::parse(&told, "told").unwrap(), none, "{told}");
        assert!(told.contains("\nkept_days = 30\n"), "{told}");
    }

    #[test]
    fn every_value_says_what_it_is_without_it() {
        fn fields(meta: &Meta) {
            for field in meta.fields {
                match field.kind {
                    FieldKind::Nested { meta } => fields(meta),
                    FieldKind::Leaf { .. } => {
                        let doc = field.doc.join(" ");
                        assert!(doc.contains("default is"), "{}: {doc}", field.name);
                    }
                }
            }
        }
        fields(&Configuration::META);
    }

    #[track_caller]
    fn check(text: &str, key: &str, args: &[(&str, &str)]) {
        let refusal = Configuration::parse(text, "g.toml").unwrap_err();
        let expect = args
            .iter()
            .fold(Args::new().with("path", "g.toml"), |all, (name, value)| {
                all.with(*name, *value)
            });
        assert_eq!(
            refusal,
            Refusal::new(Box::leak(key.into()), expect),
            "{text}"
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let key =
            |line, key, suggestion| [("line", line), ("key", key), ("suggestion", suggestion)];
        check(
            "lisen = []",
            "error-config-key",
            &key("1", "lisen", "listen"),
        );
        check(
            "\n[dns]\nresolver = []\n",
            "error-config-key",
            &key("3", "dns.resolver", "dns.resolvers"),
        );
        check(
            "\n\n[quux]\na = 1",
            "error-config-key",
            &key("3", "quux", "none"),
        );
        check(
            "log.form = 1",
            "error-config-key",
            &key("1", "log.form", "log.format"),
        );
        check("\nlisten = [", "error-config-toml", &[("line", "2")]);
        check(
            "kept_days = 1\nkept_days = 2",
            "error-config-toml",
            &[("line", "2")],
        );
        for (text, line, key) in [
            ("kept_days = 0", "1", "kept_days"),
            ("kept_days = -1", "1", "kept_days"),
            ("kept_days = \"x\"", "1", "kept_days"),
            ("\nlisten = [\"127.0.0.1\"]", "2", "listen"),
            (
                "trusted_proxies = [\"10.0.0.0/33\"]",
                "1",
                "trusted_proxies",
            ),
            ("[dns]\n\ncheck_timeout_s = 601", "3", "dns.check_timeout_s"),
            ("[log]\nlevel = \"loud\"", "2", "log.level"),
            ("dns = 1", "1", "dns"),
            ("public_url = \"garant.example\"", "1", "public_url"),
            (
                "public_url = \"https://garant.example/x\"",
                "1",
                "public_url",
            ),
        ] {
            check(text, "error-config-value", &[("line", line), ("key", key)]);
        }
    }

    #[test]
    fn values_are_read() {
        let text = "listen = ['[::1]:80', '0.0.0.0:81']\ntrusted_proxies = ['10.0.0.0/8', '::1']\n\
             public_url = 'https://garant.example/'\nlog.format = 'json'\nmetrics.listen = '127.0.0.1:9'\n";
        let read = Configuration::parse(text, "g.toml").unwrap();
        assert_eq!(read.listen.len(), 2);
        assert_eq!(read.log.format, LogFormat::Json);
        assert_eq!(read.log.level, LogLevel::Info);
        let prefix =
            |address: &str, bits| Network(Prefix::new(address.parse().unwrap(), bits).unwrap());
        assert_eq!(
            read.trusted_proxies,
            [prefix("10.0.0.0", 8), prefix("::1", 128)]
        );
        assert_eq!(
            read.public_url.as_deref().and_then(origin),
            Some("https://garant.example")
        );
        assert_eq!(read.metrics.listen, "127.0.0.1:9".parse().ok());
    }
}
