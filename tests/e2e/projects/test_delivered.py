"""A project is delivered: everybody is asked, k noes open k reports, the lead reads how many, and then it is done."""

from typing import Any

from domain.projects.projects import Step
from sandbox.client import Person, written
from services.projects import bundling, stages
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate
from tests.e2e.moments import time_passes
from tests.e2e.projecting import STEPS, opens, starts_project
from tests.e2e.reading import IS_FIXED, NOT_FIXED, asked_to_send, presses_send, presses_what, shows

Json = dict[str, Any]
TROUBLES = ("The stairwell lamp is dark", "Rats sit beside the bins", "The north gate is stuck")


async def delivering(estate: Estate, *names: str) -> list[Person]:
    """A project in which each of these has a report, and which does what it is for."""
    found = []
    for name, text in zip(names, TROUBLES, strict=True):
        person = await estate.newcomer(name)
        await estate.report(text, by=person)
        found.append(person)
    await starts_project(estate, "The lamps")

    def put(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        bundling.add_many(tx, wei, 1, range(1, len(names) + 1))
        stages.move(tx, wei, 1, Step.DELIVER)

    await estate.bot.database.run(put)
    await time_passes(estate, seconds=10)
    return found


async def says_delivered(estate: Estate, text: str) -> None:
    """The lead says that it is there."""
    wei = estate.staff
    shown = await opens(wei, 1)
    await presses_what(wei, STEPS, message=shown)
    await estate.settled()
    await presses_what(wei, "jw:*:delivered")
    await shows(wei, "What was done?", after=shown)
    await wei.says(text)
    await presses_send(wei, await asked_to_send(wei, text, after=shown))
    for _ in range(3):
        await time_passes(estate, seconds=2)


async def stands(estate: Estate) -> list[str]:
    """Where the reports stand."""
    return [row["state"] for row in await estate.rows("SELECT state FROM reports ORDER BY id")]


async def test_noes_open_just_theirs_and_it_is_done_when_none_is_open(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    asked = await delivering(estate, "An", "Bo", "Li")
    await says_delivered(estate, "All lamps are new")
    questions = [await shows(each, "All lamps are new", "Is it fixed?") for each in asked]
    assert await stands(estate) == ["resolved"] * 3
    card = await shows(wei, "Nobody has said yet whether it is fixed", "3 have not answered", chat=group)
    assert "0 of" not in written(card)
    await presses_what(asked[0], NOT_FIXED, message=questions[0])
    await presses_what(asked[1], IS_FIXED, message=questions[1])
    await estate.settled()
    assert await stands(estate) == ["reopened", "confirmed", "resolved"]
    await time_passes(estate, seconds=6)
    told = await shows(wei, "1 of 3 says it is not fixed", "What comes next is for you to decide")
    await shows(wei, "1 of 3 says it is not fixed", "1 of 3 says it is fixed", chat=group)
    # One more no: the same message says so.
    await presses_what(asked[2], NOT_FIXED, message=questions[2])
    await time_passes(estate, seconds=6)
    assert (await shows(wei, "2 of 3 say it is not fixed"))["message_id"] == told["message_id"]
    # Delivered again: only those two are asked again; when all have said yes, it is done and everybody reads that.
    await says_delivered(estate, "Now really")
    await asked[1].sees_no("Now really")
    for each in (asked[0], asked[2]):
        await presses_what(each, IS_FIXED, message=await shows(each, "Now really", "Is it fixed?"))
    await estate.settled()
    assert await estate.rows("SELECT stage FROM projects") == [{"stage": "done"}]
    for _ in range(2):
        await time_passes(estate, seconds=5)
    for each in asked:
        await shows(each, "The lamps", "Where it stands: done")
