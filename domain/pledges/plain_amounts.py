"""The plainest replies with a number: one exact number, beside which nothing says anything else."""

import re

from domain.language.exact_numbers import CHINESE, DIGITS, ENGLISH, exact_number
from domain.language.phrases import fold
from domain.pledges.measures import MEASURE
from domain.pledges.plain_replies import LONGEST, is_doubtful, plain_clauses
from domain.pledges.pledges import MOST

WHERE = re.compile(
    r"\b(?:for |in |at )?(?:building|bldg|block|house|unit|room|no\.?|number|stairwell|floor)\s?#?\s?\d{1,5}\b"
    r"|(?:给|在|为)?\d{1,5}(?:号楼|号|栋|幢|单元|室|座)"
    r"|\d{1,2}月\d{1,2}[日号]|(?:at |by )?\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b"
)
"""Numbers that name a house, a day or an hour, and count nothing."""
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
    rf"{_LEAD_ZH}{{0,6}}{_DEED_ZH}? ?(?:\+ ?)?(?P<number>{DIGITS}|{CHINESE}) ?(?:{MEASURE}{_AFTER_ZH})?(?:了)?"
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|roughly|approximately|approx|circa|ca|nearly|almost|over|above|more than|less than"
    r"|fewer|under"
    r"|below|at least|at most|up to|or so|or more|or less|odd|dozens|couple|few|several|many|lots?|plus"
    r"|between|from|half"
    r"|total|altogether|in all|so far|overall|combined|maybe|perhaps|probably|think|guess|hundreds|tens|scores?"
    r"|ish|to go"
    r"|another one|now|left|missing|short|quarters?|percent|parts?"
    r"|thirds?|fourths?|fifths?|sixths?|eighths?|tenths?)\b|\dish\b|\d\s?\+|[~≈<>±⁄/%°]|\d\s?[-–]\s?\d|\d\.\d"
    r"|\d,\d{1,2}\b|-\s?\d"
    r"|[几多余数半来把]|左右|上下|大概|大约|约|近|将近|差不多|不到|不止|超过|至少|最多|以上|以下|出头|开外|好些"
    r"|一些|若干|一共|总共|共|累计|合计"
    r"|目前|到现在|[亿]|百八十|第[一二三四五六七八九十\d]"
    r"|分之|[一二三四五六七八九][一二三四五六七八九]"
)
"""Numbers that are about, at least, in all, or a part: how many more they mean is asked."""


def plain_amount(words: str) -> int | None:
    """The one exact number that words give; None where they say more, or nothing."""
    if len(words) > LONGEST:
        return None
    clauses, _ = plain_clauses(WHERE.sub(" ", fold(words)))
    found: list[int] = []
    for clause in clauses or ():
        amount = _amount(clause)
        if amount is not None:
            found.append(amount)
        elif _has_number(clause) or is_doubtful(clause):
            return None
    return found[0] if len(found) == 1 and 1 <= found[0] <= MOST else None


def _amount(clause: str) -> int | None:
    """The exact number a clause counts, or None."""
    if _ABOUT.search(clause):
        return None
    found = _COUNTS.fullmatch(clause) or _COUNTS_ZH.fullmatch(clause)
    if found is None or is_doubtful(re.sub(r"\bonly\b|[只还]", "", clause)):
        return None
    if _has_number(f"{clause[: found.start('number')]} {clause[found.end('number') :]}"):
        return None  # 三副四副: three or four
    return exact_number(found["number"])


_ANY_NUMBER = re.compile(rf"\d|\b(?:{ENGLISH})\b|[二两三四五六七八九百零〇几]|(?<![统万])[一十](?![起样直切分定下])")


def _has_number(clause: str) -> bool:
    return _ANY_NUMBER.search(clause) is not None
