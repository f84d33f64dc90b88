"""`python -m tests.walk.rights`: everybody tries whatever is registered that they may not (tests/walk/who_may_not.py).

Each try has to leave every row as it was, and to be refused in their language.
"""

import argparse
import asyncio
import logging
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import structlog

from domain.people.limits import NO_LIMITS
from domain.people.rights import Role
from handlers.kit.update_context import CallbackAnswer
from storage.core import chats, inbox, taken_away
from storage.core.database import Transaction
from storage.people import people
from tests.walk.__main__ import say
from tests.walk.deeds import OF_ROLE
from tests.walk.touched import Touched, mark, taken, watch
from tests.walk.walk import LAST, Walk
from tests.walk.who_may_not import TESTERS, Tester, Tries, Try

CARRIES = frozenset({"inbox", "outbox", "messages", "counts_of_people", "heard"})
"""Tables that carry what comes and goes and know which message is which, or count: they say nothing new of anything."""
STRANGER = 51
FIRST = 52
SECRETS = ("Flat 502", "021 5555", "The tap drips", "pond is broken")
"""What was written for others' eyes when the scene was set: who may not does not read it either."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
AT_ONCE = 40


@dataclass
class Answers:
    """What presses were told."""

    said: dict[str, str | None] = field(default_factory=dict)

    def send(self, answer: CallbackAnswer) -> None:
        """Keep it."""
        self.said[answer.query_id] = answer.text


class RightsWalk(Walk):
    """A walk that has gone on for a while, and then those who may not come."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.answers = Answers()
        self.wrong: list[str] = []
        self.tries = Tries(self._dice, self._screens)
        self._numbers = count(10**8)

    async def open(self, steps: int) -> None:
        """Let much happen, so that there is much to be tried on; then the testers come, and what changes is watched."""
        await self.begin()
        for _ in range(steps):
            await self.step()
        await self.database.run(_let_in, TESTERS)
        self._loop._answers = self.answers  # type: ignore[assignment]
        # Presses without end, and nothing folded: it is rights that are tried, not limits.
        self.database.limits = NO_LIMITS
        self.database.fold = lambda _tx, _chat, _person: False
        one = self._loop._one

        def noting(tx: Transaction, routed: object) -> dict[str, object]:
            mark(self.database.connection, routed.inbox_id)  # type: ignore[attr-defined]
            return one(tx, routed)  # type: ignore[arg-type]

        self._loop._one = noting  # type: ignore[method-assign, assignment]
        await self.database.run_in_database_thread(watch, self.database.connection, CARRIES)

    async def go(self, tries: Iterable[Try]) -> None:
        """Do all of them, and keep what was wrong."""
        waiting: list[Try] = []
        for each in tries:
            # What one is allowed may choose a language: what another is refused is said in that one from then on.
            if waiting and (len(waiting) == AT_ONCE or each.door != waiting[-1].door):
                await self._some_of(waiting)
                waiting = []
            waiting.append(each)
        await self._some_of(waiting)

    async def _some_of(self, tries: Sequence[Try]) -> None:
        if not tries:
            return
        numbered = [(next(self._numbers), each) for each in tries]
        await self.database.run(inbox.store, [{"update_id": number, **each.update} for number, each in numbered])
        while await self._loop._batch():
            pass
        changed = await self.database.run_in_database_thread(taken, self.database.connection)
        await self.database.run(taken_away.written, LAST)
        rows = await self.database.read(_rows, [number for number, _ in numbered])
        said = await self.database.run(_said, TESTERS)
        for number, each in numbered:
            row, state = rows[number]
            if state != "done":
                self.wrong.append(f"{each.what} by {each.who.role}: set aside")
            self._look_at(each, changed.get(row, set()), said)
        self.answers.said.clear()
        await self.database.run_in_database_thread(taken, self.database.connection)

    def _look_at(self, each: Try, changed: set[Touched], said: dict[int, list[str]]) -> None:
        who = each.who
        not_theirs = [row for row in changed if not (each.owns and _is_of(row, who))]
        tables = sorted({row.table for row in not_theirs})
        if tables:
            self.wrong.append(f"{each.what} by {who.role} changes {tables}")
        told_of = [secret for secret in SECRETS if any(secret in words for words in said.get(who.chat, ()))]
        if told_of:
            self.wrong.append(f"{each.what} tells {who.role} {told_of}")
        if each.in_words:
            words = " ".join(said.get(who.chat, ()))
            if not words or bool(CHINESE.search(words)) != (who.language == "zh_Hans"):
                self.wrong.append(f"{each.what} by {who.role} is answered in other words: {words[:90]}")
        if each.press is None:
            return
        told = self.answers.said.get(each.press)
        words = " ".join((told or "", *said.get(who.chat, ())))
        if not words.strip():
            self.wrong.append(f"{each.what} by {who.role} is refused without a word")
        elif told and not each.chooses and bool(CHINESE.search(told)) != (who.language == "zh_Hans"):
            self.wrong.append(f"{each.what} by {who.role} is refused in another language: {told}")


