"""The neighbourhood with something that says words to many."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

import bot.features
from domain.core.parts import PartKind
from sandbox.client import Person, World
from services.broadcasts import broadcasting
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.broadcasts import toy_feature
from tests.e2e.broadcasts.toy_feature import ABOUT, may_steer
from tests.e2e.conftest import Estate, Start, estate_in


class Saying:
    """Staff say something to everybody who has no role."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.number = 0

    async def says(
        self, *parts: NewPart | str, languages: dict[str, str] | None = None, by: Person | None = None, **how: Any
    ) -> None:  # fmt: skip
        """Words and files for all, and words in `languages`; it is sent at once."""

        def say(tx: Transaction) -> int:
            wei = people.by_telegram_id(tx, (by or self.estate.staff).id)
            assert wei is not None
            broadcast = broadcasting.prepare(tx, wei, ABOUT, **how)
            for part in parts:
                new = NewPart(PartKind.TEXT, text=part) if isinstance(part, str) else part
                broadcasting.add_part(tx, broadcast, new)
            for language, text in (languages or {}).items():
                broadcasting.add_part(tx, broadcast, NewPart(PartKind.TEXT, text=text), language)
            broadcasting.start(tx, wei, broadcast.id, may_steer)
            return broadcast.id

        self.number = await self.estate.bot.database.run(say)

    async def steers(self, move: Any, *more: Any) -> None:
        """A use case of steering it, as the writer."""

        def steer(tx: Transaction) -> None:
            wei = people.by_telegram_id(tx, self.estate.staff.id)
            assert wei is not None
            move(tx, wei, self.number, *more, may_steer)

        await self.estate.bot.database.run(steer)


@pytest.fixture
async def saying(world: World, start_bot: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Saying]:
    """Staff who can say something to many. When the test is over, nothing may have gone wrong."""
    monkeypatch.setattr(bot.features, "FEATURES", (*bot.features.FEATURES, toy_feature.FEATURE))
    async with estate_in(world, start_bot) as estate:
        yield Saying(estate)
        if estate._parts is not None:
            await estate.nothing_broke()
