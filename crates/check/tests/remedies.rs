//! What the plan of a small zone publishes, and what it says besides: one case for each way to put things
//! right.

use futures::executor::block_on;
use garant_check::plan::{Plan, plan};
use garant_check::{NoFetch, Request, SignedBy, Sources, assess, observe};
use garant_dns::{Name, Zone, Zones};

const KEY: &str = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAzxR5jEjdFw30R43WKAinGtMoj66IrGBvXq6ruO+SHAAjn0Z9T0o4nXPg7C5OMzSHFohR8wzlDCgxV7cv2ets0GT+CjRngPQZ5uIedy7m2DuN3otxiZAGFq1e9P4GEg101+vTqGSMxZS5WGdV8TDOEBIcjaVXDL4uJsN7XHK41k3OdTbLHe7pCZWzAShC\" \"cJ50dJN8rJ9W51rEcrj/HCp6noD/QCmm3Gl1mOW917QnSClgEeggHQl9jUd6PH3EE4vgc+6Pg5EIUUtCOTwlPR3DWeXbEKU/2azGB0cSUTVduOerl7rBJ419M9ov1cKs03wPBJHPUNQT29/k1B+YoZD+KwIDAQAB";

/// A case: what is asked, what stands in the zone and elsewhere, and what is to be done.
struct Case {
    /// `domain=` (else exemple.fr), `sender=`, `rua=`, `mail-from=`, `ip=`, `selector=` and `signed-by=` (a domain),
    /// separated by spaces.
    asked: &'static str,
    /// The zone of exemple.fr; `KEY` stands for a key.
    zone: &'static str,
    /// The rest of the world, names in full.
    elsewhere: &'static str,
    /// What is published, one line each: `+ name type value`, `= name type value`, `- name type value`.
    changes: &'static [&'static str],
    /// Notes and alternatives that come, and with `!` before them those that do not.
    says: &'static [&'static str],
}

fn plan_of(case: &Case) -> Option<Plan> {
    let name = |text: &str| -> Name { text.parse().expect("a name") };
    let zone = |text: &str, origin: &Name| {
        let text = text.replace("KEY", KEY);
        Zone::parse(text.as_bytes(), origin).unwrap_or_else(|error| panic!("{error}\n{text}"))
    };
    let domain = name("exemple.fr");
    let zones = Zones::new(vec![
        zone(case.zone, &domain),
        zone(case.elsewhere, &Name::root()),
    ]);
    let mut request = Request::new(domain);
    for word in case.asked.split_whitespace() {
        let (what, value) = word.split_once('=').expect("a word");
        match what {
            "domain" => request.domain = name(value),
            "sender" => request.sender = Some(value.to_owned()),
            "rua" => request.rua = Some(value.to_owned()),
            "mail-from" => request.mail_from = Some(name(value)),
            "ip" => request.ip = Some(value.parse().expect("an address")),
            "selector" => request.selectors.push(name(value)),
            "signed-by" => request.signed_by.push(SignedBy {
                domain: name(value),
                selector: None,
            }),
            other => panic!("{other}"),
        }
    }
    let sources = Sources::new(&zones, &NoFetch);
    let observation = block_on(observe(sources, request, 1_795_343_700));
    block_on(plan(sources, &observation, &assess(&observation)))
}

#[track_caller]
fn check(case: &Case) {
    let plan = plan_of(case);
    let changes: Vec<String> = plan
        .iter()
        .flat_map(|plan| &plan.changes)
        .map(|change| {
            let sign = match change.action {
                garant_check::Action::Add => '+',
                garant_check::Action::Change => '=',
                garant_check::Action::Delete => '-',
            };
            let (name, rtype, value) = (&change.host_form.name, change.rtype, &change.value);
            format!("{sign} {name} {rtype} {value}")
        })
        .collect();
    assert_eq!(changes, case.changes, "{plan:#?}");
    let notes = plan.iter().flat_map(|plan| &plan.notes);
    let kinds = plan.iter().flat_map(|plan| &plan.alternatives);
    let said: Vec<&str> = notes
        .map(|note| note.code)
        .chain(kinds.map(|alternative| alternative.kind))
        .map(|key| key.trim_start_matches("plan-"))
        .collect();
    for key in case.says {
        match key.strip_prefix('!') {
            Some(key) => assert!(!said.contains(&key), "{key} in {said:?}"),
            None => assert!(said.contains(key), "{key} not in {said:?}"),
        }
    }
}

