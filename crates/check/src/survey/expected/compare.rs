//! Whether what stands at a name is what was asked for, by its meaning, and if not, in which way it is not.

use std::collections::BTreeSet;
use std::net::IpAddr;

use garant_dns::{Answer, Data, Name, RecordType, Status, Txt};
use garant_msgauth::dkim::{KeyRecord, Reason};
use garant_msgauth::dmarc::{Acts, PolicyRecord};
use garant_msgauth::spf;

use super::wish::{Purpose, Wanted, Wish};
use crate::catalogue::services;
use crate::input::registrable_domain;

/// Characters that a text was cut down to at least: a shorter beginning may be anything.
const CUT_CHARS_MIN: usize = 24;
/// Data that one cause names at most.
const FOUND_MAX: usize = 8;

/// One way in which a record is not what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cause {
    pub(crate) kind: CauseKind,
    /// Where it shows.
    pub(crate) at: Name,
    /// The data there that are to go, each with its type.
    pub(crate) found: Vec<(RecordType, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CauseKind {
    /// It stands at its name with the zone behind it once more.
    DoubledName,
    /// It stands at another name.
    WrongName,
    /// It stands at its name without the underscores.
    UnderscoreDropped,
    /// Name and value were exchanged.
    Swapped,
    /// The zone stands behind the target.
    ZoneAppended { meant: Name },
    /// Addresses of a proxy stand in its place.
    Proxied { address: IpAddr },
    /// The data stands there as another type.
    WrongType { found_type: RecordType },
    /// Quotes or backslashes are part of the text.
    Quoted,
    /// The text ends too early. Characters there are, and those there should be.
    Truncated { count: usize, expected: usize },
    /// It differs in upper and lower case.
    CaseChanged,
    /// Several texts stand where one belongs.
    Several { count: usize },
    /// The same service's, for another account.
    OtherAccount,
    /// What the service asked for formerly.
    FormerTarget,
    /// Something else.
    OtherValue { found_type: RecordType },
    /// The name is in use for something else; a label that is free.
    ReturnPathTaken { label: Option<Name> },
    /// Other exchanges stand beside it.
    SeveralExchanges { count: usize },
    /// An alias cannot stand where the zone begins.
    AliasAtApex,
    /// Only a wildcard answers.
    ByWildcard,
    /// It is right, and its target does not exist.
    Dangling { target: Name },
    /// Nothing stands there. Whether the usual mistakes were all looked for, and answered.
    Absent { looked: bool },
}

/// How the data at a name fits what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Right,
    /// The data is there without the alias.
    Flattened,
    /// It is recognisably what was asked for, and wrong.
    Wrong(Vec<Cause>),
    /// Something else stands there.
    Foreign(Vec<(RecordType, String)>),
    Nothing,
}

/// What stands at one name, as far as it was asked.
#[derive(Clone, Default)]
pub(super) struct Look<'a> {
    pub(super) name: Option<Name>,
    pub(super) answers: Vec<&'a Answer>,
    /// What stands at the target, where that was asked.
    pub(super) target: Vec<&'a Answer>,
    /// Whether the zone's first server is one of a DNS host that puts proxies before names.
    pub(super) zone_has_proxy: bool,
    /// Whether texts of others stand here by right, as at the domain itself.
    pub(super) is_shared: bool,
}

impl<'a> Look<'a> {
    pub(super) fn of_answer(name: &Name, answer: &'a Answer) -> Self {
        Self {
            name: Some(name.clone()),
            answers: vec![answer],
            ..Self::default()
        }
    }

    /// The same, with what stands at the target of the alias that was asked for.
    pub(super) fn with_target(&self, answer: &'a Answer) -> Self {
        Self {
            target: vec![answer],
            ..self.clone()
        }
    }

