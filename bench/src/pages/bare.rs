//! The limit: one response, always the same, from hyper without anything around it.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};

use anyhow::Result;
use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CONTENT_LENGTH, DATE};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// Answers every request with this head and body, for as long as the runtime lives.
pub(super) async fn serve(response: Response<Bytes>) -> Result<SocketAddr> {
    let mut response = response.map(Full::new);
    // hyper writes these two itself.
    response.headers_mut().remove(CONTENT_LENGTH);
    response.headers_mut().remove(DATE);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let response = response.clone();
            tokio::spawn(async move {
                let service = service_fn(move |_| {
                    let response = response.clone();
                    async move { Ok::<_, Infallible>(response) }
                });
                // wrk closes its connections when its time is up.
                let _ = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service)
                    .await;
            });
        }
    });
    Ok(address)
}
