//! The frame, the front page and the way to a result, as a reader sees them.

mod site;

use axum::http::StatusCode;
use site::{refused, site};

#[tokio::test]
async fn a_question_leads_to_its_permanent_link() {
    let site = site(refused());
    for language in ["fr", "en"] {
        let path = site.checked(language).await;
        assert!(path.starts_with(&format!("/{language}/c/")), "{path}");
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("ActiveCampaign"), "{}", page.text());
    }
}
