//! One question over TCP (RFC 7766), for answers that do not fit into a datagram.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::wire::{Response, decode_response, encode_query, message_id};
use crate::{Question, Source, Status};

/// Asks a recursive server over a connection of its own, without a limit on time.
///
/// # Errors
/// As [`exchange`], and what does not answer this question.
pub(super) async fn ask(server: SocketAddr, question: &Question, id: u16) -> io::Result<Response> {
    let message = exchange(server, &encode_query(question, id)).await?;
    let response = decode_response(&message, question, Source::Tcp(server)).map_err(invalid)?;
    if response.answer.status == Status::Truncated {
        return Err(invalid("cut short although nothing limits it"));
    }
    Ok(response)
}

/// Sends a query and receives a message under its number, without a limit on time. Octets are limited by
/// the length field.
///
/// # Errors
/// Whatever keeps the connection from delivering a whole message with the right number.
pub(super) async fn exchange(server: SocketAddr, query: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let length = u16::try_from(query.len()).expect("a query is far shorter than 64 KiB");
    // RFC 7766, section 8: length and message go out together.
    let framed = [&length.to_be_bytes()[..], query].concat();
    stream.write_all(&framed).await?;
    let length = stream.read_u16().await?;
    let mut message = vec![0; usize::from(length)];
    stream.read_exact(&mut message).await?;
    if message_id(&message) != message_id(query) {
        return Err(invalid("a response with another number"));
    }
    Ok(message)
}

fn invalid(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}
