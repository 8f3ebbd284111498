//! A reader of the pages, and a caller of the API: one connection that stays open.

use std::net::SocketAddr;

use anyhow::{Context, Result, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST, LOCATION};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;

/// One connection, one request at a time.
pub(super) struct Reader {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
}

impl Reader {
    /// Connects.
    pub(super) async fn new(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, address })
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        kind: &str,
        body: String,
    ) -> Result<Response<Bytes>> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.address.to_string())
            .header(CONTENT_TYPE, kind)
            .header("prefer", "wait=30")
            .body(Full::new(body.into()))?;
        self.sender.ready().await?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        Ok(Response::from_parts(head, body.collect().await?.to_bytes()))
    }

    pub(super) async fn get(&mut self, path: &str) -> Result<Response<Bytes>> {
        self.send("GET", path, "text/plain", String::new()).await
    }

    pub(super) async fn json(&mut self, path: &str) -> Result<Value> {
        let response = self.get(path).await?;
        ensure!(
            response.status() == StatusCode::OK,
            "{path}: {}",
            response.status()
        );
        Ok(serde_json::from_slice(response.body())?)
    }

    /// Fills in the form, and says where the result is once it is there.
    pub(super) async fn typed(&mut self, domain: &str, sender: &str) -> Result<String> {
        let form = format!("domain={domain}&sender={sender}");
        let kind = "application/x-www-form-urlencoded";
        let response = self.send("POST", "/en/", kind, form).await?;
        let link = response
            .headers()
            .get(LOCATION)
            .context("the form leads to a link")?;
        let link = link.to_str()?.to_owned();
        let id = link.rsplit('/').next().unwrap_or_default();
        self.json(&format!("/api/v1/checks/{id}")).await?;
        Ok(link)
    }

    /// A check of a domain and a selector by the API, waited for; its id.
    pub(super) async fn check(&mut self, domain: &str, selector: &str) -> Result<String> {
        let question = json!({ "domain": domain, "selectors": [selector] }).to_string();
        let response = self
            .send("POST", "/api/v1/checks", "application/json", question)
            .await?;
        ensure!(
            response.status() == StatusCode::CREATED,
            "{domain}: {}",
            response.status()
        );
        let check: Value = serde_json::from_slice(response.body())?;
        ensure!(check["state"] == "done", "{domain}: {}", check["state"]);
        Ok(check["id"]
            .as_str()
            .context("a check has an id")?
            .to_owned())
    }
}
