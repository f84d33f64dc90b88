"""What became of a send is written where the next row finds it: a new thread, a dead chat, a row to be tried again."""

import contextlib
import json
import sqlite3
from collections import Counter
from datetime import timedelta
from itertools import zip_longest
from pathlib import Path

import structlog

from bot.sending.limits import Limiter
from bot.sending.outcomes import Outcome
from bot.sending.row_to_call import AS_CAPTION, AS_FILE, Sending
from domain.events import MessageNotNow, MessageRefused, MessageStays, MessageUnwanted, WorkGivenUp
from services.reports import alarms, answering
from services.staff_room import staff_chat
from storage.core import chats, messages, sends
from storage.core.database import Transaction
from storage.core.messages import Purpose
from storage.core.outbox import FILES, Action, RowState, WhenUncertain
from storage.core.trouble import is_trouble

PATIENT_TRIES = 1440  # about a day of the server's "try later", a minute apart
HOLDING_TRIES = 6  # about half a minute, in which a row that cannot be sent keeps its place before the others
UNANSWERED_TRIES = 12  # about an hour of sending what may have arrived each time
LONGEST_HOLD = 3600.0
ANEW_TIMES = 5
NOT_NOW_SECONDS = 60.0
NOT_NOW_TRIES = 24 * 7  # about a week, an hour apart
WORDING_TRIES = 3  # after the first time that nobody could word it
WORDING_AGAIN = timedelta(hours=1)
ONCE = "once"  # where files lie that are made for one message alone
log = structlog.get_logger()

Result = tuple[Sending, Outcome]


