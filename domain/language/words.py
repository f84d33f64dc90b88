"""A short text in the languages of a community."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def language_tag(tag: str) -> str:
    """Give a language tag the one form used everywhere: ``en-GB`` → ``en``, ``zh`` → ``zh_Hans``.

    Goes in: what Telegram, a community file or a person wrote. Comes out: a gettext style tag. Regions are
    dropped because texts differ by script, never by country.
    """
    language, *rest = tag.strip().replace("-", "_").split("_")
    language = language.lower()
    if language == "zh":
        return "zh_Hant" if _TRADITIONAL & {part.lower() for part in rest} else "zh_Hans"
    for part in rest:
        if len(part) == 4 and part.isalpha():
            return f"{language}_{part.title()}"
    return language


@dataclass(frozen=True)
class Words:
    """A short text in one or more languages, in the order given; the first is the one to fall back to."""

    texts: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if not self.texts:
            raise ValueError("words need at least one language")

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> Words:
        """Make words from a mapping of language tag to text; raises ValueError when it is empty."""
        return cls(tuple((language_tag(tag), text) for tag, text in texts.items()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages given, in their order."""
        return tuple(tag for tag, _ in self.texts)

    def in_(self, language: str) -> str:
        """Say it in this language, else in another script of it, else in the first language given."""
        wanted = language_tag(language)
        known = dict(self.texts)
        if wanted in known:
            return known[wanted]
        base = wanted.partition("_")[0]
        for tag, text in self.texts:
            if tag.partition("_")[0] == base:
                return text
        return self.texts[0][1]
