"""What each clause of a reply to a reminder says, by lists of words (`reply_phrases_en.py`, `reply_phrases_zh.py`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.language.phrases import fold
from domain.pledges import kept_phrases_en
from domain.pledges import reply_phrases_en as english
from domain.pledges import reply_phrases_zh as chinese
from domain.pledges.past_forms import past_forms
from domain.pledges.plain_replies import is_doubtful
from domain.pledges.reply_words import FILLER, SORRY


class Mark(StrEnum):
    """Something a clause says."""

    NO = "no"  # it was not done
    CALLED_OFF = "called off"
    QUIT = "quit"  # it was not, and will not be any more
    PART = "part"
    KEPT = "kept"
    BARE = "bare"  # a yes that names no deed
    AWAY = "away"  # a reason nobody can help: ill, away, a locked hall
    AGAIN = "again"  # it goes on another time
    THIS_TIME = "this time"
    CANNOT = "cannot"  # it could not be this once
    DOUBT = "doubt"
    LATER = "later"  # it is still to come
    OTHER = "other"  # somebody else did it
    UNKNOWN = "unknown"  # they do not know themselves
    UNNEEDED = "unneeded"  # nobody called
    ASKS = "asks"
    FILLER = "filler"


@dataclass(frozen=True)
class Clause:
    """A clause, folded; whether it comes after a "but"; what it says."""

    text: str
    is_doubtful: bool
    """Whether a word in it could take a yes back."""
    after_but: bool
    marks: frozenset[Mark]

    def has(self, *marks: Mark) -> bool:
        """Whether it says any of these."""
        return not self.marks.isdisjoint(marks)


_LISTED = (
    Mark.NO, Mark.CALLED_OFF, Mark.QUIT, Mark.PART, Mark.BARE, Mark.AWAY, Mark.AGAIN, Mark.THIS_TIME, Mark.CANNOT,
    Mark.DOUBT, Mark.LATER, Mark.OTHER, Mark.UNNEEDED, Mark.UNKNOWN, Mark.ASKS,
)  # fmt: skip


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns))


_BY_MARK = {
    language: {mark: _any_of(getattr(words, mark.name)) for mark in _LISTED}
    for language, words in (("en", english), ("zh", chinese))
}
_KEPT_EN = _any_of(kept_phrases_en.KEPT)
_KEPT_ZH = [re.compile(each) for each in chinese.KEPT]
_HARMLESS_EN, _HARMLESS_ZH = _any_of(english.HARMLESS), _any_of(chinese.HARMLESS)
_CHINESE = re.compile("[\u3400-\u9fff]")
_SENTENCES = re.compile(r"(?<=[!?;\n。…])|(?<=[a-z\u3400-\u9fff)])\.(?:\s|$)")
_CLAUSES = re.compile(
    r"[,;:!?\n、。…()\[\]\"“”「」—]|\s[-–]\s|[-–]{2,}"
    r"|\band\b(?= (?:\d+|one|two|three|four|five) more\b)|\b(?:and|so)\b(?= (?:i|we|it|all|then|yes"
    r"|no)\b)|(?<=^yes) (?=and\b)|(?<=^yep) (?=and\b)|(?<=^yup) (?=and\b)"
    r"|(?<!\ball )(?<!every )(?=\b(?:but|though|although|however|only that)\b)"
    r"|(?=但是?|不过|可是|可惜|就是(?!说))|(?<=了)(?:,| )"
)
_BUT = re.compile(r"(?:but|although|however|only that|though)\b[,\s]*|但是?|不过|可是|可惜|就是")


def clauses(words: str, promised: str) -> Iterator[Clause]:
    """The clauses of a reply (folded) to a reminder of what was `promised` (folded), with what they say."""
    for sentence in _SENTENCES.split(words):
        asked = sentence.rstrip().endswith("?")
        told = [each for each in _CLAUSES.split(sentence) if each and each.strip(" .'?!")]
        for place, each in enumerate(told):
            text = each.lstrip()
            but = _BUT.match(text)
            text = text[but.end() :] if but else text
            text = " ".join(text.strip(" .'").rstrip("-").split())
            if text:
                yield _clause(text, but is not None, promised, asked and place == len(told) - 1)


def _clause(text: str, after_but: bool, promised: str, asked: bool) -> Clause:
    if FILLER.fullmatch(text) or SORRY.fullmatch(text):
        return Clause(text, False, after_but, frozenset({Mark.FILLER, Mark.ASKS} if asked else {Mark.FILLER}))
    is_chinese = _CHINESE.search(text) is not None
    left = (_HARMLESS_ZH if is_chinese else _HARMLESS_EN).sub(" ", text)
    found = {mark for mark, pattern in _BY_MARK["zh" if is_chinese else "en"].items() if pattern.search(left)}
    if Mark.CALLED_OFF in found:
        found.add(Mark.NO)
    if asked:
        found.add(Mark.ASKS)
    no = not found.isdisjoint({Mark.NO, Mark.QUIT})
    if Mark.AWAY not in found and (_kept_zh(left, promised, no) if is_chinese else _kept_en(text, left, promised, no)):
        found.add(Mark.KEPT)
    if Mark.AGAIN in found or (Mark.NO in found and text.startswith(("no ", "nobody "))):
        found.discard(Mark.KEPT)
    if left != text and not left.strip() and not found:
        found.add(Mark.FILLER)
    return Clause(text, is_doubtful(left, promised), after_but, frozenset(found))


def _kept_en(text: str, left: str, promised: str, no: bool) -> bool:
    """Beside a no only what cannot be meant otherwise is a deed that is told."""
    plain = _IS.sub(" is", text)
    return _KEPT_EN.search(plain) is not None or (
        not no and (_past(left, promised) or _tells(_IS.sub(" is", left), promised))
    )


def _kept_zh(text: str, promised: str, no: bool) -> bool:
    if no and _NO_FIRST.match(text):
        return False
    for pattern in _KEPT_ZH:
        for found in pattern.finditer(text):
            deed = found.groupdict().get("deed")
            if deed is None or deed in chinese.ANY_DEED or _promised_deed(deed, promised):
                return True
    return False


def _promised_deed(deed: str, promised: str) -> bool:
    same = (each for each in chinese.SAME_DEEDS if deed in each)
    return deed in promised or any(other in promised for group in same for other in group)


_IS = re.compile(r"(?<=[a-z])'s\b(?= (?:all |now |already )?[a-z]+$)")
_NO_FIRST = re.compile("懒得|不想|没|不|忘")
_SOMEBODY = re.compile(r"(?:he|she|they|you|somebody|someone|nobody|my \w+|his \w+|her \w+|i was|to|if|who)\b")


def _past(text: str, promised: str) -> bool:
    """Whether a clause tells in the past tense what was promised: of "sing at the home", "we sang three songs"."""
    told = re.findall(r"[a-z]+", text)[:12]
    return any(each in _told(promised) for each in told) and not _SOMEBODY.match(text)


_TELLS = re.compile(
    rf"^(?:(?:yes|i|we|just|already|also|all|they|everyone|everybody|the (?:kids|children|seniors"
    rf"|people|neighbou?rs)|\w+ of us|both|still|\d+ \w+|(?:two|three|four|five|six|seven|eight|nine"
    rf"|ten|fourteen) \w+) )*(?:{kept_phrases_en.DEEDS})\b(?P<of>(?! to\b| no\b| not\b).*)"
)
_OF_IT = re.compile(
    r"\b(?:it|them|him|her|everyone|everybody|all|both|every|each|again|together|everything|usual"
    r"|always|until|till|on time|in the|with (?:him|her|them)|for (?:him|her|them|everyone)|full)\b"
)
_RESULT = re.compile(
    rf"^(?:the |my |our |all )*(?P<what>[a-z]+) (?:is|are|was|were|looks?|has been|have been|got"
    rf"|stays?)(?: (?:all|now|already|so|very|nice and|up|again|nicely|well))* (?:{kept_phrases_en.RESULTS})\b"
)


def _tells(text: str, promised: str) -> bool:
    """Whether a clause tells of a deed, or of what became of a thing, that the promise speaks of."""
    told = _TELLS.match(text)
    if told is not None and (_OF_IT.search(told["of"]) or any(_in(each, promised) for each in told["of"].split())):
        return True
    result = _RESULT.match(text)
    return result is not None and (
        result["what"] in ("it", "everything", "all", "they") or _in(result["what"], promised)
    )


def _in(word: str, promised: str) -> bool:
    return (
        len(word) > 3
        and not word.endswith("day")
        and re.search(rf"\b{re.escape(word[:5].rstrip('s'))}", promised) is not None
    )


@lru_cache(maxsize=512)
def _told(promised: str) -> frozenset[str]:
    return past_forms(re.findall(r"[a-z]+", fold(promised))[:40])
