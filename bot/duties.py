"""What the tick does when something is due, by kind of row."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot import board_photos, transcriber
from bot.contact import Contact
from bot.scheduler import ChunkDuty, Duty
from bot.sending import Author
from domain.core.subjects import split
from handlers import notices
from handlers.kit import early
from handlers.kit.here import Setup
from handlers.operations import database_notices, downtime_notices, house_notices
from handlers.people import commands
from handlers.pledges import pledge_lists, pledge_notices
from handlers.printing import printing
from handlers.repairs import repair_mending, repair_staff_notices, unsafe_reach
from handlers.reports import readers
from handlers.reports.resident import broken_again
from handlers.reports.staff import alarm_copies, answer_copies, danger_card, gathering, receipts, staff_card
from handlers.staff_room import flooding, live_queue
from handlers.volunteers import neighbours
from services.operations import backups
from services.pledges import pledge_plan, pledge_reminders
from services.repairs import dispatching, jobs, relay_renewal, repair_verdicts
from services.reports import alarms, danger_cards, deadlines, drafts, handing_on, reopen_window, verdicts
from services.staff_room import digest, searching, unchosen_groups
from storage.core.database import Transaction
from storage.reports import dangers
from storage.staff_room import search


def duties(setup: Setup, contact: Contact) -> dict[str, Duty]:
    """Every kind of row in `due`, and who handles it."""

    def danger_words(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        rung = danger_cards.is_due(tx, split(subject)[1])
        if rung is not None:
            write = repair_staff_notices.say_again if rung.kind == dangers.UNSAFE else danger_card.come
            write(tx, setup, rung)

    def draft(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        if contact.is_lost:
            drafts.wait(tx, subject, data["stage"])
        else:
            drafts.remind(tx, subject, data["stage"], setup.community)

    def staff_cards(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        house_notices.repost(tx, setup, subject, data)

    def restored_cards(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        database_notices.refresh_cards(tx, setup, subject, data)

    def told_readers(tx: Transaction, _subject: str, data: dict[str, Any]) -> None:
        readers.tell_on(tx, setup, notices.TELLERS, data)

    def copies(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        answer_copies.make_true(tx, setup, subject, data)

    def ask_again(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        downtime_notices.ask_again(tx, setup, subject, data)

    def queue(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        live_queue.refresh(tx, setup, subject, data)

    def deadline(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        deadlines.come(tx, setup.community, subject, data)

    def partner(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        handing_on.come(tx, setup.community, subject)

    def verdict(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        verdicts.come(tx, setup.community, subject, data)

    def reopenable(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        broken_again.window_over(tx, setup, subject)

    def daily(tx: Transaction, _subject: str, data: dict[str, Any]) -> None:
        digest.come(tx, setup.community, data)

    def pointer(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        staff_card.point_on(tx, setup, subject, data)

    def searched(tx: Transaction, _subject: str, _data: dict[str, Any]) -> None:
        searching.put_in(tx, setup.community)

    def gather(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        gathering.gather(tx, setup, subject, data)

    def writes_a_lot(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        flooding.write(tx, setup, subject, data)

    def gathered(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        gathering.write(tx, setup, subject, data)

    def look(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        dispatching.come(tx, setup.community, subject, data)

    def job(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        jobs.come(tx, setup.community, subject, data)

    def renewal(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        relay_renewal.run(tx, setup.community, subject, data)

    def repair_verdict(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        repair_verdicts.come(tx, setup.community, subject, data)

    def introduction(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        neighbours.introduce_on(tx, setup, subject, data)

    def mend_repairs(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        repair_mending.mend(tx, setup, subject, data)

    def alarm(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        alarm_copies.come(tx, setup, subject)

    def unread(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        alarms.still_unread(tx, subject)

    def leave_group(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        unchosen_groups.come(tx, subject)

    def receipt(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        receipts.come(tx, setup, subject, data)

    def unsafe(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        unsafe_reach.come(tx, setup, subject, data, repair_staff_notices.ring_again)

    def let_go(_tx: Transaction, _subject: str, _data: dict[str, Any]) -> None:
        """Kept for long enough: the row goes, and with it what it held."""

    def command_lists(tx: Transaction, _subject: str, data: dict[str, Any]) -> None:
        commands.renew_people(tx, setup, data["after"])

    def pledge_ahead(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        pledge_plan.ahead(tx, setup.community, subject)

    def before_pledge(tx: Transaction, subject: str, _data: dict[str, Any]) -> None:
        pledge_notices.before(tx, setup, subject)

    def pledge_pace(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        pledge_notices.pace(tx, setup, subject, data["stage"])

    def pledge_close(tx: Transaction, _subject: str, _data: dict[str, Any]) -> None:
        pledge_reminders.close(tx)

    def pledge_unreached(tx: Transaction, _subject: str, _data: dict[str, Any]) -> None:
        pledge_notices.unreached(tx, setup)

    return {
        drafts.KIND: draft,
        danger_cards.KIND: danger_words,
        house_notices.REPOST: staff_cards,
        database_notices.CARDS: restored_cards,
        readers.KIND: told_readers,
        answer_copies.KIND: copies,
        downtime_notices.ASK_AGAIN: ask_again,
        live_queue.KIND: queue,
        staff_card.POINTER: pointer,
        gathering.KIND: gather,
        flooding.KIND: writes_a_lot,
        staff_card.GATHERED: gathered,
        deadlines.KIND: deadline,
        handing_on.KIND: partner,
        verdicts.KIND: verdict,
        reopen_window.KIND: reopenable,
        digest.KIND: daily,
        search.KIND: searched,
        dispatching.KIND: look,
        jobs.KIND: job,
        relay_renewal.KIND: renewal,
        repair_verdicts.KIND: repair_verdict,
        neighbours.KIND: introduction,
        repair_mending.KIND: mend_repairs,
        early.KIND: let_go,
        alarms.KIND: alarm,
        alarms.UNREAD: unread,
        unchosen_groups.KIND: leave_group,
        receipts.KIND: receipt,
        unsafe_reach.KIND: unsafe,
        commands.KIND: command_lists,
        pledge_plan.AHEAD_KIND: pledge_ahead,
        pledge_plan.BEFORE_KIND: before_pledge,
        pledge_plan.PACE_KIND: pledge_pace,
        pledge_reminders.CLOSE_KIND: pledge_close,
        pledge_reminders.UNREACHED_KIND: pledge_unreached,
    }


def chunk_duties(setup: Setup) -> dict[str, ChunkDuty]:
    """The kinds of which many are due at once, such as the weekly lists on Monday at nine: a chunk is done together."""

    def lists(tx: Transaction, rows: Sequence[Row]) -> Mapping[int, datetime]:
        return pledge_lists.write_due(tx, setup, rows)

    return {pledge_plan.WEEK_KIND: lists, pledge_reminders.LATER_KIND: lists}


DONE_BY_OTHERS = (printing.KIND, backups.KIND, transcriber.KIND, board_photos.KIND)
"""Kinds that are due, too, and not the tick's: programs beside the loop do them (bot/printer.py and its like)."""


def authors(setup: Setup) -> dict[str, Author]:
    """Who words the rows of the outbox that are worded only when they are sent."""

    def pledge_list(tx: Transaction, subject: str, content: dict[str, Any]) -> dict[str, Any] | None:
        return pledge_lists.word(tx, setup, subject, content)

    def before_pledge(tx: Transaction, _subject: str, content: dict[str, Any]) -> dict[str, Any] | None:
        return pledge_notices.word_before(tx, setup, content)

    def pace(tx: Transaction, _subject: str, content: dict[str, Any]) -> dict[str, Any] | None:
        return pledge_notices.word_pace(tx, setup, content)

    def list_told(
        tx: Transaction, row: int, subject: str, content: dict[str, Any], worded: datetime, times: Sequence[str]
    ) -> None:
        pledge_lists.told(tx, setup, row, subject, content, worded, times)

    return {
        pledge_lists.AUTHOR: Author(pledge_list, list_told),
        pledge_notices.BEFORE: Author(before_pledge),
        pledge_notices.PACE: Author(pace),
    }
