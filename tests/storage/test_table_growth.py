"""Every table is known to stay small, to shrink by tidying, or to grow for good, and why."""

from datetime import timedelta

import pytest

from bot.background import retention, tidying
from domain.operations.retention import LATER, KeptDays
from storage.core import inbox
from storage.core import tidying as how_far
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.tidying import Tidied
from tests.support import Clock

FOR_GOOD = {
    "people": "a number for each person, on which figures and counts stand; forgotten, it has nothing of them",
    "chats": "one for each person and group",
    "events": "the record: figures are counted from it; it holds no words",
    "messages": "which message was about what, by numbers alone",
    "cards": "which message shows what, by numbers alone",
    "reports": "figures, numbers people were told", "report_parts": "of reports", "supports": "of reports",
    "verdicts": "of reports", "dangers": "of reports and repairs", "danger_words": "of reports",
    "report_search": "of reports",
    "repairs": "figures, numbers people were told", "repair_parts": "of repairs", "repair_offers": "of repairs",
    "pledges": "promises in public, and what became of them", "pledge_areas": "of promises",
    "pledge_wordings": "of promises", "pledge_consents": "of promises", "occurrences": "of promises",
    "checkins": "of promises", "pledge_thanks": "of promises",
    "projects": "what was led as one", "project_leads": "of projects", "project_areas": "of projects",
    "project_told": "of projects", "milestones": "of projects", "project_photos": "of projects",
    "photo_consents": "of photos that were to be shown", "project_figures": "of projects",
    "project_answers": "of projects: what their pages ever said", "project_departments": "of projects",
    "forgetting": "that somebody was forgotten, and when; a number that leads to no name",
    "broadcasts": "what was said to many, and how many got it", "broadcast_parts": "of what was said to many",
    "notices": "what was said to the neighbourhood",
    "public_figures": "what was published of each period", "public_titles": "of reports",
    "public_title_words": "of reports", "public_reports": "of reports", "public_report_lists": "of reports",
    "public_report_objections": "of reports", "report_photos": "of reports",
}  # fmt: skip
"""What grows with what people do, and why it stays."""
SMALL = {
    "preferences": "some for each person", "roles": "some for each person", "public_names": "one for each person",
    "homes": "one for each person", "residences": "one for each person", "volunteers": "one for each person",
    "volunteer_trades": "some for each volunteer", "volunteer_areas": "some for each volunteer",
    "volunteer_reach": "some for each volunteer", "keepers": "one for each person",
    "searches": "the last 20 of each member of staff",
    "settings": "a handful", "topics": "one for each department", "tidying": "one row",
    "taken_away": "until the file has it", "scheduled_tasks": "until it was done",
    "stand_ins": "as many as stand behind one report at most", "standing_in": "while reports are made nameless",
    "gathered": "until its card is posted", "search_waiting": "until it was put in",
    "nearby_words": "of open reports alone",
    "plan_pictures": "one for each plan there was", "plan_spots": "one for each area",
}  # fmt: skip
"""What cannot grow beyond people, areas or what is open."""
PERSON = "(SELECT min(id) FROM people)"
CHAT = "(SELECT min(id) FROM chats)"
SHRINKS = {
    "inbox": "WITH RECURSIVE numbers(each) AS (SELECT 1 UNION ALL SELECT each + 1 FROM numbers WHERE each < 150) "
             "INSERT INTO inbox (update_id, body, state, received_at, done_at) SELECT each, '{}', 'done', :at, :at "
             "FROM numbers",
    "outbox": f"INSERT INTO outbox (lane, chat, action, content, state, created_at, finished_at, once) VALUES "
              f"(1, {CHAT}, 'message', '{{}}', 'sent', :at, :at, NULL), "
              f"(1, {CHAT}, 'message', '{{}}', 'sent', :at, :at, 'escalated:1:2:3'), "
              f"(1, {CHAT}, 'message', '{{}}', 'sent', :at, :at, 'digest:1:2024-01-01'), "
              f"(1, {CHAT}, 'message', '{{}}', 'sent', :at, :at, 'introduction:1:2')",
    "conversations": f"INSERT INTO conversations (chat, person, flow, step, draft, state, touched_at) VALUES "
                     f"({CHAT}, {PERSON}, 'report', 'summary', '{{\"words\": 1}}', 'ended', :at)",
    "tasks_put_away": "INSERT INTO tasks_put_away (kind, subject, data, occurrence, tries, reason, at) VALUES "
                      "('old', 'thing:1', '{}', 'old:1', 3, 'why', :at)",
    "invitations": "INSERT INTO invitations (code, purpose, created_at, expires_at) VALUES ('a', 'role:staff', :at, "
                   ":at)",
    "blocks": f"INSERT INTO blocks (person, by, reason, since, until) VALUES ({PERSON}, {PERSON}, 'why', :at, :at)",
    "blocked_strangers": "INSERT INTO blocked_strangers (who, until) VALUES ('hash', :at)",
    "heard": f"INSERT INTO heard (person, chat, since, count) VALUES ({PERSON}, {CHAT}, :at, 3)",
    "counts_of_people": f"INSERT INTO counts_of_people (person, what, since, count) VALUES ({PERSON}, 'press', :at, 3)",
    "plan_links": f"INSERT INTO plan_links (code, person, expires_at) VALUES ('digest', {PERSON}, :at)",
    "broadcast_recipients": f"INSERT INTO broadcast_recipients (broadcast, person, state, not_before) "
                            f"SELECT id, {PERSON}, 'sent', :at FROM broadcasts",
}  # fmt: skip
"""What goes by itself, with how a row gets there."""
STAY = {"inbox": inbox.KEPT_IN_ANY_CASE}
NOT_YET = timedelta(days=1)
LONG = timedelta(days=800)