/// What most cases have in common: mail is received, SPF and DKIM work.
const SOUND: &str = "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\ns1._domainkey TXT \"KEY\"\n";

#[track_caller]
fn check_sound(
    asked: &'static str,
    rest: &str,
    changes: &'static [&'static str],
    says: &'static [&'static str],
) {
    let zone: &'static str = Box::leak(format!("{SOUND}{rest}").into_boxed_str());
    check(&Case {
        asked,
        zone,
        elsewhere: "",
        changes,
        says,
    });
}

#[test]
fn a_policy_begins_with_watching_and_reports_go_where_they_are_wanted() {
    check_sound(
        "selector=s1",
        "",
        &["+ _dmarc TXT v=DMARC1; p=none"],
        &["note-no-report-address"],
    );
    check_sound(
        "selector=s1 rua=mailto:d@exemple.fr",
        "",
        &["+ _dmarc TXT v=DMARC1; p=none; rua=mailto:d@exemple.fr"],
        &["!note-no-report-address"],
    );
}

#[test]
fn report_addresses_that_exist_stay_before_the_new_one() {
    check_sound(
        "selector=s1 rua=mailto:c@exemple.fr",
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        &["= _dmarc TXT v=DMARC1; p=reject; rua=mailto:a@exemple.fr,mailto:c@exemple.fr"],
        &["!note-third-report-address"],
    );
    check_sound(
        "selector=s1 rua=mailto:c@exemple.fr",
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr,mailto:b@exemple.fr\"\n",
        &[
            "= _dmarc TXT v=DMARC1; p=reject; rua=mailto:a@exemple.fr,mailto:b@exemple.fr,mailto:c@exemple.fr",
        ],
        &["note-third-report-address"],
    );
    check_sound(
        "selector=s1 rua=mailto:C@exemple.fr",
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:c@exemple.fr\"\n",
        &[],
        &[],
    );
    check_sound(
        "selector=s1 rua=mailto:d@rapports.example",
        "_dmarc TXT \"v=DMARC1; p=reject\"\n",
        &["= _dmarc TXT v=DMARC1; p=reject; rua=mailto:d@rapports.example"],
        &["note-reports-authorisation"],
    );
}

#[test]
fn one_record_has_one_change_however_much_is_wrong_with_it() {
    check_sound(
        "selector=s1 rua=mailto:d@exemple.fr",
        "_dmarc TXT \"v=dmarc1; p=reject\"\n",
        &["= _dmarc TXT v=DMARC1; p=reject; rua=mailto:d@exemple.fr"],
        &[],
    );
    check(&Case {
        asked: "selector=s1",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"autre=1\"\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
               @ TXT \"v=spf1 ip4:192.0.2.26 ~all\"\ns1._domainkey TXT \"KEY\"\n\
               _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "",
        changes: &[
            "= @ TXT v=spf1 ip4:192.0.2.25 ip4:192.0.2.26 ~all",
            "- @ TXT v=spf1 ip4:192.0.2.26 ~all",
        ],
        says: &[],
    });
}

#[test]
fn a_domain_that_sends_nothing_is_locked() {
    let lock = "v=DMARC1; p=reject; sp=reject; np=reject";
    assert_eq!(lock.len(), 40);
    check(&Case {
        asked: "",
        zone: "@ A 192.0.2.80\n@ TXT \"v=spf1 -all\"\n",
        elsewhere: "",
        changes: &[
            "+ _dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject",
            "+ @ MX 0 .",
        ],
        says: &["!note-no-report-address", "!alternative-lock"],
    });
    check(&Case {
        asked: "",
        zone: "@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=none; t=y; rua=mailto:d@exemple.fr\"\n",
        elsewhere: "",
        changes: &[
            "+ @ TXT v=spf1 -all",
            "= _dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:d@exemple.fr",
        ],
        says: &[],
    });
    // Mail arrives there: whoever receives may well send, and say so wrongly.
    check(&Case {
        asked: "",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 -all\"\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:d@exemple.fr\"\n",
        elsewhere: "",
        changes: &[],
        says: &[],
    });
    // Locked already.
    check(&Case {
        asked: "",
        zone: "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n",
        elsewhere: "",
        changes: &[],
        says: &[],
    });
}

