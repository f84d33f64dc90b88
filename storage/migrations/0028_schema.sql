-- The whole schema, by capability; each table stands behind those it names. What came before was never released
-- (storage/core/migrate.py refuses it).
--
-- Instants are UTC text of fixed width (storage/core/instants.py), JSON is text, yes and no are 1 and 0. A subject is
-- 'kind:id', such as 'report:12'. tests/stored_names.txt has all values of states, kinds, roles, actions and purposes.
-- An index that holds only some rows (WHERE) serves one question; the comment says which, where the name does not.


-- People and their rights

CREATE TABLE people (
    id             INTEGER PRIMARY KEY,
    telegram_id    INTEGER UNIQUE,                   -- empty for people without Telegram
    name           TEXT NOT NULL,
    username       TEXT,
    phone          TEXT,                             -- of people without Telegram, for staff to ring back
    language       TEXT NOT NULL,                    -- a language of ours: en, zh_Hans
    chose_language INTEGER NOT NULL DEFAULT 0,
    started        INTEGER NOT NULL DEFAULT 0,       -- opened the private chat, so we may write to them
    created_at     TEXT NOT NULL
);

-- What somebody chose for themselves in /settings. A row that is not there: what is usual.
CREATE TABLE preferences (
    person INTEGER NOT NULL REFERENCES people(id),
    code   TEXT NOT NULL,                            -- of its row in /settings: quiet
    value  TEXT NOT NULL,                            -- such as 22-8
    PRIMARY KEY (person, code)
);

CREATE TABLE roles (
    person     INTEGER NOT NULL REFERENCES people(id),
    role       TEXT NOT NULL,
    granted_by INTEGER REFERENCES people(id),
    granted_at TEXT NOT NULL,
    asleep     INTEGER NOT NULL DEFAULT 0,           -- since a restore: counts only once it is confirmed
    PRIMARY KEY (person, role)
);
CREATE INDEX roles_asleep ON roles(person) WHERE asleep;

