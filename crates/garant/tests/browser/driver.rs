//! Chromium through its WebDriver.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Map, Value, json};

use crate::demo::target;

/// How long an element may take to appear before a test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A browser of its own, with an empty profile; [`Browser::close`] ends it.
pub(crate) struct Browser {
    driver: Driver,
    pub(crate) client: Client,
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
        let options = json!({
            "binary": chromium,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--window-size=1280,1000", "--force-color-profile=srgb",
                format!("--user-data-dir={}", profile.display()),
            ],
            "prefs": preferences,
        });
        let capabilities = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        });
        let Value::Object(capabilities) = capabilities else {
            unreachable!("an object was written");
        };
        let client = ClientBuilder::new(fantoccini_connector())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("a session");
        Some(Self {
            driver: Driver(driver),
            client,
            profile,
        })
    }

    pub(crate) async fn goto(&self, url: &str) {
        self.client.goto(url).await.expect("a page");
    }

    pub(crate) async fn url(&self) -> String {
        self.client
            .current_url()
            .await
            .expect("an address")
            .to_string()
    }

    /// Waits for an element.
    pub(crate) async fn wait(&self, css: &str) -> fantoccini::elements::Element {
        let waited = self.client.wait().at_most(PATIENCE);
        let found = waited.for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => {
                let url = self.url().await;
                let seen = self
                    .run("return document.body.innerText.slice(0, 2000)")
                    .await;
                panic!("{css} at {url}: {error}\n{seen}");
            }
        }
    }

    pub(crate) async fn text(&self, css: &str) -> String {
        self.wait(css).await.text().await.expect("text")
    }

    /// How many elements there are now.
    pub(crate) async fn count(&self, css: &str) -> usize {
        let found = self.client.find_all(Locator::Css(css)).await;
        found.expect("a list").len()
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        let result = self.client.execute(script, Vec::new()).await;
        result.unwrap_or_else(|error| panic!("{error}: {script}"))
    }

    /// Sends a command of Chromium's own protocol.
    pub(crate) async fn cdp(&self, method: &str, parameters: Value) -> Value {
        let command = Own {
            path: "goog/cdp/execute",
            body: json!({ "cmd": method, "params": parameters }),
        };
        let result = self.client.issue_cmd(command).await;
        result.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Light or dark, as the system of the reader would say.
    pub(crate) async fn scheme(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        )
        .await;
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
        let command = Own {
            path: "se/log",
            body: json!({ "type": kind }),
        };
        let result = self.client.issue_cmd(command).await.expect("a log");
        result.as_array().cloned().unwrap_or_default()
    }

    /// Writes what is to be seen, the whole page, for a human.
    pub(crate) async fn picture(&self, name: &str) {
        let shot = json!({ "format": "png", "captureBeyondViewport": true });
        let shot = self.cdp("Page.captureScreenshot", shot).await;
        let text = shot["data"].as_str().expect("a picture");
        let octets = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, text);
        let folder = target().join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), octets.expect("base64"))
            .expect("a file");
    }

    /// Ends the browser.
    pub(crate) async fn close(self) {
        let closed = self.client.close().await;
        drop(self.driver);
        let _ = std::fs::remove_dir_all(&self.profile);
        closed.expect("the session ends");
    }
}

fn fantoccini_connector() -> hyper_util::client::legacy::connect::HttpConnector {
    hyper_util::client::legacy::connect::HttpConnector::new()
}

/// A command that WebDriver leaves to the browser.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.expect("a session was made");
        base.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