#[test]
fn that_nothing_is_sent_is_only_offered_where_it_is_not_said() {
    check(&Case {
        asked: "",
        zone: "@ A 192.0.2.80\n",
        elsewhere: "",
        changes: &["+ _dmarc TXT v=DMARC1; p=none"],
        says: &["alternative-lock", "note-spf-write"],
    });
}

/// An SPF record of eleven look-ups: four of a newsletter service with a return address of its own, and seven
/// of the owner's.
const OVER_TEN: &str = "a.example TXT \"v=spf1 ip4:198.51.100.1 -all\"\n\
    b.example TXT \"v=spf1 include:a.example include:a.example include:a.example include:a.example include:a.example include:a.example -all\"\n\
    emsd1.com TXT \"v=spf1 include:a.example include:a.example include:a.example -all\"\n";

#[test]
fn over_ten_look_ups_what_nobody_needs_goes_first() {
    check(&Case {
        asked: "selector=s1",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 include:b.example include:emsd1.com -all\"\n\
               s1._domainkey TXT \"KEY\"\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: OVER_TEN,
        changes: &["= @ TXT v=spf1 include:b.example -all"],
        says: &["note-include-dropped"],
    });
    // The service that is asked about stays: then another one has to move.
    check(&Case {
        asked: "selector=s1 sender=activecampaign mail-from=exemple.fr",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 include:b.example include:emsd1.com -all\"\n\
               s1._domainkey TXT \"KEY\"\nacdkim1._domainkey TXT \"KEY\"\nacdkim2._domainkey TXT \"KEY\"\n\
               _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: OVER_TEN,
        changes: &[],
        says: &["note-spf-services-apart", "!note-include-dropped"],
    });
    // A term that stands twice goes before any service does.
    check(&Case {
        asked: "selector=s1",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 include:b.example a mx a include:emsd1.com mx -all\"\n\
               s1._domainkey TXT \"KEY\"\n@ A 192.0.2.80\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "a.example TXT \"v=spf1 ip4:198.51.100.1 -all\"\n\
            b.example TXT \"v=spf1 include:a.example include:a.example include:a.example include:a.example -all\"\n\
            emsd1.com TXT \"v=spf1 include:a.example -all\"\n",
        changes: &["= @ TXT v=spf1 include:b.example a mx include:emsd1.com -all"],
        says: &["!note-include-dropped"],
    });
}

#[test]
fn an_include_that_leads_nowhere_goes_only_when_that_is_certain() {
    const ZONE: &str = "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 include:spf.mort.example -all\"\n\
               s1._domainkey TXT \"KEY\"\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n";
    check(&Case {
        asked: "selector=s1",
        zone: ZONE,
        elsewhere: "mort.example TXT \"rien\"\n",
        changes: &["= @ TXT v=spf1 ip4:192.0.2.25 -all"],
        says: &["note-dead-terms-dropped"],
    });
    // What is left must still let somebody send.
    check(&Case {
        asked: "selector=s1",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 include:spf.mort.example -all\"\n\
               s1._domainkey TXT \"KEY\"\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "mort.example TXT \"rien\"\n",
        changes: &[],
        says: &["note-record-of-other"],
    });
}

#[test]
fn the_address_that_was_stated_is_let_in() {
    check(&Case {
        asked: "selector=s1 mail-from=exemple.fr ip=198.51.100.7",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
               _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "",
        changes: &["= @ TXT v=spf1 ip4:192.0.2.25 ip4:198.51.100.7 -all"],
        says: &["alternative-hold", "alternative-monitoring"],
    });
}

