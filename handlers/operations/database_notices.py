"""Notices of the database: backups, and what a restored one does not know."""

from datetime import timedelta
from typing import Any

from domain import events
from domain.people.rights import Role
from handlers.kit.mailer import to_admins, to_person, to_staff
from handlers.kit.texts import Html, Speaker, paragraphs
from handlers.kit.update_context import Setup
from handlers.operations import downtime_notices
from handlers.reports.recipients import refresh
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.core.messages import Purpose
from storage.people import people
from storage.pledges import pledges
from storage.reports import open_numbers

CARDS = "restored_cards"
CHUNK = 50
PAUSE = timedelta(seconds=1)
BEFORE = timedelta(days=14)
"""Closed reports may have been opened again after the backup: cards of those closed this long before are mended too."""


def backup_missed(tx: Transaction, setup: Setup, event: events.BackupMissed) -> None:
    def write(say: Speaker) -> Html:
        return say(
            "The nightly backup could not be made: {error}. I try again every hour and tell you when it works. Please "
            "see whether the disk has room and whether I may write to it.",
            error=event.error,
        )

    to_admins(tx, setup, write)


def backup_made_again(tx: Transaction, setup: Setup, _event: events.BackupMadeAgain) -> None:
    to_admins(tx, setup, lambda say: say("The backup works again; one was made just now."))


def restored(tx: Transaction, setup: Setup, event: events.DatabaseRestored) -> None:
    """Staff are told what is missing, and the cards say again what the database knows."""
    since, until = from_text(event.since), from_text(event.until)
    asleep = people.asleep(tx)

    def write(say: Speaker) -> Html:
        return paragraphs(
            say("I was restored from a backup. What was sent or done between {since} and {until} I do not know any "
                "more.", since=say.moment(since, tx.now), until=say.moment(until, tx.now)),
            say("It may still stand in the chats: new reports from that time, answers, and who took what. Reports from "
                "before say again what they said then. Please ask people who wrote in that time to write once more. "
                "Some messages may come twice now."),
            say("What was taken away since, such as roles and blocks, is taken away again. The roles of staff, leads "
                "and admins are paused until an admin confirms them: the person who runs me has a link for the first "
                "admin. Volunteers stay on call.") if asleep else None,
            say("The promise board shows no names and no photos until each person has said again that it may.")
            if pledges.makers_asleep(tx) else None,
        )  # fmt: skip

    to_admins(tx, setup, write)
    for person, role in asleep:
        if role == Role.ADMIN:
            to_person(tx, setup, person.id, write, purpose=Purpose.REPORT)
    to_staff(tx, setup, write)
    refresh_cards(tx, setup, event.subject, {"since": event.since})
    # What was answered since the backup is not known any more either.
    downtime_notices.plan(tx, event.subject, event.since)


def refresh_cards(tx: Transaction, setup: Setup, about: str, data: dict[str, Any]) -> None:
    """Mend the cards of open reports and of those closed lately: some now, the others as tasks, a chunk at a time.

    A card that is still there is edited, one that is gone is sent anew. `after`: the last report done.
    """
    found = open_numbers.open_or_changed_since(tx, from_text(data["since"]) - BEFORE)
    waiting = [number for number in found if number > data.get("after", 0)]
    for number in waiting[:CHUNK]:
        refresh(tx, setup, number)
    if len(waiting) > CHUNK:
        scheduled_tasks.plan(tx, CARDS, about, tx.now + PAUSE, CARDS, {**data, "after": waiting[CHUNK - 1]})


def not_written(tx: Transaction, setup: Setup, event: events.TakenAwayNotWritten) -> None:
    def write(say: Speaker) -> Html:
        return say(
            "What was taken away just now (a role, a link, a consent or a block) could not be written to its "
            "file beside the database: {error}. It counts already, but I’ll tell nobody that it is done until it is in "
            "the file. Please check that the disk has room and that I can write there.",
            error=event.error,
        )

    to_admins(tx, setup, write)


def written_again(tx: Transaction, setup: Setup, _event: events.TakenAwayWritten) -> None:
    to_admins(tx, setup, lambda say: say("The file of what was taken away is complete again."))
