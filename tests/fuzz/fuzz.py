"""Changed updates by the hundred, handled by the bot's own loop; after each hundred it is asked what became of each."""

import contextlib
import json
import random
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.background import tidying
from bot.handling.loop import UNPARSABLE, UNROUTABLE
from sandbox.testing import check_update
from storage.core import inbox, taken_away
from storage.core.database import Transaction
from tests.fuzz.corpus import real_updates
from tests.fuzz.mutations import Mutator, places
from tests.support import FEATURES
from tests.walk.deeds import GROUP, OF_ROLE, ONLOOKER, PEOPLE, RESIDENTS, TEAM
from tests.walk.forging import written
from tests.walk.walk import HANDLERS, LAST, Walk

Json = dict[str, Any]
CHUNK = 100
FRESH = 20
"""So many of a hundred are made as people make them, so that there is always something to go on with."""
POOL = 1500
TIME_PASSES_EACH = 40
LOOKS_EACH = 10
MOST_SHOWN = 80
LARGEST = 2**52
"""Bot API, of identifiers: "at most 52 significant bits"."""
LARGEST_OTHER = 2**33
"""Times and durations in seconds, sizes in bytes, numbers of things."""
SHOWN = 25
MEMBERS = {
    "kicked": "until_date",
    "restricted": "until_date",
    "administrator": "can_be_edited",
    "creator": "is_anonymous",
}
"""What a member of that status has at least."""


@dataclass
class Figures:
    """What `python -m tests.fuzz` prints last. `set_aside`: read by nobody, for they are no updates of Telegram's."""

    updates: int = 0
    handled: int = 0
    set_aside: int = 0
    exceptions: int = 0
    unaccounted: int = 0
    stuck: int = 0
    people: int = 0
    reports: int = 0
    kinds_of_failure: int = 0


@dataclass
class Fault:
    """A kind of failure: how often, and the first update that showed it."""

    first: str
    times: int = 0


@dataclass
class Found:
    """What became of it all."""

    figures: Figures = field(default_factory=Figures)
    faults: dict[str, Fault] = field(default_factory=dict)

    def wrong(self, kind: str, example: str) -> None:
        """Something that must not be."""
        self.faults.setdefault(kind, Fault(example[:3000])).times += 1
        self.figures.kinds_of_failure = len(self.faults)


