"""Danger stands first in every list, and has a deadline of its own: when it passes, people are told at once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from domain.people.rights import Role
from sandbox.client import Person, World, written
from services.reports import submitting, working
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.moments import time_is, time_passes
from tests.e2e.reading import TAKE, presses_what
from tests.support import ROOT

Json = dict[str, Any]
NIGHT = "2026-11-25T23:00:00+08:00"


@pytest.fixture
async def crowded(world: World, start_bot: Start) -> AsyncIterator[Estate]:
    """A district with 23 open reports, one of them, the third newest, of danger; everyday ones reopened and overdue."""
    async with estate_in(world, start_bot) as estate:

        def fill(tx: Transaction) -> None:
            for number in range(1, 24):
                who = people.meet(tx, 800_000 + number, f"Person {number}", None, "en")
                danger = "gas" if number == 21 else None
                words = "It smells of gas at the bench" if danger else f"The bench {number} is broken"
                new = NewReport([NewPart("text", text=words)], category="lighting", area="north", danger=danger)
                submitting.submit(tx, estate.bot.setup.community, who, new)
            wei = people.by_telegram_id(tx, estate.staff.id)
            assert wei is not None
            for number in range(1, 24):
                if number % 2:
                    working.take(tx, estate.bot.setup.community, wei, number)
            tx.execute("UPDATE reports SET state = 'reopened' WHERE id IN (2, 4)")
            tx.execute("UPDATE reports SET due_at = '2026-11-20T00:00:00.000000+00:00' WHERE id IN (6, 8)")
            tx.publish()

        await estate.bot.database.run(fill)
        yield estate
        await estate.nothing_broke()


def first(message: Json) -> int:
    """The number of the report that is named first."""
    text = written(message)
    return int(text[text.index("No. ") + 4 :].split(" ")[0].rstrip(":"))


@pytest.mark.parametrize("what", ["mine", "open", "area=north", "department=works"])
async def test_it_stands_first_in_each_list_of_the_queue(crowded: Estate, what: str) -> None:
    wei = crowded.staff
    await wei.says("/queue")
    menu = await wei.sees("What is to be done")
    await wei.forges(menu, f"qu:{what}:0")
    await crowded.settled()
    shown = {each["message_id"]: each for each in await crowded.world.chat_messages(wei.id)}[menu["message_id"]]
    assert first(shown) == 21 and "DANGER" in written(shown)


async def test_every_report_is_in_the_pages_once(crowded: Estate) -> None:
    wei = crowded.staff
    await wei.says("/queue")
    menu = await wei.sees("What is to be done")
    data, seen = "qu:open:0", []
    for _ in range(5):  # pages of five
        await wei.forges(menu, data)
        await crowded.settled()
        shown = {each["message_id"]: each for each in await crowded.world.chat_messages(wei.id)}[menu["message_id"]]
        seen += [int(line[4:].split(" ")[0]) for line in written(shown).splitlines() if line.startswith("No. ")]
        data = f"qu:open:{seen[-1]}"
    assert seen == [21, *(number for number in range(1, 24) if number != 21)]


async def test_it_stands_first_in_the_pinned_queue_the_digest_and_what_is_found(crowded: Estate) -> None:
    wei, group = crowded.staff, crowded.staff_chat
    await time_passes(crowded, seconds=25)
    pinned = await shows(wei, "What is most urgent:", "Danger: 1", chat=group)
    assert first(pinned) == 21
    await time_is(crowded, "2026-11-26T08:31:00+08:00")
    assert first(await shows(wei, "Good morning.", "Danger: 1", chat=group)) == 21
    said = await wei.says("/find bench")
    found = await shows(wei, "Found for “bench”", after=said)
    assert first(found) == 21
    await wei.presses("Further ones", message=found)
    await crowded.settled()
    shown = {each["message_id"]: each for each in await crowded.world.chat_messages(wei.id)}[found["message_id"]]
    assert first(shown) == 18 and "No. 21 " not in written(shown)


async def test_what_is_resolved_stands_first_no_more(crowded: Estate) -> None:
    def resolve(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, crowded.staff.id)
        assert wei is not None
        working.resolve(tx, crowded.bot.setup.community, wei, 21, [NewPart("text", text="Closed the valve")])
        tx.publish()

    await crowded.bot.database.run(resolve)
    await time_passes(crowded, seconds=25)
    pinned = await shows(crowded.staff, "What is most urgent:", chat=crowded.staff_chat)
    assert first(pinned) in (2, 4) and "Danger:" not in written(pinned)


async def told(estate: Estate, person: Person, chat: int | None = None) -> list[Json]:
    """The calls that told a person (or a group) that a danger is overdue."""
    where = person.id if chat is None else chat
    return [
        call["params"]
        for call in await estate.world.calls("sendMessage")
        if str(call["params"]["chat_id"]) == str(where) and "is OVERDUE since" in call["params"]["text"]
    ]


async def test_its_deadline_is_minutes_and_all_are_told_at_once_at_night(estate: Estate) -> None:
    bo, ling = await estate.colleague("Bo"), await estate.colleague("Ling", Role.LEAD)
    await estate.world.set_time(NIGHT)
    await estate.resident.says("I smell gas in building 3")
    card = await estate.card()
    assert "By: Wednesday, 25 November, 23:30" in written(card)
    await presses_what(bo, TAKE, estate.staff_chat, card)
    await time_passes(estate, minutes=29)
    assert not await told(estate, ling)
    await time_passes(estate, minutes=2)
    for person, chat in ((ling, None), (bo, None), (bo, estate.staff_chat)):
        (call,) = await told(estate, person, chat)
        assert "DANGER" in call["text"] and call.get("disable_notification") not in (True, "true")
    assert "OVERDUE since" in written(await estate.card())
    await time_passes(estate, minutes=90)
    assert len(await told(estate, ling)) == 1, "once"


async def test_a_danger_that_is_resolved_in_time_is_not_spoken_of(estate: Estate) -> None:
    ling = await estate.colleague("Ling", Role.LEAD)
    await estate.resident.says("I smell gas in building 3")
    await estate.resolves("The valve is closed")
    await time_passes(estate, minutes=31)
    assert not await told(estate, ling) and not await told(estate, ling, estate.staff_chat)


async def test_an_everyday_report_becomes_due_in_minutes_with_the_first_word_of_danger(estate: Estate) -> None:
    status = await estate.report()
    await estate.resident.replies(status, "now there are sparks")
    await shows(estate.staff, "DANGER", "By: Wednesday, 25 November, 10:30", chat=estate.staff_chat)
    card = await estate.card()
    await estate.staff.presses("Kind", estate.staff_chat, card)
    await estate.staff.presses("Lighting", estate.staff_chat)
    await estate.settled()
    assert "By: Wednesday, 25 November, 10:30" in written(await estate.card()), (
        "another kind makes it no less dangerous"
    )


async def test_the_community_says_how_many_minutes(world: World, start_bot: Start, tmp_path: Any) -> None:
    file = tmp_path / "own.toml"
    example = (ROOT / "community.example.toml").read_text()
    file.write_text(example.replace("danger_minutes = 30", "danger_minutes = 10"))
    async with estate_in(world, start_bot, community=file) as estate:
        await estate.resident.says("I smell gas in building 3")
        assert "By: Wednesday, 25 November, 10:10" in written(await estate.card())
        await time_passes(estate, minutes=11)
        assert len(await told(estate, estate.staff)) == 1
        await estate.nothing_broke()
