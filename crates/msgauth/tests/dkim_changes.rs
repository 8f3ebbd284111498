//! What was done to a message after it was signed is found out where it can be undone, and only then said.

mod dkim_signer;
#[allow(dead_code, reason = "other tests use other parts of it")]
mod world;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dkim_signer::{key_record, sign};
use garant_msgauth::Step;
use garant_msgauth::dkim::changes::{Basis, Change, Hint, changes};
use garant_msgauth::dkim::{DkimResult, verify};
use garant_msgauth::message::Message;
use world::World;

const NOW: u64 = 1_795_343_700;
const RELAXED: &str = "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=exemple.fr; s=k; h=from:to:subject:list-unsubscribe:reply-to:content-type:content-transfer-encoding:from; bh=*; b=*";
const TEXT: &str = "From: Anne <anne@exemple.fr>\nTo: b@example.org\nSubject: Bonjour\n\nUn texte.\n\nFrom here on.\n.\nFin.\n";
const PARTS: &str = "From: Anne <anne@exemple.fr>\nSubject: Bonjour\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nUn texte.\n\n--b\nContent-Type: text/html\n\n<p>Un texte.</p>\n--b--\n";

fn hints(message: &str) -> Vec<Hint> {
    let message = Message::read(message.as_bytes()).expect("a message");
    let record = key_record();
    let world = World::new(&[("k._domainkey.exemple.fr", record.as_str())]);
    let ((answers, found), _) = world.run(|known| match verify(&message, known, NOW) {
        Step::Done(found) => Step::Done((known.clone(), found)),
        Step::Need(questions) => Step::Need(questions),
    });
    assert_ne!(found[0].result, DkimResult::Pass);
    changes(&message, &found[0], &answers)
}

/// Signs, changes texts, and gives what was computed.
#[track_caller]
fn check(tags: &str, message: &str, edits: &[(&str, &str)], expect: &[Change]) {
    let mut changed = sign(tags, message);
    for (from, to) in edits {
        assert!(changed.contains(from), "{from:?} stands in\n{changed}");
        changed = changed.replacen(from, to, 1);
    }
    for changed in [changed.replace('\n', "\r\n"), changed] {
        let found: Vec<Change> = hints(&changed)
            .into_iter()
            .filter(|hint| hint.basis == Basis::Computed)
            .map(|hint| hint.change)
            .collect();
        let lengths_aside = |change: &Change| match change {
            Change::Footer { .. } => Change::Footer { octets: 0 },
            Change::Banner { .. } => Change::Banner { octets: 0 },
            other => other.clone(),
        };
        let found: Vec<Change> = found.iter().map(lengths_aside).collect();
        assert_eq!(found, expect, "{changed}");
    }
}

const FOOTER: Change = Change::Footer { octets: 0 };
const BANNER: Change = Change::Banner { octets: 0 };

fn tag(tag: &str) -> Change {
    Change::SubjectTag {
        tag: tag.to_owned(),
    }
}

fn added(name: &str) -> Change {
    Change::FieldAdded {
        name: name.to_owned(),
    }
}

fn replaced(name: &str) -> Change {
    Change::FieldReplaced {
        name: name.to_owned(),
    }
}

#[test]
fn footers_and_banners_are_cut_off_on_trial() {
    use Change::HeaderIntact;
    let end = "Fin.\n";
    check(
        RELAXED,
        TEXT,
        &[(end, "Fin.\n_______\nListe\nhttps://x\n")],
        &[FOOTER, HeaderIntact],
    );
    check(
        RELAXED,
        TEXT,
        &[(end, "Fin.\n\n-- \nListe\n\nAdieu\n")],
        &[FOOTER, HeaderIntact],
    );
    check(
        RELAXED,
        TEXT,
        &[(end, "Fin.\n\nThis mail was scanned.\n")],
        &[FOOTER, HeaderIntact],
    );
    check(
        RELAXED,
        TEXT,
        &[("\n\nUn", "\n\nCAUTION: external\n\nUn")],
        &[BANNER, HeaderIntact],
    );
    check(
        RELAXED,
        TEXT,
        &[("\n\nUn", "\n\nEXT\n=====\nUn")],
        &[BANNER, HeaderIntact],
    );
    check(
        RELAXED,
        TEXT,
        &[("Un texte", "Deux textes")],
        &[HeaderIntact],
    );
    let strict = RELAXED.replace("c=relaxed/relaxed", "c=simple/simple");
    check(
        &strict,
        TEXT,
        &[(end, "Fin.\n_______\nListe\n")],
        &[FOOTER, HeaderIntact],
    );
}

