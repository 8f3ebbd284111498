//! The tree of a record: counts, faults, limits, and the questions it asks.

mod spf_world;

use garant_dns::{Answers, Status};
use garant_msgauth::spf::{
    CauseReason, Coverage, LOOKUPS_FOLLOWED_MAX, LOOKUPS_MAX, Node, Params, Presence, Qualifier,
    SpfResult, TERMS_FOLLOWED_MAX, TermFault, Tree, Verdict, tree,
};
use spf_world::{World, raw_name};

/// The tree as text: one line for each term with what is worth telling.
fn draw(node: &Node, indent: usize, out: &mut String) {
    for term in &node.terms {
        let mut line = format!("{}{}", "  ".repeat(indent), node.text_of(term.span));
        if term.lookups > 0 {
            line += &format!(" lookups={}", term.lookups);
        }
        if term.voids > 0 {
            line += &format!(" voids={}", term.voids);
        }
        if term.coverage != Coverage::default() {
            line += &format!(" ip4={} ip6={}", term.coverage.ipv4, term.coverage.ipv6_64);
        }
        if !term.reached {
            line += " unreached";
        }
        if let Some(fault) = term.fault {
            line += &format!(" {fault:?}");
        }
        out.push_str(&line);
        out.push('\n');
        if let Some(child) = &term.child {
            draw(child, indent + 1, out);
        }
    }
}

#[track_caller]
fn check(lines: &str, expect: &str) -> Tree {
    let (tree, _, _) = World::parse(lines).tree("exemple.fr");
    let mut drawn = String::new();
    draw(&tree.root, 0, &mut drawn);
    let expect: Vec<&str> = expect
        .lines()
        .map(|line| line.strip_prefix("        ").unwrap_or(line))
        .collect();
    assert_eq!(drawn.lines().collect::<Vec<_>>(), expect);
    tree
}

#[track_caller]
fn cause(tree: &Tree) -> (CauseReason, String, String) {
    match &tree.verdict {
        Verdict::PermError(cause) | Verdict::TempError(cause) => (
            cause.reason,
            cause.domain.to_string(),
            cause
                .term
                .as_ref()
                .map(|term| term.text.clone())
                .unwrap_or_default(),
        ),
        other => panic!("no error: {other:?}"),
    }
}

#[test]
fn every_term_tells_its_cost_and_its_addresses() {
    let tree = check(
        "exemple.fr TXT v=spf1 a mx/24 ip4:198.51.100.0/24 ip6:2001:db8::/48 include:_spf.service.fr ?include:b.service.fr exists:%{i}.x.fr ptr x=y ~all
         exemple.fr A 192.0.2.1
         exemple.fr A 192.0.2.2
         exemple.fr AAAA 2001:db8::1
         exemple.fr MX 10 m1.exemple.fr
         exemple.fr MX 20 m2.exemple.fr
         m1.exemple.fr A 192.0.2.3
         m2.exemple.fr A 192.0.2.4
         _spf.service.fr TXT v=spf1 include:a.service.fr -ip4:203.0.113.0/24 -all
         a.service.fr TXT v=spf1 ip4:203.0.113.0/28 -all
         b.service.fr TXT v=spf1 ip4:10.0.0.0/8",
        "        a lookups=1 ip4=2 ip6=0
        mx/24 lookups=1 ip4=512 ip6=0
        ip4:198.51.100.0/24 ip4=256 ip6=0
        ip6:2001:db8::/48 ip4=0 ip6=65536
        include:_spf.service.fr lookups=2 ip4=16 ip6=0
          include:a.service.fr lookups=1 ip4=16 ip6=0
            ip4:203.0.113.0/28 ip4=16 ip6=0
            -all ip4=4294967296 ip6=18446744073709551615
          -ip4:203.0.113.0/24 ip4=256 ip6=0
          -all ip4=4294967296 ip6=18446744073709551615
        ?include:b.service.fr lookups=1 ip4=16777216 ip6=0
          ip4:10.0.0.0/8 ip4=16777216 ip6=0
        exists:%{i}.x.fr lookups=1 MacroDependent
        ptr lookups=1 MacroDependent
        x=y
        ~all ip4=4294967296 ip6=18446744073709551615",
    );
    assert_eq!(
        (tree.lookups, tree.lookups_exact, tree.root.lookups),
        (7, true, 7)
    );
    // Only what passes is authorised.
    assert_eq!(
        tree.root.coverage,
        Coverage {
            ipv4: 2 + 512 + 256 + 16,
            ipv6_64: 65_536
        }
    );
    assert_eq!(
        (tree.verdict, tree.root.default),
        (Verdict::Valid, Some(Qualifier::SoftFail))
    );
}

