//! Judging: from facts to findings. Pure: the same observation always gives the same assessment.

mod bimi;
mod delegation;
mod dkim;
mod dmarc;
mod dns;
mod mx;
mod path;
mod record;
mod spf;
mod transport;
mod verdict;

use std::collections::BTreeMap;

use garant_dns::{Name, RecordType};

use crate::assessment::{Assessment, Records, Unknown};
use crate::finding::{Argument, Code, Finding, Fix, Place, Severity};
use crate::input::is_free_mail;
use crate::observation::{Observation, SELECTORS_MAX};
use crate::survey::{Published, survey};

/// Findings with one code at most: one for each selector that a request may name, and the few that are
/// guessed. Whoever has so many of a kind to correct sees the next ones afterwards.
const REPEATS_MAX: usize = SELECTORS_MAX + 8;
/// Characters of a text from the DNS that a finding holds at most. No record that works is longer.
const TEXT_CHARS_MAX: usize = 4096;

/// Judges an observation.
pub fn assess(observation: &Observation) -> Assessment {
    let published = Published::of(observation);
    let (survey, _) = survey(&published.observation);
    let mut judge = Judge::new(&observation.request.domain);
    dns::judge(&mut judge, &survey);
    let dnssec = dns::dnssec(&mut judge, &survey.dnssec);
    let spf = spf::judge(&mut judge, &survey);
    let dmarc = dmarc::judge(&mut judge, &survey);
    let enforced = dmarc.enforced_policy.is_some();
    let dkim_state = dkim::state(&survey.dkim);
    let dkim = dkim::judge(&mut judge, &survey, enforced);
    dmarc::judge_with_proof(&mut judge, &survey, &dmarc, spf.state, dkim_state);
    let mx = mx::judge(&mut judge, &survey, spf.state);
    let mta_sts = transport::mta_sts(&mut judge, &survey);
    let tls_rpt = transport::tls_rpt(&mut judge, &survey.tls_rpt);
    let bimi = bimi::judge(&mut judge, &survey);
    delegation::judge_waiting(&mut judge, &published);
    let path::Judgement { paths, standings } = path::judge(&mut judge, &survey);
    let tally = record::judge(&mut judge, &survey, &paths);
    path::point_at_records(&mut judge, &standings);
    let authority = delegation::judge(&mut judge, observation, &survey, &published);
    if survey.domain_is_absent() || is_free_mail(&judge.domain) {
        // Whoever asks cannot change anything there: what else is wrong would only distract.
        judge.keep_only_the_domain();
    }
    let mut verdict = verdict::verdict(
        &judge,
        &survey,
        &verdict::States {
            spf: spf.state,
            dkim: dkim_state,
            policy: dmarc.policy_state,
            sends_nothing: spf.allows_nobody,
        },
        &standings,
        &tally,
    );
    tally.tell(&mut verdict);
    let (findings, unknown) = judge.into_parts();
    let records = Records {
        spf: spf.record,
        dkim,
        dmarc: dmarc.record,
        mx,
        mta_sts,
        tls_rpt,
        bimi,
        dnssec,
    };
    Assessment {
        verdict,
        paths,
        records,
        authority,
        findings,
        unknown,
    }
}

fn cut(text: &mut String) {
    if let Some((at, _)) = text.char_indices().nth(TEXT_CHARS_MAX) {
        text.truncate(at);
        text.push('…');
    }
}

/// Collects what is said.
struct Judge {
    domain: Name,
    findings: Vec<Finding>,
    /// What could not be told, and whether it might change the verdict.
    unknown: Vec<(Unknown, bool)>,
}

impl Judge {
    fn new(domain: &Name) -> Self {
        Self {
            domain: domain.clone(),
            findings: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Begins a finding about `subject`.
    fn finding(&self, code: Code, severity: Severity, subject: &Name) -> Finding {
        Finding {
            code,
            severity,
            subject: subject.clone(),
            args: BTreeMap::from([
                ("domain", Argument::from(self.domain.to_unicode())),
                ("name", Argument::from(subject)),
            ]),
            expected: None,
            found: None,
            place: None,
            fixes: Vec::new(),
        }
    }

    /// Puts one text in place of the one that stands at a name.
    fn change(&self, name: &Name, value: String) -> Fix {
        Fix::change(name, RecordType::Txt, value)
    }

    /// Publishes a text where none stands.
    fn add(&self, name: &Name, value: String) -> Fix {
        Fix::add(name, RecordType::Txt, value)
    }

    /// Says something, unless enough of its kind was said. Texts from the DNS are cut where nobody reads on:
    /// a record of 64 kilobytes with a fault in each word must not become megabytes.
    fn say(&mut self, mut finding: Finding) {
        debug_assert!(
            finding
                .code
                .arguments()
                .iter()
                .all(|name| finding.args.contains_key(name)),
            "{} lacks an argument",
            finding.code
        );
        let said = self
            .findings
            .iter()
            .filter(|known| known.code == finding.code)
            .count();
        if said >= REPEATS_MAX {
            return;
        }
        for text in [&mut finding.found, &mut finding.expected]
            .into_iter()
            .flatten()
        {
            cut(text);
        }
        for argument in finding.args.values_mut() {
            if let Argument::Text(text) = argument {
                cut(text);
            }
        }
        self.findings.push(finding);
    }

    /// Notes something that could not be told and that might change the verdict.
    fn unknown(&mut self, unknown: Unknown) {
        self.note(unknown, true);
    }

    /// Notes something that could not be told and on which no mail depends.
    fn unknown_aside(&mut self, unknown: Unknown) {
        self.note(unknown, false);
    }

    fn note(&mut self, unknown: Unknown, matters: bool) {
        match self.unknown.iter_mut().find(|(known, _)| *known == unknown) {
            Some((_, mattered)) => *mattered |= matters,
            None => self.unknown.push((unknown, matters)),
        }
    }

    /// Whether something might change the verdict.
    fn could_change(&self) -> bool {
        self.unknown.iter().any(|(_, matters)| *matters)
    }

    /// Forgets what is no finding about the domain itself, nor something that is in order.
    fn keep_only_the_domain(&mut self) {
        self.findings.retain(|finding| {
            finding.code.topic() == "domain" || finding.severity == Severity::Fine
        });
        self.unknown.clear();
    }

    /// The worst that was said.
    fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).min()
    }

    /// Everything that was said: topics in the order of the codes, the worst of each first.
    fn into_parts(self) -> (Vec<Finding>, Vec<Unknown>) {
        let mut findings = self.findings;
        let order = |code: Code| {
            let topics = Code::ALL
                .iter()
                .position(|known| known.topic() == code.topic());
            topics.unwrap_or(usize::MAX)
        };
        findings.sort_by_key(|finding| (order(finding.code), finding.severity));
        (
            findings,
            self.unknown
                .into_iter()
                .map(|(unknown, _)| unknown)
                .collect(),
        )
    }
}

impl Finding {
    /// Where: the subject's records of this type.
    fn at(mut self, rtype: RecordType) -> Self {
        self.place = Some(Place {
            name: self.subject.clone(),
            rtype,
        });
        self
    }

    /// Where: a name other than the subject.
    fn at_name(mut self, name: &Name, rtype: RecordType) -> Self {
        self.place = Some(Place {
            name: name.clone(),
            rtype,
        });
        self
    }

    fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}
