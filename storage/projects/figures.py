"""Of how many people a project is: the true numbers, and what its public page says of them."""

from dataclasses import dataclass
from datetime import datetime

from domain.projects.disclosure import Answers, Published
from storage.core.database import Transaction
from storage.core.instants import from_text, from_text_or_none, to_text
from storage.projects import members


@dataclass(frozen=True)
class Figures:
    """What a page says, when people were counted, and since when it says these answers."""

    said: Published
    counted_at: datetime
    answers_at: datetime | None


def published(tx: Transaction, project: int) -> Figures | None:
    """What the page says; None while it says nothing."""
    row = tx.one(
        "SELECT people, project_figures.fixed, project_figures.not_fixed, some, counted_at, published_at "
        "FROM project_figures LEFT JOIN project_answers ON project_answers.project = project_figures.project "
        "AND project_answers.fixed = project_figures.fixed AND project_answers.not_fixed = project_figures.not_fixed "
        "WHERE project_figures.project = ?",
        (project,),
    )
    if row is None:
        return None
    answers = None if row["fixed"] is None else Answers(row["fixed"], row["not_fixed"])
    said = Published(row["people"], answers, bool(row["some"]))
    return Figures(said, from_text(row["counted_at"]), from_text_or_none(row["published_at"]))


def earlier(tx: Transaction, project: int) -> list[Answers]:
    """All answers the page ever said."""
    rows = tx.query("SELECT fixed, not_fixed FROM project_answers WHERE project = ?", (project,))
    return [Answers(row["fixed"], row["not_fixed"]) for row in rows]


def publish(tx: Transaction, project: int, said: Published) -> None:
    """It says so from now on."""
    fixed, not_fixed = (said.answers.fixed, said.answers.not_fixed) if said.answers else (None, None)
    tx.execute(
        "INSERT INTO project_figures (project, people, fixed, not_fixed, some, counted_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (project) DO UPDATE SET people = excluded.people, fixed = excluded.fixed, "
        "not_fixed = excluded.not_fixed, some = excluded.some, counted_at = excluded.counted_at",
        (project, said.people, fixed, not_fixed, int(said.some), to_text(tx.now)),
    )
    if said.answers is not None:
        tx.execute(
            "INSERT INTO project_answers (project, fixed, not_fixed, published_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (project, fixed, not_fixed, to_text(tx.now)),
        )


def people(tx: Transaction, project: int) -> int:
    """How many people stand behind the reports in it, each counted once."""
    return members.count_people(tx, project)


def answers(tx: Transaction, project: int) -> Answers:
    """How many people say that it is fixed, and how many that it is not, by what each said last of each report.

    Who says of one of theirs that it is not says so. What was said before there was the project does not count.
    """
    row = tx.one(
        "SELECT count(*) FILTER (WHERE noes = 0) AS fixed, count(*) FILTER (WHERE noes > 0) AS not_fixed FROM ("
        "SELECT verdicts.person, count(*) FILTER (WHERE answer = 'no') AS noes FROM verdicts "
        "JOIN reports ON reports.id = verdicts.report JOIN projects ON projects.id = reports.project "
        "WHERE projects.id = :project AND answer IS NOT NULL AND answered_at >= projects.created_at "
        "AND NOT EXISTS (SELECT 1 FROM verdicts later WHERE later.report = verdicts.report "
        "AND later.person = verdicts.person AND later.round > verdicts.round AND later.answer IS NOT NULL) "
        "GROUP BY verdicts.person) AS said",
        {"project": project},
    )
    assert row is not None
    return Answers(int(row["fixed"]), int(row["not_fixed"]))
