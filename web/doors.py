"""The public pages a visitor can go to: what each is called, and what is found there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from speech.speaker import PlainSpeaker


@dataclass(frozen=True)
class Door:
    """One kind of page, by its address; its name, and in a sentence what is found there."""

    path: str
    name: Callable[[PlainSpeaker], str]
    words: Callable[[PlainSpeaker], str]


@dataclass(frozen=True)
class Way:
    """A link in the visitor's language."""

    address: str
    name: str
    words: str


def ways(doors: Sequence[Door], say: PlainSpeaker, said: str | None, but: str) -> list[Way]:
    """The links to all but the page at hand; `said` is the language the visitor's address names."""
    named = f"?lang={said}" if said else ""
    return [Way(f"{door.path}{named}", door.name(say), door.words(say)) for door in doors if door.path != but]