#[test]
fn terms_after_all_and_a_redirect_beside_it_are_not_reached() {
    let tree = check(
        "exemple.fr TXT v=spf1 redirect=x.fr a -all include:y.fr mx ~all exp=z.fr
         exemple.fr A 192.0.2.1",
        "        redirect=x.fr unreached
        a lookups=1 ip4=1 ip6=0
        -all ip4=4294967296 ip6=18446744073709551615
        include:y.fr unreached
        mx unreached
        ~all unreached
        exp=z.fr",
    );
    assert_eq!((tree.lookups, tree.verdict), (1, Verdict::Valid));
}

#[test]
fn a_redirect_comes_last_and_gives_its_default() {
    let tree = check(
        "exemple.fr TXT v=spf1 redirect=_spf.%{d} include:a.fr
         _spf.exemple.fr TXT v=spf1 ip4:192.0.2.1 -all
         a.fr TXT v=spf1 bogus",
        "        redirect=_spf.%{d} lookups=1 ip4=1 ip6=0
          ip4:192.0.2.1 ip4=1 ip6=0
          -all ip4=4294967296 ip6=18446744073709551615
        include:a.fr lookups=1 Broken",
    );
    assert_eq!(tree.root.default, Some(Qualifier::Fail));
    assert_eq!(tree.root.coverage.ipv4, 1);
    assert!(matches!(cause(&tree).0, CauseReason::Syntax(_)));
}

#[test]
fn void_look_ups_are_listed_and_limited() {
    let tree = check(
        "exemple.fr TXT v=spf1 a:x.fr include:b.fr exists:z.fr -all
         b.fr TXT v=spf1 mx:y.fr a:only4.fr ?all
         only4.fr A 192.0.2.1",
        "        a:x.fr lookups=1 voids=1 Void
        include:b.fr lookups=3 voids=1 ip4=1 ip6=0
          mx:y.fr lookups=1 voids=1 Void
          a:only4.fr lookups=1 ip4=1 ip6=0
          ?all ip4=4294967296 ip6=18446744073709551615
        exists:z.fr lookups=1 voids=1 Void
        -all ip4=4294967296 ip6=18446744073709551615",
    );
    let voids: Vec<String> = tree
        .voids
        .iter()
        .map(|void| format!("{} {} {}", void.domain, void.term.text, void.target))
        .collect();
    assert_eq!(
        voids,
        [
            "exemple.fr a:x.fr x.fr",
            "b.fr mx:y.fr y.fr",
            "exemple.fr exists:z.fr z.fr"
        ]
    );
    assert_eq!((tree.lookups, tree.root.voids), (5, 3));
    let expect = (
        CauseReason::TooManyVoids,
        "exemple.fr".into(),
        "exists:z.fr".into(),
    );
    assert_eq!(cause(&tree), expect);
}