async def tables(database: Database) -> set[str]:
    rows = await database.run(lambda tx: tx.query("SELECT name FROM sqlite_master WHERE type = 'table'"))
    return {row["name"] for row in rows if not row["name"].startswith(("sqlite_", "report_search_"))}


async def test_every_table_is_known_to_grow_or_to_shrink(database: Database) -> None:
    known = [*FOR_GOOD, *SMALL, *SHRINKS]
    assert sorted(await tables(database) - set(known)) == [], "say whether it grows, and have it tidied if it need not"
    assert sorted(set(known) - await tables(database)) == []
    assert len(known) == len(set(known))


def old_rows(tx: Transaction) -> None:
    at = {"at": to_text(tx.now)}
    tx.execute("INSERT INTO people (telegram_id, name, language, created_at) VALUES (501, 'Bo', 'en', :at)", at)
    tx.execute("INSERT INTO chats (telegram_id, kind, created_at) VALUES (501, 'private', :at)", at)
    tx.execute(
        f"INSERT INTO broadcasts (subject, by, state, created_at, finished_at) VALUES ('notice:1', {PERSON}, 'done', "
        ":at, :at)",
        at,
    )
    for sql in SHRINKS.values():
        tx.execute(sql, at)


async def tidy_all(database: Database) -> None:
    """All that hours and a night do, by a clock that has been right for days."""
    await database.run(lambda tx: how_far.keep(tx, Tidied(tx.now, ("", 0))))
    await database.run(tidying.begin)
    while await database.run(tidying.tidy):
        pass
    sure = await database.run(how_far.sure)
    assert sure is not None
    for step in retention.steps(KeptDays()):
        await retention.go_through(database.run, step, sure - timedelta(days=step.days))


async def counted(database: Database) -> dict[str, int]:
    return await database.run(lambda tx: {table: tx.number(f"SELECT count(*) FROM {table}") for table in SHRINKS})


async def test_what_is_said_to_shrink_does(database: Database, clock: Clock) -> None:
    await database.run(old_rows)
    before = await counted(database)
    assert 0 not in before.values()
    clock.at += NOT_YET
    await tidy_all(database)
    assert await counted(database) == before
    clock.at += LONG
    await tidy_all(database)
    assert await counted(database) == {table: STAY.get(table, 0) for table in SHRINKS}


@pytest.mark.parametrize("hours", [1, 2])
async def test_a_clock_that_is_wrong_for_some_hours_takes_nothing(database: Database, clock: Clock, hours: int) -> None:
    await database.run(lambda tx: how_far.keep(tx, Tidied(tx.now, ("", 0))))
    right = await database.run(how_far.sure)
    clock.at += 10 * LONG
    for _ in range(hours):
        await database.run(tidying.begin)
        wrong = await database.run(how_far.sure)
        assert wrong is not None
        assert right is not None
        assert wrong < right + LATER, "nothing goes that would not have gone by the right clock"
    clock.at -= 10 * LONG
    await database.run(tidying.begin)
    assert await database.run(how_far.sure) == right
