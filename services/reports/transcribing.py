"""Spoken parts of a report to be written down; bot/background/transcriber.py does it where the operator wants it."""

from domain.core.parts import PartKind
from domain.core.subjects import subject
from domain.events import ReportSubmitted
from domain.reports.part_purposes import PartPurpose
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.reports import reports

KIND = "transcribe"
SPOKEN = (PartKind.VOICE, PartKind.AUDIO, PartKind.VIDEO_NOTE)


def plan(tx: Transaction, event: ReportSubmitted) -> None:
    """A report came: its spoken parts are due."""
    for part in reports.parts(tx, event.report):
        if part.purpose == PartPurpose.REPORT and part.kind in SPOKEN:
            scheduled_tasks.plan(tx, KIND, subject("part", part.id), tx.now, f"{KIND}:{part.id}")
