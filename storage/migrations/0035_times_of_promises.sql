-- Figures read the record alone: the times of promises that are known come into it, each when it began at the latest,
-- and what has become of them, when that was settled.
INSERT INTO events (at, actor, subject, kind, data)
SELECT
    CASE
        WHEN starts_at > (SELECT max(at) FROM events) THEN (SELECT max(at) FROM events)
        ELSE starts_at
    END,
    NULL, 'pledge:' || pledge, 'pledge.times_set', '{"times": [[' || id || ', "' || ends_at || '"]]}'
FROM occurrences ORDER BY id;
INSERT INTO events (at, actor, subject, kind, data)
SELECT
    settled_at, NULL, 'pledge:' || pledge, 'pledge.time_closed',
    '{"occurrence": ' || id || ', "outcome": "' || outcome || '"}'
FROM occurrences WHERE settled_at IS NOT NULL ORDER BY id;
