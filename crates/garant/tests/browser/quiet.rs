//! What pages must not do: ask another host, break their own Content-Security-Policy, leave cookies.

use serde_json::Value;

use crate::demo::Demo;
use crate::driver::{Browser, Setup};
use crate::flows::{pages, results};

#[tokio::test]
async fn no_page_asks_another_host_or_breaks_its_own_policy() {
    let Some(browser) = Browser::start("quiet", Setup::default()).await else {
        return;
    };
    let demo = Demo::start();
    let mut paths = pages(&browser, &demo).await;
    paths.extend(results(&browser, &demo).await);
    for path in &paths {
        browser.goto(&demo.url(path)).await;
    }
    let mut asked = 0;
    for entry in browser.log("performance").await {
        let message: Value =
            serde_json::from_str(entry["message"].as_str().expect("text")).expect("JSON");
        let message = &message["message"];
        if message["method"] == "Network.requestWillBeSent" {
            let url = message["params"]["request"]["url"].as_str().expect("text");
            // The browser's own empty page is not of this site.
            let is_ours = !url.starts_with("chrome:") && !url.starts_with("data:");
            assert!(
                !is_ours || url.starts_with(&demo.origin),
                "another host was asked: {url}"
            );
            asked += usize::from(is_ours);
        }
    }
    assert!(asked > paths.len(), "the log saw {asked} requests");
    let mut remarks = browser.log("browser").await;
    // One address is asked for because there is nothing.
    remarks.retain(|remark| !remark["message"].to_string().contains("/nothing-here"));
    assert_eq!(remarks, Vec::<Value>::new(), "the browser complains");
    let cookies = browser.cookies().await;
    assert!(cookies.is_empty(), "{cookies:?}");
    browser.close().await;
}
