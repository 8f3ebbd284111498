//! `check_host()`: the project's own cases for every section of RFC 7208 that speaks of evaluation.

mod spf_world;

use std::net::IpAddr;

use garant_dns::{Answers, Question, RecordType, Status};
use garant_msgauth::Step;
use garant_msgauth::spf::{
    Asked, CauseReason, Evaluation, LOOKUPS_MAX, Outcome, Params, Qualifier, Reason, SpfResult,
    TRACE_STEPS_MAX, VOIDS_MAX, Verdict, check_host,
};
use proptest::prelude::*;
use spf_world::{World, raw_name};

const IPV4: &str = "192.0.2.25";
const IPV6: &str = "2001:db8:25::25";

fn params<'a>(client_ip: &str, mail_from: &'a str) -> Params<'a> {
    Params {
        client_ip: client_ip.parse::<IpAddr>().expect("an address"),
        mail_from,
        helo: "relais.exemple.fr",
        receiver: "mx.destinataire.fr",
        now: 1_767_225_600,
    }
}

#[track_caller]
fn check(world: &World, client_ip: &str, mail_from: &str, expect: &str) -> Evaluation {
    let (evaluation, _) = world.check_host(&params(client_ip, mail_from));
    let found = evaluation.result.as_str();
    assert_eq!(found, expect, "{mail_from}: {:?}", evaluation.cause);
    evaluation
}

/// The result for a client and a record, in a world of names that everybody uses.
#[track_caller]
fn record(terms: &str, client_ip: &str, expect: &str) -> Evaluation {
    let world = World::parse(&format!(
        "exemple.fr              TXT   v=spf1 {terms}
         exemple.fr              A     192.0.2.1
         exemple.fr              AAAA  2001:db8::1
         exemple.fr              MX    10 courrier.exemple.fr
         exemple.fr              MX    20 secours.exemple.fr
         courrier.exemple.fr     A     {IPV4}
         courrier.exemple.fr     AAAA  {IPV6}
         secours.exemple.fr      A     192.0.2.26
         alias.exemple.fr        CNAME courrier.exemple.fr
         sansrien.exemple.fr     TXT   rien d'utile
         muet.exemple.fr         MX    0 .
         panne.exemple.fr        TIMEOUT
         mxpanne.exemple.fr      MX    10 panne.exemple.fr
         mxpanne.exemple.fr      MX    20 courrier.exemple.fr
         oui.exemple.fr          TXT   v=spf1 ip4:{IPV4} ip6:{IPV6} -all
         non.exemple.fr          TXT   v=spf1 -all
         peutetre.exemple.fr     TXT   v=spf1 ~all
         neutre.exemple.fr       TXT   v=spf1 ?all
         vide.exemple.fr         TXT   v=spf1
         casse.exemple.fr        TXT   v=spf1 mixture -all
         double.exemple.fr       TXT   v=spf1 -all
         double.exemple.fr       TXT   v=spf1 ~all
         25.2.0.192.in-addr.arpa PTR   courrier.exemple.fr
         25.2.0.192.in-addr.arpa PTR   menteur.exemple.org
         menteur.exemple.org     A     198.51.100.1
         5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.2.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR courrier.exemple.fr"
    ));
    check(&world, client_ip, "facture@exemple.fr", expect)
}

#[test]
fn an_identity_that_is_no_domain_name_has_no_result() {
    let world = World::parse(
        "exemple.fr TXT v=spf1 -all
         xn--crdit-csa.fr TXT v=spf1 ~all
         relais.exemple.fr TXT v=spf1 ?all
         autre.fr A 192.0.2.1
         panne.fr SERVFAIL",
    );
    for (mail_from, expect) in [
        ("a@exemple.fr", "fail"),
        ("a@EXEMPLE.fr.", "fail"),
        ("a@b@exemple.fr", "fail"),
        ("exemple.fr", "fail"),
        ("@exemple.fr", "fail"),
        ("a@crédit.fr", "softfail"),
        ("", "neutral"),
        ("a@localhost", "none"),
        ("a@fr.", "none"),
        ("a@[192.0.2.1]", "none"),
        ("a@exemple..fr", "none"),
        ("a@", "none"),
        ("@", "none"),
        (&format!("a@{}.fr", "b".repeat(64)), "none"),
        ("a@autre.fr", "none"),
        ("a@inexistant.fr", "none"),
        ("a@panne.fr", "temperror"),
    ] {
        check(&world, IPV4, mail_from, expect);
    }
    let bounce = Params {
        helo: "RELAIS",
        ..params(IPV4, "")
    };
    let (evaluation, rounds) = world.check_host(&bounce);
    assert_eq!(
        (evaluation.cause.reason, rounds),
        (CauseReason::NotADomain, 0)
    );
}

