"""Looking whether anything has to be looked after: nothing is found where all is well, and each trouble where it is."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain.operations.troubles import COPY, FREE, INBOX, OUTBOX, REFUSED, WORK, Outside, TroubleKind
from domain.people.rights import Role
from services.operations import watching
from services.people import limits
from services.staff_room import staff_chat
from storage.core import chats, inbox, scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import to_text
from tests.services.repairing import COMMUNITY
from tests.support import MONDAY, in_transaction, person, texts_of

WELL = Outside(free=FREE * 100, size=1000, newest_copy=MONDAY)


def _group(tx: Transaction) -> int:
    ada = person(tx, "Ada", Role.ADMIN)
    group = chats.meet(tx, -100, "supergroup", "Staff", True)
    staff_chat.choose(tx, ada, staff_chat.link_code(tx, ada), group)
    tx.execute("UPDATE scheduled_tasks SET next_due = ?", (to_text(tx.now + timedelta(days=9)),))
    return group.id


def _sent(tx: Transaction, state: str, at: datetime) -> None:
    chat = chats.meet(tx, 7, "private", None, False).id
    tx.execute(
        "INSERT INTO outbox (lane, chat, action, content, state, created_at, finished_at) "
        "VALUES (1, ?, 'message', '{}', ?, ?, ?)",
        (chat, state, to_text(at), to_text(at) if state == "failed" else None),
    )


def _received(tx: Transaction, state: str) -> None:
    inbox.store(tx, [{"update_id": 1}])
    since = to_text(tx.now - INBOX - timedelta(seconds=1))
    tx.execute("UPDATE inbox SET state = ?, received_at = ?, done_at = ?", (state, since, since))


def _refused(tx: Transaction, times: int) -> None:
    mei = person(tx, "Mei")
    for _ in range(times):
        limits.refused(tx, mei)


TROUBLES: dict[str, tuple[Callable[[Transaction], object], TroubleKind | None]] = {
    "away": (lambda tx: tx.execute("UPDATE chats SET unreachable = 'put out'"), TroubleKind.GROUP_AWAY),
    "came": (lambda tx: _received(tx, "new"), TroubleKind.INBOX),
    "held by a limit": (lambda tx: _received(tx, "held"), None),
    "set aside": (lambda tx: _received(tx, "quarantined"), TroubleKind.QUARANTINE),
    "waits": (lambda tx: _sent(tx, "pending", tx.now - OUTBOX - timedelta(seconds=1)), TroubleKind.OUTBOX),
    "waits not long": (lambda tx: _sent(tx, "pending", tx.now - OUTBOX + timedelta(seconds=1)), None),
    "failed": (lambda tx: _sent(tx, "failed", tx.now - timedelta(hours=23)), TroubleKind.FAILED),
    "failed long ago": (lambda tx: _sent(tx, "failed", tx.now - timedelta(hours=25)), None),
    "work": (
        lambda tx: scheduled_tasks.plan(tx, "digest", "program:1", tx.now - WORK - timedelta(seconds=1), "x"),
        TroubleKind.WORK,
    ),
    "refused": (lambda tx: _refused(tx, REFUSED), TroubleKind.REFUSED),
    "refused seldom": (lambda tx: _refused(tx, REFUSED - 1), None),
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_each_trouble_is_found_and_nothing_else(name: str, database) -> None:  # type: ignore[no-untyped-def]
    happens, expected = TROUBLES[name]

    def look(tx: Transaction) -> None:
        _group(tx)
        tx.execute("UPDATE outbox SET state = 'sent'")
        assert watching.found(tx, WELL) == []
        happens(tx)
        assert [each.kind for each in watching.found(tx, WELL)] == ([] if expected is None else [expected])

    await database.run(look)


@in_transaction
def test_the_disk_and_the_newest_copy(tx: Transaction) -> None:
    _group(tx)
    tx.execute("UPDATE outbox SET state = 'sent'")
    old = tx.now - COPY - timedelta(seconds=1)
    for outside, expected in (
        (Outside(FREE - 1, 1000, tx.now), [TroubleKind.DISK]),
        (Outside(FREE * 2, FREE + 1, tx.now), [TroubleKind.DISK]),
        (Outside(FREE * 2, 1000, old), [TroubleKind.COPY]),
        (Outside(FREE * 2, 1000, None), []),  # its first night is still to come
    ):
        assert [each.kind for each in watching.found(tx, outside)] == expected
    tx.execute("UPDATE events SET at = ?", (to_text(old),))
    assert [each.kind for each in watching.found(tx, Outside(FREE * 2, 1000, None))] == [TroubleKind.COPY]


async def test_admins_read_of_it_once_a_day_in_their_language(database, clock, notices: None) -> None:  # type: ignore[no-untyped-def]
    def ask(tx: Transaction) -> None:
        person(tx, "Ada", Role.ADMIN)
        person(tx, "Lan", Role.ADMIN, language="zh_Hans")
        watching.plan(tx, COMMUNITY)

    def look(tx: Transaction, times: int) -> tuple[list[str], datetime | None]:
        for _ in range(times):
            watching.looked(tx, COMMUNITY, watching.found(tx, WELL))
        tx.publish()
        return texts_of(tx), scheduled_tasks.planned(tx, watching.KIND)

    await database.run(ask)
    told, following = await database.run(look, 2)  # as when the program was killed behind the first
    assert sorted("/setup" in each for each in told) == [True, True] and any("请处理" in each for each in told)
    assert following is not None and clock.now() < following <= clock.now() + timedelta(days=1)
    clock.at = following
    told, _ = await database.run(look, 1)
    assert len(told) == 4


async def test_nobody_reads_anything_while_all_is_well(database, notices: None) -> None:  # type: ignore[no-untyped-def]
    def look(tx: Transaction) -> None:
        _group(tx)
        tx.publish()
        tx.execute("UPDATE outbox SET state = 'sent'")
        before = texts_of(tx)
        _sent(tx, "failed", tx.now)  # of which they heard when it happened
        assert [each.kind for each in watching.found(tx, WELL)] == [TroubleKind.FAILED]
        watching.looked(tx, COMMUNITY, watching.found(tx, WELL))
        tx.publish()
        assert texts_of(tx) == before

    await database.run(look)
