"""What the people in a project say of it: whether it is fixed."""

from dataclasses import dataclass

from storage.core.database import Transaction


@dataclass(frozen=True)
class Said:
    """How many people say that it is not fixed, that it is, and nothing yet; and how many could not be asked.

    Each person once: who says of one of their reports that it is not fixed says so, and who has answered for all of
    them that it is says that it is.
    """

    no: int
    yes: int
    silent: int
    unasked: int

    @property
    def asked(self) -> int:
        """Everybody whom it concerns."""
        return self.no + self.yes + self.silent + self.unasked


def said(tx: Transaction, project: int) -> Said:
    """By the last question that was put about each report in it."""
    row = tx.one(
        "SELECT count(*) FILTER (WHERE noes > 0) AS no, "
        "count(*) FILTER (WHERE noes = 0 AND yeses = questions) AS yes, "
        "count(*) FILTER (WHERE noes = 0 AND yeses < questions AND reached > 0) AS silent, "
        "count(*) FILTER (WHERE noes = 0 AND yeses < questions AND reached = 0) AS unasked FROM ("
        "SELECT verdicts.person, count(*) AS questions, count(*) FILTER (WHERE answer = 'no') AS noes, "
        "count(*) FILTER (WHERE answer = 'yes') AS yeses, count(asked_at) AS reached "
        "FROM reports JOIN verdicts ON verdicts.report = reports.id AND verdicts.round = reports.rounds "
        "WHERE reports.project = ? GROUP BY verdicts.person) AS said",
        (project,),
    )
    assert row is not None
    return Said(**dict(row))
