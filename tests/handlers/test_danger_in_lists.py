"""Lists and reminders of staff say of a report what its card says: danger, or that nobody has confirmed it."""

from domain.people.rights import Role
from handlers.kit.update_context import Setup
from handlers.reports import danger_card_words, report_line
from handlers.staff_room import queue
from services.reports import merging, possible_dangers, submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.support import in_transaction, person

OPEN = "POSSIBLE DANGER, NOT CONFIRMED"


def rung(tx: Transaction, setup: Setup, by: Person, confirmed: bool) -> int:
    parts = [NewPart("text", text="a funny smell")]
    number = submitting.submit(tx, setup.community, by, NewReport(parts, danger="gas"))
    if not confirmed:
        possible_dangers.not_confirmed(tx, number)
    return number


def said(tx: Transaction, setup: Setup, number: int) -> tuple[str, str]:
    """Its line in the queue, and in lists for the group."""
    report, say = reports.existing(tx, number), setup.speaker("en")
    return str(queue.line(tx, setup, say, report)), str(report_line.entry(tx, setup, say, report))


@in_transaction
def test_danger_is_said_only_where_it_is_confirmed(tx: Transaction, setup: Setup) -> None:
    mei = person(tx, "Mei")
    number = rung(tx, setup, mei, confirmed=False)
    assert all(OPEN in line for line in said(tx, setup, number))
    possible_dangers.confirm(tx, mei, number)
    assert all("DANGER" in line and OPEN not in line for line in said(tx, setup, number))


@in_transaction
def test_what_is_part_of_it_counts(tx: Transaction, setup: Setup) -> None:
    say, wei = setup.speaker("en"), person(tx, "Wei", Role.STAFF)
    lamp = submitting.submit(tx, setup.community, person(tx, "Ann"), NewReport([NewPart("text", text="a lamp")]))
    assert danger_card_words.mark(tx, say, reports.existing(tx, lamp)) is None
    merging.merge(tx, setup.community, wei, rung(tx, setup, person(tx, "Mei"), confirmed=False), lamp)
    assert all(OPEN in line for line in said(tx, setup, lamp))
    merging.merge(tx, setup.community, wei, rung(tx, setup, person(tx, "Bo"), confirmed=True), lamp)
    assert all(OPEN not in line and "DANGER" in line for line in said(tx, setup, lamp)), "one of them is certain"
