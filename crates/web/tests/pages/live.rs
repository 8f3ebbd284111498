//! A check that runs: what has come in is shown, and nothing is called missing.

use axum::http::StatusCode;
use garant_service::checks::Limits;

use crate::site::{DOMAIN, Wishes, refused};

fn waiting(at_once: &[&str]) -> Wishes {
    let mut wishes = Wishes::new(refused());
    wishes.is_waiting = true;
    wishes.at_once = at_once.iter().map(|name| (*name).to_owned()).collect();
    wishes
}

#[tokio::test(start_paused = true)]
async fn a_running_check_shows_what_came_in_and_refreshes_itself() {
    let site = waiting(&[DOMAIN, "_dmarc.votreentreprise.fr", "_dmarc.fr"]).site();
    for (language, words, forbidden) in [
        (
            "fr",
            "Garant interroge le DNS",
            ["manque", "absent", "échou"],
        ),
        (
            "en",
            "Garant is asking the DNS",
            ["missing", "absent", "fail"],
        ),
    ] {
        let path = site.checked(language).await;
        let page = site.get(&path).await;
        let html = page.text();
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.header("cache-control"), "no-store");
        assert!(html.contains(words), "{html}");
        assert!(html.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"));
        assert!(html.contains(&format!("data-events=\"{path}/events\"")));
        assert!(html.contains("v=DMARC1; p=reject"), "{html}");
        let main = html.split("<main").nth(1).expect("a main part");
        for word in forbidden {
            assert!(!main.contains(word), "{word} in {main}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn files_and_records_of_a_running_check_lead_back_to_it() {
    let site = waiting(&[]).site();
    let path = site.checked("en").await;
    for file in ["garant.json", "capture.json", "plan.zone", "records"] {
        let page = site.get(&format!("{path}/{file}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{file}");
        assert_eq!(page.location(), path);
    }
}

#[tokio::test(start_paused = true)]
async fn events_tell_what_comes_in_and_the_end() {
    let site = waiting(&[DOMAIN, "_dmarc.votreentreprise.fr", "_dmarc.fr"]).site();
    let path = site.checked("fr").await;
    let stream = format!("{path}/events");
    let (page, ()) = futures::join!(site.get(&stream), async {
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        site.open();
    });
    let text = page.text();
    assert_eq!(page.header("content-type"), "text/event-stream");
    assert!(
        text.contains("event: said\ndata: Garant interroge"),
        "{text}"
    );
    assert!(text.contains("v=DMARC1; p=reject"), "{text}");
    let end = format!("event: done\ndata: {path}\n\n");
    assert!(text.ends_with(&end), "{text}");
    site.settled(&path).await;
    let page = site.get(&path).await;
    assert!(page.text().contains("ActiveCampaign"));
    // Afterwards the events are the end alone.
    let other = format!("/fr/c/{}", "0".repeat(26));
    let page = site.get(&format!("{other}/events")).await;
    assert_eq!(page.text(), format!("event: done\ndata: {other}\n\n"));
}

#[tokio::test(start_paused = true)]
async fn a_check_that_waits_for_its_turn_says_so() {
    let mut wishes = waiting(&[]);
    wishes.limits = Limits {
        running: 1,
        ..Limits::default()
    };
    let site = wishes.site();
    site.checked("en").await;
    for (language, words) in [("en", "waits for its turn"), ("fr", "attend son tour")] {
        let path = site
            .checked_with(language, &[("domain", "exemple.fr")])
            .await;
        assert!(site.get(&path).await.text().contains(words));
    }
}

#[tokio::test(start_paused = true)]
async fn beyond_those_that_may_wait_the_page_says_to_come_back() {
    let mut wishes = waiting(&[]);
    wishes.limits = Limits {
        waiting: 1,
        ..Limits::default()
    };
    let site = wishes.site();
    site.checked("en").await;
    for language in ["fr", "en"] {
        let form = [("domain", "exemple.fr")];
        let page = site.post(&format!("/{language}/"), &form).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(page.text().contains("<h1"));
    }
}
