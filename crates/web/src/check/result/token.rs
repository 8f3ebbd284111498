//! The text of a record in its parts, each with its mark.

use garant_check::{Argument, Code, Severity};
use garant_service::present::sanitise;
use garant_service::report::FindingText;

/// Characters of a record that a page shows; a longer one is cut with a remark, and the download has the whole. An
/// SPF record of ten includes has 300, a key of 4096 bits 750.
pub(super) const RECORD_CHARACTERS_MAX: usize = 4_000;

/// How the text of a record is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    /// Tags with semicolons between them: DKIM, DMARC, MTA-STS, TLS-RPT, BIMI.
    Tags,
    /// Terms with spaces between them: SPF.
    Terms,
    /// One value a line.
    Whole,
}

/// One tag or term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Token {
    /// The name of the tag or mechanism, as published; empty where there is none.
    pub(super) key: String,
    /// What stands between name and value.
    pub(super) sign: String,
    /// The value.
    pub(super) value: String,
    /// What stands behind it: a semicolon, space.
    pub(super) after: String,
    /// How bad what is said about it is.
    pub(super) mark: Option<Severity>,
}

impl Token {
    /// The class of its mark.
    pub(super) fn class(&self) -> &'static str {
        match self.mark {
            Some(Severity::Blocks) => "bad tag",
            Some(Severity::Risk) => "warn tag",
            Some(Severity::Advice | Severity::Fine) => "see tag",
            None => "tag",
        }
    }

    /// As published, without what stands behind it.
    pub(super) fn text(&self) -> String {
        format!("{}{}{}", self.key, self.sign, self.value)
    }

    /// Whether it consists of nothing.
    fn is_blank(&self) -> bool {
        self.key.is_empty() && self.sign.is_empty() && self.value.is_empty()
    }
}

/// The parts of a record. Put together again they are the record.
pub(super) fn tokens(raw: &str, grammar: Grammar) -> Vec<Token> {
    match grammar {
        Grammar::Tags => tags(raw),
        Grammar::Terms => terms(raw),
        Grammar::Whole => lines(raw),
    }
}

fn lines(raw: &str) -> Vec<Token> {
    let line = |line: &str| Token {
        value: line.trim_end_matches('\n').to_owned(),
        after: line[line.trim_end_matches('\n').len()..].to_owned(),
        ..Token::default()
    };
    raw.split_inclusive('\n').map(line).collect()
}

fn tags(raw: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut pieces = raw.split(';').peekable();
    while let Some(piece) = pieces.next() {
        let body = piece.trim_matches([' ', '\t']);
        let lead = &piece[..piece.len() - piece.trim_start_matches([' ', '\t']).len()];
        if let Some(before) = found.last_mut() {
            before.after.push_str(lead);
        }
        let mut token = split(body, &['=']);
        if found.is_empty() {
            token.key.insert_str(0, lead);
        }
        if !body.is_empty() {
            token.after.push_str(&piece[lead.len() + body.len()..]);
        }
        if pieces.peek().is_some() {
            token.after.push(';');
        }
        match found.last_mut() {
            Some(before) if token.is_blank() => before.after.push_str(&token.after),
            _ if token.is_blank() && token.after.is_empty() => {}
            _ => found.push(token),
        }
    }
    found
}

fn terms(raw: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    for piece in raw.split_inclusive(' ') {
        let body = piece.trim_end_matches(' ');
        if body.is_empty() {
            match found.last_mut() {
                Some(before) => before.after.push_str(piece),
                None => found.push(Token {
                    after: piece.to_owned(),
                    ..Token::default()
                }),
            }
            continue;
        }
        let mut token = split(body, &[':', '=', '/']);
        token.after.push_str(&piece[body.len()..]);
        found.push(token);
    }
    found
}

/// A name, a sign and a value; without a sign all is value.
fn split(body: &str, signs: &[char]) -> Token {
    let Some(at) = body.find(signs) else {
        return Token {
            value: body.to_owned(),
            ..Token::default()
        };
    };
    let key = body[..at].trim_end_matches([' ', '\t']);
    let rest = &body[at + 1..];
    let value = rest.trim_start_matches([' ', '\t']);
    Token {
        key: key.to_owned(),
        sign: body[key.len()..body.len() - value.len()].to_owned(),
        value: value.to_owned(),
        ..Token::default()
    }
}

/// What a finding is about inside a record.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Issue {
    /// A tag, by its name.
    Tag(String),
    /// A term or a piece, as published.
    Text(String),
    /// Whatever names this.
    Naming(String),
}

impl Issue {
    fn is(&self, token: &Token) -> bool {
        match self {
            Self::Tag(name) => token.key.eq_ignore_ascii_case(name),
            Self::Text(text) => token.text() == *text,
            Self::Naming(text) => {
                !text.is_empty() && token.value.trim_end_matches('.').eq_ignore_ascii_case(text)
            }
        }
    }
}

