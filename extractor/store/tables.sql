-- tables.sql - the tables of a store, the same in SQLite and PostgreSQL (schemas/store.md says what they mean).
-- Types: TEXT, BIGINT, DOUBLE PRECISION are understood by both. Days are ISO 8601 text, times seconds since 1970.

CREATE TABLE kehoach (schema BIGINT NOT NULL, made_by TEXT); -- version of these tables (KH_STORE_SCHEMA_VERSION); the program that made them

CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY,
    state TEXT NOT NULL,             -- queued reading done failed
    bytes BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    code BIGINT, cause TEXT,         -- of a failure: class (exit status) and message
    owner TEXT, lease_until BIGINT,  -- of a claim
    version TEXT,                    -- program version that made the record
    file TEXT, media_type TEXT, pages BIGINT,
    issuer TEXT, issuer_key TEXT, parent TEXT, parent_key TEXT,
    number TEXT, place TEXT, date TEXT, type TEXT, title TEXT,
    period_start TEXT, period_end TEXT,
    province_code TEXT, province_name TEXT, today_code TEXT, today_name TEXT,
    signer TEXT, n_tasks BIGINT, n_targets BIGINT, n_reviews BIGINT
);
CREATE INDEX documents_state ON documents (state, bytes, pages, sha256); -- the queue, and its counts

CREATE TABLE records (
    sha256 TEXT PRIMARY KEY,
    record TEXT NOT NULL             -- the whole record, JSON on one line, as the program read it
);

CREATE TABLE files (
    path TEXT PRIMARY KEY,
    sha256 TEXT,                     -- NULL: could not be read
    bytes BIGINT NOT NULL, modified BIGINT NOT NULL,
    cause TEXT
);
CREATE INDEX files_sha256 ON files (sha256);

CREATE TABLE tasks (
    sha256 TEXT NOT NULL, id TEXT NOT NULL, position BIGINT NOT NULL,
    origin TEXT, section TEXT, "group" TEXT, number TEXT, text TEXT,
    lead TEXT, lead_key TEXT, coordinate TEXT, product TEXT, -- lists joined by "; "; each unit by itself in units
    deadline TEXT, deadline_kind TEXT, deadline_start TEXT, deadline_end TEXT,
    budget TEXT, notes TEXT,
    page BIGINT, confidence DOUBLE PRECISION, plain TEXT,    -- plain: group, text, lead, product folded, for search and likeness
    PRIMARY KEY (sha256, id)
);
CREATE TABLE targets (
    sha256 TEXT NOT NULL, id TEXT NOT NULL, position BIGINT NOT NULL,
    section TEXT, text TEXT, subject TEXT, comparator TEXT, value DOUBLE PRECISION, unit TEXT, due TEXT, -- due: `by` of the record
    baseline TEXT, baseline_start TEXT, baseline_end TEXT, topic TEXT,
    page BIGINT, confidence DOUBLE PRECISION, plain TEXT,
    PRIMARY KEY (sha256, id)
);
CREATE INDEX targets_topic ON targets (topic);
CREATE TABLE "references" (
    sha256 TEXT NOT NULL, position BIGINT NOT NULL,
    pointer TEXT NOT NULL, kind TEXT NOT NULL,               -- kind: base paragraph task
    type TEXT, number TEXT, date TEXT, issuer TEXT, issuer_key TEXT, page BIGINT,
    PRIMARY KEY (sha256, position)
);
CREATE TABLE units (
    sha256 TEXT NOT NULL, position BIGINT NOT NULL,
    pointer TEXT NOT NULL, role TEXT NOT NULL,               -- issuer parent lead coordinate responsible recipient
    unit TEXT, unit_key TEXT, task TEXT, page BIGINT,        -- task: id, of lead and coordinate
    PRIMARY KEY (sha256, position)
);
CREATE INDEX units_key ON units (unit_key);
CREATE TABLE reviews (
    sha256 TEXT NOT NULL, position BIGINT NOT NULL,          -- worst first
    pointer TEXT NOT NULL, reason TEXT NOT NULL, message TEXT, page BIGINT,
    PRIMARY KEY (sha256, position)
);
CREATE TABLE corrections (
    sha256 TEXT NOT NULL, pointer TEXT NOT NULL,
    read TEXT, corrected TEXT,                               -- what the program had read there; what a person put in its place
    who TEXT, at BIGINT,
    PRIMARY KEY (sha256, pointer)
);
CREATE TABLE provinces (
    code TEXT PRIMARY KEY, name TEXT NOT NULL,               -- the 63 before July 2025
    today_code TEXT NOT NULL, today_name TEXT NOT NULL       -- and what each is part of today
);
