"""The title staff write so that everybody can read what a report is about: what it must not hold.

It reminds, and cannot know everything: staff look at it once more before they release it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.language.letters import normalized, visible
from domain.language.phones import holds_number, plain_digits
from domain.notices.written_in import languages_of

LONGEST = 80
"""So many letters has a title at most: one line of a list."""
FOR_ALL = ""
"""The language of a title that is read in every language."""
_WORDS_ALIKE = 5
"""So many words in a row that the resident wrote as well are theirs."""
_CHARACTERS_ALIKE = 8
"""The same in Chinese, by characters."""
_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+")
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LONG_NUMBER = re.compile(r"\d{3,}")
_DOOR = re.compile(
    r"\b(?:flat|apartment|apt|door|room|unit|suite|house(?: number| no)?)\b\.? ?#?\d|#\d|\d ?(?:室|户|号房|门牌)|"
    r"\d ?[-‐–/] ?\d{1,6} ?[-‐–/] ?\d"
)


class Wrong(StrEnum):
    """What is the matter with a title."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY_LINES = "too_many_lines"
    COPIED = "copied"
    PHONE = "phone"
    DOOR = "door"
    NAME = "name"


class WrongTitle(Exception):
    """It cannot be shown to everybody: `wrong` says why."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


@dataclass(frozen=True)
class Known:
    """What a title is compared with: what people wrote of the report, and the names of those it could be about."""

    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def read(text: str, languages: Iterable[str], known: Known) -> dict[str, str]:
    """The title by language, or one for all of them; lines are languages. Raises WrongTitle."""
    lines = [" ".join(line.split()) for line in visible(text).splitlines() if line.strip()]
    if not lines:
        raise WrongTitle(Wrong.EMPTY)
    for line in lines:
        wrong = _wrong(line, known)
        if wrong is not None:
            raise WrongTitle(wrong)
    if len(lines) == 1:
        return {FOR_ALL: lines[0]}
    found = {language: line for line in lines for language in languages_of(line) if language in set(languages)}
    if len(found) != len(lines) or len(set(found.values())) != len(lines):
        raise WrongTitle(Wrong.TOO_MANY_LINES)
    return found


def _wrong(line: str, known: Known) -> Wrong | None:
    if len(line) > LONGEST:
        return Wrong.TOO_LONG
    if not _TOKEN.search(line):
        return Wrong.EMPTY
    if holds_number(line):
        return Wrong.PHONE
    digits = plain_digits(line)
    if _DOOR.search(digits) or _LONG_NUMBER.search(digits):
        return Wrong.DOOR
    if any(_names(line, name) for name in known.names):
        return Wrong.NAME
    return Wrong.COPIED if any(_copies(line, words) for words in known.words) else None


def _names(line: str, name: str) -> bool:
    """Whether a name stands there as it is written; a Chinese one anywhere, for no space divides words."""
    name = name.strip()
    if len(name) < 2 or not _TOKEN.search(name):
        return False
    if _CHINESE.search(name):
        return name in line
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) is not None


def _copies(line: str, words: str) -> bool:
    """Whether all of it, or a good piece, is what the resident wrote, whatever stands between the words."""
    mine, theirs = _tokens(line), _tokens(words)
    if mine == theirs:
        return True
    chinese = sum(map(bool, map(_CHINESE.fullmatch, mine))) > len(mine) / 2
    run = _CHARACTERS_ALIKE if chinese else _WORDS_ALIKE
    pieces = {tuple(theirs[at : at + run]) for at in range(len(theirs) - run + 1)}
    return any(tuple(mine[at : at + run]) in pieces for at in range(len(mine) - run + 1))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(normalized(visible(text)).casefold())
