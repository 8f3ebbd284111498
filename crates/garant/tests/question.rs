//! What is typed to ask about a sending path: what is understood, and how the rest is refused.

#[allow(
    dead_code,
    reason = "shared by several test programs, each of which uses a part"
)]
mod program;

use program::garant;

const HERE: &str = "--zone examples/articles/all-right.zone --zone examples/articles/internet.zone \
                    --offline";

fn refusals(lang: &str) -> String {
    let check = "check votreentreprise.fr";
    let signed = "--signed-by votreentreprise.fr ".repeat(5);
    let mut commands = vec![
        format!("{check} --sender activecampain"),
        format!("{check} --sender frobnicate"),
        format!("{check} --mail-from em"),
        format!("{check} --signed-by fr:s1"),
        format!("{check} --signed-by votreentreprise.fr:a..b"),
        format!("{check} {signed}"),
        format!("{check} --ip mx.votreentreprise.fr"),
        format!("{check} --from facturation"),
        format!("{check} --from facturation@autre.fr"),
        format!("{check} autre.fr --from facturation@autre.fr"),
        format!("{check} --expect examples/articles/nowhere.json"),
        format!("{check} autre.fr --expect examples/articles/platform.json"),
        format!("{check} --authority --offline"),
        format!("{check} --authority --replay x.json"),
        format!("{check} --server-at ns1.votreentreprise.fr"),
        format!("{check} --server-at ns1.votreentreprise.fr=127.0.0.1:x"),
        format!("{check} --server-at ns1.votreentreprise.fr=127.0.0.1:0"),
    ];
    for file in [
        "object",
        "empty",
        "comma",
        "member",
        "absent",
        "type",
        "ambiguous",
        "outside",
        "url",
        "mx",
        "quoted",
        "contradiction",
        "hostile",
    ] {
        let path = format!("crates/garant/tests/data/expect/{file}.json");
        commands.push(format!("{check} --expect {path}"));
    }
    program::refusals(&commands, lang)
}

#[test]
fn a_path_that_cannot_be_meant_is_refused_in_plain_french() {
    insta::assert_snapshot!("question_refusals_fr", refusals("fr"));
}

#[test]
fn a_path_that_cannot_be_meant_is_refused_in_plain_english() {
    insta::assert_snapshot!("question_refusals_en", refusals("en"));
}

/// What was asked, as the report shows it.
#[track_caller]
fn check(words: &str, member: &str, expect: &str) {
    let run = garant(&format!("check {words} {HERE} --format json"));
    let report: serde_json::Value = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{words}: {error}: {}", run.stderr));
    let value = report.pointer(member).map(ToString::to_string);
    assert_eq!(value.as_deref(), Some(expect), "{words}");
}

#[test]
fn what_was_asked_is_shown() {
    let domain = "votreentreprise.fr";
    check(
        &format!("{domain} --from <a@votreentreprise.fr>"),
        "/question/from",
        "\"a@votreentreprise.fr\"",
    );
    check(
        &format!("{domain} --from a@em.votreentreprise.fr"),
        "/domain",
        "\"em.votreentreprise.fr\"",
    );
    check(
        &format!("{domain} --sender ActiveCampaign"),
        "/question/sender",
        "\"activecampaign\"",
    );
    check(
        &format!("{domain} --mail-from rebond@em.votreentreprise.fr"),
        "/question/mail_from",
        "\"em.votreentreprise.fr\"",
    );
    check(
        &format!("{domain} --signed-by {domain}:envoi1"),
        "/question/signed_by",
        "[{\"domain\":\"votreentreprise.fr\",\"selector\":\"envoi1\"}]",
    );
    check(
        &format!("{domain} --ip 198.51.100.3"),
        "/question/ip",
        "\"198.51.100.3\"",
    );
    check(
        &format!("{domain} --expect examples/articles/platform.json"),
        "/question/expect/2/name",
        "\"em.votreentreprise.fr\"",
    );
}

#[test]
fn a_file_that_is_too_large_is_called_so() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-large.json");
    let file = std::fs::File::create(&path).expect("a file can be made");
    let limit = u64::try_from(garant_dns::FILE_OCTETS_MAX).expect("a length");
    file.set_len(limit + 1).expect("a file can be as long");
    for (lang, expect) in [
        ("en", "larger than 16 MiB"),
        ("fr", "il dépasse 16\u{a0}Mio"),
    ] {
        let run = garant(&format!(
            "check votreentreprise.fr --expect {} --lang {lang}",
            path.display()
        ));
        assert_eq!(run.code, 64, "{}", run.stderr);
        assert!(run.stderr.contains(expect), "{}", run.stderr);
    }
}