#[test]
fn one_record_is_selected_or_the_result_is_an_error() {
    let world = World::parse(
        "morceaux.fr  TXT v=spf1 ip4:192.0.2.|25 -all
         colle.fr     TXT v=spf1|-all
         version.fr   TXT v=spf10 -all
         version.fr   TXT V=SPF1 IP4:192.0.2.25 -ALL
         version.fr   TXT google-site-verification=abc
         deux.fr      TXT v=spf1 -all
         deux.fr      TXT v=spf1 -all
         alias.fr     CNAME version.fr
         boucle.fr    CNAME boucle.fr",
    );
    check(&world, IPV4, "a@morceaux.fr", "pass");
    check(&world, IPV4, "a@colle.fr", "none");
    check(&world, IPV4, "a@version.fr", "pass");
    check(&world, IPV4, "a@alias.fr", "pass");
    check(&world, IPV4, "a@boucle.fr", "temperror");
    let cause = check(&world, IPV4, "a@deux.fr", "permerror").cause;
    assert_eq!(cause.reason, CauseReason::MultipleRecords { count: 2 });
}

#[test]
fn a_fault_anywhere_in_the_record_is_a_permerror() {
    let cause = record("ip4:192.0.2.25 -all mixture", IPV4, "permerror").cause;
    assert_eq!(cause.reason, CauseReason::Syntax(Reason::UnknownMechanism));
    let term = cause.term.expect("the term at fault");
    assert_eq!((term.text.as_str(), term.span.start), ("mixture", 27));
    record("all exp=localhost", IPV4, "permerror");
    record("all redirect=a.fr redirect=b.fr", IPV4, "permerror");
}

#[test]
fn the_first_mechanism_that_matches_decides_by_its_qualifier() {
    record("+all", IPV4, "pass");
    record("all", IPV4, "pass");
    record("-all", IPV4, "fail");
    record("~all", IPV4, "softfail");
    record("?all", IPV4, "neutral");
    record("", IPV4, "neutral");
    record("~ip4:192.0.2.0/24 -all", IPV4, "softfail");
    record("-all ip4:192.0.2.25", IPV4, "fail");
    record("x=y moo=%{t} -all", IPV4, "fail");
    let cause = record("ip4:198.51.100.1", IPV4, "neutral").cause;
    assert_eq!((cause.reason, cause.term), (CauseReason::NoMatch, None));
    let cause = record("mx -all", "198.51.100.1", "fail").cause;
    assert_eq!(cause.reason, CauseReason::Matched(Qualifier::Fail));
    assert_eq!(cause.term.expect("the term").text, "-all");
}

#[test]
fn address_ranges_match_their_own_kind_of_address() {
    record("ip4:192.0.2.25 -all", IPV4, "pass");
    record("ip4:192.0.2.99/24 -all", IPV4, "pass");
    record("ip4:192.0.2.24/31 -all", IPV4, "pass");
    record("ip4:192.0.2.26/31 -all", IPV4, "fail");
    record("ip4:1.1.1.1/0 -all", IPV4, "pass");
    record("ip4:1.1.1.1/0 -all", IPV6, "fail");
    record("ip6:2001:db8::/32 -all", IPV6, "pass");
    record("ip6:::/0 -all", IPV6, "pass");
    record("ip6:::/0 -all", IPV4, "fail");
    record("ip4:192.0.2.25 -all", "::ffff:192.0.2.25", "pass");
    record("ip6:::ffff:192.0.2.25 -all", "::ffff:192.0.2.25", "fail");
}