#[test]
fn a_target_that_got_the_zone_appended_is_written_without_it() {
    check(&Case {
        asked: "selector=s1",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
               s1._domainkey CNAME s1.cle.example\n\
               _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "s1.cle.example TXT \"KEY\"\n",
        changes: &["= s1._domainkey CNAME s1.cle.example"],
        says: &[],
    });
    check(&Case {
        asked: "selector=s1",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
               s1._domainkey CNAME s1.cle.example\n\
               _dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "cle.example TXT \"rien\"\n",
        changes: &[],
        says: &["note-target-gone"],
    });
}

#[test]
fn the_policy_is_taken_back_only_as_the_last_of_the_other_ways() {
    let case = Case {
        asked: "sender=activecampaign",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
               _dmarc TXT \"v=DMARC1; p=reject; sp=quarantine; rua=mailto:a@exemple.fr\"\n",
        elsewhere: "dkim.acdkim1.acems1.com TXT \"KEY\"\ndkim.acdkim2.acems1.com TXT \"KEY\"\n",
        changes: &[
            "+ acdkim1._domainkey CNAME dkim.acdkim1.acems1.com",
            "+ acdkim2._domainkey CNAME dkim.acdkim2.acems1.com",
        ],
        says: &[
            "alternative-subdomain",
            "alternative-hold",
            "alternative-monitoring",
            "note-from-catalogue",
        ],
    };
    check(&case);
    let plan = plan_of(&case).expect("a plan");
    let last = plan.alternatives.last().expect("other ways");
    assert_eq!(last.kind, "plan-alternative-monitoring");
    let [change] = &last.changes[..] else {
        panic!("{last:#?}")
    };
    assert_eq!(
        change.value,
        "v=DMARC1; p=none; sp=quarantine; np=quarantine; rua=mailto:a@exemple.fr"
    );
    assert!(plan.alternatives.iter().all(|way| {
        way.changes
            .iter()
            .all(|change| !change.value.contains("t=y"))
    }));
    let back = last.rollback();
    assert_eq!(
        back[0].value,
        "v=DMARC1; p=reject; sp=quarantine; rua=mailto:a@exemple.fr"
    );
}

#[test]
fn the_way_back_undoes_the_changes_from_the_last_to_the_first() {
    let case = Case {
        asked: "selector=s1",
        zone: "$TTL 86400\n@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 ip4:192.0.2.25 -all\"\n\
               @ TXT \"v=spf1 ip4:192.0.2.26 ~all\"\ns1._domainkey TXT \"KEY\"\n",
        elsewhere: "",
        changes: &[
            "= @ TXT v=spf1 ip4:192.0.2.25 ip4:192.0.2.26 ~all",
            "- @ TXT v=spf1 ip4:192.0.2.26 ~all",
            "+ _dmarc TXT v=DMARC1; p=none",
        ],
        says: &["note-lower-ttl"],
    };
    check(&case);
    let plan = plan_of(&case).expect("a plan");
    let back: Vec<String> = plan
        .rollback()
        .into_iter()
        .map(|undo| {
            format!(
                "{:?} {} {} {:?}",
                undo.action, undo.name, undo.value, undo.ttl
            )
        })
        .collect();
    assert_eq!(
        back,
        [
            "Delete _dmarc.exemple.fr v=DMARC1; p=none None",
            "Add exemple.fr v=spf1 ip4:192.0.2.26 ~all Some(86400)",
            "Change exemple.fr v=spf1 ip4:192.0.2.25 -all Some(86400)",
        ]
    );
}

