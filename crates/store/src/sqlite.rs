//! SQLite: a file of this machine, or memory.

use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use crate::model::{CaseRow, CheckRow, Opinions, ResultRow};
use crate::store::{Store, StoreError, StoreFuture};

/// The numbered steps from an empty database to today's; forward only.
const MIGRATIONS: [&str; 2] = [
    include_str!("../migrations/sqlite/0001_checks.sql"),
    include_str!("../migrations/sqlite/0002_results.sql"),
];

/// Octets that the text of one row may unpack to at most: what a check may ask bounds its answers far below.
const UNPACKED_OCTETS_MAX: u64 = 64 * 1024 * 1024;

/// A database of SQLite. Acts run one after the other, off the threads that serve requests.
#[derive(Clone)]
pub struct Sqlite {
    connection: Arc<Mutex<Connection>>,
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.to_string())
    }
}

impl Sqlite {
    /// Opens the database in a file, which is made where it is absent: then only its owner may read it, as it holds what
    /// people wrote and where to answer them.
    ///
    /// # Errors
    /// When the file cannot be opened, or a newer program made it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        make_private(path);
        let connection = Connection::open(path)?;
        // What is forgotten is overwritten, not only unlinked.
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Self::with(connection)
    }

    /// A database in memory, gone with the program.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::with(Connection::open_in_memory()?)
    }

    fn with(mut connection: Connection) -> Result<Self, StoreError> {
        migrate(&mut connection)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> StoreFuture<'_, T> {
        let connection = Arc::clone(&self.connection);
        Box::pin(async move {
            let done = tokio::task::spawn_blocking(move || {
                // A transaction that panicked was rolled back, so the connection is sound.
                let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
                act(&mut connection)
            });
            done.await
                .map_err(|error| StoreError::Database(error.to_string()))?
        })
    }
}

/// Makes the file of a database that is not there yet, for its owner alone. Where that does not work, opening it tells
/// why; SQLite gives the files beside it the same rights.
fn make_private(path: &Path) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _ = options.open(path);
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version = |connection: &Connection| -> Result<u32, StoreError> {
        Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
    };
    let known = u32::try_from(MIGRATIONS.len()).expect("few migrations");
    let found = version(connection)?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    for (number, sql) in (1u32..).zip(MIGRATIONS).skip(found as usize) {
        // Another program may be at the same step: whoever comes second finds it done.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&transaction)? >= number {
            continue;
        }
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

fn pack(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .expect("memory takes what is written to it")
}

fn unpack(octets: &[u8], column: &'static str) -> Result<String, StoreError> {
    let mut text = String::new();
    DeflateDecoder::new(octets)
        .take(UNPACKED_OCTETS_MAX)
        .read_to_string(&mut text)
        .map_err(|_| StoreError::Damaged(column))?;
    Ok(text)
}

fn unsigned(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|_| StoreError::Damaged("count"))
}

const SAVE_CHECK: &str = "INSERT OR REPLACE INTO checks (id, domain, asked_at, elapsed_ms, kept_until, answers) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const CHECK: &str =
    "SELECT domain, asked_at, elapsed_ms, kept_until, answers FROM checks WHERE id = ?1";
/// What is beyond the limit is counted and refused in one statement, so that two who come together keep to it.
const SAVE_RESULT: &str = "INSERT INTO results (id, kept_at, kept_until, told) SELECT ?1, ?2, ?3, ?4 \
     WHERE (SELECT COUNT(*) FROM results) < ?5";
const RESULT: &str = "SELECT kept_at, kept_until, told FROM results WHERE id = ?1";
const DELETE_RESULT: &str = "DELETE FROM results WHERE id = ?1";
const DELETE_EXPIRED: [&str; 2] = [
    "DELETE FROM checks WHERE kept_until < ?1",
    "DELETE FROM results WHERE kept_until < ?1",
];
const COUNT_OPINION: &str = "INSERT INTO opinions (page, language, useful, not_useful) VALUES (?1, ?2, ?3, ?4) \
     ON CONFLICT (page, language) DO UPDATE SET useful = useful + ?3, not_useful = not_useful + ?4";
const OPINIONS: &str = "SELECT useful, not_useful FROM opinions WHERE page = ?1 AND language = ?2";
const SAVE_CASE: &str = "INSERT INTO cases (id, opened_at, language, contact, message, check_id, domain, answers) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const CASE: &str = "SELECT id, opened_at, language, contact, message, check_id, domain, answers FROM cases \
     WHERE id = ?1";
const DELETE_CASE: &str = "DELETE FROM cases WHERE id = ?1";
const CASES: &str = "SELECT id, opened_at, language, contact, message, check_id, domain, NULL FROM cases \
     ORDER BY opened_at DESC, id LIMIT ?1";

