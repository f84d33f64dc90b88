-- Departments called in to a project: each is asked in its own topic, and answers.

CREATE TABLE project_departments (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    project     INTEGER NOT NULL REFERENCES projects(id),
    department  TEXT NOT NULL,                       -- its code in the community file
    asked_by    INTEGER NOT NULL REFERENCES people(id),
    asked_at    TEXT NOT NULL,                       -- first asked: silence is counted from here
    answer_by   TEXT NOT NULL,                       -- the day by which an answer is asked for
    answer      TEXT,                                -- coming, opinion, not_ours
    words       TEXT,
    comes_on    TEXT,                                -- the day on which it comes
    came_at     TEXT,                                -- when somebody of it said that they were there
    answered_by INTEGER REFERENCES people(id),
    answered_at TEXT,
    version     INTEGER NOT NULL DEFAULT 0,          -- counts answers: of two at once the second sees the first
    UNIQUE (project, department)
);
CREATE INDEX project_departments_silent ON project_departments(asked_at) WHERE answer IS NULL;