class Marking:
    """Marks rows of the outbox, on the database's thread; makes `limiter` pause what Telegram wants left alone."""

    def __init__(self, limiter: Limiter, data_dir: Path) -> None:
        self._limiter = limiter
        self._data_dir = data_dir
        self._made_anew: Counter[int] = Counter()

    def mark(self, tx: Transaction, results: list[Result]) -> None:
        """Write what became of each. One that cannot be marked holds up no other."""
        for sending, outcome in results:
            try:
                with tx.savepoint():
                    if outcome.thread_id is not None:
                        chats.set_thread(tx, sending.row["topic"], outcome.thread_id)
                    self._mark_one(tx, sending, outcome)
                    self._drop_file(tx, sending)
            except Exception as error:
                if is_trouble(error):
                    raise
                # An answer nobody foresaw. Tried again it would come again; the row ends here, the others go on.
                log.error("delivery_unmarkable", outbox=sending.row["id"], error=type(error).__name__)
                state = RowState.SENT if outcome.kind == "sent" else RowState.FAILED
                sends.finish(tx, sending.row["id"], state, f"cannot be marked: {type(error).__name__}")

    def cannot_be_worded(self, tx: Transaction, row: sqlite3.Row, error: Exception) -> None:
        """A row that was to be sent raised. It is kept and tried each hour; after three it fails, and admins hear it.

        What was never to be worded, and cannot even be read, will not be read in an hour: that is told at once.
        """
        reason = f"cannot be sent as it is: {type(error).__name__}"
        log.error("delivery_unreadable", outbox=row["id"], error=type(error).__name__, failures=row["failures"] + 1)
        if row["action"] == Action.WORDED and row["failures"] < WORDING_TRIES:
            sends.put_off(tx, row["id"], tx.now + WORDING_AGAIN, reason, failed=True)
            return
        state = RowState.FAILED if row["action"] == Action.WORDED else RowState.DROPPED
        try:
            with tx.savepoint():
                sends.finish(tx, row["id"], state, reason)
                if row["purpose"] != Purpose.REPORT:
                    about = str(row["subject"] or row["chat"])
                    tx.emit(WorkGivenUp(work=row["id"], of="wording", about=about, error=type(error).__name__))
        except Exception as second:
            if is_trouble(second):
                raise
            log.error("failure_untold", outbox=row["id"], error=type(second).__name__)
            sends.finish(tx, row["id"], state, reason)

    def _mark_one(self, tx: Transaction, sending: Sending, outcome: Outcome) -> None:
        row = sending.row
        if outcome.kind not in ("sent", "pointless", "topic_made"):
            log.warning("delivery", outbox=row["id"], outcome=outcome.kind, reason=outcome.reason, action=row["action"])
        match outcome.kind:
            case "sent":
                self._made_anew.pop(row["id"], None)
                self._sent(tx, sending, outcome)
            case "pointless":
                sends.finish(tx, row["id"], RowState.DROPPED, outcome.reason)
            case "unwanted":
                sends.finish(tx, row["id"], RowState.DROPPED, outcome.reason)
                tx.emit(MessageUnwanted(outbox=row["id"]))
            case "not_sent" | "topic_made":
                sends.release(tx, row["id"], outcome.reason, count_try=False)
            case "uncertain":
                self.settle_uncertain(tx, row, outcome.reason, sending.repeatable)
            case "closed":
                self._limiter.close(sending.chat.id)
                staff_chat.closed(tx, sending.chat, outcome.reason)
                sends.release(tx, row["id"], outcome.reason, count_try=False)
            case "not_now" | "no_file" if sending.count > 1:
                sends.split_album(tx, row, outcome.reason)
            case "not_now" if row["tries"] < NOT_NOW_TRIES:
                self._not_now(tx, row, outcome.reason)
            case "no_file":
                sends.words_alone(tx, row)
                self._failed(tx, row, outcome.reason)
            case "retry":
                self._limiter.pause(sending.chat.id, outcome.seconds)
                until = tx.now + timedelta(seconds=outcome.seconds)
                sends.release(tx, row["id"], outcome.reason, count_try=False, not_before=until)
            case "backoff" if row["tries"] < PATIENT_TRIES:
                self._try_later(tx, row, outcome.reason, min(0.5 * 2 ** min(row["tries"], 7), 60.0))
            case "migrated":
                staff_chat.moved(tx, sending.chat.telegram_id, int(outcome.result))
                sends.release(tx, row["id"], outcome.reason, count_try=False)
            case "card_gone" if self._may_make_anew(row):
                messages.set_card_message(tx, row["card"], None)
                sends.release(tx, row["id"], outcome.reason, count_try=False)
            case "topic_gone" if row["topic"] is not None and self._may_make_anew(row):
                chats.forget_thread(tx, row["topic"], sending.thread)
                if row["card"] is not None:
                    messages.set_card_message(tx, row["card"], None)  # the card stood in it
                sends.release(tx, row["id"], outcome.reason, count_try=False)
            case "topic_gone" if row["thread"] is not None:
                sends.forget_thread(tx, row["id"], outcome.reason)
            case "reply_gone":
                sends.forget_reply(tx, row["id"], outcome.reason)
            case "too_old" if row["action"] == Action.DELETE_MANY:
                sends.delete_each(tx, row, outcome.reason)
            case "too_old":
                sends.cannot_be_deleted(tx, row["id"], outcome.reason)
            case "no_text":
                replaced = json.loads(row["content"]).get("replace")
                sends.cannot_be_deleted(tx, row["id"], outcome.reason, AS_FILE if replaced else AS_CAPTION)
            case "refused" if sending.count > 1:
                sends.split_album(tx, row, outcome.reason)
            case "unreachable":
                self._unreachable(tx, sending, outcome.reason)
            case _:
                self._failed(tx, row, outcome.reason)

    def _stays(self, tx: Transaction, row: sqlite3.Row) -> None:
        """What was to be deleted is still there: a file below whose words it now says so, or all of it."""
        if row["action"] == Action.DELETE and json.loads(row["content"]).get("too_late") == AS_CAPTION:
            tx.emit(MessageStays(outbox=row["id"]))

    def _failed(self, tx: Transaction, row: sqlite3.Row, reason: str) -> None:
        sends.finish(tx, row["id"], RowState.FAILED, reason)
        self._stays(tx, row)
        # A refused line about a refused message would go round for ever; what could not be deleted is told all at once.
        if row["purpose"] not in (Purpose.REPORT, Purpose.FORGOTTEN):
            tx.emit(MessageRefused(outbox=row["id"], reason=reason))

    def _not_now(self, tx: Transaction, row: sqlite3.Row, reason: str) -> None:
        """The chat lets in words and no such file (or nothing outside of topics): words go on, this row waits."""
        if row["tries"] == 0:
            tx.emit(MessageNotNow(outbox=row["id"], chat=row["chat"], reason=reason))
        if row["action"] in FILES:
            sends.words_alone(tx, row)
        until = tx.now + timedelta(seconds=min(NOT_NOW_SECONDS * 2.0 ** row["tries"], LONGEST_HOLD))
        sends.release(tx, row["id"], reason, count_try=True, not_before=until, aside=True)

    def unsendable(self, tx: Transaction, row: sqlite3.Row, reason: str) -> None:
        """Nothing can be made of that row, now or later: it ends, and admins hear of it."""
        log.error("delivery_unsendable", outbox=row["id"], reason=reason)
        sends.finish(tx, row["id"], RowState.FAILED, reason)
        if row["purpose"] == Purpose.REPORT:
            return
        try:
            with tx.savepoint():
                about = str(row["subject"] or row["chat"])
                tx.emit(WorkGivenUp(work=row["id"], of="unknown_name", about=about, error=reason))
        except Exception as second:
            if is_trouble(second):
                raise
            log.error("failure_untold", outbox=row["id"], error=type(second).__name__)

    def _try_later(
        self, tx: Transaction, row: sqlite3.Row, reason: str, seconds: float, unanswered: bool = False
    ) -> None:
        """A hiccup holds up the chat, so that its order stays; a row that goes on failing lets the others pass."""
        aside = row["tries"] >= HOLDING_TRIES
        if not aside:
            self._limiter.pause(row["chat"], seconds)
        until = tx.now + timedelta(seconds=seconds)
        sends.release(tx, row["id"], reason, count_try=True, not_before=until, aside=aside, unanswered=unanswered)

    def _may_make_anew(self, row: sqlite3.Row) -> bool:
        """A card or topic that is gone again each time it was made is not made for ever."""
        self._made_anew[row["id"]] += 1
        return self._made_anew[row["id"]] <= ANEW_TIMES

    def _sent(self, tx: Transaction, sending: Sending, outcome: Outcome) -> None:
        row = sending.row
        if not sending.goes_on:
            sends.finish(tx, row["id"], RowState.SENT)
        self._stays(tx, row)
        if sending.chat.refuses is not None and not sending.repeatable:
            self._limiter.open(sending.chat.id)
            staff_chat.open_again(tx, sending.chat)
        if sending.tells and sending.author is not None and sending.author.note_sent is not None:
            assert sending.worded_at is not None
            content = json.loads(row["content"])
            sending.author.note_sent(tx, row["id"], row["subject"], content, sending.worded_at, sending.tells)
        result = outcome.result
        if isinstance(result, dict) and not sending.is_private and "chat" in result:
            # The first to know that a group has turned topics on, when nobody speaks there.
            chat = result["chat"]
            staff_chat.meet(tx, chat["id"], chat["type"], chat.get("title"), bool(chat.get("is_forum")))
        # An edit answers with the message as well: that one stays about what it was about.
        results = result if isinstance(result, list) else [result]
        for each, card in zip_longest(results, sending.cards):
            if isinstance(each, dict) and "message_id" in each and not sending.repeatable:
                self._keep_sent(tx, row, each["message_id"], row["card"] if card is None else card)
        if sending.goes_on:
            sends.release(tx, row["id"], "it is known where it stands", count_try=False)
        alarms.arrived(tx, row)

    def _keep_sent(self, tx: Transaction, row: sqlite3.Row, message_id: int, card: int | None) -> None:
        messages.keep(
            tx, row["chat"], message_id, incoming=False, purpose=row["purpose"], subject=row["subject"],
            card=card, outbox=row["id"],
        )  # fmt: skip
        if card is not None:
            messages.set_card_message(tx, card, message_id)
            answering.copy_arrived(tx, card)

    def _drop_file(self, tx: Transaction, sending: Sending) -> None:
        """A file made for one message alone goes with it."""
        if sending.file is None or not json.loads(sending.row["content"]).get("once"):
            return
        if not sends.is_open(tx, sending.row["id"]):
            path = self._data_dir / sending.file
            tx.after_commit.append(lambda: _delete(path))

    def settle_uncertain(self, tx: Transaction, row: sqlite3.Row, reason: str, repeatable: bool) -> None:
        """It was sent, and nobody knows whether it arrived. `repeatable`: sent again, it does no harm."""
        # Not at once: what timed out is likely to time out again, and may come once more each time.
        if repeatable:
            self._try_later(tx, row, reason, min(2.0 ** min(row["tries"], 9), 300.0))
        elif row["when_uncertain"] == WhenUncertain.DROP:
            sends.finish(tx, row["id"], RowState.DROPPED, reason)
        elif row["unanswered"] + 1 < UNANSWERED_TRIES:
            self._try_later(tx, row, reason, min(2.0 ** min(row["tries"], 12), LONGEST_HOLD), unanswered=True)
        else:
            self._failed(tx, row, f"sent {UNANSWERED_TRIES} times and never answered")

    def _unreachable(self, tx: Transaction, sending: Sending, reason: str) -> None:
        sends.finish(tx, sending.row["id"], RowState.DROPPED, reason)
        sends.drop_all(tx, sending.chat.id, reason)
        staff_chat.lost(tx, chats.by_id(tx, sending.chat.id), reason)


def _delete(path: Path) -> None:
    """A file, and the folder that was made for it alone."""
    path.unlink(missing_ok=True)
    if path.parent.parent.name == ONCE:
        with contextlib.suppress(OSError):  # another file of the same order is still to be sent
            path.parent.rmdir()