    /// The aliases from the name to where its data stands.
    fn chain(&self) -> Vec<&'a Name> {
        let chains = self.answers.iter().map(|answer| &answer.aliases);
        let longest = chains.max_by_key(|aliases| aliases.len());
        let aliases = longest.into_iter().flatten();
        aliases.map(|alias| &alias.target).collect()
    }

    fn texts(&self) -> impl Iterator<Item = &'a Txt> {
        self.answers.iter().flat_map(|answer| answer.texts())
    }

    fn addresses(&self) -> Vec<IpAddr> {
        let answers = self.answers.iter();
        answers.flat_map(|answer| answer.addresses()).collect()
    }

    fn exchanges(&self) -> Vec<(u16, &'a Name)> {
        let records = self.answers.iter().flat_map(|answer| &answer.records);
        let exchange = |record: &'a garant_dns::Record| match &record.data {
            Data::Mx {
                preference,
                exchange,
            } => Some((*preference, exchange)),
            _ => None,
        };
        records.filter_map(exchange).collect()
    }

    /// Everything that stands at the name itself. Where it is an alias, that is all.
    fn data(&self) -> Vec<(RecordType, String)> {
        if let Some(target) = self.chain().first() {
            return vec![(RecordType::Cname, target.to_string())];
        }
        let texts = self.texts().map(|txt| (RecordType::Txt, txt.to_text()));
        let exchanges = self.exchanges().into_iter();
        let exchanges = exchanges.map(|(order, host)| (RecordType::Mx, format!("{order} {host}")));
        let addresses = self.addresses().into_iter().map(|address| match address {
            IpAddr::V4(_) => (RecordType::A, address.to_string()),
            IpAddr::V6(_) => (RecordType::Aaaa, address.to_string()),
        });
        let plain = self.answers.iter().flat_map(|answer| &answer.records);
        let plain = plain.filter_map(|record| {
            let text = match &record.data {
                Data::Ns(name) | Data::Ptr(name) => name.to_string(),
                _ => return None,
            };
            Some((record.data.record_type(), text))
        });
        texts
            .chain(exchanges)
            .chain(addresses)
            .chain(plain)
            .take(FOUND_MAX)
            .collect()
    }

    /// The data at the name that are this record: its text among others, its exchange among others.
    pub(super) fn data_of(&self, wish: &Wish) -> Vec<(RecordType, String)> {
        let mut data = self.data();
        let is_it = |text: &str| match &wish.wanted {
            Wanted::Exchange(host) => text.ends_with(host.as_str()),
            Wanted::Key(key) => KeyRecord::parse(text.as_bytes()).key_octets() == key.key_octets(),
            Wanted::Text(wanted) => tidy(text) == tidy(wanted),
            _ => true,
        };
        data.retain(|(_, text)| is_it(text));
        data
    }

    /// The names that the record at this name points at, each with its data.
    pub(super) fn targets(&self) -> impl Iterator<Item = ((RecordType, String), &'a Name)> {
        let alias = self.chain().into_iter().take(1);
        let alias = alias.map(|name| ((RecordType::Cname, name.to_string()), name));
        let exchanges = self.exchanges().into_iter();
        alias.chain(
            exchanges.map(|(order, host)| ((RecordType::Mx, format!("{order} {host}")), host)),
        )
    }

    pub(super) fn has_data(&self) -> bool {
        !self.data().is_empty()
    }

    pub(super) fn has_addresses(&self) -> bool {
        !self.addresses().is_empty()
    }

    /// The types that something was found of, each once.
    pub(super) fn types_found(&self) -> BTreeSet<RecordType> {
        self.data().into_iter().map(|(rtype, _)| rtype).collect()
    }

    fn of_type(&self, rtype: RecordType) -> Vec<(RecordType, String)> {
        let mut data = self.data();
        data.retain(|(known, _)| *known == rtype);
        data
    }

    fn cause(&self, kind: CauseKind, found: Vec<(RecordType, String)>) -> Cause {
        Cause {
            kind,
            at: self.name.clone().unwrap_or_else(Name::root),
            found,
        }
    }

    fn wrong(&self, kind: CauseKind, found: Vec<(RecordType, String)>) -> Fit {
        Fit::Wrong(vec![self.cause(kind, found)])
    }

    fn rest(&self) -> Fit {
        match self.data() {
            data if data.is_empty() => Fit::Nothing,
            data => Fit::Foreign(data),
        }
    }

    /// What tells two names with the same data apart from one with data of its own.
    pub(super) fn says_the_same(&self, other: &Look<'_>) -> bool {
        let sorted = |look: &Look<'_>| {
            let mut data = look.data();
            data.sort();
            data
        };
        !self.data().is_empty() && sorted(self) == sorted(other)
    }
}

