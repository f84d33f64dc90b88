"""Kill the bot again and again while volunteers run for repairs."""

import asyncio
import random
from datetime import datetime

from domain.events import (
    RepairArrival,
    RepairAsked,
    RepairConfirmed,
    RepairDone,
    RepairNudged,
    RepairOffered,
    RepairReleased,
    RepairReopened,
    RepairSetOut,
    RepairTaken,
)
from domain.people.rights import Role
from sandbox.client import World
from sandbox.testing import running_sandbox
from storage.core.database import Transaction
from storage.people import people
from storage.volunteers import volunteers
from storage.volunteers.volunteers import Profile
from tests.crash.dispatch_accounts import DispatchFigures, reckon
from tests.crash.dispatch_crowd import DispatchCrowd
from tests.crash.down import while_down
from tests.crash.run import WORKDAY, CrashTest
from tests.support import ROOT

HAPPENS = (
    RepairAsked, RepairOffered, RepairTaken, RepairArrival, RepairSetOut, RepairDone, RepairReleased, RepairNudged,
    RepairConfirmed, RepairReopened,
)  # fmt: skip
POINTS = (
    "",
    *(f"{event.KIND}.{when}_commit:1" for event in HAPPENS for when in ("before", "after")),
    *(
        "_handle_and_claim.before_commit:9",
        "_handle_and_claim.after_commit:9",
        "update.inside:12",
        "_mark_and_claim.before_commit:9",
    ),
    *("_mark_and_claim.after_commit:9", "send.before:12", "send.after:12", "_chunk.before_commit:1", "", "", ""),
)
EVERY, MINUTES = 3.0, 5
KILLS_FOR_A_SECOND = 190
"""In a run of more than three times as many kills time goes on more slowly, a second later for each so many of them:
all of it has to be over within the two days for which the inbox has what was handled."""


class DispatchCrashTest(CrashTest):
    """One run of it. Plan.staff is the number of volunteers."""

    async def run_dispatch(self) -> DispatchFigures:
        """All of it."""
        plan = self._plan
        self._data.mkdir(parents=True)
        community = (
            (ROOT / "community.example.toml").read_text("utf-8").replace("open_at_once = 3", "open_at_once = 40")
        )
        (plan.folder / "community.toml").write_text(community, "utf-8")
        async with running_sandbox(seed=plan.seed, check_answers=False, flood_limits=False) as world:
            self._watch(world)
            await world.set_time(WORKDAY)
            crowd = DispatchCrowd(world, random.Random(plan.seed + 1))
            crowd.waits = lambda: self._backlog > 60
            await crowd.move_in(plan.residents, plan.staff)
            environment = self._environment(world, crowd) | {"COMMUNITY": str(plan.folder / "community.toml")}
            await self._rest(environment, world)
            await self._approve(crowd)
            crowd.begin(plan.pause)
            goes_on = _goes_on(world, max(EVERY, plan.kills / KILLS_FOR_A_SECOND))
            helpers = [asyncio.create_task(self._trouble(world)), asyncio.create_task(goes_on)]
            for number in range(plan.kills):
                await self._one(number, environment, world)
            await crowd.end()
            for helper in helpers:
                helper.cancel()
            await world.faults()
            await asyncio.sleep(1.0)
            rested = await self._rest(environment, world)
            shown = {
                (chat.id, message.message_id): str(message.content.get("text", ""))
                for chat in world.sandbox.world.chats()
                for message in chat.messages.values()
                if message.author == world.bot_id
            }
            found = reckon(self._database, crowd.asked, world.sandbox.world.calls, shown)
        found.kills = self._killed_at.total()
        found.wrong += self._ended + ([] if rested else ["it never came to rest"])
        found.counted |= {f"killed: {point}": times for point, times in sorted(self._killed_at.items())}
        return found

    async def _approve(self, crowd: DispatchCrowd) -> None:
        """The volunteers become such while the bot is down."""

        def all_of_them(tx: Transaction) -> None:
            for person in crowd.volunteers:
                known = people.by_telegram_id(tx, person.id)
                assert known is not None
                people.grant(tx, known.id, Role.VOLUNTEER, None)
                offered = Profile(("plumbing", "electricity"), ("*",), True, (), 40, True, None, False)
                volunteers.put(tx, known.id, offered, volunteers.ASKED)
                volunteers.approve(tx, known.id, None)

        began = datetime.fromisoformat(WORKDAY)
        await while_down(self._database, lambda: began, all_of_them)


async def _goes_on(world: World, seconds: float) -> None:
    """Circles widen, nudges and releases fall due."""
    while True:
        await asyncio.sleep(seconds)
        await world.advance(minutes=MINUTES)
