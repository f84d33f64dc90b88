"""What the tick does when something is due, by kind of row."""

from typing import Any

from bot.contact import Contact
from bot.scheduler import Duty
from handlers import (
    answer_copies,
    commands,
    database_notices,
    downtime_notices,
    early,
    gathering,
    house_notices,
    live_queue,
    neighbours,
    notices,
    readers,
    repair_mending,
    staff_card,
)
from handlers.here import Setup
from services import (
    deadlines,
    deciding,
    digest,
    dispatching,
    drafts,
    handing_on,
    jobs,
    repair_verdicts,
    searching,
)
from storage import search
from storage.database import Transaction


def duties(setup: Setup, contact: Contact) -> dict[str, Duty]:
    """Every kind of row in `due`, and who handles it."""

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
        deciding.come(tx, setup.community, subject, data)

    def daily(tx: Transaction, _subject: str, data: dict[str, Any]) -> None:
        digest.come(tx, setup.community, data)

    def pointer(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        staff_card.point_on(tx, setup, subject, data)

    def searched(tx: Transaction, _subject: str, _data: dict[str, Any]) -> None:
        searching.put_in(tx, setup.community)

    def gather(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        gathering.gather(tx, setup, subject, data)

    def gathered(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        gathering.write(tx, setup, subject, data)

    def look(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        dispatching.come(tx, setup.community, subject, data)

    def job(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        jobs.come(tx, setup.community, subject, data)

    def repair_verdict(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        repair_verdicts.come(tx, setup.community, subject, data)

    def introduction(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        neighbours.introduce_on(tx, setup, subject, data)

    def mend_repairs(tx: Transaction, subject: str, data: dict[str, Any]) -> None:
        repair_mending.mend(tx, setup, subject, data)

    def let_go(_tx: Transaction, _subject: str, _data: dict[str, Any]) -> None:
        """Kept for long enough: the row goes, and with it what it held."""

    def command_lists(tx: Transaction, _subject: str, data: dict[str, Any]) -> None:
        commands.renew_people(tx, setup, data["after"])

    return {
        drafts.KIND: draft,
        house_notices.REPOST: staff_cards,
        database_notices.CARDS: restored_cards,
        readers.KIND: told_readers,
        answer_copies.KIND: copies,
        downtime_notices.ASK_AGAIN: ask_again,
        live_queue.KIND: queue,
        staff_card.POINTER: pointer,
        gathering.KIND: gather,
        staff_card.GATHERED: gathered,
        deadlines.KIND: deadline,
        handing_on.KIND: partner,
        deciding.KIND: verdict,
        digest.KIND: daily,
        search.KIND: searched,
        dispatching.KIND: look,
        jobs.KIND: job,
        repair_verdicts.KIND: repair_verdict,
        neighbours.KIND: introduction,
        repair_mending.KIND: mend_repairs,
        early.KIND: let_go,
        commands.KIND: command_lists,
    }
