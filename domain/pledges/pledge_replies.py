"""What a reply to a reminder says of a pledge: that it was kept, that it was not, or nothing that is certain.

A reading that flatters is never the default. What is not plainly a yes, a no or an exact number is asked about by
buttons, however likely it may be: a tap costs little, and what is recorded is public.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from domain.language.exact_numbers import CHINESE, DIGITS, ENGLISH, exact_number
from domain.language.phrases import fold
from domain.pledges.pledges import MOST
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
    NO_ZH,
    SORRY,
    YES,
    YES_ZH,
)

LONGEST = 300
"""Longer replies tell a story, and are asked about."""


class Reading(StrEnum):
    """What a reply plainly says."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Count:
    """What a reply about a number says: exactly so many, none (`NO`), or nothing certain."""

    reading: Reading
    amount: int = 0


_BREAK = re.compile(r"[,.;:!\n\t、。…()\[\]\"“”「」—]|\s[-–]\s|[-–]{2,}| and (?=i |we |it |all )")
_ASKS = re.compile(r"[?]")
_ONLY_COUNTS = re.compile(r"\+?\d{1,9}", re.ASCII)
_WHERE = re.compile(
    r"\b(?:for |in |at )?(?:building|bldg|block|house|unit|room|no\.?|number|stairwell|floor)\s?#?\s?\d{1,5}\b"
    r"|(?:给|在|为)?\d{1,5}(?:号楼|号|栋|幢|单元|室|座)"
    r"|\d{1,2}月\d{1,2}[日号]|(?:at |by )?\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b"
)
"""Numbers that name a house, a day or an hour, and count nothing."""
_MEASURE = "[副幅个次件张篇节堂场份盆棵把条户遍对套本首顿趟位盏扇杯束盒袋碗册瓶筐桶株根台辆桌]"
_WROTE = (
    "wrote|did|made|done|finished|completed|painted|planted|delivered|visited|taught|gave|cleaned|swept|mended|fixed"
    "|repaired|read|helped|collected|drew|sent|posted|hung|there are|held"
)
_AFTER = (
    r"(?: (?!(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|yuan|rmb|dollars?|percent|pm|am|people"
    r"|persons|came|come|attended|showed|turned|joined|guests|o'clock|each|every|to|or"
    r"|of)\b)[a-z'-]{1,20}){0,6}"
)
_COUNTS = re.compile(
    rf"(?:(?:today|yes|done|again|this week) ?:? ?)?(?:(?:i|we)(?:'ve| have)? )?(?:(?:just|already|only|did"
    rf"|have) )?(?:{_WROTE})?"
    rf" ?(?:another |only |just |exactly |\+ ?)?(?P<number>{DIGITS}|{ENGLISH})(?: more)?{_AFTER}"
)
_LEAD_ZH = (
    "(?:今天|今晚|今早|昨天|昨晚|上午|下午|早上|晚上|中午|刚刚|刚才|刚|这周|本周|这次|我们|我|咱们|大家|一起|又"
    "|也|都|只|还|已经|已|正好|刚好)"
)
_DEED_ZH = (
    "(?:[\u4e00-\u9fff]{1,2}(?:完|好|成|过)(?:了)?|[写做画修教送扫种贴剪发拍读讲洗擦挂装理帮办浇收捡](?:了|完|好)"
    "|(?:完成|打扫|清理|探望|看望|慰问|辅导|维修|修理|粉刷|发放|张贴|上门)(?:了)?)"
)
_AFTER_ZH = r"(?![个]?(?:小时|钟头|分钟|星期|礼拜|月|年|天|点|人|半|多|来))[\u4e00-\u9fff]{0,8}"
_COUNTS_ZH = re.compile(
    rf"{_LEAD_ZH}{{0,6}}{_DEED_ZH}? ?(?:\+ ?)?(?P<number>{DIGITS}|{CHINESE}) ?(?:{_MEASURE}{_AFTER_ZH})?(?:了)?"
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|approx|circa|ca|nearly|almost|over|above|more than|less than"
    r"|fewer|under"
    r"|below|at least|at most|up to|or so|or more|or less|odd|dozens?|couple|few|several|many|lots?|plus"
    r"|between|from|half"
    r"|total|altogether|in all|so far|overall|combined|maybe|perhaps|probably|think|guess|hundreds|tens|scores?"
    r"|ish|to go"
    r"|another one|now|left|missing|short|quarters?|percent|parts?"
    r"|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?)\b|\dish\b|\d\s?\+|[~≈<>±⁄/%°]|\d\s?[-–]\s?\d|\d\.\d"
    r"|\d,\d{1,2}\b|-\s?\d"
    r"|[几多余数半来把]|左右|上下|大概|大约|约|近|将近|差不多|不到|不止|超过|至少|最多|以上|以下|出头|开外|好些"
    r"|一些|若干|一共|总共|共|累计|合计"
    r"|目前|到现在|[俩仨廿卅千万亿]|[一二三四五六七八九]百[一二三四五六七八九](?!十)|第[一二三四五六七八九十\d]"
    r"|分之|[一二三四五六七八九][一二三四五六七八九]"
)
"""Numbers that are about, at least, in all, or a part: how many more they mean is asked."""


