"""Danger, bounded by person: what rings, what is folded, and for how long."""

from datetime import timedelta

import pytest

from domain.community import Community
from domain.people.rights import NotAllowed, Role
from services.reports import completing, dangers, joining, merging, saying_more, submitting, working
from services.reports.allowed import Blocked
from services.reports.submitting import NewReport
from storage.core import blocks, chats, outbox, settings
from storage.core.database import Database, Transaction
from storage.people.people import Person
from storage.reports import dangers as store
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.support import Clock, person

HOUR = timedelta(hours=1)


def fire(tx: Transaction, community: Community, by: Person, words: str = "fire", area: str | None = None) -> int:
    new = NewReport([NewPart("text", text=words)], area=area, danger="fire")
    return submitting.submit(tx, community, by, new)


def says(
    tx: Transaction, community: Community, by: Person, number: int, words: str, danger: str | None = "fire"
) -> None:
    saying_more.add(tx, community, by, number, [NewPart("text", text=words)], danger)


def rung(tx: Transaction) -> list[str]:
    return [row["subject"] for row in tx.query("SELECT subject FROM dangers ORDER BY id")]


async def test_it_stands_for_half_an_hour(database: Database, community: Community, clock: Clock) -> None:
    def begin(tx: Transaction) -> Person:
        mei = person(tx, "Mei")
        fire(tx, community, mei)
        return mei

    mei = await database.run(begin)
    clock.advance(minutes=29)
    assert await database.run(lambda tx: dangers.standing(tx, mei.id)) is not None
    await database.run(lambda tx: says(tx, community, mei, 1, "fire"))
    assert await database.run(rung) == ["report:1"], "it does not begin anew with each word"
    clock.advance(minutes=2)
    assert await database.run(lambda tx: dangers.standing(tx, mei.id)) is None
    await database.run(lambda tx: says(tx, community, mei, 1, "fire"))
    assert await database.run(rung) == ["report:1", "report:1"]


async def test_each_person_has_their_own(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        fire(tx, community, mei)
        assert dangers.standing(tx, bo.id) is None
        fire(tx, community, bo)
        assert rung(tx) == ["report:1", "report:2"]

    await database.run(run)


async def test_staff_who_close_it_end_it_also_when_it_is_merged(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF, Role.LEAD)
        fire(tx, community, mei)
        fire(tx, community, bo)
        merging.merge(tx, community, wei, 1, 2)
        assert dangers.standing(tx, mei.id) is not None, "merged it is open still"
        working.resolve(tx, community, wei, 2, [NewPart("text", text="put out")])
        assert dangers.standing(tx, mei.id) is None and dangers.standing(tx, bo.id) is None

    await database.run(run)


async def test_what_staff_write_down_rings_each_time(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        wei, zhou = person(tx, "Wei", Role.STAFF), person(tx, "Zhou", started=False)
        for _ in range(3):
            new = NewReport([NewPart("text", text="fire")], danger="fire")
            number = submitting.submit(tx, community, zhou, new, recorded_by=wei.id)
            says(tx, community, wei, number, "still fire")
        assert rung(tx) == []
        quiet = tx.query("SELECT 1 FROM events WHERE json_extract(data, '$.quietly')")
        assert quiet == []

    await database.run(run)


async def test_words_go_below_the_card_when_it_is_full(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei = person(tx, "Mei")
        fire(tx, community, mei)
        for number in range(30):
            says(tx, community, mei, 1, f"fire {number} " + "x" * 90)
        stands = dangers.standing(tx, mei.id)
        assert stands is not None
        words = store.words(tx, stands.id)
        shown = sum(len(part.text or "") for _, part in dangers.on_card(tx, stands))
        assert len(words) == 30 and 1000 < shown <= dangers.ROOM
        assert not words[-1].on_card
        kept = {part.id for part in reports.parts(tx, 1)}
        assert {each.part for each in words} <= kept

    await database.run(run)


async def test_the_question_lasts_a_quarter_of_an_hour_and_only_where_it_is_asked(
    database: Database, community: Community, clock: Clock
) -> None:
    def begin(tx: Transaction) -> tuple[Person, Person]:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        fire(tx, community, mei)
        fire(tx, community, bo, area="north")
        return mei, bo

    mei, bo = await database.run(begin)
    assert await database.run(lambda tx: dangers.awaiting_place(tx, mei.id)) is not None
    assert await database.run(lambda tx: dangers.awaiting_place(tx, bo.id)) is None, "its place is known"
    clock.advance(minutes=16)
    assert await database.run(lambda tx: dangers.awaiting_place(tx, mei.id)) is None


async def test_who_joined_a_report_and_is_blocked_can_say_where_too(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo, wei = person(tx, "Mei"), person(tx, "Bo"), person(tx, "Wei", Role.STAFF)
        number = submitting.submit(tx, community, mei, NewReport([NewPart("text", text="The lamp is dark")]))
        joining.join(tx, bo, number, [NewPart("text", text="Here, too")])
        blocks.put(tx, bo.id, wei.id, "Nonsense", tx.now + HOUR)
        says(tx, community, bo, number, "now there is fire")
        assert dangers.awaiting_place(tx, bo.id) is None, "nobody has asked them yet"
        store.note_question(tx, 1)
        says(tx, community, bo, number, "Building 3", danger=None)
        completing.complete(tx, community, bo, number, area="north")
        store.end_question(tx, 1)
        with pytest.raises(Blocked):
            says(tx, community, bo, number, "and another thing", danger=None)
        with pytest.raises(NotAllowed):
            completing.complete(tx, community, bo, number, area="south")

    await database.run(run)


async def test_only_ones_own_words_are_taken_off_and_once(database: Database, community: Community) -> None:
    def run(tx: Transaction) -> None:
        mei, bo = person(tx, "Mei"), person(tx, "Bo")
        fire(tx, community, mei)
        says(tx, community, mei, 1, "the lamp is broken", danger=None)
        stands = dangers.standing(tx, mei.id)
        assert stands is not None
        (said,) = store.words(tx, stands.id)
        for who, number in ((bo, said.id), (mei, said.id + 7)):
            with pytest.raises(LookupError):
                dangers.take_off(tx, who, number)
        assert [part.text for part in dangers.take_off(tx, mei, said.id)] == ["the lamp is broken"]
        with pytest.raises(LookupError):
            dangers.take_off(tx, mei, said.id)
        assert dangers.awaiting_place(tx, mei.id) is None, "what comes next is no answer any more"

    await database.run(run)


@pytest.mark.usefixtures("notices")
async def test_a_card_that_is_edited_before_it_went_out_still_rings(
    database: Database, community: Community, clock: Clock
) -> None:
    clock.advance(hours=12)  # nobody is there

    def run(tx: Transaction) -> None:
        group = chats.meet(tx, -100123, "supergroup", "Staff", True)
        settings.put(tx, "staff_chat", str(group.id))
        mei, wei = person(tx, "Mei"), person(tx, "Wei", Role.STAFF)
        fire(tx, community, mei)
        tx.publish()
        says(tx, community, mei, 1, "fire fire")
        working.take(tx, community, wei, 1)
        tx.publish()
        (card,) = tx.query("SELECT * FROM outbox WHERE purpose = 'card'")
        assert card["lane"] == outbox.Lane.URGENT and '"silent": false' in card["content"]

    await database.run(run)
