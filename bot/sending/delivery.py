"""Delivery: outbox rows become messages, each chat in its order, within Telegram's limits.

A row becomes `sending`, committed, only when the limits let it go; so after a crash at most that handful is uncertain.
Results are marked in the same transaction that claims the next rows: one commit a round. What an update causes is
claimed in the update's own transaction (`claim_at_once`), so that nobody waits for a second commit.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

import structlog

from bot.kit.alarm import Alarm
from bot.kit.request import Request
from bot.kit.retrying import Retrying
from bot.sending.claim import Claim
from bot.sending.limits import Limiter
from bot.sending.marking import LONGEST_HOLD, Marking, Result
from bot.sending.row_to_call import Author, Sending, UnknownName, Words, is_repeatable, messages_in, resolve, send
from storage.core import chats, sends
from storage.core.chats import Chat
from storage.core.database import Database, Transaction
from storage.core.instants import from_text
from storage.core.outbox import Lane, RowState
from storage.core.trouble import is_trouble
from web.metrics import Metrics

# How far down a group's rows something is looked for that is about another thing.
LOOK_DOWN = 64
LANDING_SECONDS = 3.0
AHEAD = 0.1
"""So many seconds before its time a row may be claimed, which takes a commit; it goes out at its time."""
LONGEST_PAUSE = 30.0
"""Without a network nobody is tried for so long at most."""
GROUP_MINUTE = timedelta(seconds=60)
log = structlog.get_logger()

Hush = Callable[[Transaction, int, int | None], bool]
"""Whether a message to a person (Telegram's id), sent now, is to make no sound; and the person whom it answers."""


class Delivery:
    """Runs until stopped. Everything it learns (a new thread, a dead chat) is written where the next row finds it."""

    def __init__(
        self, database: Database, request: Request, limiter: Limiter, data_dir: Path, alarm: Alarm,
        metrics: Metrics | None = None, hush: Hush = lambda _tx, _person, _answers: False,
        authors: Mapping[str, Author | Words] | None = None,
    ) -> None:  # fmt: skip
        self._hush = hush
        self._database = database
        self._request = request
        self._limiter = limiter
        self._data_dir = data_dir
        self._alarm = alarm
        self._metrics = metrics or Metrics()
        self._authors = authors or {}
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._recovered = False
        # By row, from the claim until the result is committed: only then may what comes behind it be looked at.
        self._flying: dict[int, tuple[Sending, asyncio.Task[None]]] = {}
        self._results: list[Result] = []
        self._network_tries = 0
        self._marking = Marking(limiter, data_dir)
        self._next_wait: float | None = None
        self._cursor = 0
        database.listen("outbox", self._wake.set)
        database.listen("rights", self._rights_changed)

    async def run(self) -> None:
        """Deliver until `stop`; then wait for what is in flight (at most 3 s) and mark it."""
        retrying = Retrying("delivery", self._alarm, self._stopping)
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                await self._round()
            except Exception as error:
                await retrying.failed(error)
                continue
            retrying.worked()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._next_wait):
                    await self._wake.wait()
        await self._land()

    def stop(self) -> None:
        """Claim nothing more; `run` ends soon after."""
        self._stopping.set()
        self._wake.set()

    @property
    def without_network(self) -> bool:
        """Whether the last attempts did not reach Telegram."""
        return self._network_tries > 0

    def network_is_back(self) -> None:
        """Somebody has reached Telegram: there is no need to wait any longer."""
        if self._network_tries:
            self._network_tries = 0
            self._limiter.resume_all()
            self._wake.set()

    def _rights_changed(self) -> None:
        self._limiter.try_closed()
        self._wake.set()

    async def _land(self) -> None:
        """Wait for what is in flight, not for long, and mark it. What is still flying then is uncertain."""
        tasks = [task for _, task in self._flying.values()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=LANDING_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._database.run(self._marking.mark, self._results)

    async def _round(self) -> None:
        if not self._recovered:
            await self._database.run(self._recover)
            self._recovered = True
        results = list(self._results)
        self._note_network(results)
        await self._database.run(self._mark_and_claim, results)

    def _forget(self, results: list[Result]) -> None:
        """Committed: what is marked has landed."""
        del self._results[: len(results)]
        for sending, outcome in results:
            del self._flying[sending.row["id"]]
            self._metrics.delivered(outcome.kind)
        if results:
            self._alarm.storage_works()

    def _take_off(self, claimed: list[Sending]) -> None:
        """Committed: they go out."""
        for sending in claimed:
            self._flying[sending.row["id"]] = (sending, asyncio.create_task(self._fly(sending)))
        self._alarm.storage_works()

    async def _fly(self, sending: Sending) -> None:
        going = sending.going
        if going is not None and (seconds := self._limiter.until(going)) > 0:
            await asyncio.sleep(seconds)
        outcome = await send(self._request, sending, self._data_dir)
        if going is not None:
            self._limiter.landed(going)
        self._results.append((sending, outcome))
        self._wake.set()

    def _note_network(self, results: list[Result]) -> None:
        if any(outcome.kind not in ("not_sent", "uncertain") for _, outcome in results):
            self._network_tries = 0
        elif any(outcome.kind == "not_sent" for _, outcome in results):
            # Everybody's way is the same: one failure after another, and nobody is tried for a while.
            self._limiter.pause_all(min(0.5 * 2**self._network_tries, LONGEST_PAUSE))
            self._network_tries = min(self._network_tries + 1, 10)

    def _recover(self, tx: Transaction) -> None:
        """After a start: what went out lately counts for the limits; rows found in `sending` are uncertain."""
        for row in sends.sent_since(tx, tx.now - GROUP_MINUTE):
            ago = max(0.0, (tx.now - from_text(row["finished_at"])).total_seconds())
            self._take(tx, row, ago)
        for row in sends.held(tx):
            seconds = (from_text(row["until"]) - tx.now).total_seconds()
            self._limiter.pause(row["chat"], min(seconds, LONGEST_HOLD))
        for row in sends.in_sending(tx):
            log.warning("delivery_uncertain", outbox=row["id"], when_uncertain=row["when_uncertain"])
            self._take(tx, row)
            self._marking.settle_uncertain(tx, row, "the program ended while it was being sent", is_repeatable(tx, row))

    def _take(self, tx: Transaction, row: sqlite3.Row, ago: float = 0.0) -> None:
        """Count for the limits what went out before this start."""
        self._limiter.take(
            row["chat"],
            chats.by_id(tx, row["chat"]).is_private,
            ago,
            messages_in(row),
            row["comes_from"],
            row["lane"] == Lane.URGENT,
        )

    def _mark_and_claim(self, tx: Transaction, results: list[Result]) -> None:
        self._marking.mark(tx, results)
        # Before what is claimed takes off: a row that is to be tried again may be claimed in the same breath.
        tx.after_commit.append(lambda: self._forget(results))
        self._claim(tx, frozenset(sending.row["id"] for sending, _ in results))

    # -- claiming

    def claim_at_once(self, tx: Transaction) -> None:
        """Claim what `tx` has written, among all that waits, within `tx`: an answer is spared a commit on its way."""
        if not self._recovered or self._stopping.is_set():
            return
        if not self._claim(tx).waits:
            tx.signals.discard("outbox")  # what is behind something on its way is looked at when that has landed

    def _claim(self, tx: Transaction, landed: frozenset[int] = frozenset()) -> Claim:
        """Claim what may go; it takes off when `tx` is committed. `landed`: rows that are marked in `tx`."""
        # Looked up on the database's thread: whoever claimed before us has taken off before our turn began.
        claim = Claim(sending for row_id, (sending, _) in list(self._flying.items()) if row_id not in landed)
        for lane in sends.lanes(tx):
            # Starting behind the last chat served keeps one end of the alphabet from being served first for ever.
            for chat_after, stop_at in ((self._cursor, None), (0, self._cursor)):
                self._claim_lane(tx, lane, chat_after, stop_at, claim)
        self._next_wait = max(0.01, min(claim.waits)) if claim.waits else None
        if claim.claimed:
            tells = {sending.row["id"]: sending.tells for sending in claim.claimed}
            sends.claim(tx, tells.keys(), tells)
            tx.after_commit.append(lambda: self._take_off(claim.claimed))
        return claim

    def _claim_lane(self, tx: Transaction, lane: int, after: int, stop_at: int | None, claim: Claim) -> None:
        while not claim.is_full:
            overall = self._limiter.wait_overall(evenly=lane == Lane.BROADCAST)
            if overall > AHEAD:
                claim.waits.append(overall - AHEAD)
                return
            row = sends.head(tx, lane, after)
            if row is None or (stop_at is not None and row["chat"] > stop_at):
                return
            after = row["chat"]
            if claim.is_busy(after):
                continue
            chat = chats.by_id(tx, after)
            if chat.unreachable is not None:
                sends.drop_all(tx, after, chat.unreachable)
                continue
            if chat.refuses is not None and claim.of(after):
                continue  # by one message at a time it is tried whether it may be written to again
            if chat.is_private:
                if self._claim_row(tx, chat, row, claim) == RowState.DROPPED:
                    after -= 1  # its chat may have another row
            else:
                self._claim_group(tx, chat, lane, claim)

    def _claim_group(self, tx: Transaction, chat: Chat, lane: int, claim: Claim) -> None:
        """Several at once, each about another thing: what many write does not wait for one answer after the other."""
        passed: set[str] = set()
        for row in sends.heads_of(tx, lane, chat.id, LOOK_DOWN if chat.refuses is None else 1):
            if claim.is_full or claim.is_busy(chat.id):
                return
            if row["subject"] in passed and not is_repeatable(tx, row):
                continue  # what is about one thing keeps its order; a card on the screen may be changed
            became = self._claim_row(tx, chat, row, claim)
            if became == "waits":
                return
            if became in ("behind", "had its share") and row["subject"] is not None:
                passed.add(row["subject"])

    def _claim_row(self, tx: Transaction, chat: Chat, row: sqlite3.Row, claim: Claim) -> str:
        """`claimed`, `dropped`; `behind` something about the same thing; `had its share`, as who causes it has; or
        `waits`, as do all others of its chat.

        A row that cannot be read or worded holds up nobody: it is dropped, or put off.
        """
        try:
            return self._claim_readable(tx, chat, row, claim)
        except UnknownName as error:
            self._marking.unsendable(tx, row, str(error))
            return RowState.DROPPED
        except Exception as error:
            if is_trouble(error):
                raise
            self._marking.cannot_be_worded(tx, row, error)
            return RowState.DROPPED

    def _claim_readable(self, tx: Transaction, chat: Chat, row: sqlite3.Row, claim: Claim) -> str:
        if not claim.may_go(chat, row):
            return "behind"
        urgent = row["lane"] == Lane.URGENT
        evenly = row["lane"] == Lane.BROADCAST
        wait = self._limiter.wait_chat(chat.id, chat.is_private, urgent, messages_in(row))
        overall = self._limiter.wait_overall(messages_in(row), evenly)
        if wait > 0 or overall > AHEAD:
            claim.waits.append(max(wait, overall - AHEAD))
            return "waits"
        wait = self._limiter.wait_share(chat.id, row["comes_from"], urgent, messages_in(row))
        if wait > 0:
            claim.waits.append(wait)
            return "had its share"
        sending = self._resolve(tx, row)
        if isinstance(sending, str):
            sends.finish(tx, row["id"], RowState.DROPPED, sending)
            return RowState.DROPPED
        if sending.make_topic is not None and claim.of(chat.id):
            return "waits"
        if sending.is_message:
            sending.going = self._limiter.take(
                chat.id, chat.is_private, -overall, sending.count, row["comes_from"], urgent, evenly
            )
        self._cursor = chat.id
        claim.take(sending)
        return "claimed"

    def _resolve(self, tx: Transaction, row: sqlite3.Row) -> Sending | str:
        """What is to be called for a row, or why there is nothing to send. Raises what wording it raises."""
        with tx.reading():  # to send something must change nothing: what it tells of follows once it is sent
            sending = resolve(tx, row, self._authors)
            if isinstance(sending, Sending) and self._is_hushed(tx, sending):
                sending.parameters["disable_notification"] = True
            return sending

    def _is_hushed(self, tx: Transaction, sending: Sending) -> bool:
        """Looked at when it is sent: what has waited for the network, or for its turn, may come at night."""
        if not sending.is_private or sending.repeatable or sending.row["lane"] == Lane.URGENT or sending.rings:
            return False
        return self._hush(tx, sending.chat.telegram_id, sending.row["answers"])
