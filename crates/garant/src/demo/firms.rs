//! The firms of the demonstration, each with a story of its own.
//!
//! The zones stand in `examples/demo/`, where each begins with what happened.

use std::fmt::Write;

use garant_service::question::Typed;
use garant_web::Sample;

/// One firm.
pub(crate) struct Firm {
    pub(crate) domain: &'static str,
    /// What its first name server publishes.
    pub(crate) zone: &'static str,
    /// What its second one does, where that differs.
    pub(crate) second: Option<&'static str>,
    /// What resolvers still remember, where that differs.
    pub(crate) remembered: Option<&'static str>,
    pub(crate) asked: Asked,
    /// Whether the zone's own servers are asked although nothing leads to a doubt.
    pub(crate) authority: bool,
    /// What the check says, as a shape of [`Sample::state`]: a test holds it.
    pub(crate) state: &'static str,
    /// The key of the story's title.
    pub(crate) title: &'static str,
}

/// What is asked about a firm, besides the domain.
#[derive(Clone, Copy)]
pub(crate) enum Asked {
    /// Nothing more.
    Alone,
    /// Mail through a service.
    Sender(&'static str),
    /// Mail through a service that nobody knows: the domain of its return address, and its signature.
    Path(&'static str, &'static str),
    /// The three aliases that the platform asked for, by the label that it made for this customer.
    Platform(&'static str),
}

macro_rules! zone {
    ($name:literal) => {
        include_str!(concat!("../../../../examples/demo/", $name, ".zone"))
    };
}

/// All of them, in the order of the front page.
pub(crate) const FIRMS: [Firm; 14] = [
    Firm {
        asked: Asked::Sender("activecampaign"),
        state: "block",
        ..firm(
            "votreentreprise.fr",
            zone!("votreentreprise.fr"),
            "demo-reject-without-dkim",
        )
    },
    Firm {
        asked: Asked::Platform("pjmsax6s"),
        state: "risk",
        ..firm(
            "boulangerie-lune.example",
            zone!("boulangerie-lune.example"),
            "demo-no-dmarc",
        )
    },
    Firm {
        asked: Asked::Platform("pred3wmd"),
        state: "advice",
        ..firm(
            "atelier-vasseur.example",
            zone!("atelier-vasseur.example"),
            "demo-strict-spare-leg",
        )
    },
    Firm {
        asked: Asked::Path(
            "em.imprimerie-colibri.example",
            "factures.imprimerie-colibri.example:envoi1",
        ),
        state: "block",
        ..firm(
            "imprimerie-colibri.example",
            zone!("imprimerie-colibri.example"),
            "demo-strict-other-name",
        )
    },
    Firm {
        asked: Asked::Platform("y2ps3hq5"),
        state: "risk",
        ..firm(
            "librairie-des-quais.example",
            zone!("librairie-des-quais.example"),
            "demo-two-of-three",
        )
    },
    Firm {
        asked: Asked::Platform("g88grskg"),
        state: "block",
        ..firm(
            "menuiserie-aubin.example",
            zone!("menuiserie-aubin.example"),
            "demo-doubled-name",
        )
    },
    Firm {
        asked: Asked::Platform("vjh5r8ga"),
        state: "right",
        ..firm(
            "pharmacie-du-port.example",
            zone!("pharmacie-du-port.example"),
            "demo-all-right",
        )
    },
    Firm {
        state: "block",
        ..firm(
            "northwind-cycles.example",
            zone!("northwind-cycles.example"),
            "demo-twelve-lookups",
        )
    },
    Firm {
        state: "block",
        ..firm(
            "harbour-tea.example",
            zone!("harbour-tea.example"),
            "demo-two-spf",
        )
    },
    Firm {
        asked: Asked::Platform("saqpf3c2"),
        remembered: Some(zone!("fleuriste-mirabelle.example.remembered")),
        state: "wait",
        ..firm(
            "fleuriste-mirabelle.example",
            zone!("fleuriste-mirabelle.example"),
            "demo-waiting",
        )
    },
    Firm {
        asked: Asked::Platform("rr3rrcvq"),
        authority: true,
        second: Some(zone!("garage-tournesol.example.stale")),
        state: "risk",
        ..firm(
            "garage-tournesol.example",
            zone!("garage-tournesol.example"),
            "demo-stale-server",
        )
    },
    Firm {
        state: "right",
        ..firm(
            "ancienne-marque.example",
            zone!("ancienne-marque.example"),
            "demo-sends-nothing",
        )
    },
    Firm {
        asked: Asked::Sender("sendgrid"),
        state: "right",
        ..firm(
            "brightwater-books.example",
            zone!("brightwater-books.example"),
            "demo-three-senders",
        )
    },
    Firm {
        state: "risk",
        ..firm(
            "agence-pixel.example",
            zone!("agence-pixel.example"),
            "demo-wildcard",
        )
    },
];

const fn firm(domain: &'static str, zone: &'static str, title: &'static str) -> Firm {
    Firm {
        domain,
        zone,
        second: None,
        remembered: None,
        asked: Asked::Alone,
        authority: false,
        state: "unknown",
        title,
    }
}

impl Firm {
    /// What is typed to ask about it.
    pub(crate) fn typed(&self) -> Typed {
        let blank = Typed {
            domain: self.domain.to_owned(),
            authority: self.authority,
            ..Typed::default()
        };
        match self.asked {
            Asked::Alone => blank,
            Asked::Sender(sender) => Typed {
                sender: sender.to_owned(),
                ..blank
            },
            Asked::Path(mail_from, signed_by) => Typed {
                mail_from: mail_from.to_owned(),
                signed_by: signed_by.to_owned(),
                ..blank
            },
            Asked::Platform(customer) => Typed {
                expect: expected(self.domain, customer),
                ..blank
            },
        }
    }

    /// For the front page.
    pub(crate) fn sample(&self) -> Sample {
        Sample {
            typed: self.typed(),
            state: self.state,
            title: self.title,
        }
    }
}

/// The list of records that the platform asked a customer for, as `--expect` reads it.
fn expected(domain: &str, customer: &str) -> String {
    let mut list = String::from("[");
    for (label, target) in [
        ("envoi1._domainkey", "cle1"),
        ("envoi2._domainkey", "cle2"),
        ("em", "retour"),
    ] {
        let comma = if list.len() > 1 { ",\n " } else { "" };
        write!(
            list,
            "{comma}{{\"name\": \"{label}.{domain}\", \"type\": \"CNAME\", \
             \"value\": \"{target}.{customer}.envoi.example\"}}"
        )
        .expect("a text can grow");
    }
    list + "]"
}
