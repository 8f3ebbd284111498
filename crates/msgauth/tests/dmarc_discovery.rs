//! Which DMARC record applies, by the walk and by the list, and where reports about it may go.

mod world;

use garant_dns::{Answers, RecordType};
use garant_msgauth::dmarc::{
    Authorisation, Method, NotAuthorised, Outcome, ReportTag, aligned, authorisation, compare,
    discover, public_suffix, registrable_domain, select, tree_walk,
};
use garant_msgauth::{Step, dmarc::Alignment};
use world::{World, name};

const BOTH: [Method; 2] = [Method::TreeWalk, Method::PublicSuffixList];

/// `result domain tag policy effective share%`.
fn outcome(world: &World, author: &str, method: Method) -> String {
    let (found, _) = world.run(|a| discover(&name(author), method, a));
    match &found.outcome {
        Outcome::NoRecord => found.result().to_owned(),
        Outcome::Unanswered(which) => format!("{} {}", found.result(), which.question.name),
        Outcome::Applies(applied) => format!(
            "{} {} {} {} {} {}%",
            found.result(),
            applied.policy_domain,
            applied.tag.as_str(),
            applied.policy,
            applied.effective,
            applied.share
        ),
    }
}

#[track_caller]
fn check(records: &[(&str, &str)], author: &str, walk: &str, list: &str) {
    let world = World::new(records);
    assert_eq!(
        outcome(&world, author, Method::TreeWalk),
        walk,
        "{author} by the walk"
    );
    assert_eq!(
        outcome(&world, author, Method::PublicSuffixList),
        list,
        "{author} by the list"
    );
}

#[test]
fn the_own_record_comes_first_and_speaks_through_p() {
    let own = "valid exemple.fr p reject reject 100%";
    check(
        &[("_dmarc.exemple.fr", "v=DMARC1; p=reject; sp=none")],
        "exemple.fr",
        own,
        own,
    );
    let records = [
        ("_dmarc.exemple.fr", "v=DMARC1; p=reject; sp=none"),
        ("_dmarc.mail.exemple.fr", "v=DMARC1; p=quarantine; sp=none"),
    ];
    let own = "valid mail.exemple.fr p quarantine quarantine 100%";
    check(&records, "mail.exemple.fr", own, own);
    check(&[], "exemple.fr", "none", "none");
}

#[test]
fn an_inherited_record_speaks_through_sp_and_np() {
    let sp = "valid exemple.fr sp quarantine quarantine 100%";
    check(
        &[("_dmarc.exemple.fr", "v=DMARC1; p=reject; sp=quarantine")],
        "a.exemple.fr",
        sp,
        sp,
    );
    let p = "valid exemple.fr p reject reject 100%";
    check(
        &[("_dmarc.exemple.fr", "v=DMARC1; p=reject")],
        "a.exemple.fr",
        p,
        p,
    );
    // np only where the name does not exist, and only for those who know it.
    let records = [
        (
            "_dmarc.exemple.fr",
            "v=DMARC1; p=none; sp=quarantine; np=reject",
        ),
        ("here.exemple.fr", "<A> 192.0.2.1"),
        ("alias.exemple.fr", "<CNAME> nowhere.exemple.fr"),
        ("beneath.empty.exemple.fr", "<A> 192.0.2.1"),
    ];
    check(
        &records,
        "gone.exemple.fr",
        "valid exemple.fr np reject reject 100%",
        sp,
    );
    check(&records, "here.exemple.fr", sp, sp);
    check(&records, "alias.exemple.fr", sp, sp);
    check(&records, "empty.exemple.fr", sp, sp);
}

#[test]
fn testing_and_percentages_belong_to_their_worlds() {
    check(
        &[("_dmarc.exemple.fr", "v=DMARC1; p=reject; t=y; pct=20")],
        "exemple.fr",
        "valid exemple.fr p reject quarantine 100%",
        "valid exemple.fr p reject reject 20%",
    );
}

#[test]
fn a_record_that_receivers_ignore_is_no_policy() {
    check(
        &[("_dmarc.exemple.fr", "v=DMARC1; p=nonne")],
        "exemple.fr",
        "none exemple.fr p none none 100%",
        "none exemple.fr p none none 100%",
    );
    check(
        &[(
            "_dmarc.exemple.fr",
            "v=DMARC1; p=reject; np=x; rua=mailto:a@exemple.fr",
        )],
        "exemple.fr",
        "valid exemple.fr p none none 100%",
        "valid exemple.fr p reject reject 100%",
    );
}

#[test]
fn several_records_at_a_name_are_none_and_the_walk_goes_on() {
    let records = [
        ("_dmarc.a.exemple.fr", "v=DMARC1; p=none"),
        ("_dmarc.a.exemple.fr", "v=DMARC1; p=reject"),
        ("_dmarc.exemple.fr", "v=DMARC1; p=quarantine"),
        ("_dmarc.exemple.fr", "unrelated"),
    ];
    let above = "valid exemple.fr p quarantine quarantine 100%";
    check(&records, "a.exemple.fr", above, above);
}

