-- The first shape of the server's store. Times are milliseconds since 1970 (the server's wall
-- clock) and only ever shown; order is by id. Ids of records and kiosks are their 16 raw bytes.

CREATE TABLE server (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    incarnation BLOB NOT NULL CHECK (length(incarnation) = 16)
) STRICT;

CREATE TABLE practice (
    code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 9),
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE, -- in small letters
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('practice', 'programme')),
    practice TEXT REFERENCES practice (code),
    password TEXT NOT NULL, -- Argon2id, with its salt and cost
    created_at INTEGER NOT NULL,
    CHECK ((role = 'practice') = (practice IS NOT NULL))
) STRICT;

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    user INTEGER NOT NULL REFERENCES user (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_seen ON session (seen_at);

-- Tries at signing in, by a hash of the address (or of nothing, for all tries together).
CREATE TABLE sign_in_try (
    key BLOB PRIMARY KEY,
    tries INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_try_since ON sign_in_try (since);

CREATE TABLE kiosk (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    practice TEXT NOT NULL REFERENCES practice (code),
    name TEXT NOT NULL,
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    mode TEXT NOT NULL CHECK (mode IN ('demo', 'live')),
    revoked INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    -- What it claimed in its last signed manifest.
    made INTEGER NOT NULL DEFAULT 0, -- never goes down
    waiting INTEGER NOT NULL DEFAULT 0,
    version TEXT NOT NULL DEFAULT '',
    last_contact INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX kiosk_practice ON kiosk (practice, last_contact);
CREATE INDEX kiosk_last_contact ON kiosk (last_contact);

-- Everything that ever arrived, once. A withdrawn record leaves its row with the outcome 'gone' and
-- nothing sealed, so that a copy sent again can't revive it.
CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    record BLOB NOT NULL UNIQUE CHECK (length(record) = 16),
    kiosk BLOB NOT NULL,
    seq INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    key BLOB NOT NULL, -- the name of the key that it is sealed to
    sealed BLOB,
    received_at INTEGER NOT NULL,
    via TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'deferred', 'rejected', 'gone')),
    code TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX inbox_unread ON inbox (id) WHERE outcome IN ('deferred', 'rejected');
CREATE INDEX inbox_attention ON inbox (kiosk) WHERE outcome IN ('deferred', 'rejected');

-- The same name with other bytes: both are kept, and people are told.
CREATE TABLE conflict (
    record BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    kiosk BLOB NOT NULL,
    seq INTEGER NOT NULL,
    key BLOB NOT NULL,
    sealed BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    via TEXT NOT NULL,
    PRIMARY KEY (record, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_kiosk ON conflict (kiosk);

-- Which numbers of a kiosk were seen, as runs that neither touch nor overlap.
CREATE TABLE seq_run (
    kiosk BLOB NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL CHECK (last >= first),
    PRIMARY KEY (kiosk, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE signup (
    id INTEGER PRIMARY KEY, -- the order of arrival
    record BLOB NOT NULL UNIQUE CHECK (length(record) = 16),
    practice TEXT NOT NULL REFERENCES practice (code),
    kiosk BLOB NOT NULL,
    reference TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    made_at INTEGER NOT NULL, -- the kiosk's claim
    status TEXT NOT NULL CHECK (status IN
        ('received', 'welcomed', 'activated', 'duplicate', 'not_eligible', 'withdrawn')),
    attention TEXT NOT NULL, -- plain words, one sentence a line; empty where there is nothing
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    name_key TEXT NOT NULL, -- names in small letters, for comparing
    nhs_number TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    language TEXT NOT NULL,
    mode TEXT NOT NULL,
    consent_version TEXT NOT NULL,
    email TEXT NOT NULL,
    mobile TEXT NOT NULL,
    postcode TEXT NOT NULL,
    plaintext BLOB NOT NULL, -- the canonical record
    -- The folder of the worklist that it lies in: exactly one.
    folder TEXT NOT NULL GENERATED ALWAYS AS (CASE
        WHEN status IN ('duplicate', 'not_eligible', 'withdrawn') THEN 'closed'
        WHEN status = 'received' AND attention <> '' THEN 'needs_attention'
        ELSE status END) STORED
) STRICT;
CREATE INDEX signup_practice ON signup (practice, id);
CREATE INDEX signup_practice_folder ON signup (practice, folder, id);
CREATE INDEX signup_folder ON signup (folder, id);
CREATE INDEX signup_practice_received ON signup (practice, received_at);
CREATE INDEX signup_received ON signup (received_at);
CREATE INDEX signup_nhs_number ON signup (nhs_number) WHERE nhs_number <> '';
CREATE INDEX signup_person ON signup (name_key, birth_date);
CREATE INDEX signup_kiosk_withdrawn ON signup (kiosk) WHERE status = 'withdrawn';
CREATE INDEX signup_kiosk_attention ON signup (kiosk) WHERE folder = 'needs_attention';

-- How many lie in each folder of each practice, so that nobody counts rows to show a page. A new
-- sign-up is counted by the statement that follows its INSERT and not by a trigger: a statement
-- with a trigger opens a savepoint, and at each savepoint FTS5 writes out what it has gathered.
CREATE TABLE folder_count (
    practice TEXT NOT NULL,
    folder TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (practice, folder)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER signup_moved AFTER UPDATE OF status, attention ON signup
    WHEN old.folder <> new.folder BEGIN
    UPDATE folder_count SET n = n - 1 WHERE practice = old.practice AND folder = old.folder;
    INSERT INTO folder_count VALUES (new.practice, new.folder, 1)
        ON CONFLICT (practice, folder) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER signup_uncounted AFTER DELETE ON signup BEGIN
    UPDATE folder_count SET n = n - 1 WHERE practice = old.practice AND folder = old.folder;
END;

-- Words of names, numbers and references, folded by case and accent; the practice is a word too,
-- so that a practice's search reads no other practice's rows.
CREATE VIRTUAL TABLE signup_word USING fts5 (practice, name, number, content = '',
    prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');

-- Append-only, each row chained to the one before by its hash.
CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,  -- 'user', 'kiosk' or 'server'
    who TEXT NOT NULL,    -- the user's number or the kiosk's id
    action TEXT NOT NULL,
    object TEXT NOT NULL, -- a record's id, or ''
    practice TEXT NOT NULL,
    detail TEXT NOT NULL, -- ids, codes and numbers; never what a person typed
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX audit_object ON audit (object, n) WHERE object <> '';
CREATE TRIGGER audit_keeps AFTER UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- What staff wrote beside a change of status: apart from the log, so that it can be erased.
CREATE TABLE note (
    audit INTEGER PRIMARY KEY REFERENCES audit (n),
    text TEXT NOT NULL
) STRICT;