/// How what stands at a name fits. `others` are the targets of all records that were asked for.
pub(super) fn fit(wish: &Wish, look: &Look<'_>, others: &[Name]) -> Fit {
    match &wish.wanted {
        Wanted::Alias(target) => alias(wish, target, look, others),
        Wanted::Within(suffixes) => within(wish, suffixes, look),
        Wanted::Exchange(host) => exchange(wish, host, look, others),
        Wanted::Key(key) => key_text(key, look),
        Wanted::Spf(text) => spf_text(text, look),
        Wanted::Policy(text) => policy_text(text, look),
        // A selector holds one key: what stands there is in the way of a text that ought to be one.
        Wanted::Text(text) if wish.is_at_selector() => match text_of(text, look) {
            Fit::Nothing => look.rest(),
            fit => fit,
        },
        Wanted::Text(text) => text_of(text, look),
        Wanted::Plain(text) => {
            let data = look.data();
            let is_it = |(rtype, value): &(RecordType, String)| {
                *rtype == wish.rtype && value.eq_ignore_ascii_case(text)
            };
            if data.iter().any(is_it) {
                Fit::Right
            } else {
                look.rest()
            }
        }
    }
}

/// A chain that reaches the target, and the target has nothing.
pub(super) fn dangling(wish: &Wish, purpose: Purpose, answer: &Answer) -> Option<Cause> {
    let end = answer.aliases.last()?;
    let is_alias = matches!(wish.wanted, Wanted::Alias(_) | Wanted::Within(_));
    let has_nothing = match answer.status {
        Status::NxDomain => true,
        Status::NoData => purpose == Purpose::Key,
        _ => false,
    };
    (is_alias && has_nothing).then(|| Cause {
        kind: CauseKind::Dangling {
            target: end.target.clone(),
        },
        at: wish.name.clone(),
        found: Vec::new(),
    })
}

fn alias(wish: &Wish, target: &Name, look: &Look<'_>, others: &[Name]) -> Fit {
    let chain = look.chain();
    if chain.contains(&target) {
        return Fit::Right;
    }
    let own_zone = registrable_domain(&wish.name);
    if let Some(first) = chain.first() {
        let found = look.data();
        if zone_appended(first, target, &wish.name) {
            let meant = target.clone();
            return look.wrong(CauseKind::ZoneAppended { meant }, found);
        }
        // Another of the same list: two values were exchanged.
        if others.contains(first) {
            let found_type = RecordType::Cname;
            return look.wrong(CauseKind::OtherValue { found_type }, found);
        }
        if is_former(first) {
            return look.wrong(CauseKind::FormerTarget, found);
        }
        if is_of_same_service(first, target) && registrable_domain(first) != own_zone {
            return look.wrong(CauseKind::OtherAccount, found);
        }
        return look.rest();
    }
    let names_target = |text: &str| says_name(text, target);
    if look.texts().any(|txt| names_target(&txt.to_text())) {
        let found_type = RecordType::Txt;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Txt),
        );
    }
    if look.exchanges().iter().any(|(_, host)| *host == target) {
        let found_type = RecordType::Mx;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Mx),
        );
    }
    if is_copy(look) {
        return Fit::Flattened;
    }
    addresses_in_place(look).unwrap_or_else(|| look.rest())
}

/// Whether the texts at the name, or its addresses, are those of the target.
fn is_copy(look: &Look<'_>) -> bool {
    let texts = |answers: &[&Answer]| {
        let texts = answers.iter().flat_map(|answer| answer.texts());
        let mut texts: Vec<Vec<u8>> = texts.map(|txt| squeezed(&txt.joined())).collect();
        texts.sort();
        texts
    };
    let here = texts(&look.answers);
    if !here.is_empty() {
        return here == texts(&look.target);
    }
    let at_target: Vec<IpAddr> = look.target.iter().flat_map(|a| a.addresses()).collect();
    let here = look.addresses();
    !here.is_empty() && here.iter().all(|address| at_target.contains(address))
}

