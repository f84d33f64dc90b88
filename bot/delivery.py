"""Delivery: outbox rows become messages, each chat in its order, within Telegram's limits.

A row becomes `sending`, committed, only when the limits let it go; so after a crash at most that handful is uncertain.
Results are marked in the same transaction that claims the next rows: one commit a round.
"""

import asyncio
import json
import sqlite3
from pathlib import Path

import structlog

from bot.limits import Limiter
from bot.request import Request
from bot.sending import Outcome, Sending, resolve, send
from domain.events import MessageRefused
from services import staff_chat
from storage import chats, messages, outbox
from storage.database import Database, Transaction
from storage.trouble import is_trouble

IN_FLIGHT = 64
LANES = tuple(int(lane) for lane in outbox.Lane)
log = structlog.get_logger()


class Delivery:
    """Runs until stopped. Everything it learns (a new thread, a dead chat) is written where the next row finds it."""

    def __init__(self, database: Database, request: Request, limiter: Limiter, data_dir: Path) -> None:
        self._database = database
        self._request = request
        self._limiter = limiter
        self._data_dir = data_dir
        self._wake = asyncio.Event()
        self._stopping = False
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._results: list[tuple[Sending, Outcome]] = []
        self._network_tries = 0
        self._next_wait: float | None = None
        self._cursor = 0
        database.listen("outbox", self._wake.set)

    async def run(self) -> None:
        """Deliver until `stop`; then wait for what is in flight (at most 3 s) and mark it."""
        await self._database.run(self._recover)
        delay = 0.5
        while not self._stopping:
            self._wake.clear()
            try:
                await self._round()
                delay = 0.5
            except Exception as error:
                if not is_trouble(error):
                    raise
                log.error("delivery_storage_trouble", error=str(error), retry_in=delay)
                await asyncio.sleep(delay)
                delay = min(delay * 2, 30.0)
                self._wake.set()
            try:
                await asyncio.wait_for(self._wake.wait(), self._next_wait)
            except TimeoutError:
                continue
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=3.0)
        await self._database.run(self._mark, self._take_results())

    def stop(self) -> None:
        """Claim nothing more; `run` ends soon after."""
        self._stopping = True
        self._wake.set()

    async def _round(self) -> None:
        results = self._take_results()
        try:
            claimed = await self._database.run(self._mark_and_claim, results)
        except BaseException:
            self._results = results + self._results
            raise
        for sending in claimed:
            self._flying[sending.chat.id] = asyncio.create_task(self._fly(sending))

    def _take_results(self) -> list[tuple[Sending, Outcome]]:
        results, self._results = self._results, []
        return results

    async def _fly(self, sending: Sending) -> None:
        outcome = await send(self._request, sending, self._data_dir)
        self._results.append((sending, outcome))
        del self._flying[sending.chat.id]
        self._wake.set()

    def _recover(self, tx: Transaction) -> None:
        """After a crash: rows found in `sending` are uncertain, each kind has its answer."""
        for row in outbox.in_sending(tx):
            log.warning("delivery_uncertain", outbox=row["id"], when_uncertain=row["when_uncertain"])
            self._settle_uncertain(tx, row, "the program ended while it was being sent", repeatable=False)

    def _mark_and_claim(self, tx: Transaction, results: list[tuple[Sending, Outcome]]) -> list[Sending]:
        self._mark(tx, results)
        return self._claim(tx, {sending.chat.id for sending, _ in results})

    # -- claiming

    def _claim(self, tx: Transaction, just_landed: set[int]) -> list[Sending]:
        self._next_wait = None
        busy = set(self._flying) - just_landed
        claimed: list[Sending] = []
        waits: list[float] = []
        for lane in LANES:
            # Starting behind the last chat served keeps one end of the alphabet from being served first for ever.
            for chat_after, stop_at in ((self._cursor, None), (0, self._cursor)):
                self._claim_lane(tx, lane, chat_after, stop_at, busy, claimed, waits)
        if waits:
            self._next_wait = max(0.01, min(waits))
        outbox.claim(tx, [sending.row["id"] for sending in claimed])
        return claimed

    def _claim_lane(
        self, tx: Transaction, lane: int, after: int, stop_at: int | None,
        busy: set[int], claimed: list[Sending], waits: list[float],
    ) -> None:  # fmt: skip
        while len(self._flying) + len(claimed) < IN_FLIGHT:
            overall = self._limiter.wait_overall()
            if overall > 0:
                waits.append(overall)
                return
            row = outbox.head(tx, lane, after)
            if row is None or (stop_at is not None and row["chat"] > stop_at):
                return
            after = row["chat"]
            if after in busy:
                continue
            chat = chats.by_id(tx, after)
            if chat.unreachable is not None:
                outbox.drop_all(tx, after, chat.unreachable)
                continue
            wait = self._limiter.wait(after, chat.is_private)
            if wait > 0:
                waits.append(wait)
                continue
            try:
                sending = resolve(tx, row)
            except (LookupError, ValueError, AssertionError) as error:
                sending = f"cannot be sent as it is: {error!r}"
            if isinstance(sending, str):
                outbox.finish(tx, row["id"], "dropped", sending)
                after -= 1  # its chat may have another row
                continue
            if sending.is_message:
                self._limiter.take(after, chat.is_private)
            busy.add(after)
            self._cursor = after
            claimed.append(sending)

    # -- marking

    def _mark(self, tx: Transaction, results: list[tuple[Sending, Outcome]]) -> None:
        for sending, outcome in results:
            with tx.savepoint():
                if outcome.thread_id is not None:
                    chats.set_thread(tx, sending.row["topic"], outcome.thread_id)
                self._mark_one(tx, sending, outcome)
                self._drop_file(tx, sending)

    def _mark_one(self, tx: Transaction, sending: Sending, outcome: Outcome) -> None:
        row = sending.row
        if outcome.kind not in ("sent", "pointless"):
            log.warning(
                "delivery",
                outbox=row["id"],
                outcome=outcome.kind,
                reason=outcome.reason,
                action=row["action"],
            )
        match outcome.kind:
            case "sent":
                self._network_tries = 0
                self._sent(tx, sending, outcome)
            case "pointless":
                outbox.finish(tx, row["id"], "dropped", outcome.reason)
            case "not_sent":
                self._network_tries += 1
                self._limiter.pause_all(min(0.5 * 2 ** min(self._network_tries, 6), 30.0))
                outbox.release(tx, row["id"], outcome.reason, count_try=False)
            case "uncertain":
                self._settle_uncertain(tx, row, outcome.reason, sending.repeatable)
            case "retry":
                self._limiter.pause(sending.chat.id, outcome.seconds)
                outbox.release(tx, row["id"], outcome.reason, count_try=False)
            case "backoff":
                self._limiter.pause(sending.chat.id, min(0.5 * 2 ** min(row["tries"], 7), 60.0))
                outbox.release(tx, row["id"], outcome.reason, count_try=True)
            case "migrated":
                staff_chat.moved(tx, sending.chat.telegram_id, int(outcome.result))
                outbox.release(tx, row["id"], outcome.reason, count_try=False)
            case "card_gone":
                messages.set_card_message(tx, row["card"], None)
                outbox.release(tx, row["id"], outcome.reason, count_try=False)
            case "topic_gone" if row["topic"] is not None:
                chats.set_thread(tx, row["topic"], None)
                outbox.release(tx, row["id"], outcome.reason, count_try=False)
            case "unreachable":
                self._unreachable(tx, sending, outcome.reason)
            case _:
                outbox.finish(tx, row["id"], "failed", outcome.reason)
                # A refused line about a refused message would go round for ever.
                if row["purpose"] != "report":
                    tx.emit(MessageRefused(outbox=row["id"], reason=outcome.reason))

    def _sent(self, tx: Transaction, sending: Sending, outcome: Outcome) -> None:
        row = sending.row
        outbox.finish(tx, row["id"], "sent")
        result = outcome.result
        if isinstance(result, dict) and not sending.is_private and "chat" in result:
            # The first to know that a group has turned topics on, when nobody speaks there.
            chat = result["chat"]
            staff_chat.meet(tx, chat["id"], chat["type"], chat.get("title"), bool(chat.get("is_forum")))
        if isinstance(result, dict) and "message_id" in result and sending.method != "editMessageText":
            message_id = result["message_id"]
            messages.keep(
                tx, row["chat"], message_id, incoming=False, purpose=row["purpose"], subject=row["subject"],
                card=row["card"], outbox=row["id"],
            )  # fmt: skip
            if row["card"] is not None:
                messages.set_card_message(tx, row["card"], message_id)

    def _drop_file(self, tx: Transaction, sending: Sending) -> None:
        """A file made for one message alone goes with it."""
        if sending.file is None or not json.loads(sending.row["content"]).get("once"):
            return
        if not outbox.is_open(tx, sending.row["id"]):
            path = self._data_dir / sending.file
            tx.after_commit.append(lambda: path.unlink(missing_ok=True))

    def _settle_uncertain(self, tx: Transaction, row: sqlite3.Row, reason: str, repeatable: bool) -> None:
        if repeatable or row["when_uncertain"] == "again":
            # Not at once: what timed out is likely to time out again.
            self._limiter.pause(row["chat"], 1.0)
            outbox.release(tx, row["id"], reason, count_try=True)
        else:
            outbox.finish(tx, row["id"], "dropped", reason)

    def _unreachable(self, tx: Transaction, sending: Sending, reason: str) -> None:
        outbox.finish(tx, sending.row["id"], "dropped", reason)
        outbox.drop_all(tx, sending.chat.id, reason)
        staff_chat.lost(tx, chats.by_id(tx, sending.chat.id), reason)
