"""What a reply to a reminder says of a pledge: kept, not kept, partly, not this time; or it asks, or is not certain.

Clause by clause is looked for what it says (`reply_marks`), and then they are weighed against each other. A reading
that flatters is never the default: "kept" wants a deed that is told, and nothing anywhere in the reply that could take
it back. What two neighbours could read in two ways is asked about by buttons: a tap costs little, and what is recorded
is public.
"""

import re

from domain.language.exact_numbers import DIGITS, ENGLISH
from domain.language.phrases import fold
from domain.pledges.plain_replies import GOOD, LONGEST, Reading, plain, without_signs
from domain.pledges.reply_marks import Clause, Mark, clauses
from domain.pledges.reply_words import AHEAD, IS_OVER_ZH

__all__ = ["LONGEST", "Reading", "denies", "only_counts", "read"]

_ONLY_COUNTS = re.compile(r"\+?\d{1,9}", re.ASCII)
_DENIES = re.compile(
    r"\b(?:cancel|postpon|call(?:ed)? (?:it )?off|f[ae]ll through|scrapped|did(?: not|n'?t)|could(?: not|n'?t)"
    r"|was(?: not|n'?t)|have(?: not|n'?t)|not (?:done"
    r"|true|kept)|nobody"
    r"|no ?one|mistake|by accident|wrong (?:button|day|one)|never (?:happened|came))|取消|没有?(?:做|去|来|弄|搞"
    r"|写|扫|办|人)|泡汤|黄了|吹了|停课|鸽了|散了|按错|点错|弄错|搞错"
    r"|说错|记错|其实没|作废|延期|推迟|改期"
)


def read(words: str, promised: str = "") -> Reading:
    """What words about one time of a pledge say, `promised` being its own words; UNSURE where nobody could be sure.

    Whether a deed was the one that was promised is only known by these: without them far fewer are believed.
    """
    plainly = plain(words)
    if plainly is Reading.YES or len(words) > LONGEST:
        return plainly
    told = without_signs(words)
    if told is None:
        return Reading.UNSURE
    said = list(clauses(told.replace(GOOD, ". done. "), fold(promised[:LONGEST])))
    weighed = _weigh(said)
    if weighed is Reading.YES and (not promised or "?" in told):
        return Reading.UNSURE
    return weighed if weighed is not Reading.UNSURE or plainly is not Reading.NO else plainly


def denies(words: str) -> bool:
    """Whether words that come after a yes may take it back."""
    return read(words) not in (Reading.YES, Reading.UNSURE, Reading.QUESTION) or (
        _DENIES.search(fold(words[:LONGEST])) is not None
    )


def only_counts(words: str) -> bool:
    """Whether a reply is a number and no more, which is counted and need not be shown to anybody."""
    return _ONLY_COUNTS.fullmatch(fold(words).strip()) is not None


def _weigh(said: list[Clause]) -> Reading:
    told = [each for each in said if each.marks != {Mark.FILLER}]
    if any(each.has(Mark.ASKS) for each in told):
        return _with_question(told)
    no, kept = _any(told, Mark.NO), any(each.has(Mark.KEPT, Mark.BARE) for each in told)
    if _any(told, Mark.QUIT):
        return Reading.UNSURE if _any(told, Mark.KEPT) else Reading.NO
    if not told or _any(told, Mark.UNKNOWN) or any(len(_NEGATIONS.findall(each.text)) > 1 for each in told):
        return Reading.UNSURE  # "I did not not do it"
    if _any(told, Mark.OTHER):
        return Reading.NO if no else Reading.UNSURE
    if _is_part(said, told, kept):
        return Reading.PARTLY
    if _any(told, Mark.UNNEEDED) and not kept:
        return Reading.UNSURE
    if no and kept:
        return _both(told)
    if _is_another_time(told, no):
        return Reading.UNSURE if kept else Reading.NOT_THIS_TIME
    return _not(told) if no else _kept(told, said) if kept else Reading.UNSURE


def _is_part(said: list[Clause], told: list[Clause], kept: bool) -> bool:
    if _any(told, Mark.PART):
        return not (_any(told, Mark.AWAY) and _any(told, Mark.AGAIN))
    return kept and any(each.after_but and _EXCEPTED.fullmatch(each.text) for each in said)


def _is_another_time(told: list[Clause], no: bool) -> bool:
    """Whether it was not to be this once: it goes on, or could not be for a reason that is told."""
    away = _any(told, Mark.AWAY)
    if _any(told, Mark.AGAIN):
        return no or away or _goes_on_later(told)
    return _any(told, Mark.CANNOT) and _any(told, Mark.THIS_TIME) and (away or len(told) > 1)


def _not(told: list[Clause]) -> Reading:
    """A no, unless it is still to come, or was called off for a reason: that may be "not this time" as well."""
    only_called_off = all(each.has(Mark.CALLED_OFF) for each in told if each.has(Mark.NO))
    if _any(told, Mark.LATER) or (told[-1].has(Mark.DOUBT) and told[-1].after_but):
        return Reading.UNSURE
    return Reading.UNSURE if only_called_off and _any(told, Mark.AWAY) else Reading.NO