class Fuzz(Walk):
    """The walk's people and bot. `feed` gives the bot a hundred updates and looks what became of them."""

    def __init__(self, folder: Path, seed: int) -> None:
        super().__init__(folder, seed)
        self.found = Found()
        self._chance = random.Random(seed + 1)
        self._mutator = Mutator(self._chance, list(written(HANDLERS, set(FEATURES.buttons))))
        self._pool: deque[Json] = deque(maxlen=POOL)
        self._real: list[Json] = []
        self._rounds = 0
        self._last = 0

    async def begin(self) -> None:
        """Set the scene, and learn what real updates look like."""
        await super().begin()
        self._real = await real_updates()
        for each in self._real:
            self._mutator.learn(each)

    async def feed(self, count: int = CHUNK) -> None:
        """So many more."""
        self._rounds += 1
        self.now += timedelta(seconds=self._chance.random() * 60)
        updates = [self._fresh() for _ in range(count * FRESH // CHUNK)]
        updates += [self._changed() for _ in range(count - len(updates))]
        self._chance.shuffle(updates)
        numbered = [{**each, "update_id": number} for number, each in enumerate(updates, self._updates + 1)]
        self._updates += count
        await self._handled(numbered)
        await self.database.run(taken_away.written, LAST)
        await self.database.run(self._screens.deliver, self._authors)
        self._trim(await self.database.read(_asking))
        if self._rounds % LOOKS_EACH == 0:
            await self._figures.do_due()
            await self._looked()
        if self._rounds % TIME_PASSES_EACH == 0:
            await self._a_while_passes()

    async def _handled(self, numbered: list[Json]) -> None:
        await self.database.run(inbox.store, numbered)
        while await self._loop._batch():
            pass
        await self.database.run(self._account, numbered)

    def _account(self, tx: Transaction, numbered: list[Json]) -> None:
        figures = self.found.figures
        rows = {row["update_id"]: row for row in tx.query(
            "/* ours */ SELECT update_id, state, error, body FROM inbox WHERE update_id >= ? AND update_id <= ?",
            (numbered[0]["update_id"], numbered[-1]["update_id"]))}  # fmt: skip
        for update in numbered:
            row = rows.get(update["update_id"])
            figures.updates += 1
            if row is not None and row["state"] == "done":
                figures.handled += 1
            elif row is None or row["state"] != "quarantined":
                figures.unaccounted += 1
                self.found.wrong("not handled and not set aside", json.dumps(update))
            elif _is_telegrams(update) or not row["error"].startswith((UNPARSABLE, UNROUTABLE)):
                figures.exceptions += 1
                self.found.wrong(row["error"], json.dumps(update))
            else:
                figures.set_aside += 1

    # -- what comes

    def _fresh(self) -> Json:
        dice = self._chance
        who = dice.choice((*RESIDENTS, *RESIDENTS, *OF_ROLE.values(), *TEAM, ONLOOKER))
        in_group = who == ONLOOKER or (who in TEAM and dice.random() < 0.6)
        deed = self._deeds.something(who, GROUP if in_group else who)
        self.counts[deed.kind] += 1
        self._pool.append(deed.update)
        self._mutator.learn(deed.update)
        return deed.update

    def _changed(self) -> Json:
        dice = self._chance
        real = dice.choice(self._real) if dice.random() < 0.3 or not self._pool else dice.choice(self._pool)
        return self._mutator.changed(real)

    # -- looking

    async def _looked(self) -> None:
        try:
            await self.database.run(self._look)
        except AssertionError as error:
            self.found.figures.stuck += 1
            self.found.wrong(str(error).partition("\n")[0].partition(": ")[2][:120], str(error))
            self._screens.wrong.clear()

    def _none_set_aside(self, tx: Transaction) -> None:
        """Each update was accounted for when it was handled."""

    async def _a_while_passes(self) -> None:
        self.now += timedelta(hours=self._chance.choice((0.3, 3, 20)))
        await self._scheduler.tick()
        await self.database.run(tidying.begin)
        while await self.database.run(tidying.tidy):
            pass
        await self.database.run(self._forget_set_aside)

    def _forget_set_aside(self, tx: Transaction) -> None:
        """What is no update of Telegram's would else be most of the file."""
        tx.execute("/* ours */ DELETE FROM inbox WHERE state = 'quarantined'")

    def _trim(self, asking: set[int]) -> None:
        """A million updates leave more on screens than anybody scrolls back to; what is still asked stays."""
        for chat in list(self._screens._shown):
            old = self._screens.of(chat)[:-MOST_SHOWN]
            self._screens.of(chat)[:-MOST_SHOWN] = [each for each in old if each.id in asking]
            del self._screens.ever(chat)[:-MOST_SHOWN]
        for own in self._deeds._own.values():
            del own[:-MOST_SHOWN]
        del self._done[:-SHOWN]
        self._heard.ids.clear()

    # -- the end

    async def finish(self) -> None:
        """Days later everybody ends what is open and sends a report: nobody may be stuck."""
        self.now += timedelta(days=3)
        await self._scheduler.tick()
        await self.database.run(self._screens.deliver, self._authors)
        for number in PEOPLE:
            await self._one_report(number)
        self.found.figures.people = len(PEOPLE)
        self.found.figures.reports = await self.database.read(
            lambda tx: tx.number("/* ours */ SELECT count(*) FROM reports")
        )

    async def _one_report(self, number: int) -> None:
        """Somebody ends what is open, writes and sends; answered each time, and the report is there.

        What was put aside for something else comes up again when that is ended: it is ended, too.
        """
        await self.database.run(_let_go, number)
        words = f"The gate {number} squeaks"
        open_ones = await self.database.read(_open_ones, number)
        for text in (*["/cancel"] * (open_ones + 1), "/start", words):
            before = len(self._screens.of(number))
            await self._do(self._deeds.says(number, text).update)
            shown = self._screens.of(number)
            if len(shown) == before and not (shown and text != words):
                self.found.figures.stuck += 1
                self.found.wrong("a message got no answer", f"{number}: {text}")
        for shown_message, button in _sends(self._screens.of(number)):
            await self._do(self._deeds.pressed(number, number, shown_message, button).update)
        there = await self.database.read(
            lambda tx: tx.one("/* ours */ SELECT 1 FROM report_parts WHERE text = ?", (words,)) is not None
        )
        if not there:
            self.found.figures.stuck += 1
            self.found.wrong("somebody cannot report any more", f"{number}: {self._screens.of(number)[-3:]}")

    async def _do(self, update: Json) -> None:
        self.now += timedelta(seconds=30)
        self._updates += 1
        await self._handled([{**update, "update_id": self._updates}])
        await self.database.run(taken_away.written, LAST)
        await self.database.run(self._screens.deliver, self._authors)


def _let_go(tx: Transaction, number: int) -> None:
    """Staff may have blocked them, or they the bot: both end."""
    tx.execute("/* ours */ DELETE FROM blocks WHERE person IN (SELECT id FROM people WHERE telegram_id = ?)", (number,))


def _asking(tx: Transaction) -> set[int]:
    """The messages in which something is asked that was not answered."""
    rows = tx.query(
        "/* ours */ SELECT message_id FROM conversations JOIN cards ON cards.id = card "
        "WHERE conversations.state <> 'ended'"
    )
    return {row["message_id"] for row in rows}


def _open_ones(tx: Transaction, number: int) -> int:
    return tx.number(
        "/* ours */ SELECT count(*) FROM conversations JOIN people ON people.id = person WHERE telegram_id = ? "
        "AND state <> 'ended'",
        (number,),
    )


def _sends(shown: list[Any]) -> list[tuple[int, str]]:
    """The button that sends, of the newest message that has one."""
    for message in reversed(shown[-4:]):
        for button in message.buttons():
            data = str(button.get("callback_data", ""))
            if data.startswith("f:") and data.endswith(("!send", "own:send")):
                return [(message.id, data)]
    return []


def _is_telegrams(update: Json) -> bool:
    """Whether Telegram could have sent it, by its own description of an update."""
    with contextlib.suppress(RecursionError):
        found = list(places(update))
        return not (check_update(update) or any(_is_too_large(*each) or _lacks_rights(*each) for each in found))
    return False


def _lacks_rights(holder: Any, key: Any) -> bool:
    """The description leaves open which of several shapes a member has; their status says so."""
    member = holder[key] if str(key).endswith("chat_member") else None
    return isinstance(member, dict) and MEMBERS.get(str(member.get("status")), "user") not in member


def _is_too_large(holder: Any, key: Any) -> bool:
    value = holder[key]
    most = LARGEST if str(key).endswith("id") else LARGEST_OTHER
    return type(value) in (int, float) and not abs(value) <= most