#[test]
fn the_first_fault_in_the_order_of_evaluation_is_the_cause() {
    for (lines, reason, domain, term) in [
        (
            "exemple.fr TXT v=spf1 include:a.fr include:b.fr -all",
            CauseReason::IncludeWithoutRecord,
            "exemple.fr",
            "include:a.fr",
        ),
        (
            "exemple.fr TXT v=spf1 redirect=a.fr include:b.fr",
            CauseReason::IncludeWithoutRecord,
            "exemple.fr",
            "include:b.fr",
        ),
        (
            "exemple.fr TXT v=spf1 redirect=a.fr",
            CauseReason::RedirectWithoutRecord,
            "exemple.fr",
            "redirect=a.fr",
        ),
        (
            "exemple.fr TXT v=spf1 include:a..fr -all",
            CauseReason::IncludeWithoutRecord,
            "exemple.fr",
            "include:a..fr",
        ),
        (
            "exemple.fr TXT v=spf1 include:exemple.fr -all",
            CauseReason::Loop,
            "exemple.fr",
            "include:exemple.fr",
        ),
        (
            "exemple.fr TXT v=spf1 include:b.fr\n b.fr TXT v=spf1 redirect=exemple.fr",
            CauseReason::Loop,
            "b.fr",
            "redirect=exemple.fr",
        ),
        (
            "exemple.fr TXT v=spf1 a:p.fr include:b.fr -all\n p.fr SERVFAIL",
            CauseReason::Dns(Status::ServFail),
            "exemple.fr",
            "a:p.fr",
        ),
        (
            "exemple.fr TXT v=spf1 include:p.fr include:b.fr -all\n p.fr TIMEOUT",
            CauseReason::Dns(Status::Timeout),
            "p.fr",
            "",
        ),
        (
            "exemple.fr TXT v=spf1 mx:m.fr -all\n m.fr MX 1 p.fr\n p.fr TIMEOUT",
            CauseReason::Dns(Status::Timeout),
            "exemple.fr",
            "mx:m.fr",
        ),
        (
            "exemple.fr SERVFAIL",
            CauseReason::Dns(Status::ServFail),
            "exemple.fr",
            "",
        ),
        (
            "exemple.fr TXT v=spf1 -all\n exemple.fr TXT v=spf1",
            CauseReason::MultipleRecords { count: 2 },
            "exemple.fr",
            "",
        ),
        (
            "exemple.fr TXT v=spf1 include:d.fr -all\n d.fr TXT v=spf1 -all\n d.fr TXT v=spf1",
            CauseReason::MultipleRecords { count: 2 },
            "d.fr",
            "",
        ),
    ] {
        let (tree, _, _) = World::parse(lines).tree("exemple.fr");
        assert_eq!(
            cause(&tree),
            (reason, domain.to_owned(), term.to_owned()),
            "{lines}"
        );
        let temporary = matches!(reason, CauseReason::Dns(_));
        assert_eq!(
            matches!(tree.verdict, Verdict::TempError(_)),
            temporary,
            "{lines}"
        );
    }
}

#[test]
fn a_temperror_names_the_question_that_was_not_answered() {
    for (terms, expect) in [
        ("a:p.fr -all", "p.fr A"),
        ("include:p.fr -all", "p.fr TXT"),
        ("mx:m.fr -all", "p.fr A"),
        ("mx:q.fr -all", "q.fr MX"),
        ("ptr redirect=p.fr", "p.fr TXT"),
    ] {
        let world = World::parse(&format!(
            "exemple.fr TXT v=spf1 {terms}
             m.fr MX 10 ok.fr
             m.fr MX 20 p.fr
             ok.fr A 198.51.100.1
             p.fr TIMEOUT
             q.fr SERVFAIL
             25.2.0.192.in-addr.arpa TIMEOUT"
        ));
        let (tree, _, _) = world.tree("exemple.fr");
        let (evaluation, _) = world.check_host(&Params {
            client_ip: "192.0.2.25".parse().expect("an address"),
            mail_from: "a@exemple.fr",
            helo: "relais.exemple.fr",
            receiver: "",
            now: 0,
        });
        let Verdict::TempError(cause) = tree.verdict else {
            panic!("a temperror: {terms}");
        };
        for cause in [cause, evaluation.cause] {
            assert_eq!(cause.result(), SpfResult::TempError);
            let question = cause.question.expect("a question");
            assert_eq!(
                format!("{} {}", question.name, question.rtype),
                expect,
                "{terms}"
            );
        }
    }
}

#[test]
fn faults_beneath_name_the_way_to_them() {
    let lines = "exemple.fr TXT v=spf1 include:a.fr -all
         a.fr TXT v=spf1 include:b.fr -all
         b.fr TXT v=spf1 ip4:999.1.1.1 -all";
    let tree = check(
        lines,
        "        include:a.fr lookups=2
          include:b.fr lookups=1 Broken
            -all ip4=4294967296 ip6=18446744073709551615
          -all ip4=4294967296 ip6=18446744073709551615
        -all ip4=4294967296 ip6=18446744073709551615",
    );
    let Verdict::PermError(cause) = tree.verdict else {
        panic!("a permerror");
    };
    assert_eq!(cause.via, [raw_name("exemple.fr"), raw_name("a.fr")]);
    assert_eq!(
        (
            cause.domain.as_str(),
            cause.term.expect("a term").text.as_str()
        ),
        ("b.fr", "ip4:999.1.1.1")
    );
}

