//! Small zones made of what stands in the zones of people who send mail, right and wrong: each is checked and
//! planned for, the plan is carried out, and the second check must say what the plan promised.

use std::cmp::Reverse;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use futures::executor::block_on;
use garant_check::plan::{Change, Plan, State, plan, zone_text};
use garant_check::{
    Action, Assessment, ExpectedRecord, NoFetch, Request, Severity, SignedBy, Sources, assess,
    observe,
};
use garant_dns::{Data, Name, RecordType, Resolver, Zone, Zones};

/// When every world is asked: seconds since 1970.
const ASKED_AT: i64 = 1_795_343_700;
/// Records that are chosen for one zone at most.
const RECORDS_MAX: usize = 16;
/// Parts of one text at most.
const PARTS_MAX: usize = 8;

const APEX: &str = "votreentreprise.fr";
/// What the rest of the Internet says.
const INTERNET: &str = include_str!("../examples/articles/internet.zone");
/// A key of 1024 bits.
const KEY: &str = "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";

const DOMAINS: &[&str] = &["@", "@", "@", "news", "a.news"];
const SENDERS: &[&str] = &[
    "activecampaign",
    "brevo",
    "mailchimp",
    "sendgrid",
    "google-workspace",
    "microsoft-365",
    "mailjet",
    "amazon-ses",
    "resend",
];
const SELECTORS: &[&str] = &["s1", "acdkim1", "selector1", "brevo1", "envoi1"];
const OWNERS: &[&str] = &[
    "@",
    "_dmarc",
    "_dmarc.news",
    "news",
    "em",
    "envoi1._domainkey",
    "envoi2._domainkey",
    "acdkim1._domainkey",
    "acdkim2._domainkey",
    "selector1._domainkey",
    "s1._domainkey",
    "brevo1._domainkey",
    "s1._domainkey.news",
    "_domainkey",
    "*",
    "*._domainkey",
    "a.news",
    "_mta-sts",
    "_smtp._tls",
    "default._bimi",
    "mx",
    "_spf",
    "bnc3",
    // Where a panel has put the domain behind a name that had it already.
    "envoi1._domainkey.votreentreprise.fr",
    "_dmarc.votreentreprise.fr",
    "em.votreentreprise.fr",
];
/// Where platforms ask for records.
const EXPECTED_OWNERS: &[&str] = &[
    "envoi1._domainkey",
    "envoi2._domainkey",
    "s1._domainkey",
    "em",
    "bnc3",
    "news",
];
const TARGETS: &[&str] = &[
    "cle1.k7f3q2m9.envoi.example.",
    "cle2.k7f3q2m9.envoi.example.",
    "retour.k7f3q2m9.envoi.example.",
    "dkim.acdkim1.acems1.com.",
    "dkim.acdkim2.acems1.com.",
    "acems1.com.",
    "b1.votreentreprise-fr.dkim.brevo.com.",
    "dkim2.mcsv.net.",
    "selector1-votreentreprise-fr._domainkey.votreentreprise.onmicrosoft.com.",
    "votreentreprise-fr.mail.protection.outlook.com.",
    "bnc3.mailjet.com.",
    "nulle.part.example.",
    "cle1.k7f3q2m9.envoi.example.votreentreprise.fr.",
    "em",
    "envoi1._domainkey",
    "mx",
    "_dmarc",
    "@",
];
const SPF_TERMS: &[&str] = &[
    "v=spf1",
    "v=spf1",
    "V=SPF1",
    "v=spf1;",
    "spf2.0/pra",
    "include:spf.protection.outlook.com",
    "include:acems1.com",
    "include:retour.k7f3q2m9.envoi.example",
    "include:emsd1.com",
    "include:nulle.part.example",
    "include:_spf.votreentreprise.fr",
    "include:votreentreprise.fr",
    "include: acems1.com",
    "redirect=_spf.votreentreprise.fr",
    "a",
    "mx",
    "ptr",
    "a:mx.votreentreprise.fr",
    "exists:%{i}.votreentreprise.fr",
    "ip4:192.0.2.0/24",
    "ip4:192.0.2",
    "ip6:2001:db8::/32",
    "exp=%{d}",
    "~all",
    "-all",
    "+all",
    "?all",
    "all",
];
const DMARC_TAGS: &[&str] = &[
    "v=DMARC1",
    "v=DMARC1",
    "v=dmarc1",
    "p=none",
    "p=quarantine",
    "p=reject",
    "p=refuse",
    "sp=reject",
    "np=reject",
    "adkim=s",
    "aspf=s",
    "pct=50",
    "t=y",
    "psd=y",
    "psd=n",
    "rua=mailto:dmarc@votreentreprise.fr",
    "rua=mailto:a@ailleurs.example",
    "rua=dmarc@votreentreprise.fr",
    "fo=1",
    "",
];
const DKIM_TAGS: &[&str] = &[
    "v=DKIM1",
    "v=DKIM1",
    "v=DKIM2",
    "k=rsa",
    "k=ed25519",
    "t=y",
    "t=s",
    "h=sha256",
    "h=sha1",
    "s=email",
    "s=tlsrpt",
    "n=note",
    "p=",
    "p=MIGf",
    "",
];
const OTHER_TEXTS: &[&str] = &[
    "MS=ms12345678",
    "brevo-code:0123456789abcdef",
    "v=STSv1; id=1;",
    "v=TLSRPTv1; rua=mailto:tls@votreentreprise.fr",
    "v=BIMI1; l=https://votreentreprise.fr/logo.svg",
    "v=BIMI1; l=;",
    "google-site-verification=0123456789",
    "",
];
const REST: &[&str] = &[
    "A 203.0.113.10",
    "AAAA 2001:db8::10",
    "NS dns104.ovh.net.",
    "NS ns1.hebergeur.example.",
    "SOA dns104.ovh.net. tech.ovh.net. 2026112201 86400 3600 3600000 300",
];

