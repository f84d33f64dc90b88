"""Some thousand updates with something wrong in them: each is handled or set aside for what it is, nobody gets stuck.

`python -m tests.fuzz --updates 1000000` goes further.
"""

import random
from typing import Any

import pytest

from bot.handling.readable import Unreadable, check
from handlers import private
from handlers.kit.incoming import Account, Incoming, IncomingChat, IncomingMessage, Point, Press
from tests.fuzz.__main__ import fuzz
from tests.fuzz.mutations import Mutator
from tests.support import MONDAY

SEED = 21


@pytest.mark.slow
async def test_no_update_however_odd_stops_the_bot_or_is_lost() -> None:
    found = await fuzz(2500, SEED)
    assert {kind: fault.first for kind, fault in found.faults.items()} == {}
    figures = found.figures
    assert figures.updates == figures.handled + figures.set_aside
    assert figures.handled > 1500 and figures.set_aside > 200 and figures.reports > 5, "it went far"


async def test_a_handler_that_raises_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(_ctx: Any) -> None:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(private, "unhandled", raising)
    found = await fuzz(600, SEED)
    assert found.figures.exceptions > 0 and any("KeyError" in kind for kind in found.faults)


def test_changes_are_the_same_with_the_same_dice_and_leave_the_original_alone() -> None:
    update = {"message": {"message_id": 1, "text": "The lamp is dark", "chat": {"id": 5, "type": "private"}}}
    ways = [[Mutator(random.Random(3), ["f:1:x"]).changed(update) for _ in range(50)] for _ in range(2)]
    assert ways[0] == ways[1]
    assert update["message"]["text"] == "The lamp is dark"


GOOD = Incoming(1, account=Account(5, "Mei", None), chat=IncomingChat(5, "private", None, False))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("message", IncomingMessage(1, MONDAY, text=["x"])),  # type: ignore[arg-type]
        ("message", IncomingMessage(2**63, MONDAY)),
        ("message", IncomingMessage(1, "yesterday")),  # type: ignore[arg-type]
        ("message", IncomingMessage(1, MONDAY, point=Point(float("nan"), 0.0))),
        ("press", Press("1", {"data": 1})),  # type: ignore[arg-type]
        ("account", Account(True, "Mei", None)),
        ("chat", IncomingChat(5, None, None, False)),  # type: ignore[arg-type]
    ],
)
def test_what_is_not_as_our_own_words_say_is_not_handled(field: str, value: Any) -> None:
    check(GOOD)
    with pytest.raises(Unreadable, match=field):
        check(Incoming(**{"id": 1, "account": GOOD.account, "chat": GOOD.chat, field: value}))