/// The tags and terms that a finding is about.
fn issues(finding: &FindingText) -> Vec<Issue> {
    let tag = |name: &str| vec![Issue::Tag(name.to_owned())];
    match finding.code {
        Code::PathRefused
        | Code::DmarcPolicyInvalid
        | Code::DmarcMonitoring
        | Code::DmarcEnforcedWithoutDkim
        | Code::DmarcEnforcedWithoutBoth
        | Code::DmarcEnforced
        | Code::DkimRevoked
        | Code::DkimShortKey
        | Code::DkimWeakKey
        | Code::DkimTruncated
        | Code::DkimPemArmor
        | Code::DkimPrivateKey
        | Code::DkimNotBase64
        | Code::DkimKeyFormat
        | Code::DkimEd25519Wrapped
        | Code::DkimPkcs1 => tag("p"),
        Code::DmarcSubdomainsWeaker => tag("sp"),
        Code::DmarcNonexistentWeaker => tag("np"),
        Code::DmarcPctRemoved => tag("pct"),
        Code::DmarcTesting | Code::DkimTesting => tag("t"),
        Code::DmarcManyReportAddresses | Code::DmarcReportSizeSuffix => tag("rua"),
        Code::DmarcFailureOptionsUnused => tag("fo"),
        Code::DmarcPsdUnexpected => tag("psd"),
        Code::PathReturnPathStrict => tag("aspf"),
        Code::PathSignatureNotAligned => tag("adkim"),
        Code::DmarcVersionCase
        | Code::DmarcVersionNotFirst
        | Code::DkimVersionNotFirst
        | Code::DkimVersionUnknown => tag("v"),
        Code::DkimKeyTypeUnknown | Code::DkimKeyTypeMismatch => tag("k"),
        Code::DkimHashUnknown | Code::DkimSha1Only => tag("h"),
        Code::DkimOtherService => tag("s"),
        _ => told(finding),
    }
}

/// What the arguments of a finding name.
fn told(finding: &FindingText) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (name, argument) in &finding.args {
        let Argument::Text(text) = argument else {
            continue;
        };
        match *name {
            "tag" => issues.push(Issue::Tag(text.clone())),
            "tags" => {
                let names = text.split([',', ' ', ';']).filter(|name| !name.is_empty());
                let name = |tag: &str| tag.split('=').next().unwrap_or(tag).to_owned();
                issues.extend(names.map(|tag| Issue::Tag(name(tag))));
            }
            "term" | "include" => {
                issues.push(Issue::Text(text.clone()));
                issues.push(Issue::Naming(text.clone()));
            }
            "terms" | "parts" => {
                let texts = text.split([',', ' ']).filter(|text| !text.is_empty());
                issues.extend(texts.map(|text| Issue::Text(text.to_owned())));
            }
            "target" => issues.push(Issue::Naming(text.clone())),
            _ => {}
        }
    }
    issues
}

/// Marks what these findings are about, each tag by the worst that is said of it.
pub(super) fn mark(tokens: &mut [Token], findings: &[&FindingText]) {
    for finding in findings {
        if finding.severity == Severity::Fine {
            continue;
        }
        let issues = issues(finding);
        for token in tokens.iter_mut() {
            if issues.iter().any(|issue| issue.is(token)) {
                let worst = token
                    .mark
                    .map_or(finding.severity, |mark| mark.min(finding.severity));
                token.mark = Some(worst);
            }
        }
    }
}

/// The tags and terms of a record that one finding is about.
pub(super) fn pieces(raw: &str, grammar: Grammar, finding: &FindingText) -> Vec<String> {
    let issues = issues(finding);
    let tokens = tokens(raw, grammar);
    let at_issue = tokens
        .iter()
        .filter(|token| issues.iter().any(|issue| issue.is(token)));
    at_issue.map(Token::text).take(PIECES_MAX).collect()
}

/// Tags or terms that a finding points at by name; ten are as many as SPF may look up.
const PIECES_MAX: usize = 10;

/// A text cut to what a page shows, and how many characters were left out. Its lines stay.
pub(super) fn cut(raw: &str) -> (String, usize) {
    let lines: Vec<_> = raw.split('\n').map(sanitise).collect();
    let clean = lines.join("\n");
    match clean.char_indices().nth(RECORD_CHARACTERS_MAX) {
        Some((at, _)) => (clean[..at].to_owned(), clean[at..].chars().count()),
        None => (clean, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, grammar: Grammar, expect: &[&str]) {
        let tokens = tokens(raw, grammar);
        let parts: Vec<String> = tokens.iter().map(Token::text).collect();
        assert_eq!(parts, expect, "{raw:?}");
        let whole: String = tokens
            .iter()
            .map(|token| token.text() + &token.after)
            .collect();
        assert_eq!(whole, raw);
    }

    #[test]
    fn the_parts_of_a_record_are_the_record() {
        use Grammar::{Tags, Terms, Whole};
        check("v=DMARC1; p=none", Tags, &["v=DMARC1", "p=none"]);
        check("v=DMARC1;p = none ;", Tags, &["v=DMARC1", "p = none"]);
        check(" v=DMARC1; ;; p=none;;", Tags, &[" v=DMARC1", "p=none"]);
        check("DMARC1", Tags, &["DMARC1"]);
        check("", Tags, &[]);
        check("; ; p=a=b; é=ü", Tags, &["", "p=a=b", "é=ü"]);
        check("v=spf1 a -all", Terms, &["v=spf1", "a", "-all"]);
        check(
            "  v=spf1  ip4:192.0.2.0/24 ",
            Terms,
            &["", "v=spf1", "ip4:192.0.2.0/24"],
        );
        check("", Terms, &[]);
        check("a; b", Whole, &["a; b"]);
        check("10 a\n20 b", Whole, &["10 a", "20 b"]);
    }

    #[test]
    fn a_record_is_cut_where_a_page_ends() {
        let raw = "é".repeat(RECORD_CHARACTERS_MAX);
        assert_eq!(cut(&raw), (raw.clone(), 0));
        assert_eq!(cut(&format!("{raw}ab")), (raw, 2));
        assert_eq!(cut("a\u{202E}b").0, "a\\u{202e}b");
    }
}