#[test]
fn a_matches_the_addresses_of_a_name() {
    record("a -all", "192.0.2.1", "pass");
    record("a -all", "2001:db8::1", "pass");
    record("a -all", IPV4, "fail");
    record("a/24 -all", IPV4, "pass");
    record("a//32 -all", IPV6, "pass");
    record("a//32 -all", IPV4, "fail");
    record("a:courrier.exemple.fr -all", IPV4, "pass");
    record("a:ALIAS.exemple.fr. -all", IPV4, "pass");
    record("a:sansrien.exemple.fr/0 -all", IPV4, "fail");
    let cause = record("a:panne.exemple.fr -all", IPV4, "temperror").cause;
    assert_eq!(cause.reason, CauseReason::Dns(Status::Timeout));
    record("ip4:192.0.2.25 a:panne.exemple.fr -all", IPV4, "pass");
}

#[test]
fn mx_matches_the_addresses_of_exchanges_and_never_the_name_itself() {
    record("mx -all", IPV4, "pass");
    record("mx -all", "192.0.2.26", "pass");
    record("mx -all", IPV6, "pass");
    record("mx -all", "192.0.2.1", "fail");
    record("mx/24 -all", "192.0.2.200", "pass");
    record("mx:courrier.exemple.fr -all", IPV4, "fail");
    record("mx:panne.exemple.fr -all", IPV4, "temperror");
    record("mx:mxpanne.exemple.fr -all", IPV4, "temperror");
    let null = record("mx:muet.exemple.fr -all", IPV4, "fail");
    assert_eq!((null.lookups, null.voids), (1, 0));
}

#[test]
fn an_exchange_that_answers_before_one_that_fails_decides() {
    let world = World::parse(
        "exemple.fr TXT v=spf1 mx -all
         exemple.fr MX 20 panne.exemple.fr
         exemple.fr MX 10 bon.exemple.fr
         bon.exemple.fr A 192.0.2.25
         panne.exemple.fr TIMEOUT",
    );
    check(&world, IPV4, "a@exemple.fr", "pass");
    check(&world, "192.0.2.26", "a@exemple.fr", "temperror");
}

#[test]
fn ptr_matches_validated_names_and_never_fails_for_the_dns() {
    record("ptr -all", IPV4, "pass");
    record("ptr:courrier.exemple.fr -all", IPV4, "pass");
    record("ptr:exemple.org -all", IPV4, "fail");
    record("ptr:emple.fr -all", IPV4, "fail");
    record("ptr -all", IPV6, "pass");
    let unknown = record("ptr -all", "192.0.2.77", "fail");
    assert_eq!((unknown.lookups, unknown.voids), (1, 1));
    let world = World::parse(
        "exemple.fr TXT v=spf1 ptr -all
         25.2.0.192.in-addr.arpa TIMEOUT
         26.2.0.192.in-addr.arpa PTR panne.exemple.fr
         26.2.0.192.in-addr.arpa PTR bon.exemple.fr
         panne.exemple.fr TIMEOUT
         bon.exemple.fr A 192.0.2.26",
    );
    check(&world, IPV4, "a@exemple.fr", "fail");
    check(&world, "192.0.2.26", "a@exemple.fr", "pass");
}

#[test]
fn exists_asks_for_ipv4_whoever_connects() {
    record("exists:courrier.exemple.fr -all", IPV6, "pass");
    record("exists:%{l}.exemple.fr -all", IPV4, "fail");
    record("exists:panne.exemple.fr -all", IPV4, "temperror");
    let world = World::parse(
        "exemple.fr TXT v=spf1 exists:%{ir}.%{v}.%{l}._spf.%{d} -all
         25.2.0.192.in-addr.facture._spf.exemple.fr A 127.0.0.2
         5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.5.2.0.0.8.b.d.0.1.0.0.2.ip6.facture._spf.exemple.fr AAAA ::1",
    );
    check(&world, IPV4, "facture@exemple.fr", "pass");
    check(&world, IPV4, "autre@exemple.fr", "fail");
    check(&world, IPV6, "facture@exemple.fr", "fail");
}

