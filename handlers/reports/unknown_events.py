"""Events kept under a name that is none any more: those who have not heard of one yet still do.

What it was is seen from what it left: staff's words, and where the report stands now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from domain import events
from domain.core.subjects import number_of
from domain.reports.reports import State
from services.reports import answering, declining
from storage.core.database import Transaction
from storage.reports import reports
from storage.reports.reports import Part


@dataclass(frozen=True, kw_only=True)
class Unknown(events.Event):
    """Something happened to a report; nobody knows what. It is planned on as it was kept."""

    subject_kind: ClassVar[str] = "report"
    report: int
    name: str
    fields: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The name it was kept under."""
        return self.name

    def data(self) -> dict[str, Any]:
        """What was kept of it."""
        return dict(self.fields)


Told = events.ReportEvent | Unknown
"""What those who spoke about a report hear of."""


def event(tx: Transaction, kind: str, about: str, actor: int | None, fields: dict[str, Any]) -> Told | None:
    """What those who have not heard of it yet are to be told; None when it is about no report."""
    number = number_of(about, "report")
    report = reports.by_id(tx, number) if number is not None else None
    if report is None:
        return None
    parts = reports.parts(tx, report.id)
    words = _words(parts, fields)
    ids = tuple(part.id for part in words)
    if report.state is State.RESOLVED:
        # Whoever has been asked in this round already is not asked twice.
        return events.ReportResolved(actor=actor, report=report.id, parts=_said_last(parts), round=report.rounds)
    if report.state is State.DECLINED and (why := declining.reason(tx, report.id)) is not None and why[0] in ids:
        return events.ReportDeclined(actor=actor, report=report.id, part=why[0], template=why[1])
    if words and all(part.purpose == answering.ANSWER for part in words):
        return events.ReportAnswered(actor=actor, report=report.id, parts=ids)
    return Unknown(actor=actor, report=report.id, name=kind, fields=fields)


def _said_last(parts: list[Part]) -> tuple[int, ...]:
    """What staff said when they last said that it is fixed: all of it was kept in the same instant."""
    said = [part for part in parts if part.purpose == answering.PROOF]
    return tuple(part.id for part in said if part.created_at == said[-1].created_at)


def _words(parts: list[Part], fields: dict[str, Any]) -> list[Part]:
    """What staff said with it, if they did, and had it sent to residents."""
    named = {fields.get("part"), *(fields["parts"] if isinstance(fields.get("parts"), list) else ())}
    public = (answering.ANSWER, answering.PROOF, declining.REASON)
    return [part for part in parts if part.id in named and part.purpose in public]
