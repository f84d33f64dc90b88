-- What open voices speak of, by place and by kind: among thousands the few are found that share a word with a new one.
-- Kept with the search, a few seconds after what was said.
CREATE TABLE nearby_words (
    place TEXT NOT NULL,                      -- area:<code> or kind:<code>
    word  TEXT NOT NULL,                      -- as domain/reports/similar.py cuts it
    voice INTEGER NOT NULL REFERENCES voices(id),
    PRIMARY KEY (place, word, voice)
) WITHOUT ROWID;
CREATE INDEX nearby_words_voice ON nearby_words(voice);
INSERT INTO search_waiting SELECT id FROM voices WHERE closed_at IS NULL ON CONFLICT DO NOTHING;
INSERT INTO due (kind, subject, next_due, occurrence)
SELECT 'search', 'program:1', strftime('%Y-%m-%dT%H:%M:%S', 'now'), 'search'
WHERE EXISTS (SELECT 1 FROM search_waiting) ON CONFLICT DO NOTHING;

-- The beginnings of words have lists of their own: with "the" or a Chinese letter half of all voices were put together
-- and sorted to show five.
CREATE VIRTUAL TABLE voice_search_new USING fts5(words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4');
INSERT INTO voice_search_new (rowid, words) SELECT rowid, words FROM voice_search;
DROP TABLE voice_search;
ALTER TABLE voice_search_new RENAME TO voice_search;

-- Found by looking through all of them until now.
CREATE INDEX voice_parts_message ON voice_parts(message, id) WHERE message IS NOT NULL;
CREATE INDEX verdicts_person ON verdicts(person) WHERE answer IS NULL;
CREATE INDEX outbox_dropped ON outbox(chat) WHERE state = 'dropped';
CREATE INDEX inbox_quarantined ON inbox(done_at) WHERE state = 'quarantined';

-- In a crowd, who has just come is not behind everybody (bot/loop.py).
ALTER TABLE inbox ADD COLUMN sender INTEGER;  -- whose private chat it came from; empty: from none
CREATE INDEX inbox_sender ON inbox(sender, id) WHERE state = 'new' AND sender IS NOT NULL;
