"""A notice of which nobody knows any more who got it offers only what can still be done."""

from datetime import timedelta

from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.notices import listing
from handlers.notices.buttons import Doing, NoticePress
from services.broadcasts import forgetting_lists
from storage.core.database import Transaction
from tests.services.notices.test_notices import NEW, delivered, written
from tests.support import in_transaction, outbox_of, person, presses


@in_transaction
def test_it_is_neither_corrected_nor_withdrawn(tx: Transaction, setup: Setup) -> None:
    wei = person(tx, "Wei", Role.STAFF)
    number = written(tx, setup.community, wei, NEW)
    delivered(tx, number)

    def offered() -> str:
        presses(tx, setup, listing.press, wei, NoticePress(number, Doing.LOOK).pack())
        return str(outbox_of(tx)[-1]["content"])

    withdraw = NoticePress(number, Doing.WITHDRAW).pack()
    assert withdraw in offered()
    tx.now += timedelta(days=1)
    while forgetting_lists.forget_some(tx, tx.now, 10):
        pass
    assert withdraw not in offered()
