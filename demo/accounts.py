"""Whether anything was lost: what the sandbox has handed over, compared with what the bot's database knows of it."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path

from demo.board import Board
from demo.neighbours import Neighbours
from storage.core.inbox import InboxState
from storage.core.inspection import UnreadableError, updates_in

LOOK = 0.3
SETTLED = (InboxState.DONE, InboxState.QUARANTINED)


class Accounts:
    """Both books. What was once seen as settled is remembered: the bot forgets it after two days of a clock that is
    moved by weeks. Between two looks it cannot forget what was never seen, for it keeps the newest hundred.
    """

    def __init__(self) -> None:
        self._handed: list[int] = []
        self._kept: set[int] = set()
        self._settled: dict[int, str] = {}

    @property
    def handed_over(self) -> int:
        """How many updates are known to be handed over."""
        return len(self._handed)

    def hand_over(self, updates: Iterable[int], kept: Iterable[int]) -> None:
        """The sandbox's book: what it has handed over beyond the first `handed_over`; and what of it all it would
        hand over again.
        """
        self._handed += updates
        self._kept = set(kept)

    def reckon(self, known: Mapping[int, str]) -> dict[str, int]:
        """The bot's book, read after the sandbox's: its updates with their states. Gives the figures by name."""
        self._settled |= {number: state for number, state in known.items() if state in SETTLED}
        states = [known.get(number, self._settled.get(number)) for number in self._handed]
        gone = [number for number in self._handed if number not in self._kept]
        lost = [number for number in gone if number not in known and number not in self._settled]
        figures = {"handed_over": len(self._handed), "answered": states.count(InboxState.DONE), "lost": len(lost)}
        aside = states.count(InboxState.QUARANTINED)
        return {**figures, "set_aside": aside} if aside else figures


async def keep_accounts(sandbox: Neighbours, database: Path, board: Board) -> None:
    """Compare again and again and show the figures on the page, until cancelled."""
    accounts = Accounts()
    while True:
        told = await sandbox.get(f"updates/handed?since={accounts.handed_over}")
        accounts.hand_over(told["ids"], told["kept"])
        try:
            known = await asyncio.to_thread(updates_in, database)
        except UnreadableError:
            pass  # not there yet, or the bot is just being started again: the next look will tell
        else:
            await board.count(accounts.reckon(known))
        await asyncio.sleep(LOOK)