#[test]
fn exchanges_are_limited_and_null_mx_is_told() {
    let exchanges = |count: usize| {
        let lines: Vec<String> = (0..count).map(|n| format!("m.fr MX {n} x{n}.fr")).collect();
        format!(
            "exemple.fr TXT v=spf1 mx:m.fr mx:nul.fr -all\n nul.fr MX 0 .\n{}",
            lines.join("\n")
        )
    };
    let (tree, _, _) = World::parse(&exchanges(10)).tree("exemple.fr");
    assert_eq!((&tree.verdict, tree.voids.len()), (&Verdict::Valid, 0));
    assert_eq!(tree.root.terms[1].fault, Some(TermFault::NullMx));
    let (tree, _, questions) = World::parse(&exchanges(11)).tree("exemple.fr");
    assert_eq!(cause(&tree).0, CauseReason::TooManyExchanges { count: 11 });
    assert_eq!(
        tree.root.terms[0].fault,
        Some(TermFault::TooManyExchanges { count: 11 })
    );
    assert_eq!(questions, 3, "the exchanges themselves are not asked for");
}

#[test]
fn an_include_twice_counts_twice_and_is_asked_once() {
    let (tree, rounds, questions) = World::parse(
        "exemple.fr TXT v=spf1 include:a.fr include:a.fr -all
         a.fr TXT v=spf1 a:h.fr -all
         h.fr A 192.0.2.1",
    )
    .tree("exemple.fr");
    assert_eq!((tree.lookups, rounds, questions), (4, 3, 3));
}

#[test]
fn ipv6_addresses_are_asked_for_only_where_there_are_no_others() {
    for (records, questions, voids, ipv6) in [
        ("h.fr A 192.0.2.1\n h.fr AAAA 2001:db8::1", 2, 0, 0),
        ("h.fr AAAA 2001:db8::1", 3, 0, 1),
        ("h.fr TXT x", 3, 1, 0),
        ("", 2, 1, 0),
    ] {
        let lines = format!("exemple.fr TXT v=spf1 a:h.fr -all\n {records}");
        let (tree, _, asked) = World::parse(&lines).tree("exemple.fr");
        let found = (asked, tree.voids.len(), tree.root.terms[0].coverage.ipv6_64);
        assert_eq!(found, (questions, voids, ipv6), "{records}");
    }
}

#[test]
fn rounds_are_no_more_than_includes_are_deep() {
    let (tree, rounds, _) = World::parse(
        "exemple.fr TXT v=spf1 include:a.fr include:b.fr a:h.fr mx redirect=c.fr
         exemple.fr MX 10 h.fr
         h.fr A 192.0.2.1
         a.fr TXT v=spf1 a:h.fr
         b.fr TXT v=spf1 include:d.fr
         c.fr TXT v=spf1 -all
         d.fr TXT v=spf1 -all",
    )
    .tree("exemple.fr");
    assert_eq!((rounds, tree.lookups, tree.verdict), (3, 7, Verdict::Valid));
}

#[test]
fn what_is_asked_first_is_the_record_itself() {
    let tree = tree(&raw_name("exemple.fr"), &Answers::new());
    assert_eq!(
        (tree.needs.len(), tree.verdict, tree.root.presence),
        (1, Verdict::Incomplete, Presence::Unasked)
    );
}

#[test]
fn a_name_of_one_label_or_without_record_has_no_tree() {
    let world = World::parse("exemple.fr TXT v=spf10 -all");
    for name in ["exemple.fr", "inexistant.fr", "fr", ""] {
        let (tree, _, _) = world.tree(name);
        assert_eq!((tree.verdict, tree.lookups), (Verdict::None, 0), "{name}");
    }
}