/// Octets as choices; behind their end every choice is the first one.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn octet(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn of<'t>(&mut self, table: &[&'t str]) -> &'t str {
        table[usize::from(self.octet()) % table.len()]
    }

    /// One of the octets's bits each: whether something is stated.
    fn bits(&mut self) -> impl FnMut() -> bool + use<> {
        let mut left = self.octet();
        move || {
            let bit = left & 1 == 1;
            left >>= 1;
            bit
        }
    }
}

/// One zone as lines of a master file, and what is asked.
struct World {
    lines: Vec<String>,
    request: Request,
    /// Whether names outside the zones are not asked; otherwise they do not exist.
    is_offline: bool,
}

fn name(text: &str) -> Name {
    text.parse().expect("a name of the tables")
}

fn apex() -> Name {
    name(APEX)
}

fn whole(text: &str) -> Name {
    match (text, text.ends_with('.')) {
        ("@", _) => apex(),
        (_, true) => name(text),
        _ => name(&format!("{text}.{APEX}")),
    }
}

/// What names outside the zone answer.
fn internet() -> Arc<dyn Resolver> {
    static ZONES: LazyLock<Arc<Zones>> = LazyLock::new(|| {
        let more = format!(
            "b1.votreentreprise-fr.dkim.brevo.com. IN TXT \"k=rsa; p={KEY}\"\n\
             dkim2.mcsv.net. IN TXT \"v=DKIM1; k=rsa; p={KEY}\"\n\
             emsd1.com. IN TXT \"v=spf1 ip4:198.51.100.96/27 -all\"\n\
             bnc3.mailjet.com. IN TXT \"v=spf1 ip4:198.51.100.128/27 -all\"\n"
        );
        let text = format!("{INTERNET}\n{more}");
        let zone = Zone::parse(text.as_bytes(), &Name::root());
        Arc::new(Zones::new(vec![zone.expect("the zone of the examples")]))
    });
    ZONES.clone()
}

