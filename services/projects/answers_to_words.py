"""What people answer to the words of a project's lead, and what is written back to one of them alone.

Their answers are additions to their own reports (services/reports/saying_more.py). Raises NotAllowed or NotFound.
"""

from collections.abc import Sequence

from services.projects.access import steered
from services.reports import answering
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports.reports import NewPart


def write_back(tx: Transaction, actor: Person, number: int, report: int, person: int, parts: Sequence[NewPart]) -> int:
    """Who leads the project, or staff, answer one person about their report; nobody else reads it. Returns the answer.

    NotFound: that person has nothing to do with the report any more.
    """
    steered(tx, actor, number)
    return answering.answer_alone(tx, actor, report, person, parts)
