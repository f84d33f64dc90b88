-- Projects: reports that are led as one, and told of as one.

CREATE TABLE projects (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,    -- the number people are told
    title      TEXT NOT NULL,
    goal       TEXT,
    stage      TEXT NOT NULL,                        -- listening, deliberating, delivering, done, given_up
    public     INTEGER NOT NULL DEFAULT 0,
    reason     TEXT,                                 -- why it was given up
    version    INTEGER NOT NULL DEFAULT 0,           -- counts changes: a stale button says so
    created_by INTEGER NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    moved_at   TEXT NOT NULL,                        -- when something last moved
    ended_at   TEXT
);
CREATE INDEX projects_open ON projects(id) WHERE ended_at IS NULL;
CREATE INDEX projects_public ON projects(id) WHERE public;

CREATE TABLE project_leads (
    project INTEGER NOT NULL REFERENCES projects(id),
    person  INTEGER NOT NULL REFERENCES people(id),
    since   TEXT NOT NULL,
    PRIMARY KEY (project, person)
) WITHOUT ROWID;
CREATE INDEX project_leads_person ON project_leads(person, project);

CREATE TABLE project_areas (
    project INTEGER NOT NULL REFERENCES projects(id),
    area    TEXT NOT NULL,
    PRIMARY KEY (project, area)
) WITHOUT ROWID;

-- Who was told that a report of theirs is in it: once for each person, however many reports they have there.
CREATE TABLE project_told (
    project INTEGER NOT NULL REFERENCES projects(id),
    person  INTEGER NOT NULL REFERENCES people(id),
    at      TEXT NOT NULL,
    PRIMARY KEY (project, person)
) WITHOUT ROWID;

CREATE TABLE milestones (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    project    INTEGER NOT NULL REFERENCES projects(id),
    title      TEXT NOT NULL,
    due_on     TEXT,                                 -- a date
    moved_from TEXT,                                 -- the date it had before it was moved last
    why        TEXT,                                 -- why it was moved
    reached_at TEXT,
    created_at TEXT NOT NULL
);
CREATE INDEX milestones_project ON milestones(project, id);

ALTER TABLE reports ADD COLUMN project INTEGER REFERENCES projects(id);
CREATE INDEX reports_project ON reports(project, id) WHERE project IS NOT NULL;