fn opinions(connection: &Connection, page: &str, language: &str) -> Result<Opinions, StoreError> {
    let counts = connection
        .query_row(OPINIONS, params![page, language], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (useful, not_useful) = counts.unwrap_or((0, 0));
    Ok(Opinions {
        useful: unsigned(useful)?,
        not_useful: unsigned(not_useful)?,
    })
}

fn case_row(row: &Row<'_>) -> Result<(CaseRow, Option<Vec<u8>>), rusqlite::Error> {
    let case = CaseRow {
        id: row.get(0)?,
        opened_at: row.get(1)?,
        language: row.get(2)?,
        contact: row.get(3)?,
        message: row.get(4)?,
        check_id: row.get(5)?,
        domain: row.get(6)?,
        answers: None,
    };
    Ok((case, row.get(7)?))
}

impl Store for Sqlite {
    fn save_check(&self, check: CheckRow) -> StoreFuture<'_, ()> {
        self.act(move |connection| {
            let answers = pack(&check.answers);
            let elapsed = i64::try_from(check.elapsed_ms).unwrap_or(i64::MAX);
            connection.prepare_cached(SAVE_CHECK)?.execute(params![
                check.id,
                check.domain,
                check.asked_at,
                elapsed,
                check.kept_until,
                answers
            ])?;
            Ok(())
        })
    }

    fn check<'a>(&'a self, id: &'a str) -> StoreFuture<'a, Option<CheckRow>> {
        let id = id.to_owned();
        self.act(move |connection| {
            let found = connection
                .prepare_cached(CHECK)?
                .query_row(params![id], |row| {
                    let answers: Vec<u8> = row.get(4)?;
                    let elapsed: i64 = row.get(2)?;
                    let times = (row.get(1)?, row.get(3)?);
                    Ok((row.get(0)?, times, elapsed, answers))
                })
                .optional()?;
            let Some((domain, (asked_at, kept_until), elapsed, answers)) = found else {
                return Ok(None);
            };
            Ok(Some(CheckRow {
                id,
                domain,
                asked_at,
                elapsed_ms: unsigned(elapsed)?,
                kept_until,
                answers: unpack(&answers, "answers")?,
            }))
        })
    }

    fn save_result(&self, result: ResultRow, results_max: u64) -> StoreFuture<'_, bool> {
        self.act(move |connection| {
            let told = pack(&result.told);
            let max = i64::try_from(results_max).unwrap_or(i64::MAX);
            let saved = connection.prepare_cached(SAVE_RESULT)?.execute(params![
                result.id,
                result.kept_at,
                result.kept_until,
                told,
                max
            ])?;
            Ok(saved > 0)
        })
    }

    fn result<'a>(&'a self, id: &'a str) -> StoreFuture<'a, Option<ResultRow>> {
        let id = id.to_owned();
        self.act(move |connection| {
            let found = connection
                .prepare_cached(RESULT)?
                .query_row(params![id], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?))
                })
                .optional()?;
            let Some((kept_at, kept_until, told)) = found else {
                return Ok(None);
            };
            Ok(Some(ResultRow {
                id,
                kept_at,
                kept_until,
                told: unpack(&told, "told")?,
            }))
        })
    }

    fn delete_result<'a>(&'a self, id: &'a str) -> StoreFuture<'a, bool> {
        let id = id.to_owned();
        self.act(move |connection| Ok(connection.execute(DELETE_RESULT, params![id])? > 0))
    }

    fn delete_expired(&self, now: i64) -> StoreFuture<'_, u64> {
        self.act(move |connection| {
            let transaction = connection.transaction()?;
            let mut deleted = 0;
            for statement in DELETE_EXPIRED {
                deleted += transaction.execute(statement, params![now])? as u64;
            }
            transaction.commit()?;
            Ok(deleted)
        })
    }

    fn count_opinion<'a>(
        &'a self,
        page: &'a str,
        language: &'a str,
        useful: bool,
    ) -> StoreFuture<'a, Opinions> {
        let (page, language) = (page.to_owned(), language.to_owned());
        self.act(move |connection| {
            let transaction = connection.transaction()?;
            let counted = params![page, language, i64::from(useful), i64::from(!useful)];
            transaction.execute(COUNT_OPINION, counted)?;
            let counts = opinions(&transaction, &page, &language)?;
            transaction.commit()?;
            Ok(counts)
        })
    }

    fn opinions<'a>(&'a self, page: &'a str, language: &'a str) -> StoreFuture<'a, Opinions> {
        let (page, language) = (page.to_owned(), language.to_owned());
        self.act(move |connection| opinions(connection, &page, &language))
    }

    fn save_case(&self, case: CaseRow) -> StoreFuture<'_, ()> {
        self.act(move |connection| {
            let answers = case.answers.as_deref().map(pack);
            connection.execute(
                SAVE_CASE,
                params![
                    case.id,
                    case.opened_at,
                    case.language,
                    case.contact,
                    case.message,
                    case.check_id,
                    case.domain,
                    answers
                ],
            )?;
            Ok(())
        })
    }

    fn case<'a>(&'a self, id: &'a str) -> StoreFuture<'a, Option<CaseRow>> {
        let id = id.to_owned();
        self.act(move |connection| {
            let found = connection
                .query_row(CASE, params![id], case_row)
                .optional()?;
            let Some((case, answers)) = found else {
                return Ok(None);
            };
            let answers = answers
                .map(|answers| unpack(&answers, "answers"))
                .transpose()?;
            Ok(Some(CaseRow { answers, ..case }))
        })
    }

    fn cases(&self, limit: u32) -> StoreFuture<'_, Vec<CaseRow>> {
        self.act(move |connection| {
            let mut statement = connection.prepare(CASES)?;
            let rows = statement.query_map(params![limit], case_row)?;
            rows.map(|row| Ok(row?.0)).collect()
        })
    }

    fn delete_case<'a>(&'a self, id: &'a str) -> StoreFuture<'a, bool> {
        let id = id.to_owned();
        self.act(move |connection| Ok(connection.execute(DELETE_CASE, params![id])? > 0))
    }

    fn octets(&self) -> StoreFuture<'_, u64> {
        self.act(|connection| {
            let number = |name: &str| -> Result<u64, StoreError> {
                unsigned(connection.pragma_query_value(None, name, |row| row.get(0))?)
            };
            let used = number("page_count")?.saturating_sub(number("freelist_count")?);
            Ok(used.saturating_mul(number("page_size")?))
        })
    }

    fn ping(&self) -> StoreFuture<'_, ()> {
        self.act(|connection| {
            Ok(connection.query_row("SELECT 1", [], |row| row.get::<_, i64>(0).map(drop))?)
        })
    }
}
