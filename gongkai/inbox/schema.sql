CREATE TABLE IF NOT EXISTS opinions (
    number TEXT PRIMARY KEY,
    received TEXT NOT NULL,
    due TEXT NOT NULL,
    stage TEXT NOT NULL,
    text TEXT NOT NULL,
    item TEXT NOT NULL,
    title TEXT NOT NULL,
    board TEXT NOT NULL,
    dept TEXT NOT NULL DEFAULT '',
    reply TEXT NOT NULL DEFAULT '',
    result TEXT,
    replied TEXT,
    promised TEXT,
    rating TEXT,
    follows TEXT NOT NULL DEFAULT '',
    cleared INTEGER NOT NULL DEFAULT 0,
    salt BLOB NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS photos (
    number TEXT PRIMARY KEY REFERENCES opinions,
    photo BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS contacts (
    number TEXT PRIMARY KEY REFERENCES opinions,
    received TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS steps (
    number TEXT NOT NULL REFERENCES opinions,
    day TEXT NOT NULL,
    step TEXT NOT NULL,
    by TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS ballot_words (
    survey TEXT NOT NULL,
    digest BLOB NOT NULL,
    board TEXT NOT NULL,
    PRIMARY KEY (survey, digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ballots_sent (
    survey TEXT NOT NULL,
    board TEXT NOT NULL,
    sent INTEGER NOT NULL,
    PRIMARY KEY (survey, board)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tallies (
    matter TEXT NOT NULL,
    board TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (matter, board, question, answer)
) STRICT, WITHOUT ROWID;
