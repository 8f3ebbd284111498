//! The contract, and the page that people read: both from `openapi.json`, so that neither can fall behind the other.

use std::sync::{Arc, LazyLock};

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::Site;
use crate::frame::{Frame, Lang, Part, page as show};
use crate::problem::Code;
use crate::words::filters;

const CONTRACT: &str = include_str!("openapi.json");

/// The contract as a tree.
static TREE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(CONTRACT).expect("the contract is JSON"));

pub(super) async fn contract() -> Response {
    let fields = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (fields, CONTRACT).into_response()
}

/// One operation, as the page shows it. Its words are `api-op-{id}`.
struct Operation {
    id: String,
    key: String,
    method: String,
    path: String,
    parameters: Vec<Parameter>,
    /// Status codes of good answers.
    good: Vec<String>,
}

struct Parameter {
    name: String,
    place_key: String,
    key: String,
}

/// One member of the question.
struct Member {
    name: String,
    kind: String,
    is_required: bool,
    key: String,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Reference {
    frame: Frame,
    /// What the addresses of the examples begin with.
    origin: String,
    operations: Vec<Operation>,
    members: Vec<Member>,
    problems: Vec<(Code, String)>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn members_of(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn operations() -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, methods) in members_of(&TREE["paths"]) {
        for (method, operation) in members_of(methods) {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let id = text(&operation["operationId"]);
            operations.push(Operation {
                key: format!("api-op-{id}"),
                id,
                method: method.to_uppercase(),
                path: path.clone(),
                parameters: parameters
                    .map(|parameter| {
                        let name = text(&parameter["name"]);
                        Parameter {
                            key: format!("api-parameter-{}", name.to_lowercase()),
                            place_key: format!("api-in-{}", text(&parameter["in"])),
                            name,
                        }
                    })
                    .collect(),
                good: members_of(&operation["responses"])
                    .map(|(status, _)| status.clone())
                    .filter(|status| status != "default")
                    .collect(),
            });
        }
    }
    operations
}

fn members() -> Vec<Member> {
    let question = &TREE["components"]["schemas"]["Question"];
    let required: Vec<&str> = question["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    members_of(&question["properties"])
        .map(|(name, schema)| Member {
            kind: kind(schema),
            is_required: required.contains(&name.as_str()),
            key: format!("api-member-{}", name.replace('_', "-")),
            name: name.clone(),
        })
        .collect()
}

/// The JSON type of a member.
fn kind(schema: &Value) -> String {
    let own = match &schema["type"] {
        Value::String(one) => one.clone(),
        Value::Array(several) => several.first().map(text).unwrap_or_default(),
        _ => text(&schema["anyOf"][0]["type"]),
    };
    let of = match schema["items"]["type"].as_str() {
        Some(of) => of,
        None => schema["anyOf"][0]["items"]["type"]
            .as_str()
            .unwrap_or_default(),
    };
    if of.is_empty() {
        own
    } else {
        format!("{own} ({of})")
    }
}

pub(super) async fn page(
    State(site): State<Arc<Site>>,
    Lang(language): Lang,
    headers: HeaderMap,
) -> Response {
    let frame = Frame::new(language, Part::Api, String::new(), "/api");
    let frame = Frame {
        title: frame.say("api-title"),
        ..frame
    };
    let reference = Reference {
        origin: site.origin(&headers),
        operations: operations(),
        members: members(),
        problems: Code::ALL
            .into_iter()
            .map(|code| (code, code.key()))
            .collect(),
        frame,
    };
    show(StatusCode::OK, &reference)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use garant_text::{Catalogue, Language};

    use super::*;

    #[test]
    fn everything_in_the_contract_has_its_words() {
        let operations = operations();
        let parameters = operations.iter().flat_map(|one| &one.parameters);
        let keys: BTreeSet<String> = parameters
            .map(|parameter| parameter.key.clone())
            .chain(operations.iter().map(|one| one.key.clone()))
            .chain(members().into_iter().map(|member| member.key))
            .chain(Code::ALL.into_iter().map(Code::key))
            .collect();
        for language in Language::ALL {
            let catalogue = Catalogue::of(language);
            for key in &keys {
                assert!(catalogue.has(key), "{language}: {key} is absent");
            }
            for beginning in ["api-op-", "api-member-", "api-parameter-", "api-problem-"] {
                for key in catalogue.keys() {
                    let is_dead = key.starts_with(beginning) && !keys.contains(key);
                    assert!(!is_dead, "{language}: {key} is about nothing");
                }
            }
        }
    }

    #[test]
    fn the_contract_lists_the_codes_of_problems() {
        let listed = &TREE["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
        let codes: Vec<&str> = Code::ALL.into_iter().map(Code::as_str).collect();
        assert_eq!(*listed, serde_json::json!(codes));
    }
}
