use super::*;
use crate::{Txt, Zone, Zones};

const BASE: &str = "@ TXT \"old\"\nwww CNAME ailleurs.test.\nloin CNAME ici.exemple.test.\n\
                    ici TXT \"base\"\ndeux TXT \"beside\"\ndeux CNAME ailleurs.test.\n\
                    mort CNAME rien.ailleurs.test.\n";

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

fn text(text: &str) -> Data {
    Data::Txt(Txt::from_bytes(text.as_bytes()))
}

#[track_caller]
fn check(change: impl FnOnce(&mut Overlay<Zones>), asked: &str, expect: &str) {
    let zone = Zone::parse(BASE.as_bytes(), &name("exemple.test")).expect("a zone");
    let elsewhere = Zone::parse(b"@ TXT \"far\"\n", &name("ailleurs.test")).expect("a zone");
    let mut overlay = Overlay::new(Zones::new(vec![zone, elsewhere]));
    change(&mut overlay);
    let question = Question::new(name(asked), RecordType::Txt);
    let answer = futures::executor::block_on(overlay.resolve(&question));
    let texts: Vec<String> = answer.texts().map(Txt::to_text).collect();
    let found = format!(
        "{:?} {} {}",
        answer.status,
        answer.aliases.len(),
        texts.join(" ")
    );
    assert_eq!(found.trim_end(), expect);
}

#[test]
fn what_is_not_changed_shines_through() {
    check(|_| {}, "exemple.test", "Found 0 old");
    check(|_| {}, "www.exemple.test", "Found 1 far");
    check(|_| {}, "rien.exemple.test", "NxDomain 0");
}

#[test]
fn a_set_takes_the_place_of_the_one_beneath() {
    let new = |overlay: &mut Overlay<Zones>| {
        overlay.set(
            name("exemple.test"),
            RecordType::Txt,
            300,
            vec![text("new"), text("two")],
        );
    };
    check(new, "exemple.test", "Found 0 new two");
    let gone = |overlay: &mut Overlay<Zones>| {
        overlay.set(name("exemple.test"), RecordType::Txt, 300, Vec::new());
    };
    check(gone, "exemple.test", "NoData 0");
    let added = |overlay: &mut Overlay<Zones>| {
        overlay.set(
            name("x.exemple.test"),
            RecordType::A,
            300,
            vec![Data::A([192, 0, 2, 1].into())],
        );
    };
    check(added, "x.exemple.test", "NoData 0");
    let beneath = |overlay: &mut Overlay<Zones>| {
        overlay.set(
            name("s1._domainkey.exemple.test"),
            RecordType::Txt,
            300,
            vec![text("key")],
        );
    };
    check(beneath, "_domainkey.exemple.test", "NoData 0");
    check(beneath, "s2._domainkey.exemple.test", "NxDomain 0");
}

#[test]
fn a_name_that_was_laid_over_cuts_off_a_wildcard_above_it() {
    let ask = |owner: &'static str, asked: &str| {
        let zone = Zone::parse(
            b"* TXT \"any\"\n_domainkey TXT \"own\"\n",
            &name("exemple.test"),
        )
        .expect("a zone");
        let mut overlay = Overlay::new(Zones::new(vec![zone]));
        overlay.set(name(owner), RecordType::Txt, 300, vec![text("new")]);
        let question = Question::new(name(asked), RecordType::Txt);
        let answer = futures::executor::block_on(overlay.resolve(&question));
        answer.texts().next().map(Txt::to_text)
    };
    let any = Some("any".to_owned());
    assert_eq!(ask("a.exemple.test", "b.exemple.test"), any);
    assert_eq!(ask("a.c.exemple.test", "b.c.exemple.test"), None);
    assert_eq!(ask("a.c.exemple.test", "c.exemple.test"), None);
    assert_eq!(ask("a.c.exemple.test", "d.exemple.test"), any);
    assert_eq!(
        ask("a._domainkey.exemple.test", "_domainkey.exemple.test"),
        Some("own".to_owned())
    );
}