/// A proxy's addresses, or others, where an alias should stand.
fn addresses_in_place(look: &Look<'_>) -> Option<Fit> {
    let addresses = look.addresses();
    let first = *addresses.first()?;
    let found: Vec<(RecordType, String)> = look
        .data()
        .into_iter()
        .filter(|(rtype, _)| matches!(rtype, RecordType::A | RecordType::Aaaa))
        .collect();
    let both = addresses.iter().any(IpAddr::is_ipv4) && addresses.iter().any(IpAddr::is_ipv6);
    let address = addresses.iter().copied().find(is_of_proxy);
    let address = address.or((look.zone_has_proxy && both).then_some(first));
    address.map(|address| look.wrong(CauseKind::Proxied { address }, found))
}

fn within(wish: &Wish, suffixes: &[Name], look: &Look<'_>) -> Fit {
    let is_theirs = |name: &Name| suffixes.iter().any(|suffix| name.is_within(suffix));
    let chain = look.chain();
    let exchanges = look.exchanges();
    if chain.iter().any(|name| is_theirs(name)) {
        return Fit::Right;
    }
    if exchanges.iter().any(|(_, host)| is_theirs(host)) {
        return match exchanges.len() {
            1 => Fit::Right,
            count => look.wrong(
                CauseKind::SeveralExchanges { count },
                look.of_type(RecordType::Mx)
                    .into_iter()
                    .filter(|(_, text)| {
                        let host = text.split_whitespace().next_back().unwrap_or_default();
                        !host.parse::<Name>().is_ok_and(|host| is_theirs(&host))
                    })
                    .collect(),
            ),
        };
    }
    if let Some(first) = chain.first()
        && let Some(meant) = without_zone(first, &wish.name)
        && is_theirs(&meant)
    {
        return look.wrong(CauseKind::ZoneAppended { meant }, look.data());
    }
    let mut names = look.texts().filter_map(|txt| as_name(&txt.to_text()));
    if names.any(|name| is_theirs(&name)) {
        let found_type = RecordType::Txt;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Txt),
        );
    }
    addresses_in_place(look).unwrap_or_else(|| look.rest())
}

fn exchange(wish: &Wish, host: &Name, look: &Look<'_>, wanted: &[Name]) -> Fit {
    let exchanges = look.exchanges();
    let others: Vec<(RecordType, String)> = exchanges
        .iter()
        .filter(|(_, known)| *known != host && !wanted.contains(known))
        .map(|(order, known)| (RecordType::Mx, format!("{order} {known}")))
        .take(FOUND_MAX)
        .collect();
    if exchanges.iter().any(|(_, known)| *known == host) {
        // Where mail is received, other exchanges are the owner's business.
        let is_return_path = wish.name.label_count() > registrable_domain(&wish.name).label_count();
        if is_return_path && exchanges.len() > wish.exchanges.max(1) {
            let count = exchanges.len();
            return look.wrong(CauseKind::SeveralExchanges { count }, others);
        }
        return Fit::Right;
    }
    for (order, known) in &exchanges {
        let found = vec![(RecordType::Mx, format!("{order} {known}"))];
        if zone_appended(known, host, &wish.name) {
            let meant = host.clone();
            return look.wrong(CauseKind::ZoneAppended { meant }, found);
        }
        if is_of_same_service(known, host) {
            return look.wrong(CauseKind::OtherAccount, found);
        }
    }
    if look.chain().contains(&host) {
        let found_type = RecordType::Cname;
        return look.wrong(CauseKind::WrongType { found_type }, look.data());
    }
    if look.texts().any(|txt| says_name(&txt.to_text(), host)) {
        let found_type = RecordType::Txt;
        return look.wrong(
            CauseKind::WrongType { found_type },
            look.of_type(RecordType::Txt),
        );
    }
    // Other types do not stand in the way of an exchange.
    match (look.chain().is_empty(), exchanges.is_empty()) {
        (true, true) => Fit::Nothing,
        (true, false) => Fit::Foreign(look.of_type(RecordType::Mx)),
        (false, _) => look.rest(),
    }
}

