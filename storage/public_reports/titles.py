"""Titles that staff wrote for everybody to read, with every wording a report had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.language.words import Words
from domain.public_reports.titles import FOR_ALL
from storage.core.database import Transaction
from storage.core.instants import to_text
from storage.reports import supports


@dataclass(frozen=True)
class Title:
    """One of them: of which report, who wrote it, and how it reads by language (one for all: under no language)."""

    id: int
    report: int
    by: int
    words: Words

    def in_(self, language: str) -> str:
        """How it reads in a language; in the one it was written in where there is no other."""
        return self.words.in_(language)

    @property
    def for_all(self) -> bool:
        """Whether it reads the same in every language."""
        return len(self.words.texts) == 1


def add(tx: Transaction, report: int, by: int, words: Mapping[str, str]) -> int:
    """Keep a title, which nobody else reads yet; `words` by language. Returns its number."""
    title = tx.insert(
        "INSERT INTO public_titles (report, by, written_at) VALUES (?, ?, ?)", (report, by, to_text(tx.now))
    )
    tx.many(
        "INSERT INTO public_title_words (title, language, words) VALUES (?, ?, ?)",
        [(title, language, each) for language, each in words.items()],
    )
    return title


def by_id(tx: Transaction, title: int) -> Title | None:
    """The title with that number, or None."""
    return some(tx, [title]).get(title)


def some(tx: Transaction, titles: Sequence[int]) -> dict[int, Title]:
    """These titles, by number."""
    if not titles:
        return {}
    marks = ", ".join("?" for _ in titles)
    rows = tx.query(
        "SELECT public_titles.id, report, by, language, words FROM public_titles "
        f"JOIN public_title_words ON title = public_titles.id WHERE public_titles.id IN ({marks}) ORDER BY language",
        tuple(titles),
    )
    texts: dict[int, dict[str, str]] = {}
    for row in rows:
        texts.setdefault(row["id"], {})[row["language"] or FOR_ALL] = row["words"]
    return {row["id"]: Title(row["id"], row["report"], row["by"], Words.of(texts[row["id"]])) for row in rows}


def names_near(tx: Transaction, report: int) -> list[str]:
    """The names of everybody who spoke about a report, and of the whole team: none of them belongs in its title."""
    rows = tx.query(
        f"{supports.SPOKE} SELECT name, username FROM people WHERE id IN (SELECT person FROM spoke) "
        "OR id IN (SELECT person FROM roles)",
        {"report": report},
    )
    return [name for row in rows for name in (row["name"], row["username"]) if name]


def words_said(tx: Transaction, report: int, purposes: Sequence[str]) -> list[str]:
    """All words of a report, and of those that are part of it, that have one of these purposes."""
    marks = ", ".join("?" for _ in purposes)
    rows = tx.query(
        "SELECT text FROM report_parts JOIN reports ON reports.id = report_parts.report "
        f"WHERE (reports.id = ? OR reports.merged_into = ?) AND text IS NOT NULL AND purpose IN ({marks})",
        (report, report, *purposes),
    )
    return [row["text"] for row in rows]