def read(words: str) -> Reading:
    """What words about one time of a pledge plainly say; UNSURE where a neighbour could read them in another way."""
    clauses, good = _clauses(words)
    if clauses is None:
        return Reading.UNSURE
    by_clause = {clause: _one(clause) for clause in clauses}
    said = set(by_clause.values()) - {None}
    if good:
        said.add(Reading.YES)
    if said == {Reading.NO}:
        return Reading.NO
    if said != {Reading.YES} or any(_doubtful(clause) for clause in clauses):
        return Reading.UNSURE
    bare = not good and all(BARE_YES.fullmatch(each) for each, reading in by_clause.items() if reading)
    for clause, reading in by_clause.items():
        if bare and (AHEAD.search(clause) or not (reading or _tells_more(clause))):
            return Reading.UNSURE
    return Reading.YES


def count(words: str) -> Count:
    """How many more words about a number say. A yes without a number says nothing about how many."""
    if read(words) is Reading.NO:
        return Count(Reading.NO)
    clauses, _ = _clauses(_WHERE.sub(" ", fold(words[:LONGEST])) if len(words) <= LONGEST else words)
    if clauses is None:
        return Count(Reading.UNSURE)
    found: list[int] = []
    for clause in clauses:
        amount = _amount(clause)
        if amount is not None:
            found.append(amount)
        elif _has_number(clause) or _doubtful(clause):
            return Count(Reading.UNSURE)
    if len(found) != 1 or not 1 <= found[0] <= MOST:
        return Count(Reading.UNSURE)
    return Count(Reading.YES, found[0])


_DENIES = re.compile(
    r"\b(?:cancel|postpon|call(?:ed)? (?:it )?off|f[ae]ll through|scrapped|did(?: not|n'?t)|could(?: not|n'?t)"
    r"|was(?: not|n'?t)|have(?: not|n'?t)|not (?:done"
    r"|true|kept)|nobody"
    r"|no ?one|mistake|by accident|wrong (?:button|day|one)|never (?:happened|came))|取消|没有?(?:做|去|来|弄|搞"
    r"|写|扫|办|人)|泡汤|黄了|吹了|停课|鸽了|散了|按错|点错|弄错|搞错"
    r"|说错|记错|其实没|作废|延期|推迟|改期"
)


def denies(words: str) -> bool:
    """Whether words that come after a yes may take it back."""
    return read(words) is Reading.NO or _DENIES.search(fold(words[:LONGEST])) is not None


def counted_in(words: str) -> int | None:
    """Exactly how many more a reply speaks of; None when that has to be asked, or none were."""
    said = count(words)
    return said.amount if said.reading is Reading.YES else None


def only_counts(words: str) -> bool:
    """Whether a reply is a number and no more, which is counted and need not be shown to anybody."""
    return _ONLY_COUNTS.fullmatch(fold(words).strip()) is not None


def _clauses(words: str) -> tuple[list[str] | None, bool]:
    """The clauses of a reply, folded, and whether a sign says yes. None: too long, a question, an unknown sign."""
    if len(words) > LONGEST:
        return None, False
    text, good = [], False
    for letter in fold(words):
        if letter in GOOD_SIGNS:
            good = True
            text.append("\n")
        elif letter in KIND_SIGNS or unicodedata.category(letter) in ("Mn", "Sk", "Cf", "Cc", "Zs", "Zl"):
            text.append(" " if letter != "\n" else letter)
        elif unicodedata.category(letter) == "So":
            return None, False
        else:
            text.append(letter)
    told = "".join(text)
    if _ASKS.search(told):
        return None, False
    clauses = [" ".join(each.split()) for each in _BREAK.split(_whole_numbers(told))]
    clauses = [each for each in clauses if each]
    if any(len(each) > LONGEST_CLAUSE for each in clauses) or (not clauses and not good):
        return None, False
    return clauses, good


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
    if (YES.fullmatch(clause) or YES_ZH.fullmatch(clause)) and not _doubtful(clause):
        planned = YES_ZH.fullmatch(clause) and AHEAD.search(clause) and not IS_OVER_ZH.search(clause)
        return Reading.UNSURE if planned else Reading.YES
    return Reading.UNSURE if _doubtful(clause) else None


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


def _doubtful(clause: str) -> bool:
    if FILLER.fullmatch(clause):
        return False
    return DOUBT.search(clause) is not None or DOUBT_ZH.search(HARMLESS_ZH.sub("", clause)) is not None


def _amount(clause: str) -> int | None:
    """The exact number a clause counts, or None."""
    if _ABOUT.search(clause):
        return None
    found = _COUNTS.fullmatch(clause) or _COUNTS_ZH.fullmatch(clause)
    if found is None or _doubtful(re.sub(r"\bonly\b|[只还]", "", clause)):
        return None
    if _has_number(f"{clause[: found.start('number')]} {clause[found.end('number') :]}"):
        return None  # 三副四副: three or four
    return exact_number(found["number"])


_ANY_NUMBER = re.compile(rf"\d|\b(?:{ENGLISH})\b|[二两三四五六七八九百零〇几]|(?<![统万])[一十](?![起样直切分定下])")


def _has_number(clause: str) -> bool:
    return _ANY_NUMBER.search(clause) is not None