#[test]
fn include_matches_on_pass_and_hands_errors_on() {
    record("include:oui.exemple.fr ~all", IPV4, "pass");
    record("-include:oui.exemple.fr ~all", IPV4, "fail");
    record("include:non.exemple.fr ~all", IPV4, "softfail");
    record("include:peutetre.exemple.fr -all", IPV4, "fail");
    record("include:neutre.exemple.fr -all", IPV4, "fail");
    record("include:vide.exemple.fr -all", IPV4, "fail");
    record("include:panne.exemple.fr -all", IPV4, "temperror");
    let cause = record("include:casse.exemple.fr -all", IPV4, "permerror").cause;
    assert_eq!(cause.domain.as_str(), "casse.exemple.fr");
    assert_eq!(cause.via, [raw_name("exemple.fr")]);
    assert_eq!(cause.term.expect("the term").text, "mixture");
    let cause = record("include:double.exemple.fr -all", IPV4, "permerror").cause;
    assert_eq!(cause.reason, CauseReason::MultipleRecords { count: 2 });
    for target in ["sansrien.exemple.fr", "inexistant.exemple.fr", "a..fr"] {
        let cause = record(&format!("include:{target} -all"), IPV4, "permerror").cause;
        assert_eq!(cause.reason, CauseReason::IncludeWithoutRecord);
        assert_eq!(cause.domain.as_str(), "exemple.fr");
        assert_eq!(
            cause.term.expect("the term").text,
            format!("include:{target}")
        );
    }
}

#[test]
fn redirect_decides_when_nothing_matches_and_there_is_no_all() {
    record("redirect=oui.exemple.fr", IPV4, "pass");
    record("redirect=non.exemple.fr", IPV4, "fail");
    record("redirect=non.exemple.fr mx", IPV4, "pass");
    record("redirect=non.exemple.fr ~all", IPV4, "softfail");
    record("redirect=vide.exemple.fr", IPV4, "neutral");
    record("redirect=panne.exemple.fr", IPV4, "temperror");
    record("redirect=casse.exemple.fr", IPV4, "permerror");
    let cause = record("redirect=sansrien.exemple.fr", IPV4, "permerror").cause;
    assert_eq!(cause.reason, CauseReason::RedirectWithoutRecord);
    assert_eq!(
        cause.term.expect("the term").text,
        "redirect=sansrien.exemple.fr"
    );
    record("redirect=%{h1}", IPV4, "permerror");
    let world = World::parse(
        "exemple.fr TXT v=spf1 redirect=autre.fr
         exemple.fr A 192.0.2.1
         autre.fr TXT v=spf1 a -all
         autre.fr A 192.0.2.25",
    );
    check(&world, IPV4, "a@exemple.fr", "pass");
    check(&world, "192.0.2.1", "a@exemple.fr", "fail");
}

#[test]
fn ten_terms_may_look_up_and_no_more() {
    let ten = "a:h.exemple.fr ".repeat(LOOKUPS_MAX);
    let world = |terms: &str| {
        World::parse(&format!(
            "exemple.fr TXT v=spf1 {terms}
             h.exemple.fr A 198.51.100.1
             quatre.exemple.fr TXT v=spf1 a:h.exemple.fr a:h.exemple.fr a:h.exemple.fr a:h.exemple.fr
             boucle.exemple.fr TXT v=spf1 include:boucle.exemple.fr
             rond.exemple.fr TXT v=spf1 redirect=rond.exemple.fr"
        ))
    };
    let at = check(
        &world(&format!("{ten} ip4:192.0.2.25 -all")),
        IPV4,
        "a@exemple.fr",
        "pass",
    );
    assert_eq!(at.lookups, LOOKUPS_MAX);
    let over = world(&format!("{ten} mx -all"));
    let cause = check(&over, IPV4, "a@exemple.fr", "permerror").cause;
    assert_eq!(cause.reason, CauseReason::TooManyLookups);
    assert_eq!(cause.term.expect("the term").text, "mx");
    let early = world(&format!("ip4:192.0.2.25 {ten} mx -all"));
    check(&early, IPV4, "a@exemple.fr", "pass");
    let over = world(&format!("{ten} redirect=quatre.exemple.fr"));
    check(&over, IPV4, "a@exemple.fr", "permerror");
    let nested = "include:quatre.exemple.fr include:quatre.exemple.fr";
    check(
        &world(&format!("{nested} ?all")),
        IPV4,
        "a@exemple.fr",
        "neutral",
    );
    let over = world(&format!("{nested} a:h.exemple.fr ?all"));
    check(&over, IPV4, "a@exemple.fr", "permerror");
    let looped = check(
        &world("include:boucle.exemple.fr"),
        IPV4,
        "a@exemple.fr",
        "permerror",
    );
    assert_eq!(
        (looped.lookups, looped.cause.via.len()),
        (LOOKUPS_MAX, LOOKUPS_MAX)
    );
    check(
        &world("redirect=rond.exemple.fr"),
        IPV4,
        "a@exemple.fr",
        "permerror",
    );
}