#[test]
fn a_wildcard_alias_that_is_cut_off_is_not_followed_into_what_is_laid_over() {
    let zone = b"@ TXT \"old\"\n@ MX 10 mx\n* CNAME exemple.test.\n";
    let zone = Zone::parse(zone, &name("exemple.test")).expect("a zone");
    let mut overlay = Overlay::new(Zones::new(vec![zone]));
    overlay.set(
        name("exemple.test"),
        RecordType::Txt,
        300,
        vec![text("new")],
    );
    overlay.set(
        name("a.exemple.test"),
        RecordType::Txt,
        300,
        vec![text("own")],
    );
    let status = |asked: &str, rtype| {
        let question = Question::new(name(asked), rtype);
        futures::executor::block_on(overlay.resolve(&question)).status
    };
    assert_eq!(status("a.exemple.test", RecordType::Mx), Status::NoData);
    assert_eq!(
        status("x.a.exemple.test", RecordType::Txt),
        Status::NxDomain
    );
    assert_eq!(status("b.exemple.test", RecordType::Txt), Status::Found);
}

#[test]
fn aliases_lead_through_the_overlay_and_back() {
    let alias = |owner: &'static str, target: &'static str| {
        move |overlay: &mut Overlay<Zones>| {
            overlay.set(
                name(owner),
                RecordType::Cname,
                300,
                vec![Data::Cname(name(target))],
            );
        }
    };
    check(
        alias("neuf.exemple.test", "www.exemple.test"),
        "neuf.exemple.test",
        "Found 2 far",
    );
    check(
        alias("rond.exemple.test", "rond.exemple.test"),
        "rond.exemple.test",
        "Malformed 0",
    );
    let target_changed = |overlay: &mut Overlay<Zones>| {
        overlay.set(
            name("ici.exemple.test"),
            RecordType::Txt,
            300,
            vec![text("changed")],
        );
    };
    check(target_changed, "loin.exemple.test", "Found 1 changed");
    let alias_gone = |overlay: &mut Overlay<Zones>| {
        overlay.set(name("www.exemple.test"), RecordType::Cname, 300, Vec::new());
        overlay.set(
            name("deux.exemple.test"),
            RecordType::Cname,
            300,
            Vec::new(),
        );
    };
    check(alias_gone, "www.exemple.test", "NoData 0");
    check(alias_gone, "deux.exemple.test", "Found 0 beside");
    let beneath = |overlay: &mut Overlay<Zones>| {
        let below = name("_dmarc.mort.exemple.test");
        overlay.set(below, RecordType::Txt, 300, vec![text("new")]);
    };
    check(beneath, "mort.exemple.test", "NxDomain 1");
}

#[test]
fn nobody_vouches_for_an_alias_that_was_laid_over() {
    let question = Question::new(name("www.exemple.test"), RecordType::Txt);
    let mut below = Answer::bare(Status::Found, Source::Zone);
    below.authentic = true;
    let answers = [
        (question.clone(), below.clone()),
        (Question::new(name("a.test"), RecordType::Txt), below),
    ];
    let answers = answers.map(|(question, answer)| (question, Arc::new(answer)));
    let mut overlay = Overlay::new(crate::Replay::new(answers.into_iter().collect()));
    let authentic = |overlay: &Overlay<crate::Replay>| {
        futures::executor::block_on(overlay.resolve(&question)).authentic
    };
    assert!(authentic(&overlay));
    overlay.set(
        name("www.exemple.test"),
        RecordType::Cname,
        300,
        vec![Data::Cname(name("a.test"))],
    );
    assert!(!authentic(&overlay));
}

/// A wildcard for all, a name with two records of different types, names with one, and a chain without an end.
const WILD: &str = "* TXT \"any\"\na TXT \"a\"\na MX 10 mx\nb TXT \"b\"\nx.c TXT \"xc\"\ny.c TXT \"yc\"\n\
                    k._domainkey CNAME ailleurs.test.\nnews CNAME k.ailleurs.test.\nrond CNAME rond\n";

