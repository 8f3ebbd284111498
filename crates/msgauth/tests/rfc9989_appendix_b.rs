//! The situations of RFC 9989, appendix B, as tables of our own.

mod world;

use garant_dns::RecordType;
use garant_msgauth::dmarc::{
    Aligned, Alignment, Method, Policy, PolicyRecord, ReportTag, TagName, WALK_QUERIES_MAX, Walk,
    aligned, authorisation, discover, organizational_domain, tree_walk,
};
use world::{World, name};

#[track_caller]
fn check_aligned(world: &World, author: &str, other: &str, strict: bool, relaxed: bool) {
    for (alignment, expect) in [(Alignment::Strict, strict), (Alignment::Relaxed, relaxed)] {
        for method in [Method::TreeWalk, Method::PublicSuffixList] {
            let (found, _) =
                world.run(|a| aligned(&name(author), &name(other), alignment, method, a));
            assert_eq!(
                found.is_yes(),
                expect,
                "{author} {other} {alignment:?} {method:?}"
            );
        }
    }
}

#[track_caller]
fn check_organization(world: &World, domain: &str, expect: &str, asked: &[&str]) {
    let (found, names) = world.run(|a| organizational_domain(&name(domain), Method::TreeWalk, a));
    assert_eq!(found.name(), Some(&name(expect)), "{domain}");
    assert_eq!(names, asked, "{domain}");
}

/// B.1: the same three pairs for SPF and DKIM.
#[test]
fn identifiers_align_strictly_when_equal_and_relaxedly_within_an_organization() {
    let world = World::new(&[
        ("_dmarc.example.com", "v=DMARC1; p=none"),
        ("_dmarc.example.net", "v=DMARC1; p=none"),
    ]);
    check_aligned(&world, "example.com", "example.com", true, true);
    check_aligned(&world, "example.com", "child.example.com", false, true);
    check_aligned(&world, "child.example.com", "example.com", false, true);
    check_aligned(&world, "child.example.com", "example.net", false, false);
}

