"""Becoming a volunteer, being on call, leaving: who may, what staff decide, and who is asked about what is free."""

from datetime import timedelta
from typing import Any

import pytest

from domain.events import (
    DutyChanged,
    OffersClosed,
    RepairReleased,
    RoleGranted,
    VolunteerApproved,
    VolunteerAsked,
    VolunteerChanged,
    VolunteerDeclined,
)
from domain.people.rights import NotAllowed, Role
from services.core.errors import AlreadyDone, NotFound
from services.people import public_names
from services.repairs import dispatching, jobs
from services.volunteers import volunteers
from storage.core import blocks, scheduled_tasks
from storage.core.blocks import Blocked
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.people import people
from storage.people.people import Person
from storage.people.public_names import of as public_name
from storage.volunteers import volunteers as store
from storage.volunteers.volunteers import Profile
from tests.services.repairing import COMMUNITY, ask, asked, known, volunteer
from tests.support import MONDAY, happened, in_transaction, last_events, person

DAY = timedelta(days=1)


def profile(**more: Any) -> Profile:
    given = {
        "trades": ("plumbing",), "areas": ("north",), "always": True, "windows": (), "at_once": 1, "night": False,
        "phone": None, "listed": False, **more,
    }  # fmt: skip
    return Profile(**given)


def looks_again(tx: Transaction, number: int) -> bool:
    """Whether somebody is looked for now, for that repair."""
    return scheduled_tasks.planned(tx, f"{dispatching.KIND}:{number}") == tx.now


def later(tx: Transaction) -> None:
    """So that what is looked for now can be told from what was looked for before."""
    tx.now += timedelta(minutes=1)


@in_transaction
def test_who_offers_help_waits_for_staff(tx: Transaction) -> None:
    mei = person(tx, "Mei")
    made = volunteers.offer(tx, COMMUNITY, mei, profile(trades=("locks", "plumbing"), listed=True))
    last_events(tx, VolunteerAsked(actor=mei.id, person=mei.id, trades=("locks", "plumbing")))
    assert (made.state, made.profile.trades, made.profile.listed) == (store.ASKED, ("locks", "plumbing"), True)
    assert store.waiting(tx, 9) == [mei.id] and not store.is_approved(tx, mei.id)
    with pytest.raises(NotAllowed):
        volunteers.on_the_list(tx, mei)


@pytest.mark.parametrize("wrong", [{"trades": ()}, {"areas": ()}, {"at_once": 0}])
@in_transaction
def test_an_offer_of_nothing_is_none(tx: Transaction, wrong: dict[str, Any]) -> None:
    mei = person(tx, "Mei")
    with pytest.raises(NotFound):
        volunteers.offer(tx, COMMUNITY, mei, profile(**wrong))
    blocks.put(tx, mei.id, mei.id, "Nonsense", MONDAY + DAY)
    with pytest.raises(Blocked):
        volunteers.offer(tx, COMMUNITY, mei, profile())
    assert store.of(tx, mei.id) is None


@in_transaction
def test_who_was_given_the_role_before_is_on_call_at_once(tx: Transaction) -> None:
    number = ask(tx, person(tx, "Bo"))
    later(tx)
    lao = person(tx, "Lao", Role.VOLUNTEER)
    assert volunteers.offer(tx, COMMUNITY, lao, profile()).state == store.APPROVED
    last_events(tx, VolunteerApproved(actor=lao.id, person=lao.id, trades=("plumbing",)))
    assert volunteers.on_the_list(tx, lao).on_duty and looks_again(tx, number)
    named = public_name(tx, lao.id)
    assert named is not None and named.name == "Lao"
    # A second time it is a change.
    assert volunteers.offer(tx, COMMUNITY, lao, profile(at_once=3)).profile.at_once == 3
    last_events(tx, VolunteerChanged(actor=lao.id, person=lao.id, trades=("plumbing",)))


@in_transaction
def test_staff_say_yes_or_no_once(tx: Transaction) -> None:
    yes, no, wei = person(tx, "Yes"), person(tx, "No"), person(tx, "Wei", Role.STAFF)
    number = ask(tx, person(tx, "Bo"))
    later(tx)
    for who in (yes, no):
        volunteers.offer(tx, COMMUNITY, who, profile())
    for deed in (volunteers.approve, volunteers.decline):
        with pytest.raises(NotAllowed):
            deed(tx, yes, yes.id)
        with pytest.raises(NotFound):
            deed(tx, wei, wei.id)
    assert not looks_again(tx, number)
    volunteers.approve(tx, wei, yes.id)
    last_events(
        tx,
        RoleGranted(actor=wei.id, person=yes.id, role=Role.VOLUNTEER),
        VolunteerApproved(actor=wei.id, person=yes.id, trades=("plumbing",)),
    )
    assert people.by_id(tx, yes.id).roles == {Role.VOLUNTEER} and looks_again(tx, number)
    assert public_names.shown(tx, yes.id) == "Yes"
    volunteers.decline(tx, wei, no.id)
    last_events(tx, VolunteerDeclined(actor=wei.id, person=no.id))
    assert volunteers.of(tx, no.id).state == store.DECLINED and people.by_id(tx, no.id).roles == set()
    for deed in (volunteers.approve, volunteers.decline):
        for who in (yes, no):
            with pytest.raises(AlreadyDone):
                deed(tx, wei, who.id)