fn key_text(key: &KeyRecord, look: &Look<'_>) -> Fit {
    let is_key = |txt: &&Txt| KeyRecord::parse(&txt.joined()).is_meant_as_key();
    let texts: Vec<&Txt> = look
        .texts()
        .filter(|txt| !look.is_shared || is_key(txt))
        .collect();
    if texts.len() > 1 {
        let is_other = |txt: &&&Txt| {
            let found = KeyRecord::parse(&txt.joined());
            found.is_fatal() || found.key_octets() != key.key_octets()
        };
        let found = texts
            .iter()
            .filter(is_other)
            .map(|txt| (RecordType::Txt, txt.to_text()))
            .take(FOUND_MAX)
            .collect();
        return look.wrong(CauseKind::Several { count: texts.len() }, found);
    }
    let Some(txt) = texts.first() else {
        return look.rest();
    };
    let text = txt.to_text();
    let all = vec![(RecordType::Txt, text.clone())];
    let mut causes = Vec::new();
    let bare = unquoted(&text);
    let record = KeyRecord::parse(bare.as_bytes());
    let as_published = KeyRecord::parse(text.as_bytes());
    let is_quoted = bare.trim() != text.trim();
    if is_quoted {
        causes.push(look.cause(CauseKind::Quoted, all.clone()));
    }
    let (wanted, found) = (key.key_octets(), record.key_octets());
    let (wanted_text, found_text) = (key_base64(&key.text()), key_base64(&bare));
    let is_alike = match (&wanted, &found) {
        (Some(wanted), Some(found)) if wanted == found && !record.is_revoked => true,
        (Some(wanted), Some(found)) if !found.is_empty() && wanted.starts_with(found) => {
            let kind = CauseKind::Truncated {
                count: found_text.len(),
                expected: wanted_text.len(),
            };
            causes.push(look.cause(kind, all));
            true
        }
        _ if !found_text.is_empty() && found_text.eq_ignore_ascii_case(&wanted_text) => {
            causes.push(look.cause(CauseKind::CaseChanged, all));
            true
        }
        _ => false,
    };
    if !is_alike {
        return look.rest();
    }
    // What else is wrong with a record whose key is right, the record's own findings say.
    let is_fatal = as_published
        .faults
        .iter()
        .any(|fault| fault.reason.is_fatal() && fault.reason != Reason::Quoted);
    match causes.is_empty() {
        true if is_fatal => look.rest(),
        true => Fit::Right,
        false => Fit::Wrong(causes),
    }
}

/// The value of `p`, white space left out.
fn key_base64(text: &str) -> String {
    let tags = text.split(';').map(str::trim_start);
    let mut values = tags.filter_map(|tag| tag.strip_prefix('p')?.trim_start().strip_prefix('='));
    let value = values.next().unwrap_or_default();
    value.chars().filter(|c| !c.is_whitespace()).collect()
}

fn spf_text(wanted: &str, look: &Look<'_>) -> Fit {
    let texts: Vec<String> = look.texts().map(Txt::to_text).collect();
    let bare: Vec<String> = texts.iter().map(|text| unquoted(text)).collect();
    let of: Vec<usize> = (0..texts.len())
        .filter(|at| spf::is_spf(bare[*at].as_bytes()))
        .collect();
    let found = |at: &usize| (RecordType::Txt, texts[*at].clone());
    match of.as_slice() {
        [] if look.chain().is_empty() && !texts.iter().any(|text| text.contains("spf1")) => {
            Fit::Nothing
        }
        [] => look.rest(),
        [one] => {
            let terms = spf_terms(&bare[*one]);
            let has_all = spf_terms(wanted).iter().all(|term| terms.contains(term));
            match (has_all, spf::is_spf(texts[*one].as_bytes())) {
                (true, true) => Fit::Right,
                (true, false) => look.wrong(CauseKind::Quoted, vec![found(one)]),
                (false, _) => Fit::Foreign(vec![found(one)]),
            }
        }
        several => look.wrong(
            CauseKind::Several {
                count: several.len(),
            },
            several.iter().map(found).take(FOUND_MAX).collect(),
        ),
    }
}