/// B.2: what each of the owner's records says.
#[test]
fn the_domain_owners_records_are_read_as_they_are_meant() {
    let check = |text: &str, p: Policy, effective: Policy, rua: &[&str], ruf: &[&str]| {
        let record = PolicyRecord::parse(text.as_bytes()).expect("a record");
        assert_eq!(record.faults, [], "{text}");
        let reading = record.reading();
        assert_eq!((reading.p, reading.effective(p)), (p, effective), "{text}");
        let mailboxes = |list: &[garant_msgauth::dmarc::ReportAddress]| {
            let boxes = list.iter().filter_map(|a| a.mailbox());
            boxes.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(mailboxes(record.rua()), rua, "{text}");
        assert_eq!(mailboxes(record.ruf()), ruf, "{text}");
    };
    let reports = "reports@example.com";
    let (none, quarantine, reject) = (Policy::None, Policy::Quarantine, Policy::Reject);
    check(
        "v=DMARC1; p=none; rua=mailto:reports@example.com",
        none,
        none,
        &[reports],
        &[],
    );
    check(
        "v=DMARC1; p=none; rua=mailto:reports@example.com; ruf=mailto:fail@example.com",
        none,
        none,
        &[reports],
        &["fail@example.com"],
    );
    check(
        "v=DMARC1; p=quarantine; rua=mailto:reports@example.com,mailto:t@third.example.net; t=y",
        quarantine,
        none,
        &[reports, "t@third.example.net"],
        &[],
    );
    check(
        "v=DMARC1; p=reject; rua=mailto:reports@example.com,mailto:t@third.example.net",
        reject,
        reject,
        &[reports, "t@third.example.net"],
        &[],
    );
    // From testing to enforcement, as the owner does it at the end.
    let testing = PolicyRecord::parse(b"v=DMARC1; p=quarantine; t=y").expect("a record");
    let enforced = PolicyRecord::parse(testing.without_tag(TagName::T).as_bytes())
        .expect("a record")
        .with_tag(TagName::P, "reject");
    assert_eq!(enforced, "v=DMARC1; p=reject");
}

/// B.2.3 and B.2.4.
#[test]
fn a_third_party_authorises_failure_reports_and_may_name_another_mailbox() {
    let owner = "example.com._report._dmarc.thirdparty.example.net";
    let check = |record: &str, expect: Option<&[&str]>| {
        let world = World::new(&[("_dmarc.example.com", "v=DMARC1; p=none"), (owner, record)]);
        let destination = name("thirdparty.example.net");
        let (found, _) =
            world.run(|a| authorisation(&name("example.com"), &destination, ReportTag::Ruf, a));
        let overrides = match found {
            garant_msgauth::dmarc::Authorisation::Authorised { overrides, .. } => Some(
                overrides
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>(),
            ),
            _ => None,
        };
        let expect = expect.map(|list| list.iter().map(|s| (*s).to_owned()).collect());
        assert_eq!(overrides, expect, "{record}");
    };
    check("v=DMARC1;", Some(&[]));
    check(
        "v=DMARC1; rua=mailto:a@thirdparty.example.net; ruf=mailto:f@thirdparty.example.net",
        Some(&["mailto:f@thirdparty.example.net"]),
    );
    check("something else", None);
}

/// B.4.1.
#[test]
fn the_highest_record_names_the_organization() {
    let world = World::new(&[
        ("_dmarc.example.com", "v=DMARC1; p=reject"),
        ("_dmarc.signing.example.com", "v=DMARC1; p=none"),
    ]);
    check_organization(
        &world,
        "example.com",
        "example.com",
        &["_dmarc.example.com", "_dmarc.com"],
    );
    check_organization(
        &world,
        "signing.example.com",
        "example.com",
        &[
            "_dmarc.signing.example.com",
            "_dmarc.example.com",
            "_dmarc.com",
        ],
    );
    check_aligned(&world, "example.com", "signing.example.com", false, true);
    let (found, _) = world.run(|a| discover(&name("example.com"), Method::TreeWalk, a));
    let applied = found.applied().expect("a policy");
    assert_eq!(applied.policy_domain, name("example.com"));
}

/// B.4.2.
#[test]
fn a_deep_name_is_asked_for_in_eight_steps() {
    let world = World::new(&[
        ("_dmarc.example.com", "v=DMARC1; p=reject"),
        ("_dmarc.signing.example.com", "v=DMARC1; p=none"),
    ]);
    let deep = "a.b.c.d.e.f.g.h.i.j.k.example.com";
    let asked = [
        "_dmarc.a.b.c.d.e.f.g.h.i.j.k.example.com",
        "_dmarc.g.h.i.j.k.example.com",
        "_dmarc.h.i.j.k.example.com",
        "_dmarc.i.j.k.example.com",
        "_dmarc.j.k.example.com",
        "_dmarc.k.example.com",
        "_dmarc.example.com",
        "_dmarc.com",
    ];
    check_organization(&world, deep, "example.com", &asked);
    assert_eq!(asked.len(), WALK_QUERIES_MAX);
    let (found, _) = world.run(|a| discover(&name(deep), Method::TreeWalk, a));
    let applied = found.applied().expect("a policy");
    assert_eq!(applied.policy_domain, name("example.com"));
    check_aligned(&world, deep, "example.com", false, true);
    check_aligned(&world, deep, "signing.example.com", false, true);
}

/// Section 4.10, step 4: eight labels and more go on at the seven rightmost.
#[test]
fn the_walk_skips_to_seven_labels() {
    let check = |start: &str, expect: &[usize]| {
        let counts: Vec<usize> = Walk::domains(&name(start))
            .iter()
            .map(garant_dns::Name::label_count)
            .collect();
        assert_eq!(counts, expect, "{start}");
    };
    check("com", &[1]);
    check("example.com", &[2, 1]);
    check("1.2.3.4.5.6.7", &[7, 6, 5, 4, 3, 2, 1]);
    check("1.2.3.4.5.6.7.8", &[8, 7, 6, 5, 4, 3, 2, 1]);
    check("1.2.3.4.5.6.7.8.9", &[9, 7, 6, 5, 4, 3, 2, 1]);
    check(".", &[]);
}

/// B.4.3.
#[test]
fn a_public_suffix_record_ends_the_walk_one_label_below_it() {
    let world = World::new(&[
        ("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y"),
        ("_dmarc.giant.bank.example", "v=DMARC1; p=quarantine"),
    ]);
    let check = |start: &str, organization: &str, visited: &[&str]| {
        let (walk, _) = world.run(|a| tree_walk(&name(start), a));
        assert_eq!(
            walk.organizational_domain().name(),
            Some(&name(organization))
        );
        let domains: Vec<&str> = walk.steps.iter().map(|s| s.domain.as_str()).collect();
        assert_eq!(domains, visited);
    };
    check(
        "giant.bank.example",
        "giant.bank.example",
        &["giant.bank.example", "bank.example"],
    );
    check(
        "mail.giant.bank.example",
        "giant.bank.example",
        &[
            "mail.giant.bank.example",
            "giant.bank.example",
            "bank.example",
        ],
    );
    check(
        "mail.mega.bank.example",
        "mega.bank.example",
        &[
            "mail.mega.bank.example",
            "mega.bank.example",
            "bank.example",
        ],
    );
    let walk = |other: &str| {
        let author = name("giant.bank.example");
        let relaxed = Alignment::Relaxed;
        world
            .run(|a| aligned(&author, &name(other), relaxed, Method::TreeWalk, a))
            .0
    };
    assert_eq!(walk("mail.giant.bank.example"), Aligned::Yes);
    assert_eq!(walk("mail.mega.bank.example"), Aligned::No);
    // A bank without a record of its own is governed by the suffix.
    let (found, _) = world.run(|a| discover(&name("mega.bank.example"), Method::TreeWalk, a));
    let applied = found.applied().expect("a policy");
    assert_eq!(applied.policy_domain, name("bank.example"));
    assert_eq!(world.answer("_dmarc.example", RecordType::Txt).records, []);
}

/// Section 4.10.2: the record that says psd=n is the organization, whatever stands above it.
#[test]
fn a_record_that_says_it_is_no_public_suffix_ends_the_walk_itself() {
    let world = World::new(&[
        ("_dmarc.dept.univ.fr", "v=DMARC1; p=reject; psd=n"),
        ("_dmarc.univ.fr", "v=DMARC1; p=none"),
    ]);
    let (walk, _) = world.run(|a| tree_walk(&name("mail.dept.univ.fr"), a));
    assert_eq!(
        walk.organizational_domain().name(),
        Some(&name("dept.univ.fr"))
    );
    assert_eq!(walk.steps.len(), 2);
    // The suffix's own record does not make its start somebody's subdomain.
    let world = World::new(&[("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y")]);
    let (walk, _) = world.run(|a| tree_walk(&name("bank.example"), a));
    assert_eq!(
        walk.organizational_domain().name(),
        Some(&name("bank.example"))
    );
}
