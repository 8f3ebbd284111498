//! One story, for every database that there is.

use std::path::PathBuf;

use garant_store::{CaseRow, CheckRow, Opinions, ResultRow, Sqlite, Store, StoreError};

fn check_row(id: &str, kept_until: i64) -> CheckRow {
    CheckRow {
        id: id.to_owned(),
        domain: "exemple.fr".to_owned(),
        asked_at: 1_000,
        elapsed_ms: 42,
        kept_until,
        answers: "é\u{0}\"".repeat(1_000),
    }
}

fn result_row(id: &str, kept_until: i64) -> ResultRow {
    ResultRow {
        id: id.to_owned(),
        kept_at: 1_000,
        kept_until,
        told: "é\u{0}\"".repeat(1_000),
    }
}

fn case_row(id: &str, opened_at: i64) -> CaseRow {
    CaseRow {
        id: id.to_owned(),
        opened_at,
        language: "fr".to_owned(),
        contact: "anne@exemple.fr".to_owned(),
        message: "Bonjour\n'); DROP TABLE cases; --".to_owned(),
        check_id: Some("a".to_owned()),
        domain: Some("exemple.fr".to_owned()),
        answers: Some("{}".to_owned()),
    }
}

async fn story(store: &dyn Store) {
    store.ping().await.expect("the act is done");

    assert_eq!(store.check("a").await.expect("the act is done"), None);
    store
        .save_check(check_row("a", 2_000))
        .await
        .expect("the act is done");
    store
        .save_check(check_row("b", 3_000))
        .await
        .expect("the act is done");
    assert_eq!(
        store.check("a").await.expect("the act is done"),
        Some(check_row("a", 2_000))
    );
    store
        .save_check(check_row("a", 2_500))
        .await
        .expect("the act is done");
    assert_eq!(
        store.check("a").await.expect("the act is done"),
        Some(check_row("a", 2_500))
    );
    // What is kept until a moment is kept at that moment.
    assert_eq!(
        store.delete_expired(2_500).await.expect("the act is done"),
        0
    );
    assert_eq!(
        store.delete_expired(2_501).await.expect("the act is done"),
        1
    );
    assert_eq!(store.check("a").await.expect("the act is done"), None);
    assert!(store.check("b").await.expect("the act is done").is_some());

    let save = |id, kept_until, max| store.save_result(result_row(id, kept_until), max);
    assert_eq!(store.result("k").await.expect("the act is done"), None);
    for (id, kept_until, max, expect) in [
        ("k", 2_000, 0, false),
        ("k", 2_000, 1, true),
        ("l", 3_000, 1, false),
        ("l", 3_000, 2, true),
        ("m", 3_000, 3, true),
    ] {
        let is_kept = save(id, kept_until, max).await.expect("the act is done");
        assert_eq!(is_kept, expect, "{id} within {max}");
    }
    assert!(save("k", 9, 9).await.is_err(), "a result is never replaced");
    assert_eq!(
        store.result("k").await.expect("the act is done"),
        Some(result_row("k", 2_000))
    );
    // Checks and results are forgotten together, and what is kept until a moment is kept at that moment.
    store
        .save_check(check_row("a", 2_000))
        .await
        .expect("the act is done");
    for (now, expect) in [(2_000, 0), (2_001, 2)] {
        let deleted = store.delete_expired(now).await.expect("the act is done");
        assert_eq!(deleted, expect, "{now}");
    }
    assert_eq!(store.result("k").await.expect("the act is done"), None);
    for expect in [true, false] {
        let deleted = store.delete_result("m").await.expect("the act is done");
        assert_eq!(deleted, expect);
    }
    assert_eq!(store.result("m").await.expect("the act is done"), None);
    assert!(store.result("l").await.expect("the act is done").is_some());

    assert_eq!(
        store.opinions("spf", "fr").await.expect("the act is done"),
        Opinions::default()
    );
    for useful in [true, true, false] {
        store
            .count_opinion("spf", "fr", useful)
            .await
            .expect("the act is done");
    }
    let counts = store
        .count_opinion("spf", "en", true)
        .await
        .expect("the act is done");
    assert_eq!((counts.useful, counts.not_useful), (1, 0));
    let counts = store.opinions("spf", "fr").await.expect("the act is done");
    assert_eq!((counts.useful, counts.not_useful), (2, 1));

    store
        .save_case(case_row("x", 10))
        .await
        .expect("the act is done");
    store
        .save_case(case_row("y", 20))
        .await
        .expect("the act is done");
    assert!(
        store.save_case(case_row("x", 30)).await.is_err(),
        "a case is never replaced"
    );
    assert_eq!(
        store.case("x").await.expect("the act is done"),
        Some(case_row("x", 10))
    );
    assert_eq!(store.case("z").await.expect("the act is done"), None);
    let newest = store.cases(1).await.expect("the act is done");
    assert_eq!(newest.len(), 1);
    assert_eq!((newest[0].id.as_str(), &newest[0].answers), ("y", &None));
    let full = store.octets().await.expect("the act is done");
    assert!((4_096..1_000_000).contains(&full), "{full} octets");

    assert_eq!(store.cases(10).await.expect("the act is done").len(), 2);
    assert!(store.delete_case("x").await.expect("the act is done"));
    assert!(!store.delete_case("x").await.expect("the act is done"));
    assert_eq!(store.case("x").await.expect("the act is done"), None);
    assert_eq!(store.cases(10).await.expect("the act is done").len(), 1);
}

