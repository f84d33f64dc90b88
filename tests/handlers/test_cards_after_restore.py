"""After a restore the cards of repairs are made true, and no address stands where it should not."""

from datetime import timedelta

import pytest

from domain.events import DatabaseRestored
from services.repairs import jobs
from storage.core.database import Database, Transaction
from storage.core.instants import to_text
from storage.repairs import offers
from tests.services.repairing import ADDRESS, COMMUNITY, ask, volunteer
from tests.support import outbox_of, person


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.usefixtures("notices")
async def test_all_cards_are_mended_in_chunks(database: Database, count: int) -> None:

    def before(tx: Transaction) -> dict[str, set[int]]:
        lao, other = volunteer(tx, "Lao", at_once=99), volunteer(tx, "Other", at_once=99)
        for number in range(count):
            with tx.savepoint():
                made = ask(tx, person(tx, f"Resident {number}"))
            with tx.savepoint():
                jobs.take(tx, COMMUNITY, lao, made)
        tx.execute("UPDATE outbox SET state = 'sent', finished_at = created_at")
        cards = {"lao": set(), "other": set()}
        for made in range(1, count + 1):
            for name, who in (("lao", lao), ("other", other)):
                offer = offers.of(tx, made, who.id)
                assert offer is not None and offer.card is not None
                cards[name].add(offer.card)
        return cards

    cards = await database.run(before)

    def restored(tx: Transaction) -> None:
        since = to_text(tx.now - timedelta(hours=1))
        tx.emit(DatabaseRestored(since=since, until=to_text(tx.now)))

    await database.run(restored)

    def mended(tx: Transaction) -> set[int]:
        found = {
            row["card"]: row["content"]["text"] for row in outbox_of(tx) if row["state"] == "pending" and row["card"]
        }
        for card in cards["other"] & set(found):
            assert ADDRESS not in found[card]
        for card in cards["lao"] & set(found):
            assert ADDRESS in found[card]
        return set(found)

    first = await database.run(mended)
    assert len(cards["lao"] & first) == min(count, 50)
    planned = await database.run(
        lambda tx: tx.query("SELECT kind FROM scheduled_tasks WHERE kind = 'restored_repairs'")
    )
    assert len(planned) == int(count > 50)
