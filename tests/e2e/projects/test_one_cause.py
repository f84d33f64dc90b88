"""200 reports, one cause, one answer, one closing: what staff press and whom they reach, as docs/comparison.md says."""

import asyncio
import re
from pathlib import Path
from typing import Any

from sandbox.client import Person, written
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Estate, Json
from tests.e2e.moments import time_passes
from tests.e2e.projecting import STEPS, VIEW, asked, chooses
from tests.e2e.reading import NOT_FIXED, asked_to_send, presses_send, presses_what, shows

MANY = 200
WORD, DONE = "One part is worn out; a new one comes today", "The new part is in"
COMPARISON = Path(__file__).parent.parent.parent.parent / "docs/comparison.md"


class Counted(Person):
    """Somebody whose presses, and whatever else they send, are counted."""

    pressed = 0
    written = 0

    async def presses(self, *args: Any, **more: Any) -> Json:
        """Press a button."""
        self.pressed += 1
        return await super().presses(*args, **more)

    async def says(self, *args: Any, **more: Any) -> Json:
        """Write something."""
        self.written += 1
        return await super().says(*args, **more)


async def report(estate: Estate) -> list[Person]:
    """As many people have a report each about one lift."""
    reporters = [await estate.world.person(f"N{number}") for number in range(MANY)]
    await asyncio.gather(*(each.starts() for each in reporters))
    await estate.settled()

    def submit(tx: Transaction) -> None:
        for number, each in enumerate(reporters):
            known = people.by_telegram_id(tx, each.id)
            assert known is not None
            parts = [NewPart("text", text=f"The lift in Building 3 is stuck, says flat {number}")]
            new = NewReport(parts, category="lifts", area="b3")
            submitting.submit(tx, estate.bot.setup.community, known, new)

    await estate.bot.database.run(submit)
    await estate.settled()
    return reporters


async def how_many(estate: Estate, reporters: list[Person], *texts: str) -> int:
    """How many of them have exactly one message with these texts, in reply to the card of their own report."""
    count = 0
    for each in reporters:
        said = [one for one in await estate.world.chat_messages(each.id) if all(text in written(one) for text in texts)]
        count += len(said) == 1 and "reply_to_message" in said[0]
    return count


async def reaches(estate: Estate, reporters: list[Person], *texts: str) -> int:
    """What goes out a moment later and step by step goes out; returns how many of them have it, once."""
    before, count = -1, 0
    while count != before:
        before = count
        for _ in range(4):
            await time_passes(estate, seconds=3)
        count = await how_many(estate, reporters, *texts)
    return count


def in_the_page() -> tuple[int, int, int]:
    """What docs/comparison.md says of this program: presses, texts written, people told."""
    row = re.search(r"^\| here \| (\d+) \| (\d+) \| (\d+) of 200 \|", COMPARISON.read_text("utf-8"), re.MULTILINE)
    assert row is not None
    return int(row[1]), int(row[2]), int(row[3])


async def test_what_staff_press_for_two_hundred_reports_is_what_the_comparison_says(estate: Estate) -> None:
    reporters = await report(estate)
    wei = Counted(estate.staff.world, estate.staff.user)
    # One cause: found, and put into a project.
    await wei.says("/find lift stuck")
    await presses_what(wei, "fw:*:bundle", message=await shows(wei, "Found for"))
    await chooses(wei, "all", await asked(wei, f"Which of these {MANY} reports"))
    await chooses(wei, "new", await asked(wei, "Into which project?"))
    await presses_send(wei, await asked_to_send(wei, f"Put {MANY} reports into a project?"))
    await presses_send(wei, await asked_to_send(wei, f"{MANY} reports go into it."))
    assert await reaches(estate, reporters, "part of a project now") == MANY
    assert wei.pressed <= 6
    # One answer.
    await presses_what(wei, VIEW, message=await shows(wei, "has started"))
    await presses_what(wei, "jw:*:last")
    await asked(wei, "What would you like to say")
    await wei.says(WORD)
    await presses_send(wei, await asked_to_send(wei, f"It reaches {MANY} people, each once."))
    told = await reaches(estate, reporters, "A word from the project lead", WORD)
    # One closing.
    await presses_what(wei, STEPS)
    await presses_what(wei, "js:1:deliver:ask:*")
    await presses_what(wei, "js:1:deliver:yes:*")
    assert await reaches(estate, reporters, "Where it stands: we are working on it") == MANY
    await presses_what(wei, STEPS)
    await presses_what(wei, "jw:*:delivered")
    await asked(wei, "What was done?")
    await wei.says(DONE)
    await presses_send(wei, await asked_to_send(wei, DONE))
    assert await reaches(estate, reporters, DONE, "Is it fixed?") == told == MANY
    assert (wei.pressed, wei.written, told) == in_the_page()
    # Each of them decides about their own.
    await presses_what(reporters[7], NOT_FIXED)
    await estate.settled()
    states = await estate.rows("SELECT state, count(*) AS count FROM reports GROUP BY state ORDER BY state")
    assert [(row["state"], row["count"]) for row in states] == [("reopened", 1), ("resolved", MANY - 1)]