/// A file of this test alone.
fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for suffix in ["", "-wal", "-shm"] {
        let mut path = path.clone().into_os_string();
        path.push(suffix);
        // Nothing is there at the first run.
        let _ = std::fs::remove_file(path);
    }
    path
}

#[tokio::test]
async fn sqlite_tells_the_story() {
    story(&Sqlite::in_memory().unwrap()).await;
    let path = file("story.sqlite");
    story(&Sqlite::open(&path).unwrap()).await;
    // It is remembered after the program ended.
    let again = Sqlite::open(&path).unwrap();
    assert!(again.check("b").await.unwrap().is_some());
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let path = file("newer.sqlite");
    drop(Sqlite::open(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let refused = Sqlite::open(&path).map(drop);
    assert!(
        matches!(
            refused,
            Err(StoreError::Newer {
                found: 99,
                known: 2
            })
        ),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_damaged_row_is_told() {
    let path = file("damaged.sqlite");
    let store = Sqlite::open(&path).unwrap();
    store.save_check(check_row("a", 1)).await.unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute("UPDATE checks SET answers = x'FFFFFFFF'", [])
        .unwrap();
    let damaged = store.check("a").await;
    assert!(matches!(damaged, Err(StoreError::Damaged("answers"))));
    store.save_result(result_row("a", 1), 1).await.unwrap();
    connection
        .execute("UPDATE results SET told = x'FFFFFFFF'", [])
        .unwrap();
    let damaged = store.result("a").await;
    assert!(matches!(damaged, Err(StoreError::Damaged("told"))));
}

#[tokio::test]
async fn a_database_of_an_older_program_is_brought_up_to_date_with_all_it_holds() {
    let path = file("older.sqlite");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(include_str!("../migrations/sqlite/0001_checks.sql"))
        .unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    connection
        .execute(
            "INSERT INTO opinions (page, language, useful, not_useful) VALUES ('spf', 'fr', 3, 1)",
            [],
        )
        .unwrap();
    drop(connection);
    let store = Sqlite::open(&path).unwrap();
    assert!(store.save_result(result_row("a", 1), 1).await.unwrap());
    assert_eq!(store.opinions("spf", "fr").await.unwrap().useful, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn results_that_come_together_keep_to_their_limit() {
    let store = Sqlite::in_memory().unwrap();
    let mut acts = tokio::task::JoinSet::new();
    for number in 0..50 {
        let store = store.clone();
        acts.spawn(async move {
            store
                .save_result(result_row(&number.to_string(), 1), 20)
                .await
        });
    }
    let mut kept = 0;
    while let Some(done) = acts.join_next().await {
        kept += usize::from(done.unwrap().unwrap());
    }
    assert_eq!(kept, 20);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_acts_at_once_lose_nothing() {
    let store = Sqlite::in_memory().unwrap();
    let mut acts = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let store = store.clone();
        acts.spawn(async move { store.count_opinion("spf", "fr", true).await.map(drop) });
    }
    while let Some(done) = acts.join_next().await {
        done.unwrap().unwrap();
    }
    assert_eq!(store.opinions("spf", "fr").await.unwrap().useful, 200);
}

#[cfg(unix)]
#[test]
fn a_new_database_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let path = file("private");
    let _store = Sqlite::open(&path).unwrap();
    for ending in ["", "-wal", "-shm"] {
        let path = format!("{}{ending}", path.display());
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}");
    }
}

#[tokio::test]
async fn what_is_forgotten_is_in_no_file() {
    let path = file("forgotten");
    let case = CaseRow {
        message: "ceci est oublié".repeat(50),
        ..case_row("a", 1)
    };
    let holds = || {
        let octets = std::fs::read(&path).unwrap();
        octets.windows(14).any(|part| part == b"ceci est oubli")
    };
    {
        let store = Sqlite::open(&path).unwrap();
        store.save_case(case).await.unwrap();
    }
    assert!(holds(), "the last connection wrote the log into the file");
    {
        let store = Sqlite::open(&path).unwrap();
        assert!(store.delete_case("a").await.unwrap());
    }
    assert!(!holds());
}

#[tokio::test]
async fn of_a_result_that_is_forgotten_nothing_is_in_the_file() {
    let path = file("forgotten-result");
    let store = Sqlite::open(&path).unwrap();
    let result = ResultRow {
        told: (0..2_000).map(|number| format!("{number}:")).collect(),
        ..result_row("a", 1)
    };
    assert!(store.save_result(result, 1).await.unwrap());
    drop(store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let packed: Vec<u8> = connection
        .query_row("SELECT told FROM results", [], |row| row.get(0))
        .unwrap();
    drop(connection);
    // A row of this size is spread over pages of 4,096 octets, each with a few of its own.
    let holds = || {
        let octets = std::fs::read(&path).unwrap();
        let mut parts = packed.chunks_exact(200);
        parts.any(|part| octets.windows(part.len()).any(|window| window == part))
    };
    assert!(packed.len() > 1_000 && holds());
    let store = Sqlite::open(&path).unwrap();
    assert!(store.delete_result("a").await.unwrap());
    drop(store);
    assert!(!holds());
}

#[test]
fn programs_that_begin_at_the_same_time_make_one_database() {
    let path = file("twice");
    std::thread::scope(|scope| {
        let opened: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| Sqlite::open(&path).map(drop)))
            .collect();
        for opened in opened {
            opened.join().unwrap().unwrap();
        }
    });
}