#[test]
fn a_record_whose_target_nobody_can_read_is_not_called_a_cure() {
    // The zone alone, and nothing beyond it is asked.
    let zone = format!("{SOUND}_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n")
        .replace("KEY", KEY);
    let domain: Name = "exemple.fr".parse().expect("a name");
    let zone = Zone::parse(zone.as_bytes(), &domain).expect("a zone");
    let zones = Zones::new(vec![zone]);
    let request = Request {
        sender: Some("activecampaign".to_owned()),
        ..Request::new(domain)
    };
    let sources = Sources::new(&zones, &NoFetch);
    let observation = block_on(observe(sources, request, 1_795_343_700));
    let plan = block_on(plan(sources, &observation, &assess(&observation))).expect("notes");
    assert!(!plan.has_changes(), "{}", plan.to_zone());
    assert_eq!(plan.before, plan.after);
    let says = |code: &str| plan.notes.iter().any(|note| note.code == code);
    assert!(says("plan-note-not-proven"), "{:?}", plan.notes);
}

/// Mailboxes at Microsoft 365.
const MAILBOXES: &str = "@ MX 0 exemple-fr.mail.protection.outlook.com.\n\
    selector1._domainkey TXT \"KEY\"\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n";

#[test]
fn a_first_spf_record_names_every_service_that_was_recognised() {
    let elsewhere = "exemple-fr.mail.protection.outlook.com A 192.0.2.25\n\
        spf.protection.outlook.com TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\n\
        spf.brevo.com TXT \"v=spf1 ip4:203.0.113.0/24 -all\"\n\
        b1.exemple-fr.dkim.brevo.com TXT \"KEY\"\nb2.exemple-fr.dkim.brevo.com TXT \"KEY\"\n";
    check(&Case {
        asked: "ip=198.51.100.7",
        zone: MAILBOXES,
        elsewhere,
        changes: &["+ @ TXT v=spf1 ip4:198.51.100.7 include:spf.protection.outlook.com ~all"],
        says: &["note-spf-incomplete"],
    });
    // Nothing of another service that writes with a return address of its own.
    check(&Case {
        asked: "sender=brevo mail-from=retour.exemple.fr selector=selector1",
        zone: MAILBOXES,
        elsewhere,
        changes: &[
            "+ brevo1._domainkey CNAME b1.exemple-fr.dkim.brevo.com",
            "+ brevo2._domainkey CNAME b2.exemple-fr.dkim.brevo.com",
            "+ retour TXT v=spf1 include:spf.brevo.com ~all",
        ],
        says: &[],
    });
}

#[test]
fn a_domain_that_is_said_to_send_begins_with_watching_whatever_its_spf_record_says() {
    let check = |asked, zone, changes| {
        check(&Case {
            asked,
            zone,
            elsewhere: "dkim2.mcsv.net TXT \"KEY\"\ndkim3.mcsv.net TXT \"KEY\"\n",
            changes,
            says: &[],
        });
    };
    let watched: &[&str] = &[
        "+ k2._domainkey CNAME dkim2.mcsv.net",
        "+ k3._domainkey CNAME dkim3.mcsv.net",
        "+ _dmarc TXT v=DMARC1; p=none",
    ];
    check("sender=mailchimp", "@ TXT \"v=spf1 -all\"\n", watched);
    let with_key = "@ TXT \"v=spf1 -all\"\ns1._domainkey TXT \"KEY\"\n";
    check("selector=s1", with_key, &["+ _dmarc TXT v=DMARC1; p=none"]);
    check(
        "selector=s2",
        "@ TXT \"v=spf1 -all\"\n",
        &[
            "+ _dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject",
            "+ @ MX 0 .",
        ],
    );
}

#[test]
fn a_name_that_nobody_registered_is_registered_first() {
    let elsewhere = "dkim2.mcsv.net TXT \"KEY\"\ndkim3.mcsv.net TXT \"KEY\"\n";
    check(&Case {
        asked: "domain=libre.fr sender=mailchimp",
        zone: "@ A 192.0.2.1\n",
        elsewhere,
        changes: &[],
        says: &["note-register", "!note-receive"],
    });
    // A name beneath a domain that exists is there from its first record on, and is a stream of its own already.
    check(&Case {
        asked: "domain=lettre.exemple.fr sender=mailchimp",
        zone: "@ A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        elsewhere,
        changes: &[
            "+ k2._domainkey.lettre CNAME dkim2.mcsv.net",
            "+ k3._domainkey.lettre CNAME dkim3.mcsv.net",
        ],
        says: &["!note-register", "note-receive", "!alternative-subdomain"],
    });
}

