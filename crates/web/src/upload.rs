//! Files that are sent with a form: messages to look at. Read within limits, and themselves kept nowhere.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{StatusCode, header};
use axum::response::Response;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Client;
use crate::frame::{Lang, message};

/// Forms with files that are read and looked at at the same time at most; each takes [`crate::UPLOAD_OCTETS_MAX`]
/// octets at most.
pub const UPLOADS_AT_ONCE: usize = 8;
/// Those of one client.
pub const UPLOADS_OF_ONE_CLIENT: usize = 2;
/// Files in one form at most; what is beyond is told.
pub const FILES_MAX: usize = 500;

/// Octets of a field that is no file, at most: a domain, an address.
const TEXT_OCTETS_MAX: usize = 4_096;
/// Fields of one form at most.
const FIELDS_MAX: usize = 20;

/// A file that was sent.
#[derive(Debug)]
pub(crate) struct File {
    /// Its name, without the folders that some browsers put before it. A stranger's text.
    pub(crate) name: String,
    pub(crate) octets: Vec<u8>,
}

/// A form with files.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// Those that are not empty.
    pub(crate) files: Vec<File>,
    /// There were more than [`FILES_MAX`].
    pub(crate) is_cut: bool,
    fields: Vec<(String, String)>,
    /// What was pasted: it may be as long as a file.
    pub(crate) pasted: String,
    /// Until what was sent is done with: it takes room that long.
    _turn: Option<Turn>,
}

impl Upload {
    /// What a field says, without white space around it; empty where there is none. Of several the last counts.
    pub(crate) fn field(&self, name: &str) -> &str {
        let mut fields = self.fields.iter().rev();
        let found = fields.find(|(found, _)| found == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// Whether a box is ticked: browsers send its value, and nothing where it is not.
    pub(crate) fn wishes(&self, name: &str) -> bool {
        matches!(self.field(name), "true" | "on" | "1")
    }
}

/// The name of the field whose text may be long.
const PASTED: &str = "pasted";

/// Whose forms are being read.
#[derive(Clone)]
pub(crate) struct Uploads {
    all: Arc<Semaphore>,
    clients: Arc<Mutex<Vec<Client>>>,
}

/// A turn to be read and looked at. It ends when it is dropped.
#[derive(Debug)]
struct Turn {
    _permit: OwnedSemaphorePermit,
    client: Client,
    clients: Arc<Mutex<Vec<Client>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = clients.iter().position(|client| *client == self.client) {
            clients.swap_remove(at);
        }
    }
}

impl Uploads {
    pub(crate) fn new() -> Self {
        Self {
            all: Arc::new(Semaphore::new(UPLOADS_AT_ONCE)),
            clients: Arc::default(),
        }
    }

    fn turn(&self, client: Client) -> Option<Turn> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = clients.iter().filter(|one| **one == client).count();
        if begun >= UPLOADS_OF_ONE_CLIENT {
            return None;
        }
        clients.push(client);
        Some(Turn {
            _permit: permit,
            client,
            clients: Arc::clone(&self.clients),
        })
    }
}

/// Why a form with files was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    NotAForm,
    TooLarge,
    Broken,
}

impl From<MultipartError> for Unread {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Self::TooLarge,
            _ => Self::Broken,
        }
    }
}

impl Unread {
    fn page(self) -> (StatusCode, &'static str) {
        match self {
            Self::NotAForm => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "page-not-a-form"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "upload-too-large"),
            Self::Broken => (StatusCode::BAD_REQUEST, "upload-broken"),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    /// Reads the form of a request that has [`Uploads`] among its extensions.
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Lang(language) = Lang::from_request_parts(&mut parts, state).await?;
        let client = parts.extensions.get::<Client>().copied();
        let uploads = parts
            .extensions
            .get::<Uploads>()
            .cloned()
            .expect("the routes of files bear the layer");
        let Some(turn) = uploads.turn(client.unwrap_or(Client::NOBODY)) else {
            let status = StatusCode::SERVICE_UNAVAILABLE;
            return Err(message(language, status, "page-busy", "/"));
        };
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let is_plain = kind.is_some_and(|kind| {
            kind.as_bytes()
                .starts_with(b"application/x-www-form-urlencoded")
        });
        let request = Request::from_parts(parts, body);
        let read = if is_plain {
            read_plain(request).await
        } else {
            read_parts(request).await
        };
        let read = read.map(|upload| Self {
            _turn: Some(turn),
            ..upload
        });
        read.map_err(|unread| {
            let (status, key) = unread.page();
            message(language, status, key, "/")
        })
    }
}

/// A form without files, as programs and links send it.
async fn read_plain(request: Request) -> Result<Upload, Unread> {
    let octets = axum::body::Bytes::from_request(request, &())
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Unread::TooLarge,
            _ => Unread::Broken,
        })?;
    let mut upload = Upload::default();
    for (name, value) in form_urlencoded::parse(&octets) {
        upload.take(&name, value.into_owned());
    }
    Ok(upload)
}

async fn read_parts(request: Request) -> Result<Upload, Unread> {
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Unread::NotAForm)?;
    let mut upload = Upload::default();
    while let Some(field) = parts.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name() {
            let file_name = base_name(file_name).to_owned();
            let octets = whole(field).await?;
            // A form in which no file was chosen has one without a name and without content.
            if octets.is_empty() && file_name.is_empty() {
                continue;
            }
            if upload.files.len() == FILES_MAX {
                upload.is_cut = true;
                continue;
            }
            upload.files.push(File {
                name: file_name,
                octets,
            });
        } else {
            let octets = whole(field).await?;
            let text = String::from_utf8(octets)
                .unwrap_or_else(|odd| String::from_utf8_lossy(odd.as_bytes()).into_owned());
            upload.take(&name, text);
        }
    }
    Ok(upload)
}

async fn whole(field: Field<'_>) -> Result<Vec<u8>, Unread> {
    // Nobody else holds them: nothing is copied.
    Ok(field.bytes().await?.into())
}

impl Upload {
    fn take(&mut self, name: &str, value: String) {
        if name == PASTED {
            self.pasted = value;
        } else if self.fields.len() < FIELDS_MAX && value.len() <= TEXT_OCTETS_MAX {
            self.fields.push((name.to_owned(), value));
        }
    }
}

/// The last part of a path, whichever way its folders are parted.
fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
