"""Closed reports whose time is over: nobody knows any more whose they were, and every count stays as it is.

In place of each person who reported, joined or answered stands somebody who is nobody: a row of `people` with nothing
in it, the same few for all reports. Within a whole (a report and what is part of it, or a project) each person has one
of their own, so that as many people stand behind it as before; of two wholes nobody knows whether the same spoke.
"""

import json
from collections.abc import Collection
from datetime import datetime

from storage.core import dialect, unlinked
from storage.core.database import Transaction
from storage.core.instants import to_text

_REPORTS = dialect.each(":reports", "chosen")
_OF_THESE = f"SELECT value FROM {_REPORTS}"
_SUBJECTS = f"SELECT 'report:' || value FROM {_REPORTS}"
_OWN = "('report.submitted', 'report.joined', 'report.left', 'report.withdrawn')"
"""Events whose actor is who reported or joined; of what staff wrote down for somebody it is the member of staff."""
_NAMED = ("asked", "to", "heir", "spoke_for", "person")
"""Members of events of reports that are a person; who was asked when two became one is a list."""
_OF_A_REPORT = ("supports", "verdicts", "public_report_objections")
_STAND_IN = "FROM standing_in JOIN stand_ins ON stand_ins.number = standing_in.number"


def due(tx: Transaction, before: datetime, limit: int) -> list[int]:
    """Reports by themselves that were closed before that, with all that is part of them: the oldest first.

    None that is in a project (`due_project`), and none from which an open one goes on.
    """
    return tx.ids(
        f"SELECT id FROM {dialect.read_by('reports_with_names', 'reports')} WHERE closed_at < :before "
        "AND closed_at IS NOT NULL AND merged_into IS NULL AND project IS NULL AND nameless_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM reports AS later WHERE later.follows = reports.id AND later.closed_at IS NULL) "
        "AND NOT EXISTS (SELECT 1 FROM reports AS part WHERE part.merged_into = reports.id "
        "AND part.nameless_at IS NULL AND (part.project IS NOT NULL OR part.closed_at IS NULL)) "
        "ORDER BY closed_at, id LIMIT :limit",
        {"before": to_text(before), "limit": limit},
    )


def due_project(tx: Transaction, before: datetime) -> int | None:
    """A project that ended before that, and all of whose reports were closed before; None when there is none."""
    row = tx.one(
        f"SELECT DISTINCT project FROM {dialect.read_by('reports_of_project_with_names', 'reports')} "
        "WHERE project IS NOT NULL AND nameless_at IS NULL "
        "AND EXISTS (SELECT 1 FROM projects WHERE projects.id = reports.project AND projects.ended_at < :before) "
        "AND NOT EXISTS (SELECT 1 FROM reports AS other WHERE other.project = reports.project "
        "AND (other.closed_at IS NULL OR other.closed_at >= :before)) LIMIT 1",
        {"before": to_text(before)},
    )
    return None if row is None else int(row["project"])


def of_project(tx: Transaction, project: int) -> list[int]:
    """All reports of a project that have names yet, and what is part of them."""
    found = tx.ids("SELECT id FROM reports WHERE project = ? AND nameless_at IS NULL ORDER BY id", (project,))
    return with_parts(tx, found)


def with_parts(tx: Transaction, reports: Collection[int]) -> list[int]:
    """These, and the reports that are part of them and have names yet."""
    return tx.ids(
        f"SELECT value AS id FROM {_REPORTS} UNION SELECT id FROM reports WHERE merged_into IN ({_OF_THESE}) "
        "AND nameless_at IS NULL ORDER BY id",
        {"reports": json.dumps(list(reports))},
    )


def find_people(tx: Transaction, reports: Collection[int], *, together: bool) -> None:
    """Note who is to stand for whom in these reports; `together`: they are one whole, else each with its parts is."""
    whole = "0" if together else "coalesce(merged_into, id)"
    tx.execute(
        f"""INSERT INTO standing_in (report, person, number)
        WITH chosen_reports AS (SELECT id, person, recorded_by, {whole} AS whole FROM reports
            WHERE id IN ({_OF_THESE})),
        spoke AS (
            SELECT id AS report, person FROM chosen_reports
            UNION SELECT report, person FROM supports WHERE report IN ({_OF_THESE})
            UNION SELECT report, person FROM verdicts WHERE report IN ({_OF_THESE})
            UNION SELECT report, person FROM public_report_objections WHERE report IN ({_OF_THESE})
            UNION SELECT chosen_reports.id, dangers.person FROM chosen_reports
                JOIN dangers ON dangers.subject = 'report:' || chosen_reports.id
            UNION SELECT chosen_reports.id, events.actor FROM chosen_reports
                JOIN events ON events.subject = 'report:' || chosen_reports.id
                WHERE events.actor IS NOT NULL AND {dialect.differs("events.actor", "chosen_reports.recorded_by")}
                AND events.kind IN {_OWN}
        )
        SELECT report, spoke.person, dense_rank() OVER (PARTITION BY whole ORDER BY spoke.person)
        FROM spoke JOIN chosen_reports ON chosen_reports.id = spoke.report
        WHERE true ON CONFLICT (report, person) DO NOTHING""",
        {"reports": json.dumps(list(reports))},
    )
    _see_to_stand_ins(tx)


