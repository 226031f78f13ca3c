-- review.sql - tables of what people do with records (since version 2 of a store); made with tables.sql, or added to an older store.

CREATE TABLE changes (
    sha256 TEXT NOT NULL, revision BIGINT NOT NULL,          -- 1, 2, … of its document
    who TEXT, at BIGINT,
    operation TEXT NOT NULL,         -- JSON (store/journal.h)
    undone BIGINT,                   -- the revision that took it back
    PRIMARY KEY (sha256, revision)
);
CREATE TABLE seen (
    sha256 TEXT NOT NULL, pointer TEXT NOT NULL,             -- of an entry of `review`, in the record as the program read it
    read TEXT,                       -- what was read there
    who TEXT, at BIGINT,
    PRIMARY KEY (sha256, pointer)
);
CREATE TABLE progress (
    sha256 TEXT PRIMARY KEY,
    state TEXT NOT NULL,             -- new in_review done
    who TEXT, at BIGINT
);
