//! The walker over several real servers that do not agree.

use std::net::{SocketAddr, UdpSocket};

use garant_dns::authority::{AddressMap, Authority, DirectAnswer, Walker, ZoneView};
use garant_dns::live::{NonRecursive, NonRecursiveOptions, Options, Stub};
use garant_dns::{Data, Name, Question, Resolver};

use crate::network::{Network, REGISTRY};
use crate::{directory, line, question};

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

fn map(network: &Network) -> AddressMap {
    let addresses = network.addresses();
    addresses.map(|(server, at)| (name(server), at)).collect()
}

/// A walker over the network, with further servers.
fn walker(network: &Network, more: &[(&str, SocketAddr)]) -> Walker<Stub, NonRecursive> {
    let stub = Stub::new(Options::new(vec![network.recursive.address], [7; 32]));
    let direct = NonRecursive::new(NonRecursiveOptions::new([8; 32]));
    let mut map = map(network);
    for (server, at) in more {
        map.insert(name(server), *at);
    }
    let topmost = |of: &Name| (of.label_count() > 1).then(|| of.suffix(2));
    Walker::new(stub, direct, topmost).with_map(map)
}

fn said(answer: &DirectAnswer) -> String {
    let mut text = format!("{:?}", answer.status);
    for record in &answer.records {
        text += &match &record.data {
            Data::Soa(soa) => format!(" {}", soa.serial),
            Data::Txt(txt) => format!(" {}", txt.to_text()),
            Data::Cname(target) => format!(" >{target}"),
            Data::A(address) => format!(" {address}"),
            other => format!(" {other:?}"),
        };
    }
    text
}

/// The view in lines, without addresses and ports.
fn lines(view: &ZoneView) -> Vec<String> {
    let names = |list: &Option<Vec<Name>>| {
        let list = list.as_ref().expect("known");
        let first = list.iter().filter_map(|name| name.labels().next());
        first.collect::<Vec<_>>().join(",")
    };
    let mut lines = vec![format!(
        "{} parent {} own {} {}+{}",
        view.zone.as_ref().expect("found"),
        names(&view.parent_servers),
        names(&view.own_servers),
        view.recursive_questions,
        view.direct_questions
    )];
    for server in &view.servers {
        let mut line = format!("{}: {}", server.name, said(&server.zone_answer));
        for (_, answer) in &server.answers {
            line += &format!(" | {}", said(answer));
        }
        lines.push(line);
    }
    lines
}

async fn check(walker: &impl Authority, of: &str, questions: &[Question], expect: &[&str]) {
    let view = walker.view(&name(of), questions).await;
    assert_eq!(lines(&view), expect);
}

#[tokio::test]
async fn stale_lame_and_silent_servers_are_told_apart() {
    use garant_dns::RecordType::Txt;
    // The zone itself lists a server that the registry does not know, and not the one that refuses.
    let listed = "@ NS ns1\n@ NS ns2\n@ NS ns4\n@ TXT \"v=spf1 -all\"\n";
    let new = format!("{listed}s1._domainkey TXT \"v=DKIM1; p=nouvelle\"");
    let old = format!("{listed}s1._domainkey TXT \"v=DKIM1; p=ancienne\"");
    let directory = directory("stale");
    let network = Network::new(
        &directory,
        &[
            ("ns.registre.test", "test", 1, REGISTRY),
            ("ns1.exemple.test", "exemple.test", 2_026_112_202, &new),
            ("ns2.exemple.test", "exemple.test", 2_026_112_201, &old),
            ("ns3.exemple.test", "exemple.test", 0, ""),
        ],
    );
    let silent = UdpSocket::bind("127.0.0.1:0").expect("a free port");
    let silent_at = silent.local_addr().expect("bound");
    let walker = walker(&network, &[("ns4.exemple.test", silent_at)]);
    check(
        &walker,
        "s1._domainkey.exemple.test",
        &[
            question("s1._domainkey.exemple.test", Txt),
            question("rien.exemple.test", Txt),
        ],
        &[
            "exemple.test parent ns1,ns2,ns3 own ns1,ns2,ns4 2+10",
            "ns1.exemple.test: Found 2026112202 | Found v=DKIM1; p=nouvelle | NxDomain",
            "ns2.exemple.test: Found 2026112201 | Found v=DKIM1; p=ancienne | NxDomain",
            "ns3.exemple.test: Refused",
            "ns4.exemple.test: Timeout",
        ],
    )
    .await;
}

