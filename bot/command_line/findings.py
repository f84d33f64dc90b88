"""One line of what `check` has to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """A plain sentence with its mark: "wrong" needs mending, "note" is good to know."""

    mark: Literal["ok", "wrong", "note"]
    sentence: str

    def __str__(self) -> str:
        return f"{self.mark:<6}{self.sentence}"


def ok(sentence: str) -> Finding:
    """All is well here."""
    return Finding("ok", sentence)


def wrong(sentence: str) -> Finding:
    """This must be mended; the sentence says how."""
    return Finding("wrong", sentence)


def note(sentence: str) -> Finding:
    """Good to know; nothing need be done."""
    return Finding("note", sentence)
