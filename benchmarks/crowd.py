"""The people: each does the script's next step a moment after the last one was answered."""

import asyncio
import random
import string
import time
from dataclasses import dataclass, field
from typing import Any

from benchmarks.stand_in import STAFF_CHAT, StandIn
from benchmarks.updates import pressed, said

Json = dict[str, Any]
FIRST_PERSON = 100_001
# Nobody answers sooner than this. Without it people would be quicker than the answer that tells the bot its message is
# on their screen, which no real person is.
REACTION_SECONDS = 0.05
# What a person does, and after what they go on: a message with buttons or none, or the pressed one changed and the
# press answered. A press is named by the beginning of its button; {sounds} are each person's own, for people who
# said the same would be asked whether they mean the same.
SCRIPT = (
    ("says", "/start"),
    ("says", "/report"),
    ("says", "The lamp {sounds}"),
    ("presses", "Say where it is"),
    ("presses", "North side"),
    ("presses", "Building 1"),
    ("presses", "Stairwell 2"),
    ("presses", "Change the kind"),
    ("presses", "Pavement and roads"),
    ("presses", "Write it again"),
    ("says", "The paving {sounds}"),
    ("presses", "Send it like this"),
)
ANSWERS = {"says": frozenset({"sendMessage"}), "presses": frozenset({"editMessageText", "answerCallbackQuery"})}


@dataclass
class Person:
    """One person: how far they are, what they still wait for, and the newest message that has buttons."""

    id: int
    step: int = 0
    waits_for: set[str] = field(default_factory=set)
    screen: Json = field(default_factory=dict)
    update: int = 0


class Crowd:
    """Runs the script with so many people. `finished` is set when everybody is done and each report is with staff."""

    def __init__(self, people: int, latency: float) -> None:
        self.stand_in = StandIn(latency, self._arrived)
        self.finished = asyncio.Event()
        self.people = {number: Person(number) for number in range(FIRST_PERSON, FIRST_PERSON + people)}
        self.answered = 0
        self.delays: list[float] = []
        """For each step, seconds between handing its update over and its visible answer."""
        self._done = 0
        self._staff_cards = 0

    def alone(self, number: int) -> None:
        """From now on there is only this person, who has done nothing yet."""
        self.people = {number: Person(number)}

    def begin(self) -> None:
        """Everybody takes the first step."""
        self.finished.clear()
        self.answered = self._done = self._staff_cards = 0
        self.delays.clear()
        for person in self.people.values():
            self._act(person)

    def _act(self, person: Person) -> None:
        deed, line = SCRIPT[person.step]
        words = line.format(sounds=sounds(person.id, person.step))
        person.waits_for = set(ANSWERS[deed])
        if deed == "says":
            person.update = self.stand_in.put("message", said(self.stand_in, person.id, words))
        else:
            query = pressed(self.stand_in, person.id, person.screen, words, f"{person.id}:{person.step}")
            person.update = self.stand_in.put("callback_query", query)

    def _arrived(self, method: str, chat: int, message: Json) -> None:
        if chat == STAFF_CHAT:
            # Edits, and the one message that sums up, are no cards; that all are sent is asked of the program itself.
            self._staff_cards += method == "sendMessage"
            self._look_whether_finished()
            return
        person = self.people[chat]
        if method in ("sendMessage", "editMessageText"):
            person.screen = message
            if method in person.waits_for:
                self.delays.append(time.perf_counter() - self.stand_in.handed_over[person.update])
        if method not in person.waits_for:
            return
        person.waits_for.discard(method)
        if person.waits_for:
            return
        self.answered += 1
        person.step += 1
        if person.step < len(SCRIPT):
            asyncio.get_running_loop().call_later(REACTION_SECONDS, self._act, person)
        else:
            self._done += 1
            self._look_whether_finished()

    def _look_whether_finished(self) -> None:
        if self._done == len(self.people) <= self._staff_cards:
            self.finished.set()


def sounds(number: int, step: int) -> str:
    """Nine words no other person says and that mean nothing, about as long as a report."""
    say = random.Random(f"{number} {step}")
    return " ".join("".join(say.choices(string.ascii_lowercase, k=7)) for _ in range(9))