CREATE TABLE invitations (
    code       TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,                        -- role:staff, staff_chat
    created_by INTEGER REFERENCES people(id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    opened_by  INTEGER REFERENCES people(id),        -- one for lead or admin waits for its maker's yes
    opened_at  TEXT,
    used_by    INTEGER REFERENCES people(id),
    used_at    TEXT,
    ended_at   TEXT                                  -- by a no, or by a restore
);

-- The name of somebody that others may read, as staff approved it: Telegram lets everybody call themselves anything, at
-- any time. Another name waits until staff have looked at it.
CREATE TABLE public_names (
    person      INTEGER PRIMARY KEY REFERENCES people(id),
    name        TEXT NOT NULL,                       -- what is shown
    approved_by INTEGER REFERENCES people(id),
    approved_at TEXT NOT NULL,
    waiting     TEXT,                                -- what they are called since, for staff to look at
    refused     TEXT,                                -- what staff did not take over: not asked about again
    version     INTEGER NOT NULL DEFAULT 0           -- counts the names that waited: a button is about one of them
);

CREATE TABLE blocks (
    person INTEGER PRIMARY KEY REFERENCES people(id),
    by     INTEGER NOT NULL REFERENCES people(id),
    reason TEXT NOT NULL,
    since  TEXT NOT NULL,
    until  TEXT NOT NULL
);

-- Blocks of people whom a restored database does not know (yet), by the keyed hash of their Telegram number.
CREATE TABLE blocked_strangers (
    who   TEXT PRIMARY KEY,
    until TEXT NOT NULL
);

-- What only takes away (a role, a link, a consent, a block's freedom) survives a restore: it is written to a file
-- beside the database. Rows are here from the commit that takes away until the file has them.
CREATE TABLE taken_away (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,          -- goes up along the file, across restores
    at   TEXT NOT NULL,
    kind TEXT NOT NULL,                              -- domain/operations/taken_away.py
    data TEXT NOT NULL                               -- JSON: numbers of ours and keyed hashes
);


-- The road of an update: in, remembered, out, and what is due

-- What the program learnt while running: the bot's id, the staff chat, whether the last stop was clean.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Door one: every update, committed before Telegram is told that we have it.
CREATE TABLE inbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- order of arrival; update ids begin anew after a quiet week
    update_id   INTEGER NOT NULL UNIQUE,
    sender      INTEGER,                             -- whose private chat it came from; empty: from none
    body        TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'new',         -- new, done, quarantined
    tries       INTEGER NOT NULL DEFAULT 0,
    error       TEXT,
    received_at TEXT NOT NULL,
    done_at     TEXT
);
CREATE INDEX inbox_new ON inbox(id) WHERE state = 'new';
-- In a crowd, somebody who has just come is not behind everybody (bot/loop.py).
CREATE INDEX inbox_sender ON inbox(sender, id) WHERE state = 'new' AND sender IS NOT NULL;
CREATE INDEX inbox_done ON inbox(done_at) WHERE state = 'done';
CREATE INDEX inbox_quarantined ON inbox(done_at) WHERE state = 'quarantined';

CREATE TABLE chats (
    id          INTEGER PRIMARY KEY,
    telegram_id INTEGER NOT NULL UNIQUE,             -- changes when a group becomes a supergroup; our id does not
    kind        TEXT NOT NULL,                       -- private, group, supergroup, channel
    title       TEXT,
    is_forum    INTEGER NOT NULL DEFAULT 0,
    unreachable TEXT,                                -- why nothing can be sent there until they speak again
    refuses     TEXT,                                -- Telegram's words, as long as it takes nothing though the chat is
                                                     -- there: what is for it waits, and one row is tried now and then
    created_at  TEXT NOT NULL
);

CREATE TABLE topics (
    id        INTEGER PRIMARY KEY,
    chat      INTEGER NOT NULL REFERENCES chats(id),
    key       TEXT NOT NULL,                         -- which of our topics: a department's code, or 'general'
    name      TEXT NOT NULL,
    thread_id INTEGER,                               -- Telegram's, once it was made
    UNIQUE (chat, key)
);

-- A card is one message that is kept true by editing it.
CREATE TABLE cards (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL REFERENCES chats(id),
    topic      INTEGER REFERENCES topics(id),
    subject    TEXT NOT NULL,
    role       TEXT NOT NULL,                        -- status (resident's), staff, question (a conversation's) …
    message_id INTEGER,                              -- Telegram's, once it was sent
    created_at TEXT NOT NULL
);
CREATE INDEX cards_subject ON cards(subject, role);
-- How many cards a group was given lately: the tenth newest is found by ten steps of this index.
CREATE INDEX cards_staff ON cards(chat, id) WHERE role = 'staff';
-- The copies of an answer: who got it, to change or delete it.
CREATE INDEX cards_answers ON cards(role) WHERE role >= 'answer:' AND role < 'answer;';

-- Which message is about what: a reply or a press finds its subject here.
CREATE TABLE messages (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL REFERENCES chats(id),
    message_id INTEGER NOT NULL,
    incoming   INTEGER NOT NULL,
    subject    TEXT,
    purpose    TEXT NOT NULL,                        -- card, answer, prompt, notice, part …
    card       INTEGER REFERENCES cards(id),
    outbox     INTEGER,                              -- the row that sent it, which goes long before this one
    album      TEXT,                                 -- Telegram's media_group_id: the parts of an album belong together
    changed    INTEGER,                              -- when the newest change that was handled was made, as Telegram
                                                     -- says (whole seconds of Unix time): changes arrive in any order;
                                                     -- within a second the order of arrival counts
    UNIQUE (chat, message_id)
);
CREATE INDEX messages_subject ON messages(subject);
CREATE INDEX messages_album ON messages(chat, album) WHERE album IS NOT NULL;

-- Door two: everything to be sent, committed with what caused it.
CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    -- where and what
    lane           INTEGER NOT NULL,                 -- -1 danger, 0 interactive, 1 notices, 2 broadcasts
    chat           INTEGER NOT NULL REFERENCES chats(id),
    topic          INTEGER REFERENCES topics(id),
    thread         INTEGER,                          -- of a private chat that has topics: answers stay where one asked
    action         TEXT NOT NULL,                    -- card, message, photo, voice, …: bot/sending.py
    content        TEXT NOT NULL,
    card           INTEGER REFERENCES cards(id),
    message        INTEGER REFERENCES messages(id),  -- the message acted on: deleted, reacted to, stripped of buttons
    reply_to       INTEGER REFERENCES messages(id),
    reply_to_card  INTEGER REFERENCES cards(id),
    album          TEXT,                             -- Telegram's media_group_id of what came in: it goes out as one
    subject        TEXT,
    purpose        TEXT NOT NULL DEFAULT 'notice',
    -- for whom, in which order
    answers        INTEGER,                          -- whose message or press caused it: they are awake. To everybody
                                                     -- else it makes no sound in their quiet hours
    comes_from     INTEGER,                          -- whose words it carries to others; 0: nobody's doing; empty: in
                                                     -- one's own private chat. Within a lane of a chat they take turns
    turn           INTEGER NOT NULL DEFAULT 0,
    once           TEXT UNIQUE,                      -- the occurrence this row is about, where it must not come twice
    tells          TEXT,                             -- JSON list of names of what it tells of, as its author names it:
                                                     -- until it is sent nobody counts as told, and no other tells it
    -- what became of it
    state          TEXT NOT NULL,                    -- waiting (for not_before), pending, sending, sent, dropped,
                                                     -- failed; folded: until somebody wants to read it
    not_before     TEXT,
    when_uncertain TEXT NOT NULL DEFAULT 'again',    -- again, drop
    tries          INTEGER NOT NULL DEFAULT 0,
    unanswered     INTEGER NOT NULL DEFAULT 0,       -- sent, and no answer came: each time it may have arrived, so that
                                                     -- is not repeated for ever
    failures       INTEGER NOT NULL DEFAULT 0,       -- so often nobody could word it; it waits then, and is tried again
    error          TEXT,
    created_at     TEXT NOT NULL,
    finished_at    TEXT
);
CREATE INDEX outbox_pending ON outbox(lane, chat, turn, id) WHERE state = 'pending';
CREATE INDEX outbox_of_one ON outbox(lane, chat, comes_from, turn) WHERE state = 'pending' AND comes_from IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox(not_before) WHERE state = 'waiting';
CREATE INDEX outbox_to_be_worded ON outbox(chat) WHERE state = 'waiting' AND action = 'worded';
CREATE INDEX outbox_sending ON outbox(id) WHERE state = 'sending';
-- One edit of a card waits, with its newest words.
CREATE UNIQUE INDEX outbox_one_waiting_edit ON outbox(card) WHERE card IS NOT NULL AND state IN ('pending', 'waiting');
-- A row that waits for the album's next part.
CREATE INDEX outbox_growing_album ON outbox(chat, album) WHERE album IS NOT NULL AND state IN ('pending', 'waiting');
-- What still waits to be sent about something is taken back when it may not be read any more.
CREATE INDEX outbox_open_subject ON outbox(subject, chat, lane, turn) WHERE state IN ('pending', 'waiting');
-- A part of an album that still waits may have been taken back.
CREATE INDEX outbox_taken_back ON outbox(card) WHERE action = 'take_back';
CREATE INDEX outbox_telling ON outbox(purpose) WHERE tells IS NOT NULL AND finished_at IS NULL;
CREATE INDEX outbox_folded ON outbox(comes_from, chat, id) WHERE state = 'folded';
CREATE INDEX outbox_dropped ON outbox(chat) WHERE state = 'dropped';
-- What ended long ago goes, a little at a time; each walk reads only what goes.
CREATE INDEX outbox_finished ON outbox(finished_at) WHERE finished_at IS NOT NULL AND once IS NULL;
CREATE INDEX outbox_finished_once ON outbox(finished_at) WHERE finished_at IS NOT NULL AND once IS NOT NULL;
CREATE INDEX outbox_once_worded ON outbox(finished_at)
    WHERE finished_at IS NOT NULL AND once IS NOT NULL AND content <> '{}';

