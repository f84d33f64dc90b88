"""What tests of reports share: a report, the state it is in, and time in which what is due happens."""

import json
from datetime import timedelta
from typing import Any

from domain.community import Community
from domain.reports.reports import State
from services.reports import deadlines, handing_on, submitting, verdicts
from services.reports.submitting import NewReport
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.core.instants import from_text
from storage.people.people import Person
from storage.reports import reports as store
from storage.reports.reports import NewPart, Report

TASKS = {
    deadlines.KIND: deadlines.run_due,
    verdicts.KIND: verdicts.run_due,
    handing_on.KIND: lambda tx, community, about, _data: handing_on.run_due(tx, community, about),
}


def words(text: str = "The lamp is dark") -> list[NewPart]:
    """A text as it comes from a chat."""
    return [NewPart("text", text=text)]


def submitted(tx: Transaction, community: Community, by: Person, text: str = "The lamp is dark", **more: Any) -> int:
    """Somebody reports something; its number."""
    return submitting.submit(tx, community, by, NewReport(words(text), **more))


def known(tx: Transaction, number: int) -> Report:
    """The report as it is now."""
    found = store.by_id(tx, number)
    assert found is not None
    return found


def stands(tx: Transaction, number: int, state: State) -> None:
    """It is in that state now, whatever led there."""
    store.move(tx, known(tx, number), state, known(tx, number).assignee, known(tx, number).rounds)


def texts(tx: Transaction, number: int, purpose: str) -> list[str | None]:
    """What was said about it for that purpose, the oldest first."""
    return [part.text for part in store.parts(tx, number) if part.purpose == purpose]


def passes(tx: Transaction, community: Community, **length: float) -> None:
    """So much time passes, and what is due of reports happens, each at its time."""
    end = tx.now + timedelta(**length)
    while row := tx.one("SELECT min(next_due) AS at FROM scheduled_tasks WHERE kind IN (?, ?, ?)", tuple(TASKS)):
        at = row["at"] and from_text(row["at"])
        if at is None or at > end:
            break
        tx.now = max(tx.now, at)
        for each in scheduled_tasks.claim(tx, TASKS, 100):
            scheduled_tasks.finished(tx, each["id"])
            TASKS[each["kind"]](tx, community, each["subject"], json.loads(each["data"]))
    tx.now = end