/// Lays changes (owner, type, data; nothing to remove) over [`WILD`] and asks for a text, supposing that names
/// stay and that they go.
#[track_caller]
fn check_wild(changes: &[(&str, RecordType, Option<Data>)], asked: &str, expect: [&str; 2]) {
    for (supposes_gone, expect) in [false, true].into_iter().zip(expect) {
        let apex = name("exemple.test");
        let zone = Zone::parse(WILD.as_bytes(), &apex).expect("a zone");
        let seen = ["x.c", "y.c"].map(|seen| (whole(seen), RecordType::Txt));
        let mut overlay = Overlay::new(Zones::new(vec![zone]))
            .with_tops([apex])
            .with_seen(seen);
        for (owner, rtype, data) in changes {
            let data = data.iter().cloned().collect();
            overlay.set(whole(owner), *rtype, 300, data);
        }
        if supposes_gone {
            overlay = overlay.supposing_gone();
        }
        let question = Question::new(whole(asked), RecordType::Txt);
        let answer = futures::executor::block_on(overlay.resolve(&question));
        let texts: Vec<String> = answer.texts().map(Txt::to_text).collect();
        let doubt = if overlay.is_in_doubt() { "?" } else { "" };
        let found = format!("{:?} {}{doubt}", answer.status, texts.join(" "));
        assert_eq!(found.replace(" ?", "?").trim_end(), expect, "{asked}");
        let own = answer.records.iter();
        assert!(
            own.map(|own| &own.owner)
                .all(|owner| *owner == whole(asked))
        );
    }
}

fn whole(label: &str) -> Name {
    name(&format!("{label}.exemple.test"))
}

#[test]
fn a_wildcard_answers_for_a_name_that_is_gone() {
    let gone = |owner: &'static str, rtype| (owner, rtype, None);
    let b = [gone("b", RecordType::Txt)];
    // Whether names beneath it were never asked for, nobody can tell.
    check_wild(&b, "b", ["NoData?", "Found any?"]);
    check_wild(&b, "other", ["Found any"; 2]);
    check_wild(&[gone("a", RecordType::Txt)], "a", ["NoData"; 2]);
    let key = [gone("k._domainkey", RecordType::Cname)];
    check_wild(&key, "k._domainkey", ["NoData?", "Found any?"]);
    check_wild(&key, "l._domainkey", ["NxDomain?", "Found any?"]);
    check_wild(&key, "_domainkey", ["NoData?", "Found any?"]);
    // Another name beneath it is known, so it stays, and keeps the wildcard away.
    let one = [gone("x.c", RecordType::Txt)];
    check_wild(&one, "c", ["NoData"; 2]);
    check_wild(&one, "z.c", ["NxDomain"; 2]);
    check_wild(&one, "x.c", ["NoData?", "NxDomain?"]);
    let both = [gone("x.c", RecordType::Txt), gone("y.c", RecordType::Txt)];
    check_wild(&both, "c", ["NoData?", "Found any?"]);
    // The star itself may go.
    let star = [gone("*", RecordType::Txt)];
    check_wild(&star, "other", ["NoData?", "NxDomain?"]);
    check_wild(&star, "b", ["Found b"; 2]);
}

#[test]
fn what_comes_takes_the_place_of_what_a_wildcard_said() {
    let text = |text: &str| Some(Data::Txt(Txt::from_bytes(text.as_bytes())));
    let mx = Some(Data::Mx {
        preference: 10,
        exchange: name("mx.test"),
    });
    check_wild(&[("d", RecordType::Mx, mx.clone())], "d", ["NoData"; 2]);
    check_wild(&[("d", RecordType::Mx, mx)], "e.d", ["NxDomain"; 2]);
    let star = [("*", RecordType::Txt, text("all"))];
    check_wild(&star, "other", ["Found all"; 2]);
    check_wild(&star, "z.c", ["NxDomain"; 2]);
    let star = [("*.c", RecordType::Txt, text("all"))];
    check_wild(&star, "z.c", ["Found all"; 2]);
    check_wild(&star, "other", ["Found any"; 2]);
}

#[test]
fn an_alias_that_comes_is_seen_beside_what_stands_there() {
    let alias = |target: &str| Some(Data::Cname(name(target)));
    let beside = [("b", RecordType::Cname, alias("a.exemple.test"))];
    check_wild(&beside, "b", ["Found b"; 2]);
    // One that leads in a circle shows none of its aliases.
    let overlay = [("e", RecordType::Cname, alias("rond.exemple.test"))];
    check_wild(&overlay, "e", ["Malformed"; 2]);
}