/// The terms that authorise somebody, in lower case; what it says about everybody else is the owner's choice.
fn spf_terms(text: &str) -> Vec<String> {
    let words = text.split_ascii_whitespace().skip(1);
    let plain = words.map(|word| {
        let word = word.to_ascii_lowercase();
        word.strip_prefix('+').map_or(word.clone(), str::to_owned)
    });
    plain
        .filter(|word| word.trim_start_matches(['-', '~', '?']) != "all")
        .collect()
}

fn policy_text(wanted: &str, look: &Look<'_>) -> Fit {
    let is_policy = |text: &str| PolicyRecord::parse(text.as_bytes());
    let records: Vec<(String, PolicyRecord)> = look
        .texts()
        .filter_map(|txt| Some((txt.to_text(), is_policy(&txt.to_text())?)))
        .collect();
    let found = |text: &String| (RecordType::Txt, text.clone());
    match records.as_slice() {
        [] => {
            let mut texts = look.texts().map(Txt::to_text);
            let quoted = texts.find(|text| is_policy(&unquoted(text)).is_some());
            match quoted {
                Some(text) => look.wrong(CauseKind::Quoted, vec![found(&text)]),
                None => look.rest(),
            }
        }
        [(text, record)] => {
            let Some(wanted) = is_policy(wanted) else {
                return look.rest();
            };
            let addresses = |record: &PolicyRecord| -> Vec<String> {
                let addresses = record.rua().iter();
                addresses
                    .map(|address| address.uri.to_ascii_lowercase())
                    .collect()
            };
            let known = addresses(record);
            let reports = addresses(&wanted).iter().all(|uri| known.contains(uri));
            // Which policy a record that works asks for is the owner's choice.
            let reading = record.reading();
            let asks = reading.acts == Acts::AsWritten || reading.p >= wanted.reading().p;
            if reports && asks {
                Fit::Right
            } else {
                Fit::Foreign(vec![found(text)])
            }
        }
        several => look.wrong(
            CauseKind::Several {
                count: several.len(),
            },
            several.iter().map(|(text, _)| found(text)).collect(),
        ),
    }
}

fn text_of(wanted: &str, look: &Look<'_>) -> Fit {
    let wanted = tidy(wanted);
    let texts: Vec<String> = look.texts().map(Txt::to_text).collect();
    if texts.iter().any(|text| tidy(text) == wanted) {
        return Fit::Right;
    }
    let token = wanted.find(['=', ':']).map(|at| &wanted[..=at]);
    for text in &texts {
        let found = vec![(RecordType::Txt, text.clone())];
        let bare = tidy(&unquoted(text));
        let is_cut = bare.chars().count() >= CUT_CHARS_MIN && wanted.starts_with(&bare);
        let cut = CauseKind::Truncated {
            count: bare.chars().count(),
            expected: wanted.chars().count(),
        };
        let kinds: Vec<CauseKind> = [
            (bare != tidy(text), CauseKind::Quoted),
            (is_cut && bare != wanted, cut),
            (
                bare != wanted && bare.eq_ignore_ascii_case(&wanted),
                CauseKind::CaseChanged,
            ),
        ]
        .into_iter()
        .filter_map(|(is_so, kind)| is_so.then_some(kind))
        .collect();
        if is_cut || bare.eq_ignore_ascii_case(&wanted) {
            let causes = kinds
                .into_iter()
                .map(|kind| look.cause(kind, found.clone()));
            return Fit::Wrong(causes.collect());
        }
    }
    // Another token of the same service stands beside it by right: it is told, and stays.
    let of_service = texts
        .iter()
        .find(|text| token.is_some_and(|token| text.starts_with(token) && token.len() > 2));
    match of_service {
        Some(text) => look.wrong(
            CauseKind::OtherAccount,
            vec![(RecordType::Txt, text.clone())],
        ),
        // Texts of others do not stand in the way of one more.
        None if look.chain().is_empty() => Fit::Nothing,
        None => look.rest(),
    }
}

/// A text without what panels and people change without harm: space around it and a final semicolon.
fn tidy(text: &str) -> String {
    text.trim().trim_end_matches([';', ' ']).to_owned()
}

fn squeezed(text: &[u8]) -> Vec<u8> {
    let is_kept = |octet: &&u8| !octet.is_ascii_whitespace() && **octet != b';';
    text.iter().filter(is_kept).copied().collect()
}