-- Who writes a great deal to the staff group: what comes on top is folded until they read on.
CREATE TABLE heard (
    person  INTEGER NOT NULL REFERENCES people(id),
    chat    INTEGER NOT NULL REFERENCES chats(id),
    since   TEXT NOT NULL,                           -- when the hour began in which they are counted
    count   INTEGER NOT NULL,                        -- new messages they caused in it
    card    INTEGER REFERENCES cards(id),            -- the message in which staff read that they write a lot
    told_at TEXT,                                    -- when that was written last
    PRIMARY KEY (person, chat)
) WITHOUT ROWID;

-- Every change of state of every thing, with time and actor. Figures are computed from these.
CREATE TABLE events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      TEXT NOT NULL,
    actor   INTEGER REFERENCES people(id),
    subject TEXT NOT NULL,
    kind    TEXT NOT NULL,
    data    TEXT NOT NULL                            -- JSON: the fields of the event (domain/events)
);
CREATE INDEX events_subject ON events(subject, id);
CREATE INDEX events_kind ON events(kind, at);

-- What is due and when. The clock only asks; this table knows.
CREATE TABLE scheduled_tasks (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    next_due   TEXT NOT NULL,
    data       TEXT NOT NULL DEFAULT '{}',
    occurrence TEXT NOT NULL UNIQUE,                 -- so that one occurrence is never written twice
    tries      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX scheduled_tasks_next ON scheduled_tasks(next_due);
CREATE INDEX scheduled_tasks_subject ON scheduled_tasks(subject);

-- A task that nobody knows any more, or that fails for days, is put away: it holds up nothing, and can be looked at.
CREATE TABLE tasks_put_away (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    data       TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    tries      INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    at         TEXT NOT NULL
);
CREATE INDEX tasks_put_away_at ON tasks_put_away(at);

-- A conversation is where a person stands in a flow, with all they have said in it so far.
CREATE TABLE conversations (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL REFERENCES chats(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    flow       TEXT NOT NULL,
    step       TEXT NOT NULL,
    draft      TEXT NOT NULL,                        -- JSON
    state      TEXT NOT NULL,                        -- open, parked (another flow came between), ended
    card       INTEGER REFERENCES cards(id),         -- the question that is on the screen
    touched_at TEXT NOT NULL
);
CREATE UNIQUE INDEX conversations_open ON conversations(chat, person) WHERE state = 'open';
CREATE INDEX conversations_parked ON conversations(chat, person, id) WHERE state = 'parked';
-- What ended long ago goes, first its words.
CREATE INDEX conversations_ended ON conversations(touched_at) WHERE state = 'ended';
CREATE INDEX conversations_ended_drafts ON conversations(touched_at) WHERE state = 'ended' AND draft <> '{}';

-- How far tidying has come: by a clock that moves on by a day at most each time, and the last key that was looked at.
CREATE TABLE tidying (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    clock        TEXT NOT NULL,
    looked_at    TEXT NOT NULL,
    looked_at_id INTEGER NOT NULL
);


-- Reports

CREATE TABLE reports (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,  -- the number people are told
    person       INTEGER NOT NULL REFERENCES people(id),
    recorded_by  INTEGER REFERENCES people(id),      -- staff, for somebody at the counter
    relation     TEXT,                               -- lives, works, passing
    -- what it is about
    category     TEXT,
    area         TEXT,
    place        TEXT,                               -- typed words
    latitude     REAL,
    longitude    REAL,
    danger       TEXT,
    about_person INTEGER NOT NULL DEFAULT 0,
    title        TEXT,                               -- the line staff wrote
    heard        TEXT,                               -- what staff heard in a voice note
    heard_right  INTEGER,                            -- the resident said: yes, right / no
    follows      INTEGER REFERENCES reports(id),     -- the one it goes on from, which was reopened too often
    -- who has it, and until when
    state        TEXT NOT NULL,
    version      INTEGER NOT NULL DEFAULT 0,         -- counts changes of state and assignee: a stale button says so
    rounds       INTEGER NOT NULL DEFAULT 0,         -- how often it was resolved
    assignee     INTEGER REFERENCES people(id),
    department   TEXT,                               -- assigned by hand; empty: the category's
    due_at       TEXT,
    merged_into  INTEGER REFERENCES reports(id),
    state_before TEXT,                               -- the state a merged one goes back to
    handed_to    TEXT,
    handed_at    TEXT,
    ask_again_at TEXT,
    objected_at  TEXT,                               -- a decision may be objected to once
    created_at   TEXT NOT NULL,
    changed_at   TEXT NOT NULL,
    closed_at    TEXT                                -- empty while something is owed to the residents
);
CREATE INDEX reports_person ON reports(person, id);
CREATE INDEX reports_area ON reports(area, person) WHERE area IS NOT NULL;
CREATE INDEX reports_state ON reports(state, id);
CREATE INDEX reports_merged ON reports(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX reports_follows ON reports(follows) WHERE follows IS NOT NULL;
-- The staff's queue reads a page, or a capped count, by an index of its own, however many there are; of the last ones
-- storage/staff_room/queue.py names two, which SQLite would not take by itself.
CREATE INDEX reports_open ON reports(id) WHERE closed_at IS NULL;
CREATE INDEX reports_open_state ON reports(state, id) WHERE closed_at IS NULL;
CREATE INDEX reports_open_area ON reports(area, id) WHERE closed_at IS NULL;
CREATE INDEX reports_open_category ON reports(category, id) WHERE closed_at IS NULL;
CREATE INDEX reports_open_department ON reports(department, id) WHERE closed_at IS NULL AND department IS NOT NULL;
CREATE INDEX reports_open_assignee ON reports(assignee, id) WHERE closed_at IS NULL;
CREATE INDEX reports_work_due ON reports(due_at, id)
    WHERE state IN ('new', 'taken', 'started', 'reopened') AND due_at IS NOT NULL;
CREATE INDEX reports_work_assignee ON reports(assignee, id)
    WHERE state IN ('new', 'taken', 'started', 'handed_on', 'reopened') AND assignee IS NOT NULL;
CREATE INDEX reports_handed_on ON reports(ask_again_at, id) WHERE state = 'handed_on';
-- Danger stands first in every list.
CREATE INDEX reports_in_danger ON reports(id) WHERE danger IS NOT NULL AND closed_at IS NULL;

-- All that was said about a report, by whom and in which role of the conversation.
CREATE TABLE report_parts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    report         INTEGER NOT NULL REFERENCES reports(id),
    person         INTEGER REFERENCES people(id),
    purpose        TEXT NOT NULL,                    -- report, addition, answer, note, resolution, reason …
    first          INTEGER REFERENCES report_parts(id),  -- what was said together (an album, an answer of several
                                                     -- messages) hangs on its first part; empty: it is the first itself
    kind           TEXT NOT NULL,                    -- text, photo, voice, video, video_note, document, audio
    text           TEXT,
    file_id        TEXT,
    file_unique_id TEXT,
    duration       INTEGER,                          -- seconds
    template       TEXT,                             -- the code of one of the community's: read in one's own language
    message        INTEGER REFERENCES messages(id),
    released       INTEGER NOT NULL DEFAULT 0,       -- a note that staff later sent to the resident
    created_at     TEXT NOT NULL,
    changed_at     TEXT,
    taken_back_at  TEXT
);
CREATE INDEX report_parts_report ON report_parts(report, id);
CREATE INDEX report_parts_first ON report_parts(first) WHERE first IS NOT NULL;
CREATE INDEX report_parts_message ON report_parts(message, id) WHERE message IS NOT NULL;

-- Who joined a report: "me too".
CREATE TABLE supports (
    report     INTEGER NOT NULL REFERENCES reports(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (report, person)
);
CREATE INDEX supports_person ON supports(person, report);

-- "Is it fixed?", asked of one person about one round of resolving.
CREATE TABLE verdicts (
    report      INTEGER NOT NULL REFERENCES reports(id),
    round       INTEGER NOT NULL,
    person      INTEGER NOT NULL REFERENCES people(id),
    asked_at    TEXT,                                -- empty: could not be reached, so was not asked
    reminded_at TEXT,
    answer      TEXT,                                -- yes, no
    answered_at TEXT,
    content     INTEGER,                             -- content with how it was handled: 1, 0
    PRIMARY KEY (report, round, person)
);
CREATE INDEX verdicts_person ON verdicts(person) WHERE answer IS NULL;

-- What one person says of danger, in a report or a repair, rings once, and goes on its card afterwards, so that nobody
-- drowns another's danger.
CREATE TABLE dangers (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL,                         -- danger, unsafe, unfilled
    person    INTEGER NOT NULL REFERENCES people(id),
    subject   TEXT NOT NULL,                         -- report:12, repair:5
    rang_at   TEXT NOT NULL,
    asked_at  TEXT,                                  -- when the person was last asked where it is
    shown_at  TEXT,                                  -- when its card was last changed for what was said afterwards
    at_once   INTEGER NOT NULL DEFAULT 0,            -- how often that was done at once
    again     INTEGER NOT NULL DEFAULT 0,            -- how often the same was pressed again
    again_at  TEXT,
    closed_at TEXT                                   -- when staff closed what it is about, or its reporter took it back
);
CREATE INDEX dangers_person ON dangers(person, kind, id);
CREATE INDEX dangers_subject ON dangers(subject, id);

-- What was said afterwards: on the card while there is room, else below it.
CREATE TABLE danger_words (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    danger     INTEGER NOT NULL REFERENCES dangers(id),
    part       INTEGER REFERENCES report_parts(id),  -- empty: a shared point alone
    message    INTEGER REFERENCES messages(id),
    on_card    INTEGER NOT NULL,
    state      TEXT NOT NULL,                        -- waiting, posted; off: taken off, staff are to be told; gone
    place      TEXT,                                 -- where the report said it is, before and by these words (JSON)
    created_at TEXT NOT NULL
);
CREATE INDEX danger_words_danger ON danger_words(danger, id);
CREATE UNIQUE INDEX danger_words_part ON danger_words(part) WHERE part IS NOT NULL;
CREATE INDEX danger_words_message ON danger_words(message) WHERE message IS NOT NULL;

-- What open reports speak of, by place and by kind: among thousands the few are found that share a word with a new one.
-- Kept with the search, a few seconds after what was said.
CREATE TABLE nearby_words (
    place TEXT NOT NULL,                             -- area:<code> or kind:<code>
    word  TEXT NOT NULL,                             -- as domain/reports/similar.py cuts it
    report INTEGER NOT NULL REFERENCES reports(id),
    PRIMARY KEY (place, word, report)
) WITHOUT ROWID;
CREATE INDEX nearby_words_report ON nearby_words(report);


-- The staff's room

-- New reports whose card waits until the staff group is calm; `card` is the message that names them meanwhile.
CREATE TABLE gathered (
    report INTEGER PRIMARY KEY REFERENCES reports(id),
    card  INTEGER REFERENCES cards(id)
);
CREATE INDEX gathered_card ON gathered(card, report);

-- Words to find a report by, as domain/language/search_words.py cuts them; rowid is its number. The beginnings of words
-- have lists of their own: with "the" or a Chinese letter half of all reports would be put together and sorted to show
-- five.
CREATE VIRTUAL TABLE report_search USING fts5(
    words, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10'
);

-- What waits to be put into it, the newest first.
CREATE TABLE search_waiting (
    report INTEGER PRIMARY KEY REFERENCES reports(id)
);

-- What a member of staff searched for: the words are too long for a button.
CREATE TABLE searches (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people(id),
    words  TEXT NOT NULL
);
CREATE INDEX searches_person ON searches(person, id);


-- Volunteers

CREATE TABLE volunteers (
    person       INTEGER PRIMARY KEY REFERENCES people(id),
    state        TEXT NOT NULL,                      -- asked, approved, declined, left
    always       INTEGER NOT NULL DEFAULT 1,         -- on call round the clock; else in `windows`
    windows      TEXT NOT NULL DEFAULT '[]',         -- weekly, in local time: [[weekday, opens, closes], …] in minutes
    at_once      INTEGER NOT NULL DEFAULT 1,         -- how many jobs at a time
    night        INTEGER NOT NULL DEFAULT 0,         -- may be rung at night for what cannot wait
    on_duty      INTEGER NOT NULL DEFAULT 1,
    paused_until TEXT,
    phone        TEXT,                               -- for staff to ring when nobody answers; given on purpose
    listed       INTEGER NOT NULL DEFAULT 0,         -- stands in /neighbours, with their consent
    jobs         INTEGER NOT NULL DEFAULT 0,         -- that they hold now
    load         INTEGER NOT NULL DEFAULT 0,         -- jobs they hold and offers they have not answered
    last_job_at  TEXT,
    asked_at     TEXT NOT NULL,
    approved_at  TEXT,
    approved_by  INTEGER REFERENCES people(id)
);
CREATE INDEX volunteers_state ON volunteers(state, person);

CREATE TABLE volunteer_trades (
    person INTEGER NOT NULL REFERENCES volunteers(person),
    trade  TEXT NOT NULL,
    PRIMARY KEY (person, trade)
);
CREATE INDEX volunteer_trades_trade ON volunteer_trades(trade, person);

CREATE TABLE volunteer_areas (
    person INTEGER NOT NULL REFERENCES volunteers(person),
    area   TEXT NOT NULL,                            -- a code of the community's, or * for everywhere
    PRIMARY KEY (person, area)
);

-- Who can be asked: a row for each trade and area of everybody on duty, so that the next best is the next row of an
-- index, however many there are. `load` and `last_job` (empty: never had one) are those of `volunteers`.
CREATE TABLE volunteer_reach (
    trade    TEXT NOT NULL,
    area     TEXT NOT NULL,
    load     INTEGER NOT NULL,
    last_job TEXT NOT NULL,
    person   INTEGER NOT NULL REFERENCES volunteers(person),
    free     INTEGER NOT NULL,                       -- can have one more job
    night    INTEGER NOT NULL,
    hours0   INTEGER NOT NULL,                       -- hours of the week at which they may be on call, 56 bits each:
    hours1   INTEGER NOT NULL,                       -- who is not is passed over without being looked at
    hours2   INTEGER NOT NULL,
    PRIMARY KEY (trade, area, load, last_job, person)
) WITHOUT ROWID;
CREATE INDEX volunteer_reach_person ON volunteer_reach(person);


-- Repairs

CREATE TABLE repairs (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,     -- the number people are told
    person        INTEGER NOT NULL REFERENCES people(id),    -- who needs it; may have no Telegram
    asked_by      INTEGER NOT NULL REFERENCES people(id),    -- who asked and is written to; usually the same
    -- what is needed, and where
    trade         TEXT NOT NULL,
    urgency       TEXT NOT NULL,                     -- now, today, week
    danger        TEXT,
    area          TEXT,
    address       TEXT NOT NULL,                     -- to the door; for nobody but the one who takes it
    home          TEXT,                              -- when somebody is home, in their words
    phone         TEXT,                              -- of somebody without Telegram, who agreed that the taker reads it
    released      INTEGER NOT NULL DEFAULT 0,        -- photos may be seen by those who are asked
    -- who comes, and how far it is
    state         TEXT NOT NULL,
    version       INTEGER NOT NULL DEFAULT 0,        -- counts changes of state and taker: a stale button says so
    round         INTEGER NOT NULL DEFAULT 0,        -- how often it was said not to be done
    circle        INTEGER NOT NULL DEFAULT 0,        -- how far it has been looked
    taker         INTEGER REFERENCES people(id),
    taken_at      TEXT,
    arrives_at    TEXT,
    whole_day     INTEGER NOT NULL DEFAULT 0,        -- of arrives_at only the day was said
    code          TEXT,                              -- four digits, for the door
    numbers_asker INTEGER NOT NULL DEFAULT 0,        -- the one who asked agrees that numbers may be written
    numbers_taker INTEGER NOT NULL DEFAULT 0,        -- and so does the one who has it; a new one is asked anew
    minutes       INTEGER,                           -- that it took, as the volunteer says
    thanked       INTEGER NOT NULL DEFAULT 0,
    turn_asked_at TEXT,                              -- staff want it to become a report: until the one who asked says
                                                     -- yes, nothing of it is shown
    report        INTEGER REFERENCES reports(id),    -- the report that it became
    created_at    TEXT NOT NULL,
    changed_at    TEXT NOT NULL,
    closed_at     TEXT
);
CREATE INDEX repairs_asked_by ON repairs(asked_by, id);
CREATE INDEX repairs_taker ON repairs(taker, id) WHERE taker IS NOT NULL;
-- Who is to read of a volunteer is found by place, not by reading all that was ever asked.
CREATE INDEX repairs_area ON repairs(area, asked_by) WHERE area IS NOT NULL;
CREATE INDEX repairs_open ON repairs(state, id) WHERE closed_at IS NULL;
CREATE INDEX repairs_open_number ON repairs(id) WHERE closed_at IS NULL;

CREATE TABLE repair_parts (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    repair         INTEGER NOT NULL REFERENCES repairs(id),
    person         INTEGER REFERENCES people(id),
    purpose        TEXT NOT NULL,                    -- request, done, thanks
    kind           TEXT NOT NULL,                    -- as in report_parts
    text           TEXT,
    file_id        TEXT,
    file_unique_id TEXT,
    duration       INTEGER,                          -- seconds
    message        INTEGER REFERENCES messages(id),
    created_at     TEXT NOT NULL
);
CREATE INDEX repair_parts_repair ON repair_parts(repair, id);

-- Who was asked about a repair, once each; `card` is the message that asked.
CREATE TABLE repair_offers (
    repair      INTEGER NOT NULL REFERENCES repairs(id),
    person      INTEGER NOT NULL REFERENCES people(id),
    state       TEXT NOT NULL,                       -- open, taken, missed, declined, gave_up, closed
    circle      INTEGER NOT NULL,
    distance    INTEGER NOT NULL,
    times       INTEGER NOT NULL DEFAULT 1,
    card        INTEGER REFERENCES cards(id),
    offered_at  TEXT NOT NULL,
    answered_at TEXT,
    PRIMARY KEY (repair, person)
);
CREATE INDEX repair_offers_person ON repair_offers(person, state);

-- Addresses that people let us keep for the next time.
CREATE TABLE homes (
    person  INTEGER PRIMARY KEY REFERENCES people(id),
    area    TEXT,
    address TEXT NOT NULL,
    kept_at TEXT NOT NULL
);
CREATE INDEX homes_area ON homes(area, person);


-- Promises made in public

-- A pledge has the words and the plan that are on the board; every wording there ever was is a row of pledge_wordings,
-- the newest of which may still wait for staff.
CREATE TABLE pledges (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,     -- the number people are told
    person        INTEGER NOT NULL REFERENCES people(id),
    keeper        INTEGER NOT NULL REFERENCES people(id),    -- who is reminded and checks in: the person, or who speaks
                                                     -- for them
    recorded_by   INTEGER REFERENCES people(id),     -- staff who wrote it down for somebody without Telegram
    kind          TEXT NOT NULL,                     -- recurring, quota, on_call, once
    state         TEXT NOT NULL,                     -- waiting, asked, published, paused, ended
    version       INTEGER NOT NULL DEFAULT 0,        -- counts changes of state and wording: a stale button says so
    words         TEXT NOT NULL,
    plan          TEXT NOT NULL,                     -- JSON: domain/pledges/pledges.py, Plan
    zone          TEXT NOT NULL,                     -- IANA: the wall clock it was promised by
    report        INTEGER REFERENCES reports(id),    -- the report it answers
    planned_until TEXT,                              -- the times due up to here are in occurrences
    created_at    TEXT NOT NULL,
    changed_at    TEXT NOT NULL,
    published_at  TEXT,
    ended_at      TEXT
);
CREATE INDEX pledges_person ON pledges(person, id);
CREATE INDEX pledges_looked_after ON pledges(keeper, person);
CREATE INDEX pledges_keeper ON pledges(keeper, planned_until) WHERE state = 'published';
-- Partial, and not by state alone: else "state = 'published' AND keeper IN (…)" would read every published pledge.
CREATE INDEX pledges_board ON pledges(state, id) WHERE state IN ('published', 'paused', 'ended');
CREATE INDEX pledges_board_kind ON pledges(kind, state, id) WHERE state IN ('published', 'paused', 'ended');

CREATE TABLE pledge_areas (
    pledge INTEGER NOT NULL REFERENCES pledges(id),
    area   TEXT NOT NULL,                            -- a code of the community's
    PRIMARY KEY (area, pledge)
);
CREATE INDEX pledge_areas_pledge ON pledge_areas(pledge);

CREATE TABLE pledge_wordings (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    pledge     INTEGER NOT NULL REFERENCES pledges(id),
    words      TEXT NOT NULL,
    plan       TEXT NOT NULL,
    areas      TEXT NOT NULL,                        -- JSON list of codes
    state      TEXT NOT NULL,                        -- waiting, asked, approved, replaced
    asked      TEXT,                                 -- what staff asked to have changed
    written_by INTEGER NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    decided_by INTEGER REFERENCES people(id),
    decided_at TEXT
);
CREATE INDEX pledge_wordings_pledge ON pledge_wordings(pledge, id);
-- Which wait for staff: shown to them again when their group can be written to once more.
CREATE INDEX pledge_wordings_waiting ON pledge_wordings(pledge) WHERE state = 'waiting';

-- What its maker lets the board show, until they take it back.
CREATE TABLE pledge_consents (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    pledge       INTEGER NOT NULL REFERENCES pledges(id),
    what         TEXT NOT NULL,                      -- name, photos
    given_by     INTEGER REFERENCES people(id),      -- for somebody without Telegram that is staff
    how          TEXT,                               -- how staff asked: in_person, telephone, paper; else empty
    given_at     TEXT NOT NULL,
    withdrawn_at TEXT,
    asleep       INTEGER NOT NULL DEFAULT 0          -- since a restore: counts only once it is confirmed
);
CREATE UNIQUE INDEX pledge_consents_one ON pledge_consents(pledge, what) WHERE withdrawn_at IS NULL;
CREATE INDEX pledge_consents_asleep ON pledge_consents(pledge) WHERE asleep;

-- One row for each time a pledge is due: an evening, a window of a quota, the day of one that is kept once.
CREATE TABLE occurrences (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    key            TEXT NOT NULL UNIQUE,             -- pledge:7:2026-12-05T19:00
    pledge         INTEGER NOT NULL REFERENCES pledges(id),
    starts_at      TEXT NOT NULL,
    ends_at        TEXT NOT NULL,
    outcome        TEXT NOT NULL DEFAULT 'open',     -- open, kept, partly, not_kept, not_reported, excused
    target         INTEGER,                          -- of a quota
    done           INTEGER NOT NULL DEFAULT 0,
    told           TEXT,                             -- the message that first named it: outbox.once, or 'published'
    asked_again_at TEXT,                             -- a message after it was over asked once more
    settled_at     TEXT
);
CREATE INDEX occurrences_pledge ON occurrences(pledge, outcome, starts_at);
CREATE INDEX occurrences_over ON occurrences(ends_at) WHERE outcome = 'open';

-- What somebody said of a time.
CREATE TABLE checkins (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    pledge         INTEGER NOT NULL REFERENCES pledges(id),
    occurrence     INTEGER REFERENCES occurrences(id),   -- none for one on call
    person         INTEGER REFERENCES people(id),    -- who said so
    answer         TEXT NOT NULL,                    -- done, partly, cannot, excused, note
    amount         INTEGER NOT NULL DEFAULT 0,       -- of a quota, or of one on call
    words          TEXT,
    kind           TEXT,                             -- photo …: what came with it
    file_id        TEXT,
    file_unique_id TEXT,
    message        INTEGER REFERENCES messages(id),
    created_at     TEXT NOT NULL,
    undone_at      TEXT,
    released_by    INTEGER REFERENCES people(id),    -- staff let the board show words and photo
    released_at    TEXT,
    gone_at        TEXT                              -- Telegram has the file no more
);
CREATE INDEX checkins_pledge ON checkins(pledge, id);
CREATE INDEX checkins_occurrence ON checkins(occurrence, id);

CREATE TABLE pledge_thanks (
    pledge     INTEGER NOT NULL REFERENCES pledges(id),
    person     INTEGER NOT NULL REFERENCES people(id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (pledge, person)
);

-- When each keeper wants the list of the week, and whether each time is to be announced as well.
CREATE TABLE keepers (
    person  INTEGER PRIMARY KEY REFERENCES people(id),
    weekday INTEGER NOT NULL,                        -- 0 is Monday
    minute  INTEGER NOT NULL,                        -- of the day
    before  INTEGER                                  -- so many minutes before each time; empty: not at all
);
