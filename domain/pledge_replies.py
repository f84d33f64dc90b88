"""What a reply to a reminder says of a pledge: how many, or perhaps that it was not kept."""

import re

from domain.numerals import chinese_in_digits, english_in_digits
from domain.pledges import MOST

_NOES = re.compile(
    r"\b(can't|cannot|couldn't|could not|can not|didn't|did not|won't|not|no|ill|sick|sorry|unable|missed|forgot)\b"
    r"|不能|没|未|不了|病|忘|抱歉|对不起|请假|来不",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_NOT_COUNTED = re.compile(
    r"\b(?:building|bldg|block|house|unit|room|no\.?|number)\s*#?\s*\d+|\d+\s*[号栋幢楼单座室点月日年:：]\s*\d*|\d+\s*[ap]\.?m\b"
)
"""Numbers in a reply that name a house, a day or an hour."""
_CHINESE_COUNT = re.compile("[一二三四五六七八九两十百]+(?=[副幅个次件张篇节堂场份盆棵把条户遍回])")
"""A number before what it counts: 三副 is three, and 一起, 十分 are none."""


def sounds_like_no(words: str) -> bool:
    """Whether words may say that it was not kept: then nobody should write "kept" without asking."""
    return _NOES.search(words.replace("’", "'")) is not None


def counted_in(words: str) -> int | None:
    """How many a reply about a quota speaks of: the one number in it, or one thing; None when that has to be asked."""
    counts = _CHINESE_COUNT.sub(lambda number: chinese_in_digits(number[0]), words)
    found = [int(each[:9]) for each in _NUMBER.findall(_NOT_COUNTED.sub(" ", english_in_digits(counts.lower())))]
    if not found:
        return 1
    return found[0] if len(found) == 1 and 1 <= found[0] <= MOST else None


def only_counts(words: str) -> bool:
    """Whether a reply is a number and no more, which is counted and need not be shown to anybody."""
    return words.strip().isdecimal()