#[test]
fn two_look_ups_may_find_nothing_and_no_more() {
    let at = record(
        "a:x.exemple.fr exists:y.exemple.fr ip4:192.0.2.25 -all",
        IPV4,
        "pass",
    );
    assert_eq!(at.voids, 2);
    let over = record(
        "a:x.exemple.fr mx:y.exemple.fr exists:z.exemple.fr -all",
        IPV4,
        "permerror",
    );
    assert_eq!(over.cause.reason, CauseReason::TooManyVoids);
    assert_eq!(
        over.cause.term.expect("the term").text,
        "exists:z.exemple.fr"
    );
    // A name without the kind of address that the client has is void too.
    record(
        "a:secours.exemple.fr a:secours.exemple.fr a:secours.exemple.fr -all",
        IPV6,
        "permerror",
    );
    record(
        "a:secours.exemple.fr a:secours.exemple.fr a:secours.exemple.fr -all",
        IPV4,
        "fail",
    );
    // Exchanges are no terms, and neither is the explanation.
    record("mx mx mx mx exp=x.exemple.fr -all", "2001:db8::77", "fail");
}

#[test]
fn ten_exchanges_may_be_met_and_ten_names_are_looked_at() {
    let world = |exchanges: usize| {
        let mut world = World::parse("exemple.fr TXT v=spf1 mx ptr -all");
        for n in 0..exchanges {
            world.add_text("exemple.fr", "MX", &format!("{n} m{n}.exemple.org"));
            world.add_text(
                &format!("m{n}.exemple.org"),
                "A",
                &format!("198.51.100.{n}"),
            );
        }
        for n in 0..11 {
            let host = if n == 10 { "exemple.fr" } else { "exemple.org" };
            let host = format!("n{n}.{host}");
            world.add_text("25.2.0.192.in-addr.arpa", "PTR", &host);
            world.add_text(&host, "A", IPV4);
        }
        world
    };
    check(&world(10), "198.51.100.9", "a@exemple.fr", "pass");
    let cause = check(&world(11), "198.51.100.0", "a@exemple.fr", "permerror").cause;
    assert_eq!(cause.reason, CauseReason::TooManyExchanges { count: 11 });
    // The eleventh name would match.
    check(&world(1), IPV4, "a@exemple.fr", "fail");
}

#[test]
fn a_name_that_cannot_be_asked_for_matches_nothing() {
    let long = "x".repeat(64);
    for terms in [
        format!("a:{long}.fr -all"),
        "a:a..fr -all".to_owned(),
        "mx:.fr -all".to_owned(),
        "exists:%{l}.%{l}.fr -all".to_owned(),
        "exists:%{l}%_.fr -all".to_owned(),
        "ptr:a..fr -all".to_owned(),
    ] {
        let world = World::parse(&format!("exemple.fr TXT v=spf1 {terms}"));
        let sender = format!("{}@exemple.fr", "y".repeat(64));
        let evaluation = check(&world, IPV4, &sender, "fail");
        assert_eq!((evaluation.lookups, evaluation.voids), (1, 0), "{terms}");
    }
    // RFC 8616: a local part outside ASCII matches nothing.
    let world = World::parse(
        "exemple.fr TXT v=spf1 exists:%{l}.exemple.fr -all
         été.exemple.fr A 127.0.0.2",
    );
    check(&world, IPV4, "été@exemple.fr", "fail");
}

