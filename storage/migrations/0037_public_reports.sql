-- Reports that everybody may see, by a title that staff wrote for it.

-- Every such title, whether or not it was released: how it read before stays on record.
CREATE TABLE public_titles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    report     INTEGER NOT NULL REFERENCES reports(id),
    by         INTEGER NOT NULL REFERENCES people(id),
    written_at TEXT NOT NULL
);
CREATE INDEX public_titles_report ON public_titles(report, id);

CREATE TABLE public_title_words (
    title    INTEGER NOT NULL REFERENCES public_titles(id),
    language TEXT NOT NULL,
    words    TEXT NOT NULL,
    PRIMARY KEY (title, language)
) WITHOUT ROWID;

-- The one everybody reads; empty: the report is on no public page.
ALTER TABLE reports ADD COLUMN public_title INTEGER REFERENCES public_titles(id);

-- Its public address, which stays when it is taken off and released anew, and has nothing of its number.
CREATE TABLE public_reports (
    report      INTEGER PRIMARY KEY REFERENCES reports(id),
    code        TEXT NOT NULL UNIQUE,
    released_by INTEGER NOT NULL REFERENCES people(id),
    released_at TEXT NOT NULL,
    changed_on  TEXT NOT NULL                        -- the day on which everybody last read something new of it
);

-- Where it is listed: a row for each way of asking, so that any page of any list is read by its key. An empty word
-- stands for all areas, kinds or states; it is in its area and in all around that.
CREATE TABLE public_report_lists (
    area       TEXT NOT NULL,
    category   TEXT NOT NULL,
    state      TEXT NOT NULL,
    changed_on TEXT NOT NULL,
    report     INTEGER NOT NULL REFERENCES public_reports(report),
    PRIMARY KEY (area, category, state, changed_on, report)
) WITHOUT ROWID;
CREATE INDEX public_report_lists_report ON public_report_lists(report);

-- Who does not want their report there. While one of them does not, it is not released.
CREATE TABLE public_report_objections (
    report INTEGER NOT NULL REFERENCES reports(id),
    person INTEGER NOT NULL REFERENCES people(id),
    at     TEXT NOT NULL,
    PRIMARY KEY (report, person)
) WITHOUT ROWID;

-- Photos that staff chose for it. A resident's is shown only with their yes (photo_consents).
CREATE TABLE report_photos (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    report         INTEGER NOT NULL REFERENCES reports(id),
    part           INTEGER REFERENCES report_parts(id),  -- of a resident's; empty: staff's own
    file_id        TEXT NOT NULL,
    file_unique_id TEXT NOT NULL,
    by             INTEGER NOT NULL REFERENCES people(id),
    chosen_at      TEXT NOT NULL,
    gone_at        TEXT,                             -- Telegram has its file no more
    removed_at     TEXT
);
CREATE INDEX report_photos_report ON report_photos(report, id);
CREATE INDEX report_photos_part ON report_photos(part) WHERE part IS NOT NULL;
