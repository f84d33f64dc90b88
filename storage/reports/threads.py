"""What is said of reports in answer to something said to many: where staff read it, and who said it.

A thread is named by what is answered (`project:3`). In the staff group each report has one message in it (a card),
below which stands all that is said in answer; of each it is known whose words these are.
"""

from domain.reports.part_purposes import PartPurpose
from storage.core.database import Transaction
from storage.core.messages import CardRole, Message, Purpose
from storage.reports import answers, reports


def purpose(thread: str, person: int | None = None) -> str:
    """The purpose of a message that belongs to it; `person`: of what staff read, whose words these are."""
    return f"{Purpose.THREAD}{thread}" if person is None else f"{Purpose.THREAD}{thread}:{person}"


def role(thread: str) -> str:
    """The role of the card below which staff read what is said of one report."""
    return f"{CardRole.THREAD}{thread}"


def speaker(kept: str) -> tuple[str, int] | None:
    """The thread, and whose words staff read in a message with that purpose; None for any other message."""
    kind, _, rest = kept.partition(":")
    thread, _, person = rest.rpartition(":")
    # Without a person the thread is a kind and a number only.
    return (thread, int(person)) if f"{kind}:" == Purpose.THREAD and ":" in thread and person.isdecimal() else None


def of_message(tx: Transaction, message: Message) -> str | None:
    """The thread to which a message in a private chat belongs: somebody's own answer, what they were told then, or what
    was written back to them alone; None for any other."""
    if message.purpose.startswith(Purpose.THREAD):
        return message.purpose.removeprefix(Purpose.THREAD)
    first = answers.first_of(tx, message.card) if message.card is not None else None
    answer = reports.part(tx, first) if first is not None else None
    if answer is None or message.subject is None or answer.purpose != PartPurpose.ALONE:
        return None
    return newest_of(tx, message.subject)


def newest_of(tx: Transaction, about: str) -> str | None:
    """The thread in which something about a report (`report:12`) was said last ; None when nothing was."""
    row = tx.one(
        "SELECT role FROM cards WHERE subject = ? AND role >= 'thread:' AND role < 'thread;' ORDER BY id DESC LIMIT 1",
        (about,),
    )
    return str(row["role"]).removeprefix(CardRole.THREAD) if row is not None else None
