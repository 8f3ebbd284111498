//! The database of this machine.

use std::path::Path;

use garant_service::typed::Refusal;
use garant_store::Sqlite;
use garant_text::Args;

/// Where `garant serve` keeps its database when nothing else is said.
pub(crate) const DEFAULT: &str = "garant.sqlite";

/// Opens a database that exists; one that was misnamed is not made.
///
/// # Errors
/// When there is none, or it is none of ours.
pub(crate) fn existing(path: &Path) -> Result<Sqlite, Refusal> {
    let refuse = |reason: &str, detail: String| {
        let args = Args::new()
            .with("path", path.display().to_string())
            .with("reason", reason)
            .with("detail", detail);
        Refusal::new("error-store", args)
    };
    if !path.is_file() {
        return Err(refuse("absent", String::new()));
    }
    Sqlite::open(path).map_err(|error| refuse("other", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Configuration;

    #[test]
    fn support_looks_where_the_service_writes() {
        assert_eq!(Configuration::of_defaults().database, Path::new(DEFAULT));
    }
}