def _kept(told: list[Clause], said: list[Clause]) -> Reading:
    last = told[-1]
    if last.after_but and not last.is_doubtful and _is_kept(told[-1:], said[-1:]):
        return Reading.YES  # "it poured, but we went"
    return Reading.YES if _is_kept(told, said) else Reading.UNSURE


def _with_question(told: list[Clause]) -> Reading:
    """A question is never a yes, whatever stands beside it."""
    others = [each for each in told if not each.has(Mark.ASKS)]
    if any(each.has(Mark.KEPT, Mark.BARE, Mark.PART, Mark.NO, Mark.QUIT, Mark.AGAIN) for each in others):
        return Reading.UNSURE
    return Reading.QUESTION


def _both(told: list[Clause]) -> Reading:
    """Something was kept and something was not: part of it, unless the last word takes back what came before."""
    last = told[-1]
    named = [each for each in told if each.has(Mark.KEPT)]
    if any(each.has(Mark.KEPT) and each.has(Mark.NO) for each in told):
        return Reading.UNSURE
    if any(each.has(Mark.LATER) for each in told):
        return Reading.UNSURE
    if last.has(Mark.NO):
        if not named:
            return Reading.NO
        if last.after_but and len(told) <= 2 and not _DAY.search(last.text) and _ONLY_NO.fullmatch(last.text):
            return Reading.UNSURE
        return Reading.PARTLY
    if last.after_but or any(each.has(Mark.DOUBT, Mark.LATER) for each in told):
        return Reading.UNSURE
    return Reading.PARTLY


def _goes_on_later(told: list[Clause]) -> bool:
    """Whether it is put off, and something else is told that it is put off for."""
    others = [each for each in told if not each.has(Mark.AGAIN)]
    return bool(others) and not any(each.has(Mark.LATER, Mark.DOUBT) for each in others)


def _is_kept(told: list[Clause], said: list[Clause]) -> bool:
    """Whether nothing beside a yes could take it back. A mere yes bears less beside it than a deed that is told."""
    if _any(told, Mark.DOUBT) or _any(told, Mark.LATER) or _any(told, Mark.AGAIN):
        return False
    if any(each.is_doubtful or each.has(Mark.AWAY) for each in told):
        return False
    deeds = [each for each in told if each.has(Mark.KEPT)]
    if deeds and all(
        AHEAD.search(each.text) and not IS_OVER_ZH.search(each.text) and not each.text.isascii() for each in deeds
    ):
        return False  # Chinese has no tense: 今晚做完 may be a plan
    if not deeds and any(AHEAD.search(each.text) and not _GOES_ON.search(each.text) for each in said):
        return False
    others = [each for each in told if not each.has(Mark.KEPT, Mark.BARE, Mark.FILLER)]
    if not deeds:
        return not others or _GOES_ON.search(others[0].text) is not None
    return not any(_COUNTED.search(each.text) for each in others)


_COUNTED = re.compile(
    rf"^(?:{DIGITS}|{ENGLISH}) (?:had|have|were|was|are|is|wanted|needed|asked|signed|did|left|still"
    rf"|more)\b"
)
"""Another number beside a deed may be how many it should have been."""
_ONLY_NO = re.compile(r"(?:(?:i|we|it|then) )*[a-z']+(?: (?:not|it|so|to|do it|make it))*|.{1,4}")
"""A no that does not say of what."""
_NEGATIONS = re.compile(r"\bnot\b|n't\b")
_EXCEPTED = re.compile(
    r"(?:for |not )?(?:the |on )?[a-z]+(?:day)?(?: [a-z]+)?(?<!happy)(?<!fine)(?<!good)(?<!worth it)"
)
"""After a "but": "every day but Sunday"."""
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|once|twice|second|other|周[一二三四五六日天]|另|其")
_GOES_ON = re.compile(
    r"^(?:with|as|like|every|despite|again|and then|and (?:my|she|he|her|his|they|the|we|it|everybody"
    r"|everyone|all)|and (?:he|she|it|they)'s|(?:the )?(?:kids|children|seniors|people|neighbou?rs"
    r"|guests|residents) (?:loved|liked|enjoyed|came|were)|even|also|they|all|both|we|everybody"
    r"|everyone|two|three"
    r"|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+|(?:it was )?(?:great|lovely|happy"
    r"|beautiful|fun|wonderful|busy|full|packed|good|nice))\b(?!.{0,60}\b(?:moved|left|went|passed|resigned"
    r"|power|hall|teacher)\b)"
)
"""How what only tells more of it begins: "Yes, they danced", "yes, and my feet hurt"."""


def _any(told: list[Clause], mark: Mark) -> bool:
    return any(each.has(mark) for each in told)
