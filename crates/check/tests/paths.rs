//! Sending paths within their limits: what is asked for, and how much of a hostile record is read.

use futures::executor::block_on;
use garant_check::path::EvidenceKind;
use garant_check::{
    Assessment, NoFetch, Observation, Request, Sources, VerdictSeverity, assess, observe,
};
use garant_dns::{Name, RecordType, Zone, Zones};

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

/// Asks about a domain in a world that holds its zone alone.
fn ask(request: Request, zone: &str) -> (Observation, Assessment) {
    let origin = garant_check::registrable_domain(&request.domain);
    let zone = Zone::parse(zone.as_bytes(), &origin).expect("a zone");
    let zones = Zones::new(vec![zone, Zone::new(Name::root())]);
    let observation = block_on(observe(
        Sources::new(&zones, &NoFetch),
        request,
        1_795_343_700,
    ));
    let assessment = assess(&observation);
    (observation, assessment)
}

/// One record of as many strings as it takes.
fn spf(terms: impl Iterator<Item = String>) -> String {
    let terms: Vec<String> = terms.map(|term| format!("\"{term} \"")).collect();
    format!("@ TXT \"v=spf1 \" {} \"-all\"\n", terms.join(" "))
}

#[test]
fn eight_services_that_the_records_show_are_judged_and_no_more() {
    let includes = [
        "servers.mcsv.net",
        "spf.brevo.com",
        "sendgrid.net",
        "mailgun.org",
        "spf.mailjet.com",
        "_spf.google.com",
        "spf.protection.outlook.com",
        "emsd1.com",
        "mail.zendesk.com",
        "spf.mtasv.net",
    ];
    let check = |count: usize, judged: usize| {
        let terms = includes[..count]
            .iter()
            .map(|name| format!("include:{name}"));
        let (_, assessment) = ask(Request::new(name("exemple.fr")), &spf(terms));
        assert_eq!(assessment.paths.len(), judged, "of {count}");
    };
    check(0, 0);
    check(3, 3);
    check(8, 8);
    check(10, 8);
}

#[test]
fn the_first_terms_of_a_record_show_services() {
    let check = |before: usize, seen: bool| {
        let others = (0..before).map(|index| format!("ip4:192.0.2.{index}"));
        let terms = others.chain(["include:servers.mcsv.net".to_owned()]);
        let (_, assessment) = ask(Request::new(name("exemple.fr")), &spf(terms));
        let found = assessment
            .paths
            .iter()
            .any(|path| path.sender == Some("mailchimp"));
        assert_eq!(found, seen, "behind {before}");
    };
    check(0, true);
    check(63, true);
    check(64, false);
}

#[test]
fn a_token_is_kept_as_evidence_in_its_beginning_only() {
    let zone = format!("@ TXT \"brevo-code:{}\"\n", "a".repeat(200));
    let (_, assessment) = ask(Request::new(name("exemple.fr")), &zone);
    let path = assessment.paths.first().expect("a path of Brevo");
    assert_eq!(path.sender, Some("brevo"));
    let evidence = &path.evidence[0];
    assert_eq!(evidence.kind, EvidenceKind::Verification);
    assert_eq!(evidence.text.chars().count(), 80);
}

#[test]
fn sixteen_selectors_of_a_path_are_looked_at_and_no_more() {
    let check = |named: usize, looked_at: usize| {
        let selectors = (0..named)
            .map(|index| name(&format!("s{index}x")))
            .collect();
        let request = Request {
            selectors,
            sender: Some("sendgrid".to_owned()),
            ..Request::new(name("exemple.fr"))
        };
        let (_, assessment) = ask(request, "a._domainkey TXT x\n");
        let path = assessment
            .paths
            .first()
            .expect("the path that was asked about");
        assert_eq!(path.dkim.selectors.len(), looked_at, "of {named}");
    };
    check(0, 4);
    check(5, 9);
    check(32, 16);
}

#[test]
fn four_names_of_a_return_path_are_asked_for_and_no_more() {
    let check = |domain: &str, asked: &[&str]| {
        let request = Request {
            sender: Some("zendesk".to_owned()),
            ..Request::new(name(domain))
        };
        let (observation, _) = ask(request, "");
        let names: Vec<&str> = observation
            .answers
            .iter()
            .filter(|(question, _)| question.rtype == RecordType::Mx)
            .map(|(question, _)| question.name.as_str())
            // A name with the domain twice is looked for as a mistake.
            .filter(|asked| asked.starts_with("zendesk") && !asked.contains(".fr."))
            .collect();
        assert_eq!(names, asked, "{domain}");
    };
    check(
        "exemple.fr",
        &["zendesk1.exemple.fr", "zendesk2.exemple.fr"],
    );
    check(
        "info.exemple.fr",
        &[
            "zendesk1.exemple.fr",
            "zendesk1.info.exemple.fr",
            "zendesk2.exemple.fr",
            "zendesk2.info.exemple.fr",
        ],
    );
}

#[test]
fn services_that_the_records_show_cost_no_look_up() {
    let zone = |spf: &str| format!("@ TXT \"v=spf1 {spf} -all\"\n@ MX 10 mx\nmx A 192.0.2.25\n");
    let check = |include: &str| {
        let (with, assessment) = ask(Request::new(name("exemple.fr")), &zone(include));
        assert_eq!(assessment.paths.len(), 1, "{include}");
        let outside: Vec<&str> = with
            .answers
            .iter()
            .map(|(question, _)| question.name.as_str())
            .filter(|asked| !asked.ends_with("exemple.fr"))
            .collect();
        let target = include.split_once(':').expect("a term").1;
        let may = ["fr", "_dmarc.fr", target];
        let registrable = garant_check::registrable_domain(&name(target));
        for asked in outside {
            assert!(
                may.contains(&asked) || asked == registrable.as_str(),
                "{include}: {asked}"
            );
        }
    };
    check("include:servers.mcsv.net");
    check("include:spf.brevo.com");
    check("include:sendgrid.net");
}

#[test]
fn what_was_never_asked_is_unknown_and_not_in_order() {
    let request = Request::new(name("exemple.fr"));
    let zone = "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 mx -all\"\n\
                _dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@exemple.fr\"\n";
    let (mut observation, _) = ask(request, zone);
    // As when a capture is judged for another question than it was made for.
    observation.request.sender = Some("mailchimp".to_owned());
    observation
        .request
        .selectors
        .push("k2".parse().expect("a selector"));
    let verdict = assess(&observation).verdict;
    assert_eq!(verdict.severity, VerdictSeverity::Unknown, "{verdict:?}");
}
