//! What was asked for, read for what it means.

use garant_dns::{Answer, Name, RecordType};
use garant_msgauth::dkim::KeyRecord;
use garant_msgauth::dmarc::PolicyRecord;
use garant_msgauth::spf::is_spf;

use crate::catalogue::{
    ReturnPathForm, ReturnPathKind, Service, by_dkim_target, by_return_path_target, service,
};
use crate::observation::{EXPECTED_MAX, Request};

/// Who asks for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The platform, as the asker says.
    Stated,
    /// The catalogue, which knows name and data.
    Catalogue,
    /// The catalogue, which knows the usual name; the data differ for each account.
    Account,
}

impl Origin {
    /// The word for it in the arguments of a finding.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Catalogue => "catalogue",
            Self::Account => "account",
        }
    }
}

/// What a record is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A DKIM key.
    Key,
    /// The return address.
    ReturnPath,
    /// The DMARC policy.
    Policy,
    /// Links and pictures: nothing of it decides about mail.
    Tracking,
    /// A token that shows who owns the domain.
    Verification,
    /// Anything else.
    Other,
}

/// What a record should say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// An alias of this name.
    Alias(Name),
    /// An alias of a name beneath one of these, or an exchange there.
    Within(Vec<Name>),
    /// A key, compared by its octets.
    Key(Box<KeyRecord>),
    /// An SPF record, compared by its terms: others may stand beside them.
    Spf(String),
    /// A DMARC record, compared by its tags.
    Policy(String),
    /// Another text.
    Text(String),
    /// An exchange.
    Exchange(Name),
    /// Data of another type, as it is written.
    Plain(String),
}

/// One record that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) name: Name,
    pub(crate) rtype: RecordType,
    pub(crate) wanted: Wanted,
    /// Its data as a panel takes it; nothing when it differs for each account.
    pub(crate) value: Option<String>,
    pub(crate) origin: Origin,
    /// Exchanges that were asked for at this name in all.
    pub(crate) exchanges: usize,
    /// The id of the service that it belongs to, where that is known.
    pub(crate) sender: Option<&'static str>,
}

impl Wish {
    /// The type that is asked about. The texts of an alias show both where it leads and what stands there,
    /// at the price of one look-up.
    pub(crate) fn asked_type(&self) -> RecordType {
        match (&self.wanted, self.rtype) {
            (Wanted::Within(_), _) => RecordType::Mx,
            (_, RecordType::Cname) => RecordType::Txt,
            (_, rtype) => rtype,
        }
    }

    /// The name that it points at.
    pub(crate) fn target(&self) -> Option<&Name> {
        match &self.wanted {
            Wanted::Alias(name) | Wanted::Exchange(name) => Some(name),
            _ => None,
        }
    }

    /// Whether its name is that of a DKIM key.
    pub(super) fn is_at_selector(&self) -> bool {
        self.name
            .labels()
            .skip(1)
            .any(|label| label == "_domainkey")
    }

    /// What it is for, from its name, its value, and what is known of its target.
    pub(crate) fn purpose(&self, domain: &Name, at_target: Option<&Answer>) -> Purpose {
        if self.name.labels().next() == Some("_dmarc") {
            return Purpose::Policy;
        }
        if self.is_at_selector() {
            return Purpose::Key;
        }
        match &self.wanted {
            Wanted::Key(_) => return Purpose::Key,
            Wanted::Within(_) => return Purpose::ReturnPath,
            Wanted::Policy(_) => return Purpose::Policy,
            // At the domain itself an exchange receives mail, and SPF speaks for all services.
            Wanted::Exchange(_) | Wanted::Spf(_) if self.name == *domain => return Purpose::Other,
            Wanted::Exchange(_) | Wanted::Spf(_) => return Purpose::ReturnPath,
            Wanted::Text(_) => return Purpose::Verification,
            Wanted::Plain(_) => return Purpose::Other,
            Wanted::Alias(target) if is_return_path_target(target) => return Purpose::ReturnPath,
            Wanted::Alias(_) => {}
        }
        let Some(answer) = at_target else {
            return Purpose::Other;
        };
        let texts: Vec<Vec<u8>> = answer.texts().map(garant_dns::Txt::joined).collect();
        if texts
            .iter()
            .any(|text| KeyRecord::parse(text).is_meant_as_key())
        {
            Purpose::Key
        } else if texts.iter().any(|text| is_spf(text)) || answer.exchanges().next().is_some() {
            Purpose::ReturnPath
        } else if answer.addresses().next().is_some() {
            Purpose::Tracking
        } else {
            Purpose::Other
        }
    }
}

