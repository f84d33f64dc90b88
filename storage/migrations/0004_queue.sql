-- The staff's queue reads a page or a capped count by an index of its own, however many voices there are; and what came
-- in a burst is gathered in one message until its cards are posted.

CREATE INDEX voices_work_due ON voices(due_at, id)
    WHERE state IN ('new', 'taken', 'started', 'reopened') AND due_at IS NOT NULL;
CREATE INDEX voices_work_assignee ON voices(assignee, id)
    WHERE state IN ('new', 'taken', 'started', 'handed_on', 'reopened') AND assignee IS NOT NULL;
CREATE INDEX voices_handed_on ON voices(ask_again_at, id) WHERE state = 'handed_on';
CREATE INDEX voices_open_category ON voices(category, id) WHERE closed_at IS NULL;
CREATE INDEX voices_open_department ON voices(department, id) WHERE closed_at IS NULL AND department IS NOT NULL;

-- New voices whose card waits until the staff group is calm; `card` is the message that names them meanwhile.
CREATE TABLE gathered (
    voice INTEGER PRIMARY KEY REFERENCES voices(id),
    card  INTEGER REFERENCES cards(id)
);
