"""Who was asked whether a report is fixed, round by round, and what they said."""

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from domain.core.stored import Stored
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports.supports import SPOKE


class VerdictAnswer(Stored, StrEnum, kept_in="verdicts.answer"):
    """Whether it is fixed, as somebody says."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Verdict:
    """One person's, of one round. `asked_at` is None when they could not be reached; `answer` is yes, no or None."""

    person: int
    asked_at: str | None
    reminded: bool
    answer: str | None
    content: bool | None


@dataclass(frozen=True)
class Tally:
    """How many of one round said what."""

    yes: int
    no: int
    silent: int
    unasked: int


_AWAITED = (
    "person = :person AND answer IS NULL AND EXISTS (SELECT 1 FROM reports WHERE reports.id = verdicts.report "
    "AND reports.rounds = verdicts.round AND reports.state = 'resolved')"
)


def ask(tx: Transaction, report: int, round_: int, whose: int) -> tuple[int, ...]:
    """Keep that everybody who spoke about `whose` (the report, or one merged into it) is asked, or cannot be.

    Returns the people of whom it was not kept in this round before.
    """
    rows = tx.query(
        f"{SPOKE} INSERT INTO verdicts (report, round, person, asked_at) "
        "SELECT :whole, :round, spoke.person, CASE WHEN chats.id IS NOT NULL THEN :now END FROM spoke "
        "JOIN people ON people.id = spoke.person LEFT JOIN chats ON chats.telegram_id = people.telegram_id "
        "AND people.started AND chats.unreachable IS NULL WHERE true ON CONFLICT DO NOTHING RETURNING person",
        {"report": whose, "whole": report, "round": round_, "now": to_text(tx.now)},
    )
    return tuple(int(row["person"]) for row in rows)


def of(tx: Transaction, report: int, round_: int, person: int) -> Verdict | None:
    """What somebody said in that round, or None when they were not among those to be asked."""
    row = tx.one("SELECT * FROM verdicts WHERE report = ? AND round = ? AND person = ?", (report, round_, person))
    return None if row is None else _verdict(row)


def answer(tx: Transaction, report: int, round_: int, person: int, said: str) -> None:
    """Keep what somebody says; whoever joined after the question was asked counts as asked now."""
    now = to_text(tx.now)
    tx.execute(
        "INSERT INTO verdicts (report, round, person, asked_at, answer, answered_at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at",
        (report, round_, person, now, said, now),
    )


def forget_open(tx: Transaction, report: int, person: int) -> None:
    """Whoever has nothing to do with it any more owes no answer; what they have said stays."""
    tx.execute("DELETE FROM verdicts WHERE report = ? AND person = ? AND answer IS NULL", (report, person))


def set_content(tx: Transaction, report: int, round_: int, person: int, content: bool) -> None:
    """Keep whether somebody is content with how it was handled."""
    tx.execute(
        "UPDATE verdicts SET content = ? WHERE report = ? AND round = ? AND person = ?",
        (int(content), report, round_, person),
    )


def remind(tx: Transaction, report: int, round_: int) -> bool:
    """Note that all who were asked and said nothing are asked once more now; False when there is nobody."""
    return (
        tx.execute(
            "UPDATE verdicts SET reminded_at = ? WHERE report = ? AND round = ? AND asked_at IS NOT NULL "
            "AND answer IS NULL AND reminded_at IS NULL",
            (to_text(tx.now), report, round_),
        ).rowcount
        > 0
    )


def tally(tx: Transaction, report: int, round_: int) -> Tally:
    """How many said what in that round."""
    row = tx.one(
        "SELECT count(*) FILTER (WHERE answer = 'yes') AS yes, count(*) FILTER (WHERE answer = 'no') AS no, "
        "count(*) FILTER (WHERE answer IS NULL AND asked_at IS NOT NULL) AS silent, "
        "count(*) FILTER (WHERE answer IS NULL AND asked_at IS NULL) AS unasked "
        "FROM verdicts WHERE report = ? AND round = ?",
        (report, round_),
    )
    assert row is not None
    return Tally(**dict(row))


def reach(tx: Transaction, person: int, *, reached: bool) -> None:
    """What is sent to somebody arrives again, or does not: so does what they are asked at present."""
    tx.execute(
        f"UPDATE verdicts SET asked_at = :now WHERE {_AWAITED} AND (asked_at IS NULL) = :reached",
        {"now": to_text(tx.now) if reached else None, "person": person, "reached": int(reached)},
    )


def awaited(tx: Transaction, person: int) -> list[int]:
    """The reports whose open question somebody has not answered, whether or not it could be sent to them."""
    rows = tx.query(f"SELECT report FROM verdicts WHERE {_AWAITED} ORDER BY report", {"person": person})
    return [int(row["report"]) for row in rows]


def _verdict(row: sqlite3.Row) -> Verdict:
    return Verdict(
        person=row["person"],
        asked_at=row["asked_at"],
        reminded=row["reminded_at"] is not None,
        answer=row["answer"],
        content=None if row["content"] is None else bool(row["content"]),
    )
