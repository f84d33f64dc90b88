-- Deadlines that were set before anybody was told of them are looked after from now on.
INSERT INTO due (kind, subject, next_due, data, occurrence)
SELECT 'deadline', 'voice:' || id, due_at, json_object('stage', 'late', 'due_at', due_at), 'deadline:' || id
FROM voices
WHERE state IN ('new', 'taken', 'started', 'reopened') AND due_at > strftime('%Y-%m-%dT%H:%M:%S', 'now');
