-- Longer words, too, are found by a list of their beginning (0012 has those of up to four letters): it costs little room,
-- and "stuck" or "mailboxes" need not be looked up in every voice that has them.
CREATE VIRTUAL TABLE voice_search_new USING fts5(
    words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10'
);
INSERT INTO voice_search_new (rowid, words) SELECT rowid, words FROM voice_search;
DROP TABLE voice_search;
ALTER TABLE voice_search_new RENAME TO voice_search;