def _is_of(row: Touched, who: Tester) -> bool:
    """Whether a row is somebody's own: it names nobody else, and them or their chat."""
    if row.about.startswith("conversation:"):
        return True  # such as its reminder: the conversation itself is looked at, too
    return row.people <= {who.id} and row.chats <= {who.chat} and bool(row.people or row.chats)


def _let_in(tx: Transaction, testers: Sequence[Tester]) -> None:
    for each in testers:
        person = people.meet(tx, each.number, f"P{each.number}", None, each.language)
        each.id, each.chat = person.id, chats.meet(tx, each.number, "private", None, False).id
        people.set_started(tx, person.id)
        if each.role is not Role.RESIDENT:
            people.grant(tx, person.id, each.role, None)


def _without_roles(tx: Transaction) -> dict[Role, Tester]:
    found = {}
    for role, number in OF_ROLE.items():
        person = people.by_telegram_id(tx, number)
        chat = chats.by_telegram_id(tx, number)
        assert person is not None and chat is not None
        for each in person.roles:
            people.revoke(tx, person.id, Role(each))
        found[role] = Tester(number, Role.RESIDENT, person.language, person.id, chat.id)
    return found


def _rows(tx: Transaction, numbers: Sequence[int]) -> dict[int, tuple[int, str]]:
    marks = ", ".join("?" for _ in numbers)
    rows = tx.query(f"SELECT id, update_id, state FROM inbox WHERE update_id IN ({marks})", tuple(numbers))
    return {row["update_id"]: (row["id"], row["state"]) for row in rows}


def _said(tx: Transaction, testers: Sequence[Tester]) -> dict[int, list[str]]:
    """What is to be said in each chat, of which nothing is sent; and all speak their own language again."""
    for each in testers:
        tx.execute("UPDATE people SET language = ? WHERE id = ?", (each.language, each.id))
    found: dict[int, list[str]] = defaultdict(list)
    for row in tx.query("DELETE FROM outbox WHERE state IN ('pending', 'waiting') RETURNING chat, content"):
        found[row["chat"]].append(row["content"])
    return found


async def walk(folder: Path, steps: int, each: int, seed: int = 5) -> RightsWalk:
    """Let `steps` happen, then try it all; of each family of buttons `each` as the source writes them."""
    walking = RightsWalk(folder, seed)
    await walking.open(steps)
    tries = walking.tries
    try:
        for some in (tries.commands(), tries.links(), tries.replies(), tries.stand_ins(), tries.presses(each)):
            await walking.go(some)
        await walking.go(tries.former(await walking.database.run(_without_roles)))
    finally:
        await walking.end(whole=False)
    return walking


def main() -> int:
    """0 when nobody who may not could."""
    parser = argparse.ArgumentParser(prog="python -m tests.walk.rights", description=__doc__)
    parser.add_argument("--steps", type=int, default=2000, help="what happens before")
    parser.add_argument("--each", type=int, default=200, help="of each family of buttons, as the source has them")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        done = asyncio.run(walk(Path(folder), given.steps, given.each, given.seed))
    for line in done.wrong:
        say(line)
    say(f"{sum(done.tries.tried.values())} tries of {len(done.tries.tried)} kinds, {len(done.wrong)} of them wrong")
    return 1 if done.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
