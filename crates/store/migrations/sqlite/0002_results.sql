-- Results about messages, of those who asked for a link to them: what their page says, and nothing else.
CREATE TABLE results (
    id         TEXT PRIMARY KEY NOT NULL,
    kept_at    INTEGER NOT NULL,
    kept_until INTEGER NOT NULL,
    told       BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX results_kept_until ON results (kept_until);
