//! What the picture of servers and caches shows.

use std::collections::{BTreeMap, BTreeSet};

use garant_check::authority::{ServerAnswer, ServerState, ZoneState};
use garant_check::{Argument, Code};
use garant_dns::Name;
use garant_service::report::Report;
use garant_text::Args;

use super::super::look::{BLOCK, Look, NEUTRAL, RIGHT, RISK, UNKNOWN, WAIT};
use super::super::say::Words;

/// Names that are shown at most: those that wait or differ, else one. The rest is counted.
pub(super) const NAMES_MAX: usize = 4;
/// Servers that are shown for each name at most; the rest is counted.
pub(super) const SERVERS_MAX: usize = 8;

/// Who sees what.
#[derive(Debug)]
pub(super) struct Sight {
    /// What the drawing is called.
    pub(super) title: String,
    pub(super) places: Vec<Place>,
    /// Names that are not shown.
    pub(super) more: String,
    /// The answer in sentences.
    pub(super) summary: Vec<String>,
}

/// One name in one zone, or a zone of which no name was in doubt.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) name: String,
    /// The type that was asked for; empty for a whole zone.
    pub(super) rtype: &'static str,
    pub(super) servers: Vec<Server>,
    /// Servers that are not shown.
    pub(super) more: String,
    pub(super) cache: Option<Cache>,
    /// Whether there is something to see here: it waits, or its servers differ.
    is_telling: bool,
    sentence: String,
}

/// One server of the zone.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) name: String,
    pub(super) address: String,
    /// The version of the zone that it serves, in words; empty when it serves none.
    pub(super) version: String,
    /// What stands there; empty when it did not say.
    pub(super) found: Vec<String>,
    /// That nothing stands there, or what else is to be said.
    pub(super) says: String,
    pub(super) look: Look,
}

/// The servers that keep answers for others.
#[derive(Debug)]
pub(super) struct Cache {
    pub(super) asked: Clock,
    pub(super) until: Option<Clock>,
    /// What they see.
    pub(super) says: String,
    /// What they still keep, where that is something.
    pub(super) old: Option<String>,
    pub(super) look: Look,
}

/// A time of day, as hands and in words.
#[derive(Debug)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) words: String,
}

impl Clock {
    /// From RFC 3339 in UTC.
    fn of(time: &str, key: &str, words: &Words) -> Option<Self> {
        let two = |at: usize| time.get(at..at + 2)?.parse().ok();
        Some(Self {
            hour: two(11)?,
            minute: two(14)?,
            words: words.say(key, &Args::new().with("time", time)),
        })
    }
}

impl Sight {
    /// Nothing where no server of a zone was asked.
    pub(super) fn of(report: &Report, words: &Words) -> Option<Self> {
        let reader = Reader { report, words };
        let zones = report.authority.zones.iter();
        let zones = zones.filter(|zone| {
            let mut servers = zone.servers.iter();
            servers.any(|server| server.status != "not-asked")
        });
        let mut places: Vec<Place> = zones.flat_map(|zone| reader.places(zone)).collect();
        if places.is_empty() {
            return None;
        }
        // The sort keeps the order of those that are alike.
        places.sort_by_key(|place| !place.is_telling);
        // Names that say the same of the servers need no more than one of them.
        let telling = places.iter().filter(|place| place.is_telling).count();
        let shown = telling.clamp(1, NAMES_MAX);
        let rest = places.len().saturating_sub(shown);
        places.truncate(shown);
        let more = if rest == 0 {
            String::new()
        } else {
            words.say("picture-seen-more-names", &Args::new().with("count", rest))
        };
        let mut summary: Vec<String> = places.iter().map(|place| place.sentence.clone()).collect();
        if !more.is_empty() {
            summary.push(format!("{more}."));
        }
        let domain = report.domain.to_unicode();
        Some(Self {
            title: words.say("picture-seen-title", &Args::new().with("domain", domain)),
            places,
            more,
            summary,
        })
    }
}

struct Reader<'a> {
    report: &'a Report,
    words: &'a Words,
}