#[test]
fn texts_within_parts_are_looked_at() {
    use Change::{HeaderIntact, PartAdded};
    check(
        RELAXED,
        PARTS,
        &[("texte.\n\n--b", "texte.\n\n-- \nListe\n--b")],
        &[FOOTER, HeaderIntact],
    );
    check(
        RELAXED,
        PARTS,
        &[("\n\nUn", "\n\nEXTERNAL\n\nUn")],
        &[BANNER, HeaderIntact],
    );
    let part = "\n--b\nContent-Type: text/plain\n\nListe\n--b--";
    check(
        RELAXED,
        PARTS,
        &[("\n--b--", part)],
        &[PartAdded, HeaderIntact],
    );
    check(
        RELAXED,
        &PARTS.replace("alternative", "mixed"),
        &[("\n--b--\n", "\n--b--\n\nEpilogue\n")],
        &[FOOTER, HeaderIntact],
    );
}

#[test]
fn what_servers_do_to_lines_is_undone_on_trial() {
    use Change::{DotsDoubled, FromEscaped, HeaderIntact, LineEnds, ReEncoded, WhiteSpace};
    let strict = RELAXED.replace("relaxed/relaxed", "relaxed/simple");
    check(
        RELAXED,
        TEXT,
        &[("\nFrom here", "\n>From here")],
        &[FromEscaped, HeaderIntact],
    );
    check(
        RELAXED,
        TEXT,
        &[("\n.\n", "\n..\n")],
        &[DotsDoubled, HeaderIntact],
    );
    check(
        &strict,
        TEXT,
        &[("texte.\n", "texte. \n")],
        &[WhiteSpace, HeaderIntact],
    );
    check(
        &strict,
        TEXT,
        &[("Un texte", "Un   texte")],
        &[WhiteSpace, HeaderIntact],
    );
    check(
        &strict,
        &TEXT.replace("Un t", "Un  t"),
        &[("Fin.", "Fin. ")],
        &[WhiteSpace, HeaderIntact],
    );
    let doubled = "Un texte.\n\n\n\nFrom here on.\n\n.\n\nFin.\n\n";
    let body = "Un texte.\n\nFrom here on.\n.\nFin.\n";
    check(RELAXED, TEXT, &[(body, doubled)], &[LineEnds, HeaderIntact]);
    let eight = "From: Anne <anne@exemple.fr>\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nÉté\n";
    check(
        RELAXED,
        eight,
        &[("8bit", "quoted-printable"), ("Été", "=C3=89t=C3=A9")],
        &[ReEncoded, replaced("content-transfer-encoding")],
    );
}

#[test]
fn tags_in_the_subject_are_taken_out_on_trial() {
    for (subject, found) in [
        ("[liste] Bonjour", "[liste]"),
        ("[EXTERNAL]Bonjour", "[EXTERNAL]"),
        ("***SPAM*** Bonjour", "***SPAM***"),
        ("{Spam?} Bonjour", "{Spam?}"),
        ("EXTERNAL: Bonjour", "EXTERNAL:"),
        ("=?utf-8?Q?=5BEXT=5D?= Bonjour", "=?utf-8?Q?=5BEXT=5D?="),
    ] {
        let subject = format!("Subject: {subject}");
        check(
            RELAXED,
            TEXT,
            &[("Subject: Bonjour", &subject)],
            &[tag(found)],
        );
    }
    let reply = TEXT.replace("Bonjour", "Re: Bonjour");
    check(RELAXED, &reply, &[("Re: B", "Re: [x] B")], &[tag("[x]")]);
    check(RELAXED, TEXT, &[("Bonjour", "Bonsoir")], &[]);
}

