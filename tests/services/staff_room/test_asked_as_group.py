"""What somebody who writes as the group asked for: by a code, for ten minutes, once."""

import pytest

from services.people import team
from services.people.team import LinkExpired, LinkUnknown, LinkUsed
from services.staff_room import asked_as_group
from storage.core.database import Transaction
from storage.people import invitations
from tests.support import MONDAY, in_transaction, person

WHAT = "role:staff:12"


@in_transaction
def test_it_is_found_by_its_code_and_answered_once(tx: Transaction) -> None:
    ada, code = person(tx, "Ada"), asked_as_group.ask(tx, WHAT)
    assert code != asked_as_group.ask(tx, WHAT) and asked_as_group.asked_for(tx, code) == WHAT
    assert asked_as_group.answer(tx, ada, code) == WHAT
    found = invitations.by_code(tx, code)
    assert found is not None and (found.used_by, found.created_by) == (ada.id, None)
    for deed in (lambda: asked_as_group.asked_for(tx, code), lambda: asked_as_group.answer(tx, ada, code)):
        with pytest.raises(LinkUsed):
            deed()


@in_transaction
def test_after_ten_minutes_it_counts_no_longer_and_is_forgotten(tx: Transaction) -> None:
    ada, code = person(tx, "Ada"), asked_as_group.ask(tx, WHAT)
    tx.now = MONDAY + asked_as_group.VALID
    for deed in (lambda: asked_as_group.asked_for(tx, code), lambda: asked_as_group.answer(tx, ada, code)):
        with pytest.raises(LinkExpired):
            deed()
    asked_as_group.ask(tx, WHAT)
    with pytest.raises(LinkUnknown):
        asked_as_group.asked_for(tx, code)


@in_transaction
def test_codes_for_other_things_ask_for_nothing(tx: Transaction) -> None:
    first = team.invite_first_admin(tx)
    assert first is not None
    for code in (first.code, "nobody made this", ""):
        with pytest.raises(LinkUnknown):
            asked_as_group.asked_for(tx, code)
    with pytest.raises(LinkUnknown):
        team.redeem(tx, person(tx, "Eve"), asked_as_group.ask(tx, WHAT))