/// A text without the quotes and backslashes that somebody pasted with it.
pub(super) fn unquoted(text: &str) -> String {
    let text = text.replace('\\', "");
    let mut bare = String::with_capacity(text.len());
    for (at, part) in text.split('"').enumerate() {
        // The first part and every second one after it stand outside of quotes.
        if at == 0 || at % 2 == 1 || !part.trim().is_empty() {
            bare.push_str(part);
        }
    }
    bare.trim().to_owned()
}

fn as_name(text: &str) -> Option<Name> {
    let last = text.split_whitespace().next_back()?;
    let name = Name::from_input(last.trim_matches(['"', '\''])).ok()?;
    (name.label_count() > 1).then_some(name)
}

fn says_name(text: &str, name: &Name) -> bool {
    as_name(&unquoted(text)).is_some_and(|found| {
        found == *name
            || found
                .as_str()
                .strip_prefix(name.as_str())
                .is_some_and(|rest| rest.starts_with('.'))
    })
}

/// Whether `found` is `wanted` with a zone of `owner` behind it.
fn zone_appended(found: &Name, wanted: &Name, owner: &Name) -> bool {
    let rest = found.as_str().strip_prefix(wanted.as_str());
    let rest = rest.and_then(|rest| rest.strip_prefix('.')?.parse::<Name>().ok());
    rest.is_some_and(|zone| owner.is_within(&zone))
}

/// A target without the zone of `owner` behind it.
fn without_zone(found: &Name, owner: &Name) -> Option<Name> {
    let zone = registrable_domain(owner);
    let head = found.as_str().strip_suffix(zone.as_str())?;
    let name: Name = head.strip_suffix('.')?.parse().ok()?;
    (name.label_count() > 1).then_some(name)
}

fn is_former(target: &Name) -> bool {
    let mut former = services()
        .iter()
        .flat_map(|service| &service.former_targets);
    former.any(|suffix| target.is_within(suffix))
}

/// Whether two targets are of one service: the catalogue says so, or they are of one organization.
fn is_of_same_service(one: &Name, two: &Name) -> bool {
    if registrable_domain(one) == registrable_domain(two) {
        return true;
    }
    services().iter().any(|service| {
        let suffixes = || service.targets.iter().chain(&service.return_path.targets);
        suffixes().any(|suffix| one.is_within(suffix))
            && suffixes().any(|suffix| two.is_within(suffix))
    })
}

/// Where Cloudflare's proxies answer from, as <https://www.cloudflare.com/ips/> lists them.
const PROXIES_V4: [([u8; 4], u32); 15] = [
    ([173, 245, 48, 0], 20),
    ([103, 21, 244, 0], 22),
    ([103, 22, 200, 0], 22),
    ([103, 31, 4, 0], 22),
    ([141, 101, 64, 0], 18),
    ([108, 162, 192, 0], 18),
    ([190, 93, 240, 0], 20),
    ([188, 114, 96, 0], 20),
    ([197, 234, 240, 0], 22),
    ([198, 41, 128, 0], 17),
    ([162, 158, 0, 0], 15),
    ([104, 16, 0, 0], 13),
    ([104, 24, 0, 0], 14),
    ([172, 64, 0, 0], 13),
    ([131, 0, 72, 0], 22),
];
/// The same for IPv6: the first 32 bits of each range (two are longer than that; no more is needed to tell
/// whose they are).
const PROXIES_V6: [u32; 7] = [
    0x2400_cb00,
    0x2606_4700,
    0x2803_f800,
    0x2405_b500,
    0x2405_8100,
    0x2a06_98c0,
    0x2c0f_f248,
];

fn is_of_proxy(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => PROXIES_V4.iter().any(|(range, bits)| {
            let differs = u32::from(*address) ^ u32::from_be_bytes(*range);
            differs >> (32 - bits) == 0
        }),
        IpAddr::V6(address) => {
            let segments = address.segments();
            let head = (u32::from(segments[0]) << 16) | u32::from(segments[1]);
            PROXIES_V6.contains(&head)
        }
    }
}
