"""Who is meant when an admin has the data of somebody else deleted: a person, by something that is theirs."""

from enum import StrEnum

from domain.core.stored import Stored
from storage.core.database import Transaction
from storage.pledges import pledges
from storage.repairs import repairs
from storage.reports import reports


class Theirs(Stored, StrEnum, kept_in="buttons that delete somebody's data: by what"):
    """By what somebody is named; nobody is named by their name."""

    REPORT = "report"  # they reported it
    REPAIR = "repair"  # they need it
    PROMISE = "promise"  # they made it


def person(tx: Transaction, theirs: Theirs, number: int) -> int | None:
    """Our number of who is meant; None where there is no such thing."""
    if theirs is Theirs.REPORT:
        report = reports.by_id(tx, number)
        return None if report is None else reports.writer(tx, report)
    if theirs is Theirs.REPAIR:
        repair = repairs.by_id(tx, number)
        return None if repair is None else repair.person
    promise = pledges.by_id(tx, number)
    return None if promise is None else promise.person