impl World {
    fn read(data: &[u8]) -> Self {
        let mut choices = Choices(data);
        let request = request(&mut choices);
        let is_offline = choices.octet() & 7 == 7;
        let mut lines = Vec::new();
        while !choices.0.is_empty() && lines.len() < RECORDS_MAX {
            let line = line(&mut choices);
            if stands_beside(&line, &lines) {
                lines.push(line);
            }
        }
        Self {
            lines,
            request,
            is_offline,
        }
    }

    fn zones(&self) -> Option<Zones> {
        let zone = Zone::parse(self.lines.join("\n").as_bytes(), &apex()).ok()?;
        let zones = Zones::new(vec![zone]);
        Some(match self.is_offline {
            true => zones,
            false => zones.with_beyond(internet()),
        })
    }

    /// The judgement and the plan; nothing when the zone cannot be read.
    fn planned(&self) -> Option<(Assessment, Option<Plan>)> {
        let zones = self.zones()?;
        let sources = Sources::new(&zones, &NoFetch);
        let observation = block_on(observe(sources, self.request.clone(), ASKED_AT));
        let assessment = assess(&observation);
        let plan = block_on(plan(sources, &observation, &assessment));
        Some((assessment, plan))
    }

    /// Writes a change into the zone.
    fn carry_out(&mut self, change: &Change) {
        assert!(
            change.name.is_within(&apex()),
            "{} is not ours",
            change.name
        );
        let gone = match change.action {
            Action::Add => None,
            Action::Change => change.was.as_deref(),
            Action::Delete => Some(change.value.as_str()),
        };
        if let Some(gone) = gone {
            let is_gone = |line: &String| {
                let zone = Zone::parse(line.as_bytes(), &apex()).expect("a line is a record");
                zone.records().any(|record| {
                    record.owner == change.name
                        && record.data.record_type() == change.rtype
                        && said(&record.data) == gone
                })
            };
            let before = self.lines.len();
            // A record that is written twice is one record.
            self.lines.retain(|line| !is_gone(line));
            assert!(self.lines.len() < before, "no {gone:?} to remove\n{self}");
        }
        if change.action != Action::Delete {
            let text = zone_text(std::slice::from_ref(change));
            let written = text.lines().filter(|line| !line.starts_with(';'));
            self.lines.extend(written.map(str::to_owned));
        }
    }
}

impl std::fmt::Display for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let offline = if self.is_offline { "offline" } else { "" };
        writeln!(f, "{:?} {offline}\n{}", self.request, self.lines.join("\n"))
    }
}

fn request(choices: &mut Choices<'_>) -> Request {
    let mut states = choices.bits();
    let mut request = Request::new(whole(choices.of(DOMAINS)));
    if states() {
        request.sender = Some(choices.of(SENDERS).to_owned());
    }
    if states() {
        request.mail_from = Some(whole(choices.of(TARGETS)));
    }
    if states() {
        let is_known = choices.octet() & 1 == 1;
        request.signed_by.push(SignedBy {
            domain: whole(choices.of(DOMAINS)),
            selector: is_known.then(|| name(choices.of(SELECTORS))),
        });
    }
    if states() {
        request.ip = Some([198, 51, 100, choices.octet()].into());
    }
    if states() {
        request.selectors.push(name(choices.of(SELECTORS)));
    }
    if states() {
        request.rua = Some("mailto:rapports@votreentreprise.fr".to_owned());
    }
    if states() {
        request.expect.push(expected(choices));
    }
    if states() {
        for _ in 0..2 {
            let record = expected(choices);
            let known = &request.expect;
            // A list that contradicts itself is refused before anything is asked.
            if known.iter().all(|other| other.name != record.name) {
                request.expect.push(record);
            }
        }
    }
    request
}

