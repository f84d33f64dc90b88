"""Telling neighbours who helps with what: of whom, to whom, by whom."""

import pytest

from domain.events import VolunteerIntroduced
from domain.people.rights import NotAllowed, Role
from services.core.errors import NotFound
from services.volunteers import introducing
from services.volunteers import volunteers as service
from storage.core import chats, outbox
from storage.core.database import Transaction
from storage.core.outbox import Action, Outgoing
from storage.people import homes
from storage.people.people import Person
from storage.volunteers import volunteers
from tests.services.repairing import COMMUNITY, ask, volunteer
from tests.services.reporting import submitted
from tests.support import happened, in_transaction, last_events, person


@in_transaction
def test_only_staff_introduce_somebody(tx: Transaction) -> None:
    lao = volunteer(tx, "Lao", listed=True)
    for who in (person(tx, "Mei"), lao, person(tx, "Rong", Role.REPRESENTATIVE, Role.PLEDGER)):
        with pytest.raises(NotAllowed):
            introducing.agreed(tx, who, lao.id)
        with pytest.raises(NotAllowed):
            introducing.introduce(tx, COMMUNITY, who, lao.id, "north")
    assert happened(tx) == []


@in_transaction
def test_only_who_agreed_and_only_in_a_place_there_is(tx: Transaction) -> None:
    wei, lao = person(tx, "Wei", Role.STAFF), volunteer(tx, "Lao", listed=True)
    assert introducing.agreed(tx, wei, lao.id).name == "Lao"
    introducing.introduce(tx, COMMUNITY, wei, lao.id, "b3")
    last_events(tx, VolunteerIntroduced(actor=wei.id, person=lao.id, area="b3"))
    with pytest.raises(NotFound):
        introducing.introduce(tx, COMMUNITY, wei, lao.id, "moon")
    service.set_listed(tx, lao, False)
    silent, resident = volunteer(tx, "Silent"), person(tx, "Mei")
    for who in (lao.id, silent.id, resident.id, 999):
        with pytest.raises(NotFound):
            introducing.introduce(tx, COMMUNITY, wei, who, "b3")


@pytest.mark.parametrize("state", [volunteers.ASKED, volunteers.DECLINED, volunteers.LEFT])
@in_transaction
def test_nobody_is_introduced_who_is_no_volunteer_now(tx: Transaction, state: str) -> None:
    wei, lao = person(tx, "Wei", Role.STAFF), volunteer(tx, "Lao", listed=True)
    volunteers.set_state(tx, lao.id, state)
    with pytest.raises(NotFound):
        introducing.introduce(tx, COMMUNITY, wei, lao.id, "b3")


@in_transaction
def test_those_read_it_who_live_there_as_far_as_we_know(tx: Transaction) -> None:
    lao = volunteer(tx, "Lao", listed=True)

    def counts() -> list[int]:
        return [introducing.count(tx, COMMUNITY, lao.id, area) for area in ("north", "b3", "b3-2", "south", "moon")]

    assert counts() == [0, 0, 0, 0, 0]
    at_home, asked, reported, south = (person(tx, name) for name in ("Mei", "Bo", "Eve", "Cem"))
    homes.keep(tx, at_home.id, "b3", "Flat 1")
    ask(tx, asked, area="b3-2")
    submitted(tx, COMMUNITY, reported, area="north")
    submitted(tx, COMMUNITY, south, area="b4")
    assert counts() == [3, 2, 1, 1, 0], "each area with all that is in it"
    submitted(tx, COMMUNITY, asked, area="b3-2")
    submitted(tx, COMMUNITY, lao, area="b3-2")
    submitted(tx, COMMUNITY, person(tx, "Never wrote", started=False), area="b3-2")
    assert counts() == [3, 2, 1, 1, 0], "each once, and not the volunteer, nor who has no chat"
    read(tx, lao, asked)
    assert counts() == [2, 1, 0, 1, 0], "who has read it reads it no more"


def read(tx: Transaction, of: Person, reader: Person) -> None:
    chat = chats.private_with(tx, reader.id)
    assert chat is not None
    once = volunteers.introduction(of.id, reader.id)
    outbox.add(tx, Outgoing(chat.id, Action.MESSAGE, {"text": "Lao helps"}, once=once))


@in_transaction
def test_an_area_is_itself_and_all_that_is_in_it(tx: Transaction) -> None:
    assert introducing.codes(COMMUNITY, "b3") == ["b3", "b3-1", "b3-2", "b3-3"]
    assert introducing.codes(COMMUNITY, "b3-2") == ["b3-2"] and introducing.codes(COMMUNITY, "moon") == []
