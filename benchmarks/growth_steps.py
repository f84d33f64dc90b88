"""The steps whose cost may not grow with the number of reports. Each gets people ready, then is measured."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

from benchmarks.crowd import SCRIPT, sounds
from benchmarks.neighbourhood import FIRST_RESIDENT, FIRST_STAFF, STAFF
from benchmarks.neighbourhood_words import TROUBLES, report
from benchmarks.released import Leafing
from benchmarks.visitors import Visitors

FIRST_NEWCOMER = 900_001
NEWCOMERS = 20
PAGES = 2
"""In each language."""
READERS = 60
ASKERS = 40
# What many reports hold and what few do, in both languages; and a number.
SEARCHES = ("lamp", "水管", "lift stuck", "电梯又停了", "mailboxes ramp", "300")
MOST_ACTIVE = 0.6
"""Of the residents, those counted from the most talkative: the others may have nothing to read."""


class Steps:
    """What the people of one neighbourhood do, round after round; never the same newcomer twice."""

    def __init__(self, visitors: Visitors, residents: int, port: int) -> None:
        self._visitors = visitors
        self._residents = residents
        self._newcomers = itertools.count(FIRST_NEWCOMER)
        self._say = random.Random(4)
        self._leafing = Leafing(port)
        self.questions = 0
        """How often "Is it one of these?" was asked."""

    def all(self) -> dict[str, Callable[[], AsyncIterator[int]]]:
        """Each step by its name: an iterator that yields 0 once all is ready, then how many updates it took."""
        return {
            "report": self._report,
            "my": self._my,
            "card": self._card,
            "queue": self._queue,
            "find": self._find,
            "one_of_these": self._one_of_these,
            "public_page": self._public_page,
        }

    async def _report(self) -> AsyncIterator[int]:
        """A whole report in twelve updates, with words that are like nobody's."""
        yield 0

        async def reports(person: int) -> None:
            for step, (deed, line) in enumerate(SCRIPT):
                words = line.format(sounds=sounds(person, step))
                await (self._visitors.says if deed == "says" else self._visitors.presses)(person, words)

        yield await _together((reports(person) for person in self._some(NEWCOMERS)), len(SCRIPT))

    async def _my(self) -> AsyncIterator[int]:
        """/my, by residents who have reported more or less."""
        yield 0
        yield await _together((self._visitors.says(person, "/my") for person in self._readers()), 1)

    async def _card(self) -> AsyncIterator[int]:
        """The card of the newest of their reports, by the same residents."""
        await _together((self._visitors.says(person, "/my") for person in self._readers()), 1)
        readers = [person for person in self._readers() if self._buttons(person)]
        yield 0
        yield await _together((self._visitors.presses(person, self._buttons(person)[0]) for person in readers), 1)

    async def _queue(self) -> AsyncIterator[int]:
        """/queue, a list of it, and the next page, by every member of staff."""
        yield 0

        async def reads(person: int) -> None:
            await self._visitors.says(person, "/queue")
            await self._visitors.presses(person, "All open")
            await self._visitors.presses(person, "Further ones")
            await self._visitors.presses(person, "From the beginning")
            await self._visitors.presses(person, "Back")
            await self._visitors.presses(person, "New ones")

        yield await _together((reads(person) for person in _staff()), 6)

    async def _find(self) -> AsyncIterator[int]:
        """/find with common and with rare words, by every member of staff."""
        yield 0

        async def looks(person: int) -> None:
            for words in SEARCHES:
                await self._visitors.says(person, f"/find {words}")

        yield await _together((looks(person) for person in _staff()), len(SEARCHES))

    async def _one_of_these(self) -> AsyncIterator[int]:
        """The press that sends a report of what others nearby have reported, and is answered by a question."""
        people = self._some(ASKERS)

        async def writes(person: int, language: int) -> None:
            await self._visitors.says(person, "/start")
            place = f"{self._say.randint(1, 5)}号楼" if language else f"Building {self._say.randint(1, 5)}"
            await self._visitors.says(person, f"{place} {report(self._say, self._say.choice(TROUBLES), language)}")

        await _together((writes(person, number % 2) for number, person in enumerate(people)), 2)
        yield 0
        yield await _together((self._visitors.presses(person, "Send it") for person in people), 1)
        shown = [str(self._visitors.screens[person]["text"]) for person in people]
        self.questions += sum("Is it one of these?" in text for text in shown)

    async def _public_page(self) -> AsyncIterator[int]:
        """The next pages of the reports everybody may see, fifty on each."""
        yield 0
        yield await self._leafing.on(PAGES)

    def _readers(self) -> list[int]:
        share = self._residents * MOST_ACTIVE / READERS
        # In a small neighbourhood fewer: a person who asks twice at once would wait for one answer.
        return sorted({FIRST_RESIDENT + int(share * number) for number in range(READERS)})

    def _buttons(self, person: int) -> list[str]:
        """What the buttons say below what somebody sees."""
        shown = self._visitors.screens[person].get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in shown for button in row]

    def _some(self, count: int) -> list[int]:
        return list(itertools.islice(self._newcomers, count))


def _staff() -> Iterator[int]:
    return iter(range(FIRST_STAFF, FIRST_STAFF + STAFF))


async def _together(deeds: Iterator[Awaitable[object]], updates: int) -> int:
    """All at once; how many updates that were."""
    return len(await asyncio.gather(*deeds)) * updates