#[test]
fn every_macro_expands_in_explanations() {
    for (text, expect) in [
        (
            "%{s} %{l} %{o} %{d}",
            "j.dupont@exemple.fr j.dupont exemple.fr exemple.fr",
        ),
        (
            "%{i} %{ir} %{v} %{c}",
            "192.0.2.25 25.2.0.192 in-addr 192.0.2.25",
        ),
        (
            "%{p} %{h} %{r} %{t}",
            "h.exemple.fr relais.exemple.fr mx.destinataire.fr 1767225600",
        ),
        ("%{L} %{S1r} %%%_%-", "j.dupont j % %20"),
        (
            "https://exemple.fr/?s=%{S}&i=%{I}",
            "https://exemple.fr/?s=j.dupont%40exemple.fr&i=192.0.2.25",
        ),
        ("%{d1}.%{o2r}.%{lr.}", "fr.fr.exemple.dupont.j"),
    ] {
        let world = World::parse(&format!(
            "exemple.fr TXT v=spf1 -all exp=why.%{{d}}
             why.exemple.fr TXT {text}
             25.2.0.192.in-addr.arpa PTR a.exemple.org
             25.2.0.192.in-addr.arpa PTR h.exemple.fr
             a.exemple.org A {IPV4}
             h.exemple.fr A {IPV4}"
        ));
        let evaluation = check(&world, IPV4, "j.dupont@exemple.fr", "fail");
        assert_eq!(evaluation.explanation.as_deref(), Some(expect), "{text}");
        assert_eq!(evaluation.lookups, 0);
    }
}

#[test]
fn the_explanation_is_that_of_the_record_that_fails() {
    let world = World::parse(
        "exemple.fr TXT v=spf1 include:autre.fr -all exp=ici.exemple.fr
         ici.exemple.fr TXT ici|, sans espace.
         autre.fr TXT v=spf1 -all exp=la.autre.fr
         la.autre.fr TXT là
         renvoi.fr TXT v=spf1 exp=ici.exemple.fr redirect=cible.fr
         cible.fr TXT v=spf1 -all exp=but.cible.fr
         but.cible.fr TXT cible %{d} de %{o}
         sans.fr TXT v=spf1 exp=ici.exemple.fr redirect=nu.fr
         nu.fr TXT v=spf1 -all
         doux.fr TXT v=spf1 ~all exp=ici.exemple.fr
         accent.fr TXT v=spf1 -all exp=la.autre.fr
         deux.fr TXT v=spf1 -all exp=t.deux.fr
         t.deux.fr TXT un
         t.deux.fr TXT deux
         faux.fr TXT v=spf1 -all exp=t.faux.fr
         t.faux.fr TXT %{x}
         panne.fr TXT v=spf1 -all exp=t.panne.fr
         t.panne.fr TIMEOUT
         rien.fr TXT v=spf1 -all exp=t.rien.fr
         ligne.fr TXT v=spf1 -all exp=t.ligne.fr
         t.ligne.fr TXT %{l}",
    );
    for (mail_from, expect) in [
        ("a@exemple.fr", Some("ici, sans espace.")),
        ("a@renvoi.fr", Some("cible cible.fr de renvoi.fr")),
        ("a@sans.fr", None),
        ("a@accent.fr", None),
        ("a@deux.fr", None),
        ("a@faux.fr", None),
        ("a@panne.fr", None),
        ("a@rien.fr", None),
        ("a\r\n250 ok@ligne.fr", None),
        ("a@ligne.fr", Some("a")),
    ] {
        let found = check(&world, IPV4, mail_from, "fail").explanation;
        assert_eq!(found.as_deref(), expect, "{mail_from}");
    }
    assert_eq!(
        check(&world, IPV4, "a@doux.fr", "softfail").explanation,
        None
    );
}

