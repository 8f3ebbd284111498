//! Those who judge pages: axe-core (accessibility) and html-validate (HTML).

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::demo::target;
use crate::driver::Browser;

fn modules() -> PathBuf {
    target().join("tools/node_modules")
}

/// The script of axe-core; nothing, said aloud, where it is absent.
pub(crate) fn axe() -> Option<String> {
    let script = std::fs::read_to_string(modules().join("axe-core/axe.min.js"));
    if script.is_err() {
        eprintln!("skipped: axe-core is not installed");
    }
    script.ok()
}

/// What axe-core finds on the page as it now stands: WCAG 2.0 to 2.2, A and AA, and best practice.
pub(crate) async fn accessibility(browser: &Browser, axe: &str) -> Vec<String> {
    // Chromium's own protocol is not bound by the page's Content-Security-Policy.
    let load = json!({ "expression": axe });
    browser.cdp("Runtime.evaluate", load).await;
    let run = "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})\
               .then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html + ' | ' + n.failureSummary)])))";
    let run = json!({ "expression": run, "awaitPromise": true, "returnByValue": true });
    let result = browser.cdp("Runtime.evaluate", run).await;
    let text = result["result"]["value"]
        .as_str()
        .unwrap_or_else(|| panic!("axe did not answer: {result}"));
    let violations: Vec<Value> = serde_json::from_str(text).expect("a list");
    violations.iter().map(Value::to_string).collect()
}

/// What html-validate finds in a page; nothing where it is absent, which is said aloud.
pub(crate) fn validity(name: &str, html: &str) -> Vec<String> {
    let program = modules().join(".bin/html-validate");
    if !program.is_file() {
        eprintln!("skipped: html-validate is not installed");
        return Vec::new();
    }
    let config = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/browser/html-validate.json"
    );
    let mut child = Command::new(program)
        .args([
            "--config",
            config,
            "--formatter",
            "json",
            "--stdin",
            "--stdin-filename",
            name,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("html-validate starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(html.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    if output.status.success() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let Ok(Value::Array(files)) = serde_json::from_str(&text) else {
        return vec![format!("{text}{}", String::from_utf8_lossy(&output.stderr))];
    };
    files
        .iter()
        .flat_map(|file| file["messages"].as_array().cloned().unwrap_or_default())
        .map(|fault| {
            format!(
                "{name}:{}:{} {}: {}",
                fault["line"], fault["column"], fault["ruleId"], fault["message"]
            )
        })
        .collect()
}