/// Whether a server would load both: nothing stands beside an alias (RFC 1034, section 3.6.2).
fn stands_beside(line: &str, lines: &[String]) -> bool {
    let of = |line: &str| {
        let zone = Zone::parse(line.as_bytes(), &apex()).expect("a line is a record");
        let record = zone.records().next().expect("a line is a record").clone();
        (record.owner, record.data.record_type())
    };
    let (owner, rtype) = of(line);
    let is_apex_alias = rtype == RecordType::Cname && owner == apex();
    let mut others = lines.iter().map(|line| of(line));
    let alias = RecordType::Cname;
    !is_apex_alias
        && others.all(|(other, kind)| other != owner || (rtype != alias && kind != alias))
}

fn expected(choices: &mut Choices<'_>) -> ExpectedRecord {
    let name = whole(choices.of(EXPECTED_OWNERS));
    let (rtype, value) = match choices.octet() % 4 {
        0 | 1 => (RecordType::Cname, whole(choices.of(TARGETS)).to_string()),
        2 => (RecordType::Mx, format!("10 {}", whole(choices.of(TARGETS)))),
        _ => (RecordType::Txt, text(choices).trim().to_owned()),
    };
    // A value is never empty.
    let value = if value.is_empty() {
        "x".to_owned()
    } else {
        value
    };
    ExpectedRecord { name, rtype, value }
}

fn line(choices: &mut Choices<'_>) -> String {
    let owner = choices.of(OWNERS);
    let data = match choices.octet() % 16 {
        0..=8 => {
            let text = text(choices);
            format!("TXT {}", quoted(text.as_bytes()))
        }
        9..=12 => format!("CNAME {}", choices.of(TARGETS)),
        13 => format!("MX {} {}", choices.octet(), choices.of(TARGETS)),
        14 => {
            // What somebody typed by hand.
            let length = usize::from(choices.octet() % 64).min(choices.0.len());
            let (typed, rest) = choices.0.split_at(length);
            choices.0 = rest;
            format!("TXT {}", quoted(typed))
        }
        _ => {
            let rest = choices.of(REST);
            let is_of_the_zone = rest.starts_with("NS") || rest.starts_with("SOA");
            let owner = if is_of_the_zone { "@" } else { owner };
            return format!("{owner} 3600 IN {rest}");
        }
    };
    format!("{owner} 3600 IN {data}")
}

/// A text of parts that belong to one kind of record, and what may go wrong when it is pasted.
fn text(choices: &mut Choices<'_>) -> String {
    let kind = choices.octet();
    let parts = 1 + usize::from(choices.octet()) % PARTS_MAX;
    let mut of = |table: &[&str], between: &str| {
        let parts: Vec<&str> = (0..parts).map(|_| choices.of(table)).collect();
        parts.join(between)
    };
    let text = match kind % 8 {
        0 | 1 => of(SPF_TERMS, " "),
        2 | 3 => of(DMARC_TAGS, "; "),
        4 => of(DKIM_TAGS, "; "),
        5 | 6 => format!("v=DKIM1; k=rsa; {}; p={KEY}", of(DKIM_TAGS, "; ")),
        _ => choices.of(OTHER_TEXTS).to_owned(),
    };
    match kind >> 4 {
        0 => format!("\"{text}\""),
        1 => text[..text.len() / 2].to_owned(),
        2 => format!("{text} "),
        3 => text.replace(' ', ""),
        4 => text.replace(';', "\\;"),
        5 => text.replace(' ', "  "),
        _ => text,
    }
}

/// A text as strings of a master file.
fn quoted(text: &[u8]) -> String {
    let mut strings = String::new();
    for chunk in text.chunks(255) {
        strings.push('"');
        for octet in chunk {
            match octet {
                b'"' | b'\\' => strings.extend(['\\', char::from(*octet)]),
                b' '..=b'~' => strings.push(char::from(*octet)),
                // Writing to a string never fails.
                _ => drop(write!(strings, "\\{octet:03}")),
            }
        }
        strings.push_str("\" ");
    }
    if strings.is_empty() {
        "\"\"".to_owned()
    } else {
        strings
    }
}