fn is_return_path_target(target: &Name) -> bool {
    by_return_path_target(target).is_some() && by_dkim_target(target).is_none()
}

/// Everything that was asked for, each record once.
pub(super) fn wishes(request: &Request) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    for record in request.expect.iter().take(EXPECTED_MAX) {
        let Some(wanted) = read(record.rtype, &record.value) else {
            continue;
        };
        let wish = Wish {
            name: record.name.clone(),
            rtype: record.rtype,
            wanted,
            value: Some(record.value.trim().to_owned()),
            origin: Origin::Stated,
            exchanges: 0,
            sender: None,
        };
        let known = |known: &Wish| {
            known.name == wish.name && known.rtype == wish.rtype && known.wanted == wish.wanted
        };
        if !wishes.iter().any(known) {
            wishes.push(wish);
        }
    }
    if let Some(service) = request.sender.as_deref().and_then(service) {
        add_service(&mut wishes, request, service);
    }
    let exchanges: Vec<Name> = wishes
        .iter()
        .filter(|wish| matches!(wish.wanted, Wanted::Exchange(_)))
        .map(|wish| wish.name.clone())
        .collect();
    for wish in &mut wishes {
        wish.exchanges = exchanges.iter().filter(|name| **name == wish.name).count();
    }
    wishes
}

/// Whoever gives the platform's own list knows better than the catalogue: it adds what the list has none of.
fn add_service(wishes: &mut Vec<Wish>, request: &Request, service: &'static Service) {
    let domain = &request.domain;
    let is_listed = |wishes: &[Wish], purpose| {
        let mut purposes = wishes.iter().map(|wish| wish.purpose(domain, None));
        purposes.any(|known| known == purpose)
    };
    let of_service = |name, rtype, wanted: Wanted| {
        let value = match &wanted {
            Wanted::Alias(target) => Some(target.to_string()),
            _ => None,
        };
        let origin = match value {
            Some(_) => Origin::Catalogue,
            None => Origin::Account,
        };
        Wish {
            name,
            rtype,
            wanted,
            value,
            origin,
            exchanges: 0,
            sender: Some(&service.id),
        }
    };
    if !is_listed(wishes, Purpose::Key) {
        let parent = domain.prefixed("_domainkey").ok();
        for (selector, target) in service.key_aliases(domain) {
            let name = parent
                .as_ref()
                .and_then(|parent| parent.prefixed(selector.as_str()).ok());
            wishes.extend(
                name.map(|name| of_service(name, RecordType::Cname, Wanted::Alias(target))),
            );
        }
    }
    let path = &service.return_path;
    let rtype = match path.form {
        Some(ReturnPathForm::Exchange) => RecordType::Mx,
        Some(ReturnPathForm::Alias) => RecordType::Cname,
        Some(ReturnPathForm::Delegation) | None => return,
    };
    let wanted = match path.alias.as_ref().and_then(|alias| alias.fill(domain)) {
        Some(target) if rtype == RecordType::Cname => Wanted::Alias(target),
        _ if path.targets.is_empty() => return,
        _ => Wanted::Within(path.targets.clone()),
    };
    let name = match &request.mail_from {
        Some(stated) if stated != domain && stated.is_within(domain) => Some(stated.clone()),
        Some(_) => None,
        None => {
            let label = path.labels.first();
            label.and_then(|label| domain.prefixed(label.as_str()).ok())
        }
    };
    if path.kind == ReturnPathKind::Subdomain
        && !is_listed(wishes, Purpose::ReturnPath)
        && let Some(name) = name
    {
        wishes.push(of_service(name, rtype, wanted));
    }
}

/// What a value means; nothing when it is none of its type.
fn read(rtype: RecordType, value: &str) -> Option<Wanted> {
    let value = value.trim();
    Some(match rtype {
        RecordType::Cname => Wanted::Alias(Name::from_input(value).ok()?),
        RecordType::Mx => {
            let host = value.split_whitespace().next_back()?;
            Wanted::Exchange(Name::from_input(host).ok()?)
        }
        RecordType::Txt => {
            let octets = value.as_bytes();
            let key = KeyRecord::parse(octets);
            if is_spf(octets) {
                Wanted::Spf(value.to_owned())
            } else if PolicyRecord::parse(octets).is_some() {
                Wanted::Policy(value.to_owned())
            } else if key.is_meant_as_key() && key.key.is_some() {
                Wanted::Key(Box::new(key))
            } else {
                Wanted::Text(value.to_owned())
            }
        }
        _ => Wanted::Plain(value.trim_end_matches('.').to_ascii_lowercase()),
    })
}
