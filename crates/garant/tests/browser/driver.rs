//! Chromium through its WebDriver (W3C): a handful of commands over HTTP on loopback.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Map, Value, json};

use crate::demo::target;

/// For how many milliseconds an element may be looked for before a test fails.
const PATIENCE_MS: u32 = 20_000;
/// The member that holds an element's id (WebDriver, section 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// A page that was loaded since the last one was marked.
const UNMARKED: &str = "html:not([data-left])";
/// Keys that no text has (WebDriver, section 17.4.2).
pub(crate) const ENTER: &str = "\u{E007}";
pub(crate) const DOWN: &str = "\u{E015}";

/// A browser of its own, with an empty profile; [`Browser::close`] ends it.
pub(crate) struct Browser {
    driver: Driver,
    client: Client<HttpConnector, Full<Bytes>>,
    session: String,
    profile: PathBuf,
}

/// The driver and the browsers that it started: a group of processes, which ends with this value.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        // When a session was closed well, nobody is left.
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// How a browser is set up.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setup {
    pub(crate) without_scripts: bool,
    pub(crate) language: &'static str,
}

/// An element of the page.
pub(crate) struct Element<'a> {
    browser: &'a Browser,
    id: String,
}

/// Where a program is, if it is installed.
fn installed(name: &str) -> Option<PathBuf> {
    ["/usr/bin", "/usr/local/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|path| path.is_file())
}

impl Browser {
    /// Starts a browser; nothing, said aloud, where there is none.
    pub(crate) async fn start(test: &str, setup: Setup) -> Option<Self> {
        let (Some(chromium), Some(chromedriver)) =
            (installed("chromium"), installed("chromedriver"))
        else {
            eprintln!("skipped: chromium and chromedriver are not installed");
            return None;
        };
        let mut driver = Command::new(chromedriver)
            .arg("--port=0")
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let mut lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
        let driver = Driver(driver);
        let port = lines
            .by_ref()
            .map(|line| line.expect("text"))
            .find_map(|line| {
                let (_, port) = line.split_once("successfully on port ")?;
                port.trim_end_matches('.').parse::<u16>().ok()
            })
            .expect("chromedriver says its port");
        std::thread::spawn(move || lines.for_each(drop));

        let profile = target().join("tmp").join(format!("browser-{test}"));
        // Nothing is there at the first run.
        let _ = std::fs::remove_dir_all(&profile);
        let mut preferences = Map::new();
        if setup.without_scripts {
            let key = "profile.managed_default_content_settings.javascript";
            preferences.insert(key.to_owned(), json!(2));
        }
        preferences.insert("intl.accept_languages".into(), json!(setup.language));
        let capabilities = json!({
            "goog:chromeOptions": {
                "binary": chromium,
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
                    "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync",
                    "--window-size=1280,1000", "--force-color-profile=srgb",
                    format!("--user-data-dir={}", profile.display()),
                ],
                "prefs": preferences,
            },
            "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        });
        let client = Client::builder(TokioExecutor::new()).build_http();
        let mut browser = Self {
            driver,
            client,
            session: format!("http://127.0.0.1:{port}/session"),
            profile,
        };
        let wish = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let made = browser.post("", wish).await.expect("a session");
        let id = made["sessionId"].as_str().expect("a session has an id");
        browser.session = format!("{}/{id}", browser.session);
        // Whoever looks for an element waits for it, in the driver.
        let patience = json!({ "implicit": PATIENCE_MS });
        browser.post("/timeouts", patience).await.expect("patience");
        Some(browser)
    }

    /// Sends a command; the value of the answer, or the driver's words.
    async fn send(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, String> {
        let octets = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.session))
            .header("content-type", "application/json")
            .body(Full::new(octets))
            .expect("a request");
        let answer = self
            .client
            .request(request)
            .await
            .expect("the driver answers");
        let is_good = answer.status().is_success();
        let octets = answer
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        let whole: Value = serde_json::from_slice(&octets).expect("JSON");
        if is_good {
            Ok(whole["value"].clone())
        } else {
            Err(whole["value"]["message"].to_string())
        }
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        self.send(Method::POST, path, Some(body)).await
    }

    async fn get(&self, path: &str) -> Value {
        self.send(Method::GET, path, None).await.expect("an answer")
    }

    pub(crate) async fn goto(&self, url: &str) {
        self.post("/url", json!({ "url": url }))
            .await
            .expect("a page");
    }

    pub(crate) async fn url(&self) -> String {
        self.get("/url").await.as_str().expect("text").to_owned()
    }

    pub(crate) async fn cookies(&self) -> Vec<Value> {
        self.get("/cookie")
            .await
            .as_array()
            .cloned()
            .expect("a list")
    }

    async fn find(&self, using: &str, value: &str) -> Element<'_> {
        let found = self.post("/element", json!({ "using": using, "value": value }));
        match found.await {
            Ok(element) => Element {
                browser: self,
                id: element[ELEMENT].as_str().expect("an id").to_owned(),
            },
            Err(error) => {
                let url = self.url().await;
                let seen = self
                    .run("return document.body.innerText.slice(0, 2000)")
                    .await;
                panic!("{value} at {url}: {error}\n{seen}");
            }
        }
    }

    /// Waits for an element.
    pub(crate) async fn wait(&self, css: &str) -> Element<'_> {
        self.find("css selector", css).await
    }

    /// Waits for an element that only XPath can describe.
    pub(crate) async fn wait_xpath(&self, xpath: &str) -> Element<'_> {
        self.find("xpath", xpath).await
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.wait(css).await.text().await
    }

    /// How many elements there are now.
    pub(crate) async fn count(&self, css: &str) -> u64 {
        let script = format!("return document.querySelectorAll({}).length", json!(css));
        self.run(&script).await.as_u64().expect("a count")
    }

    /// Marks this page. The command that leaves it may be answered before it has left: what is found then, and its
    /// address, may be the old page's, unless the mark is looked at.
    async fn mark(&self) {
        self.run("document.documentElement.dataset.left = ''").await;
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let result = self.post("/execute/sync", json!({ "script": script, "args": [] }));
        result
            .await
            .unwrap_or_else(|error| panic!("{error}: {script}"))
    }

    /// Sends a command of Chromium's own protocol.
    pub(crate) async fn cdp(&self, method: &str, parameters: Value) -> Value {
        let command = json!({ "cmd": method, "params": parameters });
        let result = self.post("/goog/cdp/execute", command).await;
        result.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Light or dark, as the system of the reader would say.
    pub(crate) async fn scheme(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        let media = json!({ "features": [feature] });
        self.cdp("Emulation.setEmulatedMedia", media).await;
    }

    /// The size of the page area in CSS pixels.
    pub(crate) async fn size(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// A log of the browser since it was last read: `performance` or `browser`.
    pub(crate) async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.post("/se/log", json!({ "type": kind })).await;
        log.expect("a log").as_array().cloned().unwrap_or_default()
    }

    /// Writes what is to be seen, the whole page, for a human.
    pub(crate) async fn picture(&self, name: &str) {
        let shot = json!({ "format": "png", "captureBeyondViewport": true });
        let shot = self.cdp("Page.captureScreenshot", shot).await;
        let octets = STANDARD.decode(shot["data"].as_str().expect("a picture"));
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(format!("{name}.png"));
        std::fs::write(file, octets.expect("base64")).expect("a file");
    }

    /// Ends the browser.
    pub(crate) async fn close(self) {
        let closed = self.send(Method::DELETE, "", None).await;
        drop(self.driver);
        let _ = std::fs::remove_dir_all(&self.profile);
        closed.expect("the session ends");
    }
}

impl Element<'_> {
    async fn act(&self, what: &str, body: Value) {
        let path = format!("/element/{}/{what}", self.id);
        let done = self.browser.post(&path, body).await;
        done.unwrap_or_else(|error| panic!("{what}: {error}"));
    }

    pub(crate) async fn press(&self) {
        self.act("click", json!({})).await;
    }

    /// Presses what leads to another page, and waits until that page is there.
    pub(crate) async fn follow(&self) {
        self.browser.mark().await;
        self.press().await;
        self.browser.wait(UNMARKED).await;
    }

    /// Presses Enter where that sends a form, and waits until the answer is there.
    pub(crate) async fn submit(&self) {
        self.browser.mark().await;
        self.type_in(ENTER).await;
        self.browser.wait(UNMARKED).await;
    }

    /// Types text, keys such as [`ENTER`] included.
    pub(crate) async fn type_in(&self, text: &str) {
        self.act("value", json!({ "text": text })).await;
    }

    /// The text that is seen.
    pub(crate) async fn text(&self) -> String {
        let path = format!("/element/{}/text", self.id);
        self.browser
            .get(&path)
            .await
            .as_str()
            .expect("text")
            .to_owned()
    }
}
