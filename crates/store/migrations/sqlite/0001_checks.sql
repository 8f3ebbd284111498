-- Checks with everything that was answered, opinions on help pages, and cases for support.
CREATE TABLE checks (
    id         TEXT PRIMARY KEY NOT NULL,
    domain     TEXT NOT NULL,
    asked_at   INTEGER NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    kept_until INTEGER NOT NULL,
    answers    BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX checks_kept_until ON checks (kept_until);
CREATE TABLE opinions (
    page       TEXT NOT NULL,
    language   TEXT NOT NULL,
    useful     INTEGER NOT NULL,
    not_useful INTEGER NOT NULL,
    PRIMARY KEY (page, language)
) STRICT, WITHOUT ROWID;
CREATE TABLE cases (
    id        TEXT PRIMARY KEY NOT NULL,
    opened_at INTEGER NOT NULL,
    language  TEXT NOT NULL,
    contact   TEXT NOT NULL,
    message   TEXT NOT NULL,
    check_id  TEXT,
    domain    TEXT,
    answers   BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_opened_at ON cases (opened_at);