#[test]
fn an_answer_that_does_not_come_is_no_answer() {
    let records = [
        ("_dmarc.a.exemple.fr", "<SERVFAIL>"),
        ("_dmarc.exemple.fr", "v=DMARC1; p=none"),
    ];
    let unknown = "temperror _dmarc.a.exemple.fr";
    check(&records, "a.exemple.fr", unknown, unknown);
    // The list asks only at the two names that count for it.
    let records = [
        ("_dmarc.fr", "<SERVFAIL>"),
        ("_dmarc.exemple.fr", "v=DMARC1; p=none"),
    ];
    let inherited = "valid exemple.fr p none none 100%";
    check(&records, "a.exemple.fr", "temperror _dmarc.fr", inherited);
    check(&records, "exemple.fr", inherited, inherited);
    // Whether the domain exists matters only for np.
    let records = [
        ("_dmarc.exemple.fr", "v=DMARC1; p=none; np=reject"),
        ("a.exemple.fr", "<SERVFAIL>"),
    ];
    check(
        &records,
        "a.exemple.fr",
        "temperror a.exemple.fr",
        inherited,
    );
    // The organization of a domain with its own record stays unknown.
    let world = World::new(&[
        ("_dmarc.fr", "<SERVFAIL>"),
        ("_dmarc.a.fr", "v=DMARC1; p=none"),
    ]);
    let (walk, _) = world.run(|a| tree_walk(&name("a.fr"), a));
    assert_eq!(walk.organizational_domain().name(), None);
    let (found, _) = world.run(|a| {
        aligned(
            &name("a.fr"),
            &name("b.a.fr"),
            Alignment::Relaxed,
            Method::TreeWalk,
            a,
        )
    });
    assert!(matches!(
        found,
        garant_msgauth::dmarc::Aligned::Unanswered(_)
    ));
}

#[test]
fn a_name_without_room_for_its_record_has_none() {
    let label = "a".repeat(61);
    let long = format!("{label}.{label}.{label}.{label}.fr");
    let records = [("_dmarc.fr", "v=DMARC1; p=reject; psd=y")];
    check(&records, &long, "valid fr p reject reject 100%", "none");
}

#[test]
fn a_record_at_the_domain_itself_is_seen_and_does_not_apply() {
    let records = [
        ("exemple.fr", "v=DMARC1; p=reject"),
        ("exemple.fr", "v=spf1 -all"),
        ("exemple.fr", "v=dmarc1; p=none"),
    ];
    check(&records, "exemple.fr", "none", "none");
    let apex = select(&World::new(&records).answer("exemple.fr", RecordType::Txt));
    assert!(apex.record().is_some());
    assert_eq!((apex.others.len(), apex.near_misses.len()), (2, 1));
}

#[test]
fn the_two_worlds_are_compared() {
    let check = |records: &[(&str, &str)], author: &str, expect: bool, asked: usize| {
        let world = World::new(records);
        let (found, questions) = world.run(|a| compare(&name(author), a));
        assert_eq!(found.differs(), expect, "{author}");
        assert_eq!(questions.len(), asked, "{questions:?}");
    };
    let record = "v=DMARC1; p=reject";
    check(&[("_dmarc.exemple.fr", record)], "exemple.fr", false, 2);
    check(&[("_dmarc.exemple.fr", record)], "a.b.exemple.fr", false, 4);
    check(&[], "a.exemple.fr", false, 3);
    // Only the subdomain has a record: it is its own organization for the walk alone.
    check(&[("_dmarc.a.exemple.fr", record)], "a.exemple.fr", true, 3);
    // A record between: the walk takes the highest one for subdomains, the list knows two names only.
    check(
        &[("_dmarc.b.exemple.fr", record)],
        "a.b.exemple.fr",
        true,
        4,
    );
    let records = [
        ("_dmarc.b.exemple.fr", record),
        ("_dmarc.exemple.fr", record),
    ];
    check(&records, "a.b.exemple.fr", false, 4);
    let records = [
        ("_dmarc.dept.univ.fr", "v=DMARC1; p=none; psd=n"),
        ("_dmarc.univ.fr", record),
    ];
    check(&records, "dept.univ.fr", true, 3);
    check(
        &[("_dmarc.fr", "v=DMARC1; p=none; psd=y")],
        "exemple.fr",
        true,
        2,
    );
    check(
        &[("_dmarc.exemple.fr", record), ("_dmarc.fr", "<SERVFAIL>")],
        "exemple.fr",
        false,
        2,
    );
}

