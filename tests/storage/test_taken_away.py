"""What was taken away: rows, the file beside the database, and taking it away again after a restore."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.operations.taken_away import Line, Taken
from domain.people.rights import Role
from storage.core import blocks, chats, outbox, taken_away, taken_away_file
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.core.outbox import Lane, Outgoing
from storage.operations.take_away_again import Again
from storage.people import homes, people
from tests.support import person

KEY = "ab" * 8


def line(number: int, kind: str = Taken.ROLE_REVOKED, key: str = KEY, **data: str | int) -> Line:
    return Line(number, "2026-11-25T02:00:00.000000Z", kind, key, data)


def states(tx: Transaction) -> list[str]:
    return [row["state"] for row in tx.query("SELECT state FROM outbox ORDER BY id")]


def test_the_file_is_only_added_to_and_says_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "taken-away.jsonl"
    taken_away_file.append(path, [taken_away_file.begun(KEY, "now"), line(1, who="a"), line(2, who="b")])
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    taken_away_file.append(path, [line(2, who="b"), line(3, who="c")])
    assert path.read_bytes().startswith(before)
    assert [each.number for each in taken_away_file.read(path)] == [0, 1, 2, 3]
    # Another database's lines have numbers of their own.
    taken_away_file.append(path, [line(3, key="cd" * 8, who="d")])
    assert len(taken_away_file.read(path)) == 5


@pytest.mark.parametrize(
    "torn", ['{"n": 9', '{"n": 9, "at": "x", "kind": "role_revoked", "key": "' + KEY + '"}', "\x00\x00"]
)
def test_half_a_line_is_none_and_is_taken_off(tmp_path: Path, torn: str) -> None:
    path = tmp_path / "taken-away.jsonl"
    taken_away_file.append(path, [line(1, who="a")])
    with path.open("a") as file:
        file.write(torn)
    assert [each.number for each in taken_away_file.read(path)] == [1]
    taken_away_file.append(path, [line(2, who="b")])
    assert [each.number for each in taken_away_file.read(path)] == [1, 2]
    assert torn not in path.read_text()


async def test_what_is_sent_with_it_is_held_but_not_danger_and_not_what_was_there(database: Database) -> None:
    def take(tx: Transaction) -> None:
        chat = chats.meet(tx, 7, "private", None, False).id
        outbox.add(tx, Outgoing(chat=chat, action="message", content={"text": "before"}))
        bo = person(tx, "Bo", Role.STAFF)
        people.revoke(tx, bo.id, Role.STAFF)
        outbox.add(tx, Outgoing(chat=chat, action="message", content={"text": "done"}))
        outbox.add(tx, Outgoing(chat=chat, action="message", content={"text": "fire"}, lane=Lane.URGENT))
        assert states(tx) == ["pending", "waiting", "pending"]

    def more(tx: Transaction) -> None:
        lines = taken_away.waiting(tx)
        assert [each.kind for each in lines] == [Taken.ROLE_REVOKED]
        homes.keep(tx, 1, None, "Flat 502")
        homes.forget(tx, 1)
        assert not taken_away.written(tx, lines[-1].number), "more has come meanwhile"
        assert states(tx)[1] == "waiting"
        assert taken_away.written(tx, taken_away.waiting(tx)[-1].number)
        assert states(tx) == ["pending"] * 3

    await database.run(take)
    await database.run(more)


async def test_a_card_that_is_held_stays_held_when_it_is_written_anew(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        chat = chats.meet(tx, 7, "private", None, False).id
        card = tx.insert("INSERT INTO cards (chat, subject, role, created_at) VALUES (?, 'x:1', 'status', '')", (chat,))
        taken_away.note(tx, Taken.PROOF_HIDDEN, checkin=1)
        outbox.add(tx, Outgoing(chat=chat, action="card", card=card, content={"text": "hidden"}))
        tx.holds = False  # another update
        outbox.add(tx, Outgoing(chat=chat, action="card", card=card, content={"text": "hidden, and more"}))
        assert states(tx) == ["waiting"]
        taken_away.written(tx, taken_away.last(tx))
        assert states(tx) == ["pending"]

    await database.run(scenario)


async def test_only_what_is_newer_than_the_database_and_of_its_key_is_taken_again(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        bo, cem, di = (person(tx, name, Role.STAFF) for name in ("Bo", "Cem", "Di"))
        secret = taken_away.key(tx)
        name = taken_away.name_of(secret)
        taken_away.note(tx, Taken.PROOF_HIDDEN, checkin=1)  # the database has had one line
        known = [taken_away.who(secret, each.telegram_id or 0) for each in (bo, cem, di)]
        again = Again(tx)
        again.take(
            [
                line(1, key=name, who=known[0], role="staff"),
                line(2, key=name, who=known[1], role="staff"),
                line(5, key="ef" * 8, who=known[2], role="staff"),
                line(4, key=name, who="nobody we know", role="admin"),
                line(6, "of_a_later_version", key=name, who=known[0]),
            ]
        )
        assert again.revoked == [(cem.id, "staff")]
        assert [people.by_id(tx, each.id).roles for each in (bo, cem, di)] == [{"staff"}, set(), {"staff"}]
        assert taken_away.last(tx) == 6, "the next line goes on behind those of the file"
        taken_away.note(tx, Taken.PROOF_HIDDEN, checkin=2)
        assert taken_away.waiting(tx)[-1].number == 7

    await database.run(scenario)


async def test_somebody_the_database_has_never_met_is_blocked_when_they_come(database: Database) -> None:
    def scenario(tx: Transaction) -> None:
        secret = taken_away.key(tx)
        name, who = taken_away.name_of(secret), taken_away.who(secret, 4711)
        until = to_text(tx.now + timedelta(days=2))
        over = to_text(tx.now - timedelta(days=2))
        other = taken_away.who(secret, 4712)
        Again(tx).take(
            [
                line(1, Taken.BLOCKED, name, who=who, until=until),
                line(2, Taken.BLOCKED, name, who=other, until=until),
                line(3, Taken.UNBLOCKED, name, who=other),
                line(4, Taken.BLOCKED, name, who=taken_away.who(secret, 4713), until=over),
            ]
        )
        eve, *others = (people.meet(tx, number, "Eve", None, "en") for number in (4711, 4712, 4713))
        block = blocks.of(tx, eve.id)
        assert block is not None and to_text(block.until) == until and block.reason == ""
        assert [blocks.of(tx, each.id) for each in others] == [None, None]

    await database.run(scenario)