#[test]
fn macros_of_the_domain_are_followed_and_others_are_not() {
    check(
        "exemple.fr TXT v=spf1 include:%{d1}.%{o} a:%{d2r}.net mx:%{h} include:%{l}.a.fr -all
         fr.exemple.fr TXT v=spf1 include:%{d}.%{o} ?all
         fr.exemple.fr.exemple.fr TXT v=spf1 ?all
         fr.exemple.net A 192.0.2.1",
        "        include:%{d1}.%{o} lookups=2
          include:%{d}.%{o} lookups=1
            ?all ip4=4294967296 ip6=18446744073709551615
          ?all ip4=4294967296 ip6=18446744073709551615
        a:%{d2r}.net lookups=1 ip4=1 ip6=0
        mx:%{h} lookups=1 MacroDependent
        include:%{l}.a.fr lookups=1 MacroDependent
        -all ip4=4294967296 ip6=18446744073709551615",
    );
}

#[test]
fn exists_of_a_name_that_is_always_there_authorises_everybody() {
    let tree = check(
        "exemple.fr TXT v=spf1 exists:oui.fr -all
         oui.fr A 127.0.0.2",
        "        exists:oui.fr lookups=1 ip4=4294967296 ip6=18446744073709551615
        -all ip4=4294967296 ip6=18446744073709551615",
    );
    assert_eq!(tree.root.coverage, Coverage::EVERYBODY);
}

#[test]
fn an_exceeded_count_is_the_real_one() {
    let mut lines = String::from("exemple.fr TXT v=spf1 include:a.fr include:a.fr -all\n");
    lines += &format!(
        "a.fr TXT v=spf1 {} -all\n h.fr A 192.0.2.1",
        "a:h.fr ".repeat(6)
    );
    let (tree, _, _) = World::parse(&lines).tree("exemple.fr");
    assert_eq!((tree.lookups, tree.lookups_exact), (14, true));
    let (reason, domain, term) = cause(&tree);
    assert_eq!(
        (reason, domain.as_str(), term.as_str()),
        (CauseReason::TooManyLookups, "a.fr", "a:h.fr")
    );
    assert_eq!(tree.root.terms[1].lookups, 7);
}

#[test]
fn hostile_records_cost_a_bounded_number_of_questions() {
    // Every record includes the next one four times: 4 to the 40th look-ups.
    let mut lines = String::new();
    for n in 0..40 {
        let name = if n == 0 {
            "exemple.fr".to_owned()
        } else {
            format!("n{n}.fr")
        };
        let include = format!("include:n{}.fr ", n + 1);
        lines += &format!("{name} TXT v=spf1 {}-all\n", include.repeat(4));
    }
    let (tree, rounds, questions) = World::parse(&lines).tree("exemple.fr");
    assert!(tree.lookups > LOOKUPS_MAX && !tree.lookups_exact);
    assert!(rounds <= LOOKUPS_FOLLOWED_MAX + 1 && questions <= LOOKUPS_FOLLOWED_MAX + 1);
    assert_eq!(cause(&tree).0, CauseReason::TooManyLookups);

    // Thousands of terms with different names: counted exactly, asked only in part.
    let many: String = (0..4_000).map(|n| format!(" a:{n}.x.fr")).collect();
    let (tree, _, questions) =
        World::parse(&format!("exemple.fr TXT v=spf1{many}")).tree("exemple.fr");
    assert_eq!((tree.lookups, tree.lookups_exact), (4_000, true));
    assert_eq!(questions, 1 + LOOKUPS_FOLLOWED_MAX);
    assert_eq!(
        tree.root.terms[LOOKUPS_FOLLOWED_MAX].fault,
        Some(TermFault::NotFollowed)
    );

    // A record of 64 kB, then more of them.
    let long = "ip4:1.1.1.1 ".repeat(TERMS_FOLLOWED_MAX + 1);
    let (tree, _, questions) = World::parse(&format!(
        "exemple.fr TXT v=spf1 include:a.fr include:b.fr -all
         a.fr TXT v=spf1 {long}
         b.fr TXT v=spf1 {long}"
    ))
    .tree("exemple.fr");
    assert_eq!((questions, tree.lookups_exact), (3, false));
    assert_eq!(tree.root.terms[1].fault, Some(TermFault::NotFollowed));
    assert!(tree.root.terms[1].child.is_none());
}