#[test]
fn whose_organization_a_name_is_of_is_not_inherited() {
    let plan = plan_of(&Case {
        asked: "domain=a.service.exemple.fr signed-by=exemple.fr mail-from=retour.service.exemple.fr ip=192.0.2.7",
        zone: "@ A 192.0.2.1\na.service A 192.0.2.1\n_dmarc TXT \"v=DMARC1; p=reject\"\n\
               _dmarc.service TXT \"v=DMARC1; p=reject; psd=n\"\n",
        elsewhere: "",
        changes: &[],
        says: &[],
    });
    let plan = plan.expect("a plan");
    let last = plan.alternatives.last().expect("other ways");
    assert_eq!(last.kind, "plan-alternative-monitoring");
    assert_eq!(last.changes[0].name.as_str(), "_dmarc.a.service.exemple.fr");
    assert_eq!(
        last.changes[0].value,
        "v=DMARC1; p=none; sp=reject; np=reject"
    );
}

#[test]
fn a_policy_that_begins_to_act_is_announced() {
    check_sound(
        "selector=s1",
        "_dmarc TXT \"v=DMARC1; p=rejct; rua=mailto:a@exemple.fr\"\n",
        &["= _dmarc TXT v=DMARC1; p=reject; rua=mailto:a@exemple.fr"],
        &["note-policy-acts"],
    );
    check_sound(
        "selector=s1 rua=mailto:c@exemple.fr",
        "_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:a@exemple.fr\"\n",
        &["= _dmarc TXT v=DMARC1; p=reject; rua=mailto:a@exemple.fr,mailto:c@exemple.fr"],
        &["!note-policy-acts"],
    );
}

#[test]
fn no_plan_lets_everybody_send() {
    let rest = "@ MX 10 mx\nmx A 192.0.2.25\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@exemple.fr\"\n\
                s1._domainkey TXT \"KEY\"\n";
    let check = |spf: &str, changes, says| {
        let zone: &'static str = Box::leak(format!("{rest}{spf}").into_boxed_str());
        check(&Case {
            asked: "selector=s1",
            zone,
            elsewhere: "",
            changes,
            says,
        });
    };
    check(
        "@ TXT \"v=spf1 mx +all\"\n@ TXT \"v=spf1 ip4:192.0.2.7\"\n",
        &[
            "= @ TXT v=spf1 mx ip4:192.0.2.7 ~all",
            "- @ TXT v=spf1 ip4:192.0.2.7",
        ],
        &[],
    );
    check("@ TXT \"v= spf1 mx +all\"\n", &[], &["note-spf-correct"]);
}

#[test]
fn the_policy_in_force_is_the_one_that_is_taken_back() {
    let plan = plan_of(&Case {
        asked: "sender=mailchimp",
        zone: "@ MX 10 mx\nmx A 192.0.2.25\n@ TXT \"v=spf1 -all\"\n\
               _dmarc TXT \"p=none; v=DMARC1; psd=y\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n",
        elsewhere: "",
        changes: &[],
        says: &[],
    });
    let plan = plan.expect("a plan");
    let last = plan.alternatives.last().expect("other ways");
    assert_eq!(last.kind, "plan-alternative-monitoring");
    let [change] = &last.changes[..] else {
        panic!("{last:#?}")
    };
    assert_eq!(change.was.as_deref(), Some("v=DMARC1; p=reject"));
}

#[test]
fn a_record_that_was_meant_as_spf_is_not_passed_over() {
    let zone = "@ MX 10 mx\nmx A 192.0.2.25\n_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a@exemple.fr\"\n\
                s1._domainkey TXT \"KEY\"\n@ TXT \"\\\"v=spf1 ip4:192.0.2.25 ip4:1.2.3 -all\"\n";
    check(&Case {
        asked: "ip=198.51.100.7 selector=s1",
        zone,
        elsewhere: "",
        changes: &[],
        says: &["note-spf-correct"],
    });
}
