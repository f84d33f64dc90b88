"""Simulated residents who ask for repairs, and volunteers who run for them: each address holds a word of its own."""

import asyncio
import random
from typing import Any

from sandbox.client import Person, World
from sandbox.testing import Message
from tests.crash.crowd import MARK, Crowd, _labels

QUESTIONS = {
    "Who is needed?": ("Plumbing", "Electricity"),
    "How soon?": ("Now, it cannot wait", "Now, it cannot wait", "Today", "This week"),
    "keep this address": ("No",),
    "When is somebody home?": ("Leave this out",),
}
VERDICTS = ("Yes, and thank you!", "Yes, it is done", "No, not done", "Nobody came")
ENDS = {"Ask for it", "Cancel", "Back"}
"""One of these is on every question of a conversation."""
PATIENCE = 6
WORK = ("In 30 minutes", "Today", "On my way", "On my way", "It is done", "It is done", "I cannot come")


class DispatchCrowd(Crowd):
    """Residents, volunteers, and a staff group. `asked`: the words of the addresses that were sent off."""

    def __init__(self, world: World, chance: random.Random) -> None:
        super().__init__(world, chance)
        self.volunteers: list[Person] = []
        self.asked: set[str] = set()
        self._seen: dict[int, tuple[Any, int]] = {}

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
        if not self._patience_is_out(person, shown):
            return
        verdicts = [each for each in shown if set(VERDICTS) & set(_labels(each))]
        if verdicts and self._chance.random() < 0.7:
            message = self._chance.choice(verdicts)
            answers = [each for each in _labels(message) if each in VERDICTS]
            await self._press(person, message, self._chance.choice(answers))
            return
        question = next((each for each in reversed(shown) if ENDS & set(_labels(each))), None)
        text = _text(question)
        if question is None:
            await person.says("/repair The tap drips")
        elif "Ask for it" in _labels(question):
            # Noted before: the press may be cut off on its way, and then the words are in the draft.
            self.asked.update(MARK.findall(text))
            await self._press(person, question, "Ask for it")
        elif "Where is it?" in text:
            await person.says("building 3")
        elif "The address to the door?" in text:
            await person.says(self._words("Flat"))
        else:
            answers = next((list(each) for words, each in QUESTIONS.items() if words in text), ["Cancel"])
            await self._press(person, question, self._chance.choice(answers))

    def _patience_is_out(self, person: Person, shown: list[Message]) -> bool:
        """Whether the bot has written something since their last deed, or they have waited for it long enough."""
        seen = [(each.message_id, _text(each), _labels(each)) for each in shown]
        before, waited = self._seen.get(person.id, (None, 0))
        acts = seen != before or waited >= PATIENCE
        self._seen[person.id] = (seen, 0 if acts else waited + 1)
        return acts

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
