-- The estate's own plan: a picture, and where areas are on it.

-- The newest of its kind is shown: one the community file names, else one an admin sent. Earlier ones keep no picture.
CREATE TABLE plan_pictures (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    from_file INTEGER NOT NULL DEFAULT 0,            -- named in the community file
    source    TEXT NOT NULL,                         -- a digest of the file it was made from
    type      TEXT NOT NULL,                         -- image/png, image/jpeg
    width     INTEGER NOT NULL,
    height    INTEGER NOT NULL,
    layout    INTEGER NOT NULL,                      -- pictures of one shape share their places: the first of them
    content   BLOB,                                  -- empty: another one took its place, or it was taken down
    made_at   TEXT NOT NULL
);

-- Where areas are, in percent of the picture's width and height. An area that is none any more keeps its place.
CREATE TABLE plan_spots (
    layout INTEGER NOT NULL,
    area   TEXT NOT NULL,
    x      REAL NOT NULL,
    y      REAL NOT NULL,
    PRIMARY KEY (layout, area)
) WITHOUT ROWID;

-- One-time links to the page where admins place the areas. Digests: who reads the database opens nothing with them.
CREATE TABLE plan_links (
    code       TEXT PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES people(id),
    expires_at TEXT NOT NULL,
    session    TEXT UNIQUE,                          -- what the browser shows that opened it; empty: nobody has
    ended_at   TEXT
);
CREATE INDEX plan_links_person ON plan_links(person);
