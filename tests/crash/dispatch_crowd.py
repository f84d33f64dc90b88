"""Simulated residents who ask for repairs, and volunteers who run for them: each address holds a word of its own."""

import asyncio
import random
from typing import Any

from sandbox.client import Person, World
from sandbox.things import Message
from tests.crash.crowd import MARK, Crowd, _labels

QUESTIONS = {
    "Who is needed?": ("Plumbing", "Electricity"),
    "How soon?": ("Now, it cannot wait", "Now, it cannot wait", "Today", "This week"),
    "keep this address": ("No",),
    "When is somebody home?": ("Leave this out",),
}
VERDICTS = ("Yes, and thank you!", "Yes, it is done", "No, not done", "Nobody came")
WORK = ("In 30 minutes", "Today", "On my way", "On my way", "It is done", "It is done", "I cannot come")


class DispatchCrowd(Crowd):
    """Residents, volunteers, and a staff group. `asked`: the words of the addresses that were sent off."""

    def __init__(self, world: World, chance: random.Random) -> None:
        super().__init__(world, chance)
        self.volunteers: list[Person] = []
        self.asked: set[str] = set()

    async def move_in(self, residents: int, volunteers: int) -> None:
        """Everybody, with one for the staff."""
        await self.gather(residents, 1)
        self.volunteers = [await self.world.person(f"Volunteer{number}") for number in range(volunteers)]
        for person in self.volunteers:
            await person.starts()

    def begin(self, pause: tuple[float, float]) -> None:
        """Live from now on."""
        lives = [(person, self._as_resident) for person in self.residents]
        lives += [(person, self._as_volunteer) for person in self.volunteers]
        self._tasks = [asyncio.create_task(self._live(person, deed, pause)) for person, deed in lives]
        self._tasks.append(asyncio.create_task(self._live(self.volunteers[0], self._all_at_once, pause)))

    async def _as_resident(self, person: Person) -> None:
        shown = self._of_bot(person.id)
        last = shown[-1] if shown else None
        text = _text(last)
        verdicts = [each for each in shown if set(VERDICTS) & set(_labels(each))]
        if last and "Ask for it" in _labels(last):
            # Noted before: the press may be cut off on its way, and then the words are in the draft.
            self.asked.update(MARK.findall(text))
            await self._press(person, last, "Ask for it")
            return
        for question, answers in QUESTIONS.items():
            if question in text and last:
                await self._press(person, last, self._chance.choice(answers))
                return
        if "Where is it?" in text:
            await person.says("building 3")
        elif "The address to the door?" in text:
            await person.says(self._words("Flat"))
        elif verdicts:
            message = self._chance.choice(verdicts)
            await self._press(
                person, message, self._chance.choice([each for each in _labels(message) if each in VERDICTS])
            )
        else:
            await person.says("/repair The tap drips")

    async def _all_at_once(self, _person: Person) -> None:
        """Whoever is asked about the same repair taps in the same instant."""
        offers = [(person, each) for person in self.volunteers for each in self._offers(person)]
        if not offers:
            return
        wanted = _text(self._chance.choice(offers)[1]).partition(":")[0]
        taps = [
            self._press(person, each, "I'll take it") for person, each in offers if _text(each).startswith(f"{wanted}:")
        ]
        await asyncio.gather(*taps, return_exceptions=True)

    def _offers(self, person: Person) -> list[Message]:
        return [each for each in self._of_bot(person.id) if "I'll take it" in _labels(each)]

    async def _as_volunteer(self, person: Person) -> None:
        shown = self._of_bot(person.id)
        for each in reversed(shown):
            if "Leave this out" in _labels(each):
                await self._press(person, each, "Leave this out")
                return
            if "Yes, I cannot come" in _labels(each):
                await self._press(person, each, "Yes, I cannot come")
                return
        jobs = [each for each in shown if set(WORK) & set(_labels(each))]
        if jobs and self._chance.random() < 0.8:
            message = self._chance.choice(jobs)
            await self._press(person, message, self._chance.choice([one for one in WORK if one in _labels(message)]))
        elif offers := self._offers(person):
            await self._press(person, offers[-1], self._chance.choice(("I'll take it", "Not this time")))


def _text(message: Any) -> str:
    return str(message.content.get("text", "")) if message is not None else ""