# -- on call


@in_transaction
def test_off_call_others_are_asked_and_what_was_taken_stays(tx: Transaction) -> None:
    lao = volunteer(tx, "Lao", at_once=2)
    mine, free = ask(tx, person(tx, "Mei")), ask(tx, person(tx, "Bo"))
    jobs.take(tx, COMMUNITY, lao, mine)
    volunteers.set_duty(tx, lao, False)
    last_events(
        tx, DutyChanged(actor=lao.id, person=lao.id, on=False, until=None), OffersClosed(repair=free, people=(lao.id,))
    )
    assert known(tx, mine).taker == lao.id and asked(tx, free) == set() and looks_again(tx, free)
    assert not volunteers.of(tx, lao.id).on_duty


@in_transaction
def test_a_pause_has_an_end_ahead(tx: Transaction) -> None:
    lao = volunteer(tx, "Lao")
    number = ask(tx, person(tx, "Mei"))
    for passed in (MONDAY, MONDAY - DAY):
        with pytest.raises(NotFound):
            volunteers.set_duty(tx, lao, True, passed)
    volunteers.set_duty(tx, lao, True, MONDAY + DAY)
    assert volunteers.of(tx, lao.id).paused_until == MONDAY + DAY and asked(tx, number) == set()
    (row,) = tx.query("SELECT data FROM events WHERE kind = ?", (DutyChanged.KIND,))
    assert to_text(MONDAY + DAY) in row["data"]
    later(tx)
    volunteers.set_duty(tx, lao, True)
    assert volunteers.of(tx, lao.id).paused_until is None and looks_again(tx, number)
    later(tx)
    volunteers.set_duty(tx, lao, True)
    assert not looks_again(tx, number), "they were on call already"


@in_transaction
def test_only_a_volunteer_of_now_is_on_call_or_listed(tx: Transaction) -> None:
    declined, without_role = volunteer(tx, "Declined"), volunteer(tx, "Without")
    store.set_state(tx, declined.id, store.DECLINED)
    people.revoke(tx, without_role.id, Role.VOLUNTEER)
    for who in (declined, people.by_id(tx, without_role.id), person(tx, "Mei"), person(tx, "Role", Role.VOLUNTEER)):
        for deed in (volunteers.set_duty, volunteers.set_listed):
            with pytest.raises(NotAllowed):
                deed(tx, who, True)
    assert happened(tx) == []


@in_transaction
def test_who_is_listed_says_so_and_may_say_otherwise(tx: Transaction) -> None:
    lao = volunteer(tx, "Lao")
    for listed in (True, False):
        volunteers.set_listed(tx, lao, listed)
        assert volunteers.of(tx, lao.id).profile.listed is listed
        assert [each.person for each in store.listed(tx, 9, 0)] == ([lao.id] if listed else [])


# -- gone and back


@pytest.mark.parametrize(("reason", "state"), [("left", store.LEFT), ("unreachable", store.APPROVED)])
@in_transaction
def test_what_they_had_goes_to_others(tx: Transaction, reason: str, state: str) -> None:
    lao = volunteer(tx, "Lao", at_once=2)
    mine, offered = ask(tx, person(tx, "Mei")), ask(tx, person(tx, "Bo"))
    jobs.take(tx, COMMUNITY, lao, mine)
    volunteers.lost(tx, COMMUNITY, lao.id, reason)
    assert volunteers.of(tx, lao.id).state == state
    assert known(tx, mine).taker is None and asked(tx, offered) == set()
    (row,) = tx.query("SELECT data FROM events WHERE kind = ?", (RepairReleased.KIND,))
    assert f'"reason": "{reason}"' in row["data"]
    count = len(happened(tx))
    volunteers.lost(tx, COMMUNITY, person(tx, "Eve").id, reason)
    assert len(happened(tx)) == count, "somebody who is none loses nothing"


@pytest.mark.parametrize("state", [store.ASKED, store.LEFT])
@in_transaction
def test_given_the_role_they_are_on_call_with_what_they_said_before(tx: Transaction, state: str) -> None:
    lao, number = volunteer(tx, "Lao"), ask(tx, person(tx, "Mei"))
    store.set_state(tx, lao.id, state)
    later(tx)
    volunteers.given_role(tx, lao.id)
    last_events(tx, VolunteerApproved(person=lao.id, trades=("plumbing",)))
    assert volunteers.of(tx, lao.id).state == store.APPROVED and looks_again(tx, number)
    assert public_name(tx, lao.id) is not None
    count = len(happened(tx))
    for who in (lao, person(tx, "Never offered")):
        volunteers.given_role(tx, who.id)
    assert len(happened(tx)) == count


@in_transaction
def test_who_can_be_written_to_again_is_asked_while_on_call(tx: Transaction) -> None:
    lao, number = volunteer(tx, "Lao"), ask(tx, person(tx, "Mei"))

    def comes_back(who: Person) -> bool:
        later(tx)
        volunteers.back(tx, who.id)
        return looks_again(tx, number)

    assert comes_back(lao)
    store.set_duty(tx, lao.id, False)
    assert not comes_back(lao) and not comes_back(person(tx, "Eve"))
    store.set_duty(tx, lao.id, True)
    store.set_state(tx, lao.id, store.LEFT)
    assert not comes_back(lao)
