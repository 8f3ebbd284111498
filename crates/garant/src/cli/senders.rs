//! `garant senders`: the sending services that are known, and one of them in full.

use garant_check::catalogue::{
    Category, Confidence, KeyForm, ReturnPathForm, ReturnPathKind, Service, service, services,
};
use garant_text::Args;
use serde_json::json;

use garant_service::typed;

use super::Desk;
use crate::exit::Exit;

#[derive(clap::Args)]
pub(super) struct Options {
    /// The service.
    word: Option<String>,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Options {
    pub(super) fn run(self, desk: &Desk) -> Exit {
        let chosen = match &self.word {
            None => services(),
            Some(word) => match typed::sender(word) {
                Ok(id) => {
                    let one = service(&id).expect("what was typed names a service");
                    std::slice::from_ref(one)
                }
                Err(refusal) => return desk.refuse(&refusal),
            },
        };
        let words = Words { desk };
        let text = match (self.format, self.word) {
            (Format::Json, _) => json(chosen),
            (Format::Text, None) => words.list(chosen),
            (Format::Text, Some(_)) => chosen.iter().map(|one| words.entry(one)).collect(),
        };
        desk.print(&text)
    }
}

fn json(chosen: &[Service]) -> String {
    let value = json!({"schema": "garant-senders/1", "senders": chosen});
    let pretty = serde_json::to_string_pretty(&value);
    pretty.expect("the catalogue has no maps with other keys than text") + "\n"
}

/// The words of a service.
struct Words<'a> {
    desk: &'a Desk,
}

impl Words<'_> {
    fn text(&self, key: &str) -> String {
        self.desk.text(key, &Args::new())
    }

    fn list(&self, all: &[Service]) -> String {
        let head = Args::new().with("count", all.len());
        let mut out = self.desk.text("senders-list", &head) + "\n\n";
        for service in all {
            let mut how: Vec<String> = self.recognised_by(service);
            if let (true, Some(platform)) = (how.is_empty(), service.platform()) {
                let args = Args::new().with("platform", platform.name.as_str());
                how.push(self.desk.text("senders-by-platform", &args));
            }
            let args = Args::new()
                .with("name", service.name.as_str())
                .with("confidence", self.text(confidence(service.confidence)))
                .with(
                    "recognised",
                    if how.is_empty() {
                        "none".to_owned()
                    } else {
                        how.join(", ")
                    },
                );
            let entry = self.desk.text("senders-entry", &args);
            out.push_str(&format!("  {:<28}{entry}\n", service.id));
        }
        out
    }

    /// By which of its records a service is recognised, in short. Of one that sends through another, only
    /// what names itself counts.
    fn recognised_by(&self, service: &Service) -> Vec<String> {
        let own = service.via.is_none();
        let kinds = [
            ("senders-by-key", !service.targets.is_empty()),
            ("senders-by-spf", own && !service.spf.is_empty()),
            ("senders-by-exchange", own && !service.mx.is_empty()),
            (
                "senders-by-return-path",
                !service.return_path.targets.is_empty(),
            ),
            ("senders-by-verification", !service.verification.is_empty()),
        ];
        let told = kinds.into_iter().filter(|(_, does)| *does);
        told.map(|(key, _)| self.text(key)).collect()
    }

    fn entry(&self, service: &Service) -> String {
        let mut page = Page {
            words: self,
            text: format!("{}\n", service.name),
        };
        page.blank();
        page.line("senders-id", std::slice::from_ref(&service.id));
        page.line("senders-also", &service.also);
        page.line("senders-category", &[self.text(category(service.category))]);
        page.line(
            "senders-confidence",
            &[self.text(confidence(service.confidence))],
        );
        page.line("senders-via", &platform(service));
        page.line("senders-docs", service.docs.as_slice());
        self.recognised(service, &mut page);
        self.signature(service, &mut page);
        self.return_path(service, &mut page);
        if page.text.contains('{') {
            page.blank();
            page.sentence(&self.text("senders-places"));
        }
        page.text
    }

    fn recognised(&self, service: &Service, page: &mut Page<'_>) {
        page.head("senders-recognised");
        if self.recognised_by(service).is_empty() {
            let sentence = match service.platform() {
                Some(platform) => {
                    let args = Args::new().with("platform", platform.name.as_str());
                    self.desk.text("senders-recognised-via", &args)
                }
                None => self.text("senders-recognised-nothing"),
            };
            page.sentence(&sentence);
        }
        page.line("senders-key-target", &service.targets);
        page.line("senders-former", &service.former_targets);
        if service.via.is_none() {
            page.line("senders-spf-target", &service.spf);
            page.line("senders-exchange", &service.mx);
        }
        page.line("senders-return-path-target", &service.return_path.targets);
        let beginnings = service.verification.iter();
        let beginnings: Vec<String> = beginnings
            .map(|text| text.replace('#', "{digits}"))
            .collect();
        page.line("senders-verification", &beginnings);
    }

    fn signature(&self, service: &Service, page: &mut Page<'_>) {
        page.head("senders-signature");
        page.line("senders-key-form", &[self.text(key_form(service.key_form))]);
        let all = service.selectors_are_all;
        let selectors = if all {
            "senders-selectors-all"
        } else {
            "senders-selectors"
        };
        page.line(selectors, &service.selectors);
        page.line("senders-account-selectors", &service.account_selectors);
        if service.selectors.is_empty() && service.account_selectors.is_empty() {
            page.sentence(&self.text("senders-selectors-none"));
        }
        if !service.keys.is_empty() {
            page.sentence(&self.text("senders-records"));
        }
        for key in &service.keys {
            page.record(&format!(
                "{}._domainkey  CNAME  {}",
                key.selector, key.target
            ));
        }
    }

    fn return_path(&self, service: &Service, page: &mut Page<'_>) {
        let path = &service.return_path;
        page.head("senders-return-path");
        page.sentence(&self.text(return_path(path.kind)));
        let uncertain = service.return_path_confidence();
        if uncertain != service.confidence {
            let args = Args::new().with("confidence", self.text(confidence(uncertain)));
            page.sentence(&self.desk.text("senders-uncertain", &args));
        }
        page.line("senders-own-domain", path.domain.as_slice());
        if path.kind == ReturnPathKind::Author {
            let include: Vec<String> = service
                .spf_include()
                .map(|name| format!("include:{name}"))
                .into_iter()
                .collect();
            page.line("senders-spf-include", &include);
        }
        let form: Vec<String> = path
            .form
            .map(|form| self.text(form_of(form)))
            .into_iter()
            .collect();
        page.line("senders-return-path-form", &form);
        let labels: Vec<String> = path
            .labels
            .iter()
            .map(ToString::to_string)
            .chain(path.account_labels.iter().map(ToString::to_string))
            .collect();
        page.line("senders-labels", &labels);
        if let (Some(target), Some(label)) = (&path.alias, labels.first()) {
            page.record(&format!("{label}  CNAME  {target}"));
        }
    }
}

