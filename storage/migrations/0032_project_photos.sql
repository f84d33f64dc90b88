-- Photos of projects, with the consent of those who made them, and what their public pages say of people.

-- Photos of a project, before and after. A resident's is shown only with their yes, and as long as it stands.
CREATE TABLE project_photos (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    project        INTEGER NOT NULL REFERENCES projects(id),
    moment         TEXT NOT NULL,                    -- before, after
    part           INTEGER REFERENCES report_parts(id),  -- of a resident's report; empty: staff's own
    file_id        TEXT NOT NULL,
    file_unique_id TEXT NOT NULL,
    by             INTEGER NOT NULL REFERENCES people(id),
    created_at     TEXT NOT NULL,
    released_at    TEXT,                             -- staff let everybody see it
    gone_at        TEXT,                             -- Telegram has its file no more
    removed_at     TEXT
);
CREATE INDEX project_photos_project ON project_photos(project, id);
CREATE INDEX project_photos_part ON project_photos(part) WHERE part IS NOT NULL;

-- Whether the maker of a photo said yes to showing it to others. Who changes the photo is asked about the other one.
CREATE TABLE photo_consents (
    part           INTEGER PRIMARY KEY REFERENCES report_parts(id),
    person         INTEGER NOT NULL REFERENCES people(id),
    file_unique_id TEXT NOT NULL,                    -- which photo it was when they were asked
    asked_at       TEXT NOT NULL,
    answer         TEXT,                             -- yes, no
    answered_at    TEXT
);

-- What the public page of a project says of how many people, once a day: no small number, and no two numbers whose
-- difference would point at somebody (domain/projects/disclosure.py).
CREATE TABLE project_figures (
    project    INTEGER PRIMARY KEY REFERENCES projects(id),
    people     INTEGER,                              -- at least so many; 0: a few; empty: nobody
    fixed      INTEGER,                              -- say that it is fixed, and
    not_fixed  INTEGER,                              -- that it is not; both empty: not to be said
    some       INTEGER NOT NULL DEFAULT 0,           -- somebody says that it is not, and how many is not to be said
    counted_at TEXT NOT NULL
);

-- All answers such a page ever said.
CREATE TABLE project_answers (
    project      INTEGER NOT NULL REFERENCES projects(id),
    fixed        INTEGER NOT NULL,
    not_fixed    INTEGER NOT NULL,
    published_at TEXT NOT NULL,
    PRIMARY KEY (project, fixed, not_fixed)
) WITHOUT ROWID;
