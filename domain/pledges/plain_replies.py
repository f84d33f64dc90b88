"""The plainest replies to a reminder: those of which every clause is a known yes, a known no, or changes nothing."""

import re
import unicodedata
from enum import StrEnum

from domain.language.phrases import fold
from domain.pledges.reply_words import (
    AHEAD,
    BARE_YES,
    DOUBT,
    DOUBT_ZH,
    FILLER,
    GOOD_SIGNS,
    HARMLESS_ZH,
    IS_OVER_ZH,
    KIND_SIGNS,
    LONGEST_CLAUSE,
    MORE,
    NO,
    NO_SIGNS,
    NO_ZH,
    SAD_SIGNS,
    SORRY,
    YES,
    YES_ZH,
)

LONGEST = 300
"""Longer replies tell a story, and are asked about."""


class Reading(StrEnum):
    """What a reply says."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"
    NOT_THIS_TIME = "not this time"
    QUESTION = "question"
    UNSURE = "unsure"


GOOD, SAD = "✓", ". alas. "
"""What signs that say a yes are read as, and such as say that somebody is sorry."""

_BREAK = re.compile(r"[,.;:!\n\t、。…()\[\]\"“”「」—]|\s[-–]\s|[-–]{2,}| and (?=i |we |it |all )")
_ASKS = re.compile(r"[?]")


def plain(words: str) -> Reading:
    """YES or NO where words about one time of a pledge are nothing else; UNSURE where they say anything more."""
    clauses, good = plain_clauses(words)
    if clauses is None:
        return Reading.UNSURE
    by_clause = {clause: _one(clause) for clause in clauses}
    said = set(by_clause.values()) - {None}
    if good:
        said.add(Reading.YES)
    if said == {Reading.NO}:
        return Reading.NO
    if said != {Reading.YES} or any(is_doubtful(clause) for clause in clauses):
        return Reading.UNSURE
    bare = not good and all(BARE_YES.fullmatch(each) for each, reading in by_clause.items() if reading)
    for clause, reading in by_clause.items():
        if bare and (AHEAD.search(clause) or not (reading or _tells_more(clause))):
            return Reading.UNSURE
    return Reading.YES


def plain_clauses(words: str) -> tuple[list[str] | None, bool]:
    """The clauses of a reply, folded, and whether a sign says yes. None: too long, a question, an unknown sign."""
    told = without_signs(words)
    if told is None or SAD in told:
        return None, False
    good = GOOD in told
    told = told.replace(GOOD, "\n")
    if _ASKS.search(told):
        return None, False
    clauses = [" ".join(each.split()) for each in _BREAK.split(_whole_numbers(told))]
    clauses = [each for each in clauses if each]
    if any(len(each) > LONGEST_CLAUSE for each in clauses) or (not clauses and not good):
        return None, False
    return clauses, good


def without_signs(words: str) -> str | None:
    """A reply, folded, its signs put as words; None where it is too long, or has a sign nobody can be sure of."""
    if len(words) > LONGEST:
        return None
    text = []
    for letter in fold(words):
        if letter in GOOD_SIGNS:
            text.append(GOOD)
        elif letter in SAD_SIGNS:
            text.append(SAD)
        elif letter in NO_SIGNS and len(words.strip()) <= 2:
            text.append("no")
        elif letter in KIND_SIGNS or unicodedata.category(letter) in ("Mn", "Sk", "Cf", "Cc", "Zs", "Zl"):
            text.append(" " if letter != "\n" else letter)
        elif unicodedata.category(letter) == "So":
            return None
        else:
            text.append(letter)
    return "".join(text)


def _whole_numbers(text: str) -> str:
    """A comma or point between digits breaks no clause."""
    return re.sub(r"(?<=\d)[.,](?=\d)", "⁄", re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text))


def _one(clause: str) -> Reading | None:
    """What one clause says; None for one that says neither."""
    if NO.fullmatch(clause) or NO_ZH.fullmatch(clause):
        return Reading.NO
    if SORRY.fullmatch(clause) or FILLER.fullmatch(clause):
        return None
    bare = _without_courtesy(clause)
    if bare != clause:
        return _one(bare) if bare else None
    if (YES.fullmatch(clause) or YES_ZH.fullmatch(clause)) and not is_doubtful(clause):
        planned = YES_ZH.fullmatch(clause) and AHEAD.search(clause) and not IS_OVER_ZH.search(clause)
        return Reading.UNSURE if planned else Reading.YES
    return Reading.UNSURE if is_doubtful(clause) else None


_COURTESY = re.compile(
    r"^(?:(?:i'?m |i am )?(?:so |very |really )?sorry|unfortunately|sadly|hi|hello|thanks|well|oh|ok|okay|but)\b ?"
    r"|^(?:非常|很|真是?|实在)?(?:对不起|抱歉|不好意思|可惜|唉|哦|嗯)(?:了|啊)? ?"
    r"| (?:sorry|thanks|thank you|unfortunately|i'?m afraid|at all)$|(?:谢谢(?:您|你|大家)?|抱歉|不好意思)$"
)


def _without_courtesy(clause: str) -> str:
    return _COURTESY.sub("", clause).strip()


def _tells_more(clause: str) -> bool:
    """Whether a clause beside a yes is one of those that people add to it, and that change nothing of it."""
    for known in (FILLER, SORRY, MORE):
        if known.fullmatch(clause):
            return True
    bare = _without_courtesy(clause)
    return not bare or (bare != clause and _tells_more(bare))


_ALWAYS = frozenset("不没未别无") | {"no", "not", "never"}


def is_doubtful(clause: str, promised: str = "") -> bool:
    """Whether a clause has a word that makes a yes doubtful, other than those of the promise itself."""
    if FILLER.fullmatch(clause):
        return False
    found = (*DOUBT.finditer(clause), *DOUBT_ZH.finditer(HARMLESS_ZH.sub("", clause)))
    return any(each[0] in _ALWAYS or each[0] not in promised for each in found)
