"""Every name that is kept in a column becomes one that the program does not know, in all rows, in the middle of a walk.

Nobody is locked out, nothing is set aside, and nothing fails: before the rows are put right at a start, and after.
"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from services.operations import unknown_states
from storage.core import chats, outbox
from storage.core.database import Transaction
from storage.core.outbox import Action, Outgoing
from tests import golden, stored_names
from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import IS_FIXED, TAKE, presses_what
from tests.support import outbox_of
from tests.walk.walk import Walk

COLUMNS = [each for each in stored_names.kept(golden.section(golden.STORED)) if re.fullmatch(r"\w+\.\w+", each)]
ELSEWHERE = {
    "events.data": "no column of names: an event that lacks a field is read as one that is none any more",
    "conversations.step": "the walk wants a button of the open step there; test_renamed.py asks for what comes next",
    "outbox.action": "the walk sends nothing: tests/bot/sending/test_delivery.py",
    "public_report_lists.state": "made from the states of reports, again whenever one changes and each night",
    "inbox.state": "the walk wants everything done; below",
}
SEED = 4
BEFORE, LONGEST, AFTER = 60, 3000, 30


SAID = (
    "INSERT INTO broadcasts (subject, by, state, created_at) SELECT 'notice:1', id, 'sending', created_at FROM people "
    "LIMIT 1"
)
SELDOM = {
    # What a walk comes to by chance alone.
    "danger_words.state": "INSERT INTO danger_words (danger, part, on_card, state, created_at) SELECT dangers.id, "
    "report_parts.id, cards.id, 'posted', rang_at FROM dangers, report_parts, cards LIMIT 1",
    "invitations.purpose": "INSERT INTO invitations (code, purpose, created_at, expires_at) VALUES ('t-of-old', "
    "'role:staff', '2026-11-25T02:00:00.000000Z', '2029-01-01T00:00:00.000000Z')",
    "broadcasts.state": SAID,
    "broadcast_recipients.state": f"{SAID}; INSERT INTO broadcast_recipients (broadcast, person, state, not_before) "
    "SELECT broadcasts.id, people.id, 'waiting', broadcasts.created_at FROM broadcasts, people WHERE true LIMIT 1 "
    "ON CONFLICT DO NOTHING",
    "photo_consents.answer": "INSERT INTO photo_consents (part, person, file_unique_id, asked_at, answer, answered_at) "
    "SELECT id, person, 'u', created_at, 'yes', created_at FROM report_parts WHERE person IS NOT NULL LIMIT 1 "
    "ON CONFLICT DO NOTHING",
    "project_photos.moment": "INSERT INTO project_photos (project, moment, file_id, file_unique_id, by, created_at) "
    "SELECT id, 'before', 'f', 'u', created_by, created_at FROM projects LIMIT 1",
    "project_departments.answer": "INSERT INTO project_departments (project, department, asked_by, asked_at, "
    "answer_by, answer) SELECT id, 'works', created_by, created_at, '2026-12-01', 'comes' FROM projects LIMIT 1 "
    "ON CONFLICT (project, department) DO UPDATE SET answer = 'comes'",
    "forgetting.step": "INSERT INTO people (name, language, created_at, forgotten_at) SELECT '', language, created_at, "
    "created_at FROM people LIMIT 1; INSERT INTO forgetting (person, asked_at, step, last_message, last_card, "
    "last_outbox, last_update, tells) SELECT max(id), max(created_at), 'outside', 0, 0, 0, 0, 0 FROM people",
    "pledge_consents.how": "UPDATE pledge_consents SET how = 'paper'",
    "dangers.confirmed": "UPDATE dangers SET confirmed = 'not_yet'",
}


def rename(tx: Transaction, table: str, column: str) -> int:
    """In all rows; numbers among them become one that is none of ours, keys stay different from each other."""
    columns = {row["name"]: row for row in tx.query(f"/* ours */ PRAGMA table_info({table})")}
    name = "99" if columns[column]["type"] == "INTEGER" else "'name_of_old'"
    (made,) = tx.query("/* ours */ SELECT sql FROM sqlite_master WHERE name = ?", (table,))
    if columns[column]["pk"] and "WITHOUT ROWID" not in made["sql"]:
        name = f"{name} || rowid"
    return tx.execute(f"/* ours */ UPDATE {table} SET {column} = {name} WHERE {column} IS NOT NULL").rowcount


@pytest.mark.parametrize("kept", [each for each in COLUMNS if each not in ELSEWHERE])
async def test_a_name_that_is_none_any_more_stops_nobody(kept: str, tmp_path: Path) -> None:
    table, _, column = kept.partition(".")
    walk, renamed = Walk(tmp_path, SEED, Counter()), 0
    await walk.begin()
    try:
        for number in range(LONGEST):
            await walk.step()
            if number > BEFORE and kept in SELDOM:
                for statement in SELDOM[kept].split(";"):
                    await walk.database.run(lambda tx, sql=statement: tx.execute(f"/* ours */ {sql}"))
            if number > BEFORE and (renamed := await walk.database.run(rename, table, column)):
                break
        for _ in range(AFTER):
            await walk.step()
        await walk.database.run(unknown_states.settle)
        await walk._time_passes()
        for _ in range(AFTER):
            await walk.step()
    finally:
        await walk.end(whole=False)
    assert renamed > 0, "no row has such a name"


async def test_an_update_whose_row_is_in_no_known_state_is_handled(tmp_path: Path) -> None:
    walk = Walk(tmp_path, SEED, Counter())
    await walk.begin()
    try:
        for _ in range(20):
            await walk.step()

        def change(tx: Transaction) -> int:
            tx.execute("/* ours */ UPDATE inbox SET state = 'state_of_old'")
            tx.execute("/* ours */ UPDATE inbox SET done_at = NULL WHERE id = (SELECT max(id) FROM inbox)")
            unknown_states.settle(tx)
            return len(tx.query("/* ours */ SELECT id FROM inbox WHERE state = 'new'"))

        assert await walk.database.run(change) == 1
        await walk.step()
        assert (
            await walk.database.run(lambda tx: tx.query("/* ours */ SELECT id FROM inbox WHERE state <> 'done'")) == []
        )
    finally:
        await walk.end(whole=False)


STANDS = [
    # (what its row says, the state it gets)
    ("reports", "assignee = NULL, closed_at = NULL", "new"),
    ("reports", "assignee = 1, closed_at = NULL", "taken"),
    ("reports", "closed_at = created_at", "closed"),
    ("repairs", "taker = NULL, closed_at = NULL", "unfilled"),
    ("repairs", "taker = 1, closed_at = NULL", "taken"),
    ("repairs", "closed_at = created_at", "closed"),
    ("pledges", "published_at = NULL, ended_at = NULL", "waiting"),
    ("pledges", "ended_at = NULL", "paused"),
    ("pledges", "ended_at = created_at", "ended"),
]


@pytest.mark.parametrize(("table", "row", "state"), STANDS)
async def test_a_state_that_is_none_any_more_becomes_one_that_fits_the_rest(
    table: str, row: str, state: str, tmp_path: Path
) -> None:
    walk = Walk(tmp_path, SEED, Counter())
    await walk.begin()

    def change(tx: Transaction) -> str:
        tx.execute(f"/* ours */ UPDATE {table} SET state = 'state_of_old', {row} WHERE id = 1")
        unknown_states.settle(tx)
        unknown_states.settle(tx)  # at each start
        kept = tx.query("/* ours */ SELECT data FROM events WHERE kind = 'work.given_up'")
        assert [json.loads(each["data"])["error"] for each in kept] == [f"{table.removesuffix('s')} 1"], "told once"
        return str(tx.query(f"/* ours */ SELECT state FROM {table} WHERE id = 1")[0]["state"])

    try:
        assert await walk.database.run(change) == state
        told = await walk.database.run(lambda tx: outbox_of(tx))
        assert any("a state that I do not know" in str(each["content"]) for each in told), "admins read of it"
    finally:
        await walk.end(whole=False)


async def test_staff_find_it_among_what_is_to_be_done(estate: Estate) -> None:
    await estate.report()
    await estate.settled()
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE reports SET state = 'state_of_old'"))
    asked = await estate.resident.says("/my")
    await shows(estate.resident, "No. 1 (Received)", after=asked)
    await estate.bot.database.run(unknown_states.settle)
    asked = await estate.staff.says("/queue")
    await shows(estate.staff, "What is to be done", "New ones (1)", after=asked)
    await shows(estate.staff, "a state that I do not know: report 1")
    await presses_what(estate.staff, TAKE, estate.staff_chat, await estate.card())
    await shows(estate.resident, "Somebody is looking after it")


async def test_of_what_is_closed_no_more_is_said_than_is_known(estate: Estate) -> None:
    """Not that nobody answered: somebody had. It can be opened again, as if they had closed it."""
    mei = estate.resident
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    await estate.settled()
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE reports SET state = 'state_of_old'"))
    await estate.bot.database.run(unknown_states.settle)
    asked = await mei.says("/my")
    listed = await shows(mei, "No. 1 (Closed)", after=asked)
    await mei.forges(listed, "m:1:open")
    await shows(mei, "It is closed.", after=listed)
    await mei.forges(listed, "m:1:again")
    await shows(estate.staff, "No. 1 · REOPENED", chat=estate.staff_chat)


async def test_what_was_to_be_sent_is_sent_after_the_next_start(estate: Estate) -> None:
    await estate.settled()

    def leave(tx: Transaction) -> None:
        chat = chats.by_telegram_id(tx, estate.resident.id)
        assert chat is not None
        number = outbox.add(tx, Outgoing(chat.id, Action.MESSAGE, {"text": "This has waited"}))
        tx.execute("UPDATE outbox SET state = 'state_of_old' WHERE id = ?", (number,))

    await estate.bot.database.run(leave)
    await estate.stop()
    await estate.start()
    await estate.resident.sees("This has waited")
    await shows(estate.staff, "has left 1 message in a state that I do not know")