/// What a record says, as a plan writes it.
fn said(data: &Data) -> String {
    match data {
        Data::A(address) => address.to_string(),
        Data::Aaaa(address) => address.to_string(),
        Data::Cname(name) | Data::Ns(name) => name.to_string(),
        Data::Mx {
            preference,
            exchange,
        } => format!("{preference} {exchange}"),
        Data::Txt(txt) => txt.to_text(),
        other => format!("{other:?}"),
    }
}

/// What holds of every plan by itself.
pub(crate) fn stands(plan: &Plan) {
    let (before, after) = (&plan.before, &plan.after);
    if !plan.has_changes() {
        assert_eq!(before, after, "a state changes without a change");
    }
    // The mail that the plan is for comes first: it may even be that only now something is there to be wrong.
    let stands = |state: &State| {
        let dmarc = state.path.as_ref().map(|path| &path.dmarc);
        match dmarc.map(|dmarc| (dmarc.result, dmarc.legs)) {
            Some(("pass", _)) => 2,
            // Nobody asks to act on it, and one of its legs would do.
            Some(("none", Some(1..))) => 1,
            _ => 0,
        }
    };
    let weight = |state: &State| (Reverse(stands(state)), state.blocks, state.risks);
    assert!(weight(after) <= weight(before), "what comes after is worse");
    let alternatives = plan.alternatives.iter();
    let all = alternatives.map(|other| (other.to_zone(), &other.changes));
    for (text, changes) in all.chain([(plan.to_zone(), &plan.changes)]) {
        let zone = Zone::parse(text.as_bytes(), &plan.domain);
        let zone = zone.unwrap_or_else(|error| panic!("{error} in\n{text}"));
        // Of changes that follow each other at one record, the last is what stands there.
        let published = changes.iter().enumerate().filter(|(at, change)| {
            let mut later = changes[at + 1..].iter();
            let is_replaced = later.any(|later| {
                later.was.as_ref() == Some(&change.value)
                    && (&later.name, later.rtype) == (&change.name, change.rtype)
            });
            change.action != Action::Delete && !is_replaced
        });
        let (read, published) = (zone.records().count(), published.count());
        assert_eq!(read, published, "records read back of\n{text}");
    }
}

fn counts(assessment: &Assessment) -> (usize, usize) {
    let count = |severity| {
        let findings = assessment.findings.iter();
        findings
            .filter(|finding| finding.severity == severity)
            .count()
    };
    (count(Severity::Blocks), count(Severity::Risk))
}

/// The octets choose a zone and a question; the plan for it keeps its promise.
pub(crate) fn worlds(data: &[u8]) {
    let mut world = World::read(data);
    let Some((assessment, plan)) = world.planned() else {
        return;
    };
    let Some(plan) = plan else {
        assert_eq!(
            counts(&assessment),
            (0, 0),
            "nobody is told what to do\n{world}"
        );
        return;
    };
    stands(&plan);
    if !plan.has_changes() {
        return;
    }
    let told = format!("{world}\n{}", plan.to_zone());
    for change in &plan.changes {
        world.carry_out(change);
    }
    let (again, _) = world.planned().expect("a zone that was read reads");
    let codes: Vec<_> = again
        .findings
        .iter()
        .filter(|f| f.severity <= Severity::Risk)
        .map(|f| f.code)
        .collect();
    let promised = (plan.after.blocks, plan.after.risks);
    assert_eq!(
        counts(&again),
        promised,
        "{told}\nfound {codes:?}, promised {:?}",
        plan.after.codes
    );
    assert_eq!(again.verdict, plan.after.verdict, "{told}");
    assert_eq!(again.paths.first(), plan.after.path.as_ref(), "{told}");
}
