"""Which parts of a report are to be written down: what was spoken, and nothing else."""

from domain.community import Community
from domain.events import ReportSubmitted
from services.reports import saying_more, submitting, transcribing
from services.reports.submitting import NewReport
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from storage.reports import reports
from storage.reports.reports import NewPart
from tests.services.reporting import words
from tests.support import in_transaction, person


@in_transaction
def test_the_spoken_parts_of_a_report_are_due_each_once(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    files = [NewPart(kind, None, f"file-{kind}", kind) for kind in ("voice", "audio", "video_note", "video", "photo")]
    number = submitting.submit(tx, community, mei, NewReport([*words(), *files]))
    saying_more.add(tx, community, mei, number, [NewPart("voice", None, "later", "later")])
    for _ in range(2):
        transcribing.plan(tx, ReportSubmitted(actor=mei.id, report=number))
    rows = tx.query("SELECT subject FROM scheduled_tasks WHERE kind = ? ORDER BY id", (transcribing.KIND,))
    spoken = [part.id for part in reports.parts(tx, number) if part.kind in transcribing.SPOKEN][:3]
    assert [row["subject"] for row in rows] == [f"part:{number}" for number in spoken]
    assert scheduled_tasks.planned(tx, f"{transcribing.KIND}:{spoken[0]}") == tx.now