#[test]
fn public_suffixes_come_from_the_list() {
    let check = |domain: &str, suffix: &str, registrable: Option<&str>| {
        assert_eq!(public_suffix(&name(domain)), Some(name(suffix)), "{domain}");
        assert_eq!(
            registrable_domain(&name(domain)),
            registrable.map(name),
            "{domain}"
        );
    };
    check("mail.exemple.fr", "fr", Some("exemple.fr"));
    check("exemple.fr", "fr", Some("exemple.fr"));
    check("fr", "fr", None);
    check("a.b.gouv.fr", "gouv.fr", Some("b.gouv.fr"));
    check("a.co.uk", "co.uk", Some("a.co.uk"));
    check("a.github.io", "github.io", Some("a.github.io"));
    check("a.b.kawasaki.jp", "b.kawasaki.jp", Some("a.b.kawasaki.jp"));
    check("city.kawasaki.jp", "kawasaki.jp", Some("city.kawasaki.jp"));
    check("a.b.nowhere", "nowhere", Some("b.nowhere"));
    check("a.xn--55qx5d.cn", "xn--55qx5d.cn", Some("a.xn--55qx5d.cn"));
    check(r"a\.b.fr", "fr", Some(r"a\.b.fr"));
    assert_eq!(public_suffix(&name(".")), None);
}

#[test]
fn report_destinations_must_want_the_reports() {
    let check =
        |records: &[(&str, &str)], policy: &str, destination: &str, expect: &str, asked: usize| {
            let world = World::new(records);
            let (found, questions) =
                world.run(|a| authorisation(&name(policy), &name(destination), ReportTag::Rua, a));
            let found = match found {
                Authorisation::SameOrganization => "same".to_owned(),
                Authorisation::Authorised {
                    count, overrides, ..
                } => {
                    let overrides: Vec<String> =
                        overrides.iter().map(ToString::to_string).collect();
                    format!("{count} {}", overrides.join(","))
                }
                Authorisation::NotAuthorised {
                    reason,
                    same_by_list,
                    ..
                } => match reason {
                    NotAuthorised::NoRecord if same_by_list => "no, same by the list".to_owned(),
                    NotAuthorised::NoRecord => "no".to_owned(),
                    NotAuthorised::NameTooLong => "too long".to_owned(),
                    NotAuthorised::OtherHost => "other host".to_owned(),
                },
                Authorisation::Unanswered(which) => format!("unknown {}", which.question.name),
            };
            assert_eq!(found, expect, "{policy} {destination}");
            assert_eq!(questions.len(), asked, "{questions:?}");
        };
    let record = ("_dmarc.exemple.fr", "v=DMARC1; p=none");
    check(&[record], "exemple.fr", "exemple.fr", "same", 0);
    check(&[record], "exemple.fr", "rapports.exemple.fr", "same", 3);
    check(&[record], "exemple.fr", "tiers.example", "no", 5);
    let place = "exemple.fr._report._dmarc.tiers.example";
    check(
        &[record, (place, "v=DMARC1")],
        "exemple.fr",
        "tiers.example",
        "1 ",
        1,
    );
    check(
        &[record, (place, "v=dmarc1")],
        "exemple.fr",
        "tiers.example",
        "no",
        5,
    );
    check(
        &[record, ("*._report._dmarc.tiers.example", "v=DMARC1;")],
        "exemple.fr",
        "tiers.example",
        "1 ",
        1,
    );
    check(
        &[record, (place, "v=DMARC1"), (place, "v=DMARC1;")],
        "exemple.fr",
        "tiers.example",
        "2 ",
        1,
    );
    check(
        &[record, (place, "v=DMARC1; rua=mailto:x@tiers.example")],
        "exemple.fr",
        "tiers.example",
        "1 mailto:x@tiers.example",
        1,
    );
    check(
        &[record, (place, "v=DMARC1; rua=mailto:x@autre.example")],
        "exemple.fr",
        "tiers.example",
        "other host",
        5,
    );
    check(
        &[record, (place, "<SERVFAIL>")],
        "exemple.fr",
        "tiers.example",
        &format!("unknown {place}"),
        1,
    );
    // Only the subdomain has a record, so the walk sees two organizations where the list sees one.
    check(
        &[("_dmarc.a.exemple.fr", "v=DMARC1; p=none")],
        "a.exemple.fr",
        "exemple.fr",
        "no, same by the list",
        4,
    );
    let label = "a".repeat(60);
    let long = format!("{label}.{label}.{label}.fr");
    check(&[record], &long, &format!("{label}.example"), "too long", 6);
}

#[test]
fn nothing_is_asked_that_is_at_hand() {
    let answers = Answers::new();
    let Step::Need(questions) = discover(&name("a.b.exemple.fr"), Method::TreeWalk, &answers)
    else {
        panic!("nothing is known yet");
    };
    let names: Vec<String> = questions.iter().map(|q| q.name.to_string()).collect();
    assert_eq!(
        names,
        [
            "_dmarc.a.b.exemple.fr",
            "_dmarc.b.exemple.fr",
            "_dmarc.exemple.fr",
            "_dmarc.fr"
        ]
    );
    for method in BOTH {
        let root = name(".");
        let world = World::new::<&str>(&[]);
        let (found, asked) = world.run(|a| discover(&root, method, a));
        assert_eq!(
            (found.result(), asked.len()),
            ("none", usize::from(method == BOTH[1]))
        );
    }
}