impl Reader<'_> {
    fn places(&self, zone: &ZoneState) -> Vec<Place> {
        let mut questions: Vec<(&Name, &'static str)> = Vec::new();
        let mut known = BTreeSet::new();
        for answer in zone.servers.iter().flat_map(|server| &server.answers) {
            if known.insert((&answer.name, answer.rtype)) {
                questions.push((&answer.name, answer.rtype));
            }
        }
        if questions.is_empty() {
            return vec![self.zone(zone)];
        }
        let places = questions.into_iter();
        places
            .map(|(name, rtype)| self.place(zone, name, rtype))
            .collect()
    }

    /// A zone of which no name was in doubt, or whose servers do not serve it.
    fn zone(&self, zone: &ZoneState) -> Place {
        let serving = zone.servers.iter().filter(|s| s.status == "serves").count();
        let shown = zone.servers.iter().take(SERVERS_MAX);
        let name = zone.zone.as_ref().unwrap_or(&self.report.domain);
        let args = Args::new()
            .with("name", name.to_unicode())
            .with("serving", serving)
            .with("count", zone.servers.len());
        Place {
            name: name.to_unicode(),
            rtype: "",
            servers: shown.map(|server| self.server(server, None)).collect(),
            more: self.more_servers(zone),
            cache: None,
            is_telling: serving < zone.servers.len(),
            sentence: self.words.say("picture-seen-zone", &args),
        }
    }

    fn place(&self, zone: &ZoneState, name: &Name, rtype: &'static str) -> Place {
        let said: Vec<Option<Vec<&str>>> = zone
            .servers
            .iter()
            .map(|server| self.found(server, name, rtype))
            .collect();
        let heard: Vec<&Vec<&str>> = said.iter().flatten().collect();
        let agree = heard.windows(2).all(|pair| pair[0] == pair[1]);
        let first = heard.first().copied();
        let cache = self.cache(name, rtype, first.is_some(), agree);
        let shown = zone.servers.iter().zip(&said).take(SERVERS_MAX);
        let servers = shown.map(|(server, found)| {
            let differs = found.is_some() && found.as_ref() != first;
            self.server(server, Some((found.as_deref(), differs)))
        });
        let agreement = match (heard.len(), agree, first) {
            (0, _, _) => "none",
            (_, false, _) => "differ",
            (_, true, Some(found)) if found.is_empty() => "nothing",
            (_, true, _) => "same",
        };
        let args = Args::new()
            .with("name", name.to_unicode())
            .with("type", rtype)
            .with("count", zone.servers.len())
            .with("heard", heard.len())
            .with("agreement", agreement);
        let mut sentence = self.words.say("picture-seen-place", &args);
        for words in [
            Some(&cache.says),
            cache.until.as_ref().map(|until| &until.words),
        ] {
            sentence.extend(words.map(|words| format!(" {words}.")));
        }
        Place {
            name: name.to_unicode(),
            rtype,
            servers: servers.collect(),
            more: self.more_servers(zone),
            is_telling: cache.until.is_some() || !agree || heard.is_empty(),
            cache: Some(cache),
            sentence,
        }
    }

    fn more_servers(&self, zone: &ZoneState) -> String {
        match zone.servers.len().saturating_sub(SERVERS_MAX) {
            0 => String::new(),
            rest => {
                let args = Args::new().with("count", rest);
                self.words.say("picture-seen-more-servers", &args)
            }
        }
    }

    /// What a server has at a name, in an order that tells equals. Of the texts at the domain, only the SPF record
    /// where there is one: the others are no matter of mail.
    fn found<'s>(&self, server: &'s ServerState, name: &Name, rtype: &str) -> Option<Vec<&'s str>> {
        let mut answers = server.answers.iter();
        let is_it = |answer: &&ServerAnswer| answer.name == *name && answer.rtype == rtype;
        let found = answers.find(is_it)?.found.as_ref()?;
        let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
        let mut expected = self.report.question.expect.iter();
        let is_expected = expected.any(|record| record.name == *name);
        if rtype == "TXT" && *name == self.report.domain && !is_expected {
            let is_spf = |text: &&&str| {
                let start = text.get(..6);
                start.is_some_and(|start| start.eq_ignore_ascii_case("v=spf1"))
            };
            let spf: Vec<&str> = found.iter().filter(is_spf).copied().collect();
            found = spf;
        }
        found.sort_unstable();
        Some(found)
    }

    fn server(&self, server: &ServerState, said: Option<(Option<&[&str]>, bool)>) -> Server {
        let stale = self.finding(Code::DnsStaleServer, |args| {
            args.get("server") == Some(&Argument::Text(server.name.to_string()))
        });
        let serves = server.status == "serves";
        let (found, differs) = said.unwrap_or((None, false));
        let state = match (serves, found, said.is_some()) {
            (false, ..) => server.status,
            (true, None, true) => "silent",
            (true, ..) if stale => "stale",
            (true, ..) if differs => "differs",
            _ => "serves",
        };
        let listed = match (server.in_parent, server.in_zone) {
            (true, false) => "parent",
            (false, true) => "zone",
            _ => "both",
        };
        let all_lame = self.finding(Code::DnsAllServersLame, |_| true);
        let look = match state {
            "serves" if found.is_some_and(<[_]>::is_empty) => NEUTRAL,
            "serves" => RIGHT,
            "stale" | "differs" => RISK,
            "not-asked" => UNKNOWN,
            "silent" if serves => UNKNOWN,
            _ if all_lame => BLOCK,
            _ => RISK,
        };
        let args = Args::new()
            .with("state", state)
            .with("listed", listed)
            .with(
                "found",
                match found {
                    Some([]) => "nothing",
                    Some(_) => "record",
                    None => "not-asked",
                },
            );
        let version = match server.serial.filter(|_| serves) {
            Some(serial) => {
                let args = Args::new().with("serial", serial.to_string());
                self.words.say("picture-seen-version", &args)
            }
            None => String::new(),
        };
        Server {
            name: server.name.to_unicode(),
            address: server
                .address
                .map_or_else(String::new, |address| address.ip().to_string()),
            version,
            found: found
                .unwrap_or_default()
                .iter()
                .map(|&text| text.to_owned())
                .collect(),
            says: self.words.say("picture-seen-server", &args),
            look,
        }
    }

    fn finding(
        &self,
        code: Code,
        is_it: impl Fn(&BTreeMap<&'static str, Argument>) -> bool,
    ) -> bool {
        let mut findings = self.report.findings.iter();
        findings.any(|finding| finding.code == code && is_it(&finding.args))
    }

    fn cache(&self, name: &Name, rtype: &str, heard: bool, agree: bool) -> Cache {
        let mut findings = self.report.findings.iter();
        let at_name = findings.find(|finding| {
            matches!(
                finding.code,
                Code::RecordWaiting | Code::RecordOldDataCached
            ) && finding.subject == *name
        });
        // Of several types that wait at a name, the check tells one.
        let is_of_type = |args: &BTreeMap<&'static str, Argument>| {
            args.get("type") == Some(&Argument::Text(rtype.to_owned()))
        };
        let waiting = at_name.filter(|finding| is_of_type(&finding.args));
        let until = waiting.and_then(|finding| match finding.args.get("until")? {
            Argument::Text(until) => Clock::of(until, "picture-seen-until", self.words),
            Argument::Number(_) => None,
        });
        let mut unknown = self.report.unknown.iter();
        let is_unknown = unknown.any(|unknown| unknown.name == *name && unknown.rtype == rtype)
            || at_name.is_some();
        let old = waiting.and_then(|finding| finding.found.clone());
        let (state, look) = match (waiting.map(|finding| finding.code), heard, agree) {
            (Some(Code::RecordWaiting), ..) => ("waiting", WAIT),
            (Some(_), ..) => ("old", WAIT),
            (None, ..) if is_unknown => ("unknown", UNKNOWN),
            (None, false, _) => ("no-source", UNKNOWN),
            (None, true, true) => ("same", RIGHT),
            (None, true, false) => ("either", RISK),
        };
        let says = Args::new().with("state", state);
        let asked_at = self.report.asked_at.as_str();
        let asked = Clock::of(asked_at, "picture-seen-asked", self.words);
        Cache {
            asked: asked.unwrap_or(Clock {
                hour: 0,
                minute: 0,
                words: asked_at.to_owned(),
            }),
            until,
            says: self.words.say("picture-seen-cache", &says),
            old,
            look,
        }
    }
}