#[test]
fn added_and_rewritten_fields_are_found() {
    check(
        RELAXED,
        TEXT,
        &[("\nTo:", "\nReply-To: l@x.org\nTo:")],
        &[added("reply-to")],
    );
    check(
        RELAXED,
        TEXT,
        &[("\nFrom:", "\nFrom: x@y.org\nFrom:")],
        &[added("from")],
    );
    check(
        RELAXED,
        TEXT,
        &[(
            "\nFrom: Anne <anne@exemple.fr>",
            "\nX-Original-From: Anne <anne@exemple.fr>\nFrom: Anne via L <l@x.org>",
        )],
        &[Change::FromRewritten {
            original: "Anne <anne@exemple.fr>".to_owned(),
        }],
    );
}

#[test]
fn what_a_list_does_is_undone_together() {
    let expect = [
        FOOTER,
        tag("[liste]"),
        added("list-unsubscribe"),
        added("reply-to"),
    ];
    check(
        RELAXED,
        TEXT,
        &[
            ("Fin.\n", "Fin.\n_____\nListe\n"),
            ("Bonjour", "[liste] Bonjour"),
            (
                "\nTo:",
                "\nList-Unsubscribe: <https://x>\nReply-To: l@x.org\nTo:",
            ),
        ],
        &expect,
    );
    let wrapped = "Content-Type: multipart/mixed; boundary=w\n\n--w\nContent-Type: text/plain; charset=utf-8\n\nUn texte.\n--w\nContent-Type: text/plain\n\nListe\n--w--\n";
    check(
        RELAXED,
        "From: Anne <anne@exemple.fr>\nContent-Type: text/plain; charset=utf-8\n\nUn texte.\n",
        &[(
            "Content-Type: text/plain; charset=utf-8\n\nUn texte.\n",
            wrapped,
        )],
        &[Change::Wrapped, replaced("content-type")],
    );
}

#[test]
fn copies_of_the_signer_tell_what_changed() {
    let tags = RELAXED.replace("bh=*", "z=Subject:Bonjour|To:b@example.org; bh=*");
    let differs = Change::CopyDiffers {
        name: "subject".to_owned(),
    };
    check(
        &tags,
        TEXT,
        &[("\nSubject: Bonjour", "\nSubject: Autre")],
        &[differs],
    );
}

#[test]
fn marks_are_only_typical() {
    let signed = sign(RELAXED, TEXT);
    let changed = signed
        .replace("\nSubject: Bonjour", "\nSubject: [x] Autre")
        .replace("\nTo:", "\nList-Id: <l.example.org>\nTo:");
    let found = hints(&changed);
    let typical = |change| Hint {
        basis: Basis::Typical,
        change,
    };
    let list = Change::MailingList {
        list: "<l.example.org>".to_owned(),
    };
    assert_eq!(found, [typical(list), typical(tag("[x]"))]);
}

#[test]
fn the_list_that_wrote_a_newsletter_did_not_pass_it_on() {
    let newsletter = TEXT.replace("\nTo:", "\nList-Id: <lettre.exemple.fr>\nTo:");
    let list = Change::MailingList {
        list: "<lettre.exemple.fr>".to_owned(),
    };
    for (names, is_supposed) in [("from:list-id", false), ("from:subject", true)] {
        let tags = format!(
            "v=1; a=ed25519-sha256; c=relaxed/relaxed; d=exemple.fr; s=k; h={names}; bh=*; b=*"
        );
        let found = hints(&sign(&tags, &newsletter).replace("Fin.", "Adieu."));
        let supposed = found.iter().any(|hint| hint.change == list);
        assert_eq!(supposed, is_supposed, "{names}");
    }
}

#[test]
fn trials_come_to_an_end_on_hostile_messages() {
    let paragraphs = "x\n\n___\n".repeat(20_000);
    let parts: String = (0..300)
        .map(|at| format!("--b\nContent-Type: text/plain\n\n{at}\n\nx\n"))
        .collect();
    let subject = format!("Subject: [{}] x\n", "[".repeat(100_000));
    let fields = "List-Id: x\nReply-To: y\nFrom: z\n".repeat(600);
    for message in [
        TEXT.replace("Un", &paragraphs),
        TEXT.replace("Subject: Bonjour\n", &subject),
        TEXT.replace("Subject: Bonjour\n", &fields),
        PARTS.replace("--b\nContent-Type: text/html", &parts),
    ] {
        let tags = RELAXED.replace("bh=*", &format!("bh={}", STANDARD.encode([0; 32])));
        let _ = hints(&sign(&tags, &message));
    }
}
