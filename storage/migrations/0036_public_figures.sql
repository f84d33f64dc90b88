-- What is public of the figures of months, quarters and years that are over: decided once, and never otherwise. The
-- content is JSON: the counts, which of them are shown, and of which is said that they are at least so many. No person.
CREATE TABLE public_figures (
    period       TEXT PRIMARY KEY,                   -- 2026-10, 2026-Q4 or 2026
    first_day    TEXT NOT NULL,
    after_day    TEXT NOT NULL,
    published_at TEXT NOT NULL,
    content      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX public_figures_after_day ON public_figures(after_day);