#[test]
fn p_prefers_the_domain_and_is_unknown_without_a_validated_name() {
    let world = World::parse(
        "exemple.fr TXT v=spf1 -all exp=p.exemple.fr
         p.exemple.fr TXT %{p}
         25.2.0.192.in-addr.arpa PTR z.exemple.org
         25.2.0.192.in-addr.arpa PTR z.exemple.fr
         25.2.0.192.in-addr.arpa PTR exemple.fr
         26.2.0.192.in-addr.arpa PTR z.exemple.org
         26.2.0.192.in-addr.arpa PTR faux.exemple.fr
         27.2.0.192.in-addr.arpa TIMEOUT
         exemple.fr A 192.0.2.25
         z.exemple.fr A 192.0.2.25
         z.exemple.org A 192.0.2.25
         z.exemple.org A 192.0.2.26",
    );
    for (client_ip, expect) in [
        (IPV4, "exemple.fr"),
        ("192.0.2.26", "z.exemple.org"),
        ("192.0.2.27", "unknown"),
        ("192.0.2.28", "unknown"),
    ] {
        let found = check(&world, client_ip, "a@exemple.fr", "fail").explanation;
        assert_eq!(found.as_deref(), Some(expect), "{client_ip}");
    }
    let unnamed = Params {
        receiver: "",
        ..params(IPV4, "a@r.fr")
    };
    let world = World::parse("r.fr TXT v=spf1 -all exp=e.r.fr\n e.r.fr TXT %{r}");
    let found = world.check_host(&unnamed).0.explanation;
    assert_eq!(found.as_deref(), Some("unknown"));
}

#[test]
fn the_trace_tells_what_was_asked_and_what_came_of_it() {
    let evaluation = record(
        "a:sansrien.exemple.fr include:oui.exemple.fr -all",
        IPV4,
        "pass",
    );
    let steps: Vec<String> = evaluation
        .trace
        .iter()
        .map(|step| {
            let term = step.term.as_ref().map_or("", |term| term.text.as_str());
            let asked: Vec<String> = step
                .asked
                .iter()
                .map(
                    |Asked {
                         question,
                         status,
                         records,
                     }| {
                        format!("{} {} {status:?} {records}", question.name, question.rtype)
                    },
                )
                .collect();
            let outcome = match &step.outcome {
                Outcome::Record(text) => format!("record of {} octets", text.len()),
                other => format!("{other:?}"),
            };
            format!(
                "{} {} [{term}] {asked:?} {outcome}",
                step.depth, step.domain
            )
        })
        .collect();
    assert_eq!(
        steps,
        [
            r#"0 exemple.fr [] ["exemple.fr TXT Found 1"] record of 56 octets"#,
            r#"0 exemple.fr [a:sansrien.exemple.fr] ["sansrien.exemple.fr A NoData 0"] NotMatched"#,
            r#"0 exemple.fr [include:oui.exemple.fr] [] Matched"#,
            r#"1 oui.exemple.fr [] ["oui.exemple.fr TXT Found 1"] record of 46 octets"#,
            r#"1 oui.exemple.fr [ip4:192.0.2.25] [] Matched"#,
        ]
    );
    let target = evaluation.trace[1].target.as_ref().expect("a target");
    assert_eq!(target.as_str(), "sansrien.exemple.fr");
}

#[test]
fn the_trace_of_a_hostile_record_is_cut() {
    let world = World::parse(&format!(
        "exemple.fr TXT v=spf1{} -all",
        " ip4:1.1.1.1".repeat(5_000)
    ));
    let evaluation = check(&world, IPV4, "a@exemple.fr", "fail");
    assert_eq!(evaluation.trace.len(), TRACE_STEPS_MAX);
}

#[test]
fn needs_are_asked_together_where_they_are_known_together() {
    let world = World::parse(
        "exemple.fr TXT v=spf1 mx -all
         exemple.fr MX 10 a.exemple.fr
         exemple.fr MX 20 b.exemple.fr
         exemple.fr MX 20 b.exemple.fr",
    );
    // TXT, then MX, then both exchanges at once.
    let (evaluation, rounds) = world.check_host(&params(IPV4, "a@exemple.fr"));
    assert_eq!((evaluation.result, rounds), (SpfResult::Fail, 3));
    let Step::Need(questions) = check_host(&params(IPV4, "a@exemple.fr"), &Answers::new()) else {
        panic!("nothing is known yet");
    };
    assert_eq!(
        questions,
        [Question::new(raw_name("exemple.fr"), RecordType::Txt)]
    );
}