/// What is printed about one service.
struct Page<'a> {
    words: &'a Words<'a>,
    text: String,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.text.push('\n');
    }

    fn head(&mut self, key: &str) {
        self.blank();
        self.text.push_str(&self.words.text(key));
        self.blank();
    }

    fn sentence(&mut self, text: &str) {
        self.text.push_str(&format!("  {text}\n"));
    }

    fn record(&mut self, text: &str) {
        self.text.push_str(&format!("    {text}\n"));
    }

    /// A label and what belongs to it; nothing when nothing does.
    fn line<T: ToString>(&mut self, key: &str, values: &[T]) {
        if values.is_empty() {
            return;
        }
        let values: Vec<String> = values.iter().map(ToString::to_string).collect();
        let args = Args::new()
            .with("label", self.words.text(key))
            .with("text", values.join(", "));
        let line = self.words.desk.text("label-line", &args);
        self.sentence(&line);
    }
}

/// The name of the service through which another sends.
fn platform(service: &Service) -> Vec<String> {
    let platform = service.platform();
    platform
        .map(|platform| platform.name.clone())
        .into_iter()
        .collect()
}

fn category(category: Category) -> &'static str {
    match category {
        Category::Esp => "catalogue-category-esp",
        Category::Mailbox => "catalogue-category-mailbox",
        Category::Hosting => "catalogue-category-hosting",
        Category::Support => "catalogue-category-support",
        Category::DmarcVendor => "catalogue-category-dmarc-vendor",
        Category::Saas => "catalogue-category-saas",
        Category::Gateway => "catalogue-category-gateway",
        Category::Forwarding => "catalogue-category-forwarding",
        Category::Crm => "catalogue-category-crm",
        Category::Billing => "catalogue-category-billing",
        Category::Ecommerce => "catalogue-category-ecommerce",
        Category::Cms => "catalogue-category-cms",
        Category::Relay => "catalogue-category-relay",
    }
}

/// The key of the words for it.
pub(super) fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Verified => "catalogue-confidence-verified",
        Confidence::Partly => "catalogue-confidence-partly",
        Confidence::Unverified => "catalogue-confidence-unverified",
    }
}

fn key_form(form: KeyForm) -> &'static str {
    match form {
        KeyForm::Alias => "catalogue-key-form-alias",
        KeyForm::Text => "catalogue-key-form-text",
        KeyForm::Either => "catalogue-key-form-either",
        KeyForm::Delegation => "catalogue-key-form-delegation",
        KeyForm::Unknown => "catalogue-key-form-unknown",
    }
}

fn return_path(kind: ReturnPathKind) -> &'static str {
    match kind {
        ReturnPathKind::Service => "catalogue-return-path-service",
        ReturnPathKind::Subdomain => "catalogue-return-path-subdomain",
        ReturnPathKind::Author => "catalogue-return-path-author",
        ReturnPathKind::Unknown => "catalogue-return-path-unknown",
    }
}

fn form_of(form: ReturnPathForm) -> &'static str {
    match form {
        ReturnPathForm::Alias => "catalogue-return-path-form-alias",
        ReturnPathForm::Exchange => "catalogue-return-path-form-exchange",
        ReturnPathForm::Delegation => "catalogue-return-path-form-delegation",
    }
}