def have_photos(tx: Transaction, reports: Collection[int]) -> bool:
    """Whether a photo of a resident's in these was ever chosen to be shown to others."""
    parts = f"SELECT id FROM report_parts WHERE report IN ({_OF_THESE})"
    return any(
        tx.one(f"SELECT 1 FROM {table} WHERE part IN ({parts}) LIMIT 1", {"reports": json.dumps(list(reports))})
        for table in ("report_photos", "project_photos")
    )


def begun(tx: Transaction, limit: int) -> list[int]:
    """Of the reports for which it is noted who stands for whom the next that have names yet; not what was opened again
    since, nor what is part of that."""
    return tx.ids(
        "SELECT DISTINCT report AS id FROM standing_in JOIN reports ON reports.id = report WHERE nameless_at IS NULL "
        "AND closed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reports AS whole WHERE whole.id = reports.merged_into "
        "AND whole.closed_at IS NULL) ORDER BY report LIMIT ?",
        (limit,),
    )


def forget_people(tx: Transaction) -> None:
    """Who stood for whom is known to nobody any more."""
    tx.execute("DELETE FROM standing_in")


def _see_to_stand_ins(tx: Transaction) -> None:
    most = tx.number("SELECT coalesce(max(number), 0) FROM standing_in")
    for number in range(tx.number("SELECT count(*) FROM stand_ins") + 1, most + 1):
        person = tx.insert(
            "INSERT INTO people (name, language, created_at, forgotten_at) VALUES ('', 'en', :now, :now)",
            {"now": to_text(tx.now)},
        )
        tx.execute("INSERT INTO stand_ins (number, person) VALUES (?, ?)", (number, person))


def replace_people(tx: Transaction, reports: Collection[int]) -> None:
    """In these, nobody stands in the place of each person; no message or card leads from somebody's chat to them."""
    chosen = {"reports": json.dumps(list(reports)), "now": to_text(tx.now)}
    tx.execute(f"UPDATE reports SET nameless_at = :now WHERE id IN ({_OF_THESE})", chosen)
    for table, number in (("reports", "id"), *((each, "report") for each in _OF_A_REPORT)):
        tx.execute(
            f"UPDATE {table} SET person = stand_ins.person {_STAND_IN} WHERE {table}.{number} IN ({_OF_THESE}) "
            f"AND standing_in.report = {table}.{number} AND standing_in.person = {table}.person",
            chosen,
        )
    for table, column in (("dangers", "person"), ("events", "actor")):
        tx.execute(
            f"UPDATE {table} SET {column} = stand_ins.person {_STAND_IN} WHERE standing_in.report IN ({_OF_THESE}) "
            f"AND {table}.subject = 'report:' || standing_in.report AND standing_in.person = {table}.{column}",
            chosen,
        )
    for name in _NAMED:
        tx.execute(
            f"UPDATE events SET data = {dialect.with_member('data', name, 'stand_ins.person')} {_STAND_IN} "
            f"WHERE standing_in.report IN ({_OF_THESE}) AND events.subject = 'report:' || standing_in.report "
            f"AND {dialect.member('events.data', name)} = standing_in.person",
            chosen,
        )
    tx.execute(
        f"UPDATE {dialect.read_by('events_subject', 'events')} "
        f"SET data = {dialect.with_member('data', 'asked', dialect.JSON_EMPTY_LIST)} "
        f"WHERE subject IN ({_SUBJECTS}) AND kind = 'report.merged'",
        chosen,
    )
    unlinked.unlink(tx, "report", reports)


def forget_project(tx: Transaction, project: int) -> None:
    """Nobody knows any more who was told of a project, nor by which report of theirs."""
    tx.execute("DELETE FROM project_told WHERE project = ?", (project,))
    tx.execute(
        "UPDATE broadcast_recipients SET about = NULL WHERE broadcast IN "
        "(SELECT id FROM broadcasts WHERE subject = 'project:' || ?)",
        (project,),
    )
