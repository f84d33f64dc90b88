"""What follows for volunteers from what happens to people: the role given or taken, out of reach and back."""

import pytest

from domain.events import PersonReachable, PersonUnreachable, RoleGranted, RoleRevoked
from domain.people.rights import Role
from services.repairs import dispatching, jobs
from services.volunteers import rules, volunteers
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.people.people import Person
from storage.volunteers import volunteers as store
from tests.services.repairing import COMMUNITY, ask, known, volunteer
from tests.support import in_transaction, person


def holder(tx: Transaction) -> tuple[Person, int]:
    """A volunteer, and the repair that is theirs."""
    lao = volunteer(tx, "Lao")
    number = ask(tx, person(tx, "Mei"))
    jobs.take(tx, COMMUNITY, lao, number)
    return lao, number


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.STAFF])
@in_transaction
def test_only_of_the_role_of_volunteers_anything_follows(tx: Transaction, role: Role) -> None:
    lao, number = holder(tx)
    rules.role_revoked(tx, COMMUNITY, RoleRevoked(person=lao.id, role=role))
    left = role is Role.VOLUNTEER
    assert (known(tx, number).taker is None) is left
    assert volunteers.of(tx, lao.id).state == (store.LEFT if left else store.APPROVED)
    store.set_state(tx, lao.id, store.LEFT)
    rules.role_granted(tx, COMMUNITY, RoleGranted(person=lao.id, role=role, giver=None))
    assert volunteers.of(tx, lao.id).state == (store.APPROVED if left else store.LEFT)


@in_transaction
def test_out_of_reach_what_they_had_goes_to_others_and_back_they_are_asked_again(tx: Transaction) -> None:
    lao, number = holder(tx)
    rules.unreachable(tx, COMMUNITY, PersonUnreachable(person=lao.id, reason="blocked"))
    assert known(tx, number).taker is None and volunteers.of(tx, lao.id).state == store.APPROVED
    scheduled_tasks.cancel(tx, f"repair:{number}", dispatching.KIND)
    rules.reachable(tx, COMMUNITY, PersonReachable(person=lao.id))
    assert scheduled_tasks.planned(tx, f"{dispatching.KIND}:{number}") == tx.now