#[tokio::test]
async fn what_was_asked_too_early_is_published_long_before_it_is_seen() {
    use garant_dns::RecordType::Txt;
    let listed = "@ NS ns1\n@ NS ns2\n@ NS ns3";
    let directory = directory("early");
    let mut lines = vec![("ns.registre.test", "test", 1, REGISTRY)];
    let servers = ["ns1.exemple.test", "ns2.exemple.test", "ns3.exemple.test"];
    lines.extend(servers.map(|server| (server, "exemple.test", 1, listed)));
    let network = Network::new(&directory, &lines);
    let stub = Stub::new(Options::new(vec![network.recursive.address], [7; 32]));
    let asked = question("_dmarc.exemple.test", Txt);
    let early = stub.resolve(&asked).await;
    assert_eq!(line(&early), "NxDomain soa exemple.test 300");

    for server in servers {
        let records = format!("{listed}\n_dmarc TXT \"v=DMARC1; p=none\"");
        network.publish(server, "exemple.test", 2, &records);
    }
    let late = stub.resolve(&asked).await;
    assert_eq!(line(&late), "NxDomain soa exemple.test 300", "remembered");
    let left = late.ttl().expect("no has a time");
    assert!((1..=300).contains(&left), "{left}");
    let served = "Found 2 | Found v=DMARC1; p=none";
    let expect = servers.map(|server| format!("{server}: {served}"));
    let mut expect: Vec<&str> = expect.iter().map(String::as_str).collect();
    let head = "exemple.test parent ns1,ns2,ns3 own ns1,ns2,ns3 2+8";
    expect.insert(0, head);
    check(&walker(&network, &[]), "exemple.test", &[asked], &expect).await;
}

#[tokio::test]
async fn a_chain_over_two_providers_is_one_link_at_each() {
    use garant_dns::RecordType::{A, Cname, Txt};
    let directory = directory("chain");
    // The second name is shielded: its host answers with addresses of its own in place of the alias.
    let own = "@ NS ns1\n@ NS ns2\n@ NS ns3\n\
               s1._domainkey CNAME s1.dkim.reseau.test.\nem A 192.0.2.80";
    let mut zones = vec![
        ("ns.registre.test", "test", 1, REGISTRY),
        (
            "ns.reseau.test",
            "reseau.test",
            5,
            "@ NS ns\ns1.dkim CNAME cle7.fournisseur.test.",
        ),
        (
            "ns.fournisseur.test",
            "fournisseur.test",
            9,
            "@ NS ns\ncle7 TXT \"v=DKIM1; p=cle\"",
        ),
    ];
    for server in ["ns1.exemple.test", "ns2.exemple.test", "ns3.exemple.test"] {
        zones.push((server, "exemple.test", 1, own));
    }
    let network = Network::new(&directory, &zones);
    let stub = Stub::new(Options::new(vec![network.recursive.address], [7; 32]));
    let asked = [question("s1._domainkey.exemple.test", Txt)];
    assert_eq!(
        line(&*stub.resolve(&asked[0]).await),
        "Found s1._domainkey.exemple.test>s1.dkim.reseau.test \
         s1.dkim.reseau.test>cle7.fournisseur.test \"v=DKIM1; p=cle\""
    );
    let walker = walker(&network, &[]);
    let em =
        ["CNAME", "A"].map(|rtype| question("em.exemple.test", rtype.parse().expect("a type")));
    assert_eq!((em[0].rtype, em[1].rtype), (Cname, A));
    let link = "Found 1 | Found >s1.dkim.reseau.test | NoData | Found 192.0.2.80";
    check(
        &walker,
        "s1._domainkey.exemple.test",
        &[&asked[..], &em].concat(),
        &[
            "exemple.test parent ns1,ns2,ns3 own ns1,ns2,ns3 3+14",
            &format!("ns1.exemple.test: {link}"),
            &format!("ns2.exemple.test: {link}"),
            &format!("ns3.exemple.test: {link}"),
        ],
    )
    .await;
    check(
        &walker,
        "s1.dkim.reseau.test",
        &[question("s1.dkim.reseau.test", Txt)],
        &[
            "reseau.test parent ns own ns 3+4",
            "ns.reseau.test: Found 5 | Found >cle7.fournisseur.test",
        ],
    )
    .await;
    check(
        &walker,
        "cle7.fournisseur.test",
        &[question("cle7.fournisseur.test", Txt)],
        &[
            "fournisseur.test parent ns own ns 2+4",
            "ns.fournisseur.test: Found 9 | Found v=DKIM1; p=cle",
        ],
    )
    .await;
}

#[tokio::test]
async fn a_zone_whose_servers_are_all_lame_is_found_through_its_parent() {
    let directory = directory("lame");
    let network = Network::new(
        &directory,
        &[
            ("ns.registre.test", "test", 1, REGISTRY),
            ("ns1.exemple.test", "exemple.test", 0, ""),
        ],
    );
    let lame = network
        .addresses()
        .find(|(name, _)| *name == "ns1.exemple.test");
    let (_, lame) = lame.expect("started");
    let more = [("ns2.exemple.test", lame), ("ns3.exemple.test", lame)];
    let view = walker(&network, &more)
        .view(&name("exemple.test"), &[])
        .await;
    let names = ["ns1", "ns2", "ns3"].map(|server| name(&format!("{server}.exemple.test")));
    assert_eq!(view.zone, Some(name("exemple.test")));
    assert_eq!(view.parent_servers.as_deref(), Some(&names[..]));
    assert_eq!(view.own_servers, None);
    for server in &view.servers {
        assert_eq!(said(&server.zone_answer), "Refused", "{}", server.name);
    }
    // One address under three names is asked once, and the registry once.
    assert_eq!((view.servers.len(), view.direct_questions), (3, 2));
}
