//! Servers and caches as tables.

use super::super::canvas::escape;
use super::super::say::{Words, code, paragraph, state};
use super::model::{Place, Sight};

pub(super) fn list(sight: &Sight, words: &Words) -> String {
    let mut html = paragraph(&sight.summary);
    for place in &sight.places {
        html.push_str(&table(place, words));
    }
    html
}

fn table(place: &Place, words: &Words) -> String {
    let column = |key: &str| escape(&words.word(key));
    let (server, version, found, says) = (
        column("picture-seen-column-server"),
        column("picture-seen-column-version"),
        column("picture-seen-column-found"),
        column("picture-seen-column-says"),
    );
    let rtype = escape(place.rtype);
    let mut html = format!(
        r#"<table class="cards"><caption>{} {rtype}</caption><thead><tr><th scope="col">{server}</th><th scope="col">{version}</th><th scope="col">{found}</th><th scope="col">{says}</th></tr></thead><tbody>"#,
        code(&place.name)
    );
    for row in &place.servers {
        let texts: Vec<String> = row.found.iter().map(|text| code(text)).collect();
        let state = state(row.look.class, row.look.shape, &row.says);
        html.push_str(&format!(
            r#"<tr><th scope="row">{} {}</th><td data-label="{version}">{}</td><td data-label="{found}">{}</td><td class="all" data-label="{says}">{state}</td></tr>"#,
            code(&row.name),
            escape(&row.address),
            escape(&row.version),
            texts.join(" "),
        ));
    }
    if let Some(cache) = &place.cache {
        let old = cache.old.as_deref().map(code).unwrap_or_default();
        let times: Vec<String> = [Some(&cache.asked), cache.until.as_ref()]
            .into_iter()
            .flatten()
            .map(|clock| escape(&clock.words))
            .collect();
        let state = state(cache.look.class, cache.look.shape, &cache.says);
        html.push_str(&format!(
            r#"<tr><th scope="row">{}</th><td data-label="{version}">{}</td><td data-label="{found}">{old}</td><td class="all" data-label="{says}">{state}</td></tr>"#,
            column("picture-seen-caches"),
            times.join(", "),
        ));
    }
    html.push_str("</tbody></table>");
    if !place.more.is_empty() {
        html.push_str(&format!("<p>{}</p>", escape(&place.more)));
    }
    html
}