#[test]
fn every_answer_that_is_not_definite_is_a_temperror() {
    for status in [
        Status::ServFail,
        Status::Refused,
        Status::Rcode(9),
        Status::Timeout,
        Status::Truncated,
        Status::Unreachable,
        Status::Malformed,
        Status::Offline,
        Status::NotRecorded,
        Status::OverBudget,
    ] {
        let mut world = World::parse("exemple.fr TXT v=spf1 a:x.exemple.fr -all");
        world.set_status(raw_name("x.exemple.fr"), status);
        world.set_status(raw_name("y.exemple.fr"), status);
        for mail_from in ["a@exemple.fr", "a@y.exemple.fr"] {
            let cause = check(&world, IPV4, mail_from, "temperror").cause;
            assert_eq!(cause.reason, CauseReason::Dns(status), "{mail_from}");
        }
    }
    // The client's names are not what ends it.
    let world = World::parse(
        "exemple.fr TXT v=spf1 exists:%{p}.x.fr -all
         25.2.0.192.in-addr.arpa TIMEOUT
         unknown.x.fr TIMEOUT",
    );
    let cause = check(&world, IPV4, "a@exemple.fr", "temperror").cause;
    let question = cause.question.expect("a question");
    assert_eq!(question.name.as_str(), "unknown.x.fr");
}

#[test]
fn a_macro_that_stands_there_a_thousand_times_asks_once() {
    let world = World::parse(&format!(
        "exemple.fr TXT v=spf1 exists:{}.fr -all
         25.2.0.192.in-addr.arpa PTR a.fr
         a.fr A {IPV4}",
        "%{p1}".repeat(1_000)
    ));
    let evaluation = check(&world, IPV4, "a@exemple.fr", "fail");
    // PTR, the address of that name, and the target: what is left of a name too long, `fr`.
    assert_eq!(evaluation.trace[1].asked.len(), 3);
}

/// Terms about a few names, so that they meet, loop and fail.
fn some_terms() -> impl Strategy<Value = String> {
    let name = "(n[0-4]\\.fr|%\\{[dohlp]1?r?\\}\\.fr|nx\\.fr|a\\.\\.fr|%\\{h\\})";
    let term = format!(
        "[-~?]?(include|a|mx|exists|ptr):{name}|redirect={name}|exp={name}|a|mx/24|ptr|ip4:192\\.0\\.2\\.25|-all|faux"
    );
    let term = proptest::string::string_regex(&term).expect("a regular expression");
    prop::collection::vec(term, 0..8).prop_map(|terms| terms.join(" "))
}

proptest! {
    #[test]
    fn whatever_the_records_say_it_comes_to_an_end(
        records in prop::collection::vec((some_terms(), 0u8..8), 5),
        client_ip in prop::sample::select(vec![IPV4, IPV6, "198.18.0.1", "::ffff:192.0.2.25"]),
        mail_from in "[a-zé.@%]{0,6}@n0\\.fr",
    ) {
        let mut world = World::default();
        for (n, (terms, what)) in records.iter().enumerate() {
            let name = format!("n{n}.fr");
            match what {
                0 => world.add_text(&name, "TIMEOUT", ""),
                1 => world.add_text(&name, "MX", "0 ."),
                2 => world.add_text(&name, "CNAME", "n0.fr"),
                3 => world.add_text(&name, "MX", "5 n1.fr"),
                _ => world.add_text(&name, "A", IPV4),
            }
            world.add_text(&name, "TXT", &format!("v=spf1 {terms}"));
            world.add_text("25.2.0.192.in-addr.arpa", "PTR", &name);
        }
        let (evaluation, _) = world.check_host(&params(client_ip, &mail_from));
        prop_assert_eq!(evaluation.result, evaluation.cause.result());
        prop_assert!(evaluation.lookups <= LOOKUPS_MAX && evaluation.voids <= VOIDS_MAX);
        // What fails for a client that nothing matches is a fault that the tree shows.
        let (tree, _, _) = world.tree("n0.fr");
        let is_static = !records.iter().any(|(terms, _)| terms.contains(['%']) || terms.contains("ptr"));
        if is_static && evaluation.result == SpfResult::PermError
            && evaluation.cause.reason != CauseReason::TooManyVoids
        {
            prop_assert!(matches!(tree.verdict, Verdict::PermError(_) | Verdict::TempError(_)));
        }
    }
}
