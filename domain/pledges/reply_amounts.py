"""How many a reply to a reminder speaks of: so many more, so many in all, none, or nothing that is certain.

"15" and "another 15" are so many more; "15 in all", "12 of 80" and "six left" of a promised twenty say how many it is
now. What is about a number is asked, however near: what is counted is public.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.language.exact_numbers import CHINESE, DIGITS, ENGLISH, exact_number
from domain.language.phrases import fold
from domain.pledges.measures import MEASURE
from domain.pledges.plain_amounts import WHERE, plain_amount
from domain.pledges.plain_replies import GOOD, LONGEST, Reading, plain, without_signs
from domain.pledges.pledge_replies import read
from domain.pledges.pledges import MOST
from domain.pledges.reply_marks import Clause, Mark, clauses
from domain.pledges.reply_phrases_zh import VERB


@dataclass(frozen=True)
class Count:
    """What a reply about a number says.

    YES: exactly `amount` more, or, with `in_all`, so many together with those of before. NO, NOT_THIS_TIME: none.
    QUESTION: it asks.
    UNSURE: nothing certain; `perhaps` is how many in all it may be by it ("half", "all of them"), to be asked.
    """

    reading: Reading
    amount: int = 0
    in_all: bool = False
    perhaps: int | None = None


class _Kind(StrEnum):
    DONE = "done"
    IN_ALL = "in all"
    LEFT = "left"  # so many are still to be done
    NOT_DONE = "not done"
    TO_COME = "to come"
    ABOUT = "about"
    OTHER = "other"  # counts hours, people, houses


@dataclass(frozen=True)
class _Number:
    kind: _Kind
    value: int


def count(words: str, promised: str = "", target: int | None = None) -> Count:
    """How many words about a number say, `promised` being the promise's own words and `target` its number."""
    if plain(words) is Reading.NO:
        return Count(Reading.NO)
    told, promise = without_signs(words), fold(promised[:LONGEST])
    if told is None:
        return Count(Reading.UNSURE)
    exact = plain_amount(words)
    if exact is not None:
        other = _OTHER_UNIT.search(told)
        if other is not None and (other[1] or other[2]) not in promise:
            return Count(Reading.UNSURE)
        return Count(Reading.YES, exact, in_all=exact == target and _ALL.search(told) is not None)
    reading = read(words, promised)
    if not promised or reading is Reading.QUESTION:
        return Count(reading if reading in (Reading.NO, Reading.QUESTION) else Reading.UNSURE)
    said = list(clauses(WHERE.sub(" ", _one_number(told.replace(GOOD, ""))), promise))
    found = [number for each in said for number in _numbers(each, promise)]
    if any(each.has(Mark.ASKS) for each in said) or (_VAGUE.search(told) and not _EXACT.search(told)):
        return Count(Reading.UNSURE)
    counted = _decide(found, target, told)
    if counted is not None:
        return counted
    if any(each.kind in (_Kind.DONE, _Kind.IN_ALL, _Kind.ABOUT) for each in found):
        return Count(Reading.UNSURE)
    if reading in (Reading.NO, Reading.NOT_THIS_TIME):
        return Count(reading)
    if target is not None and _HALF.search(told):
        return Count(Reading.UNSURE, perhaps=target // 2)
    if target is not None and reading is Reading.YES and not found and _ALL_OF_IT.search(told):
        return Count(Reading.YES, target, in_all=True)
    return Count(Reading.UNSURE, perhaps=target if reading is Reading.YES and not found else None)


def counted_in(words: str) -> int | None:
    """Exactly how many more a reply speaks of; None when that has to be asked, or none were."""
    said = count(words)
    return said.amount if said.reading is Reading.YES and not said.in_all else None


_ALL = re.compile(r"\ball\b|全|都")
_ALL_OF_IT = re.compile(
    r"\ball of (?:it|them)\b|\ball \d+\b|\bevery (?:single |last )?one\b|\bthe whole lot\b|全都|全部|^[都全]|超额"
    r"|一[个副张件本份]不[少落差]"
)
_HALF = re.compile(
    r"^\W*(?:(?:i|we|about|just|only|did|done|have|have done|finished|made|wrote|exactly|halfway|it|is"
    r"|a) )*half(?:way)?\b(?! (?:a|an|past|hour|dozen))|一半"
)
_EXACT = re.compile(r"\b(?:to be exact|exactly|i\.?e|that is|namely|to be precise)\b|正好|刚好|也就是")
_VAGUE = re.compile(
    r"\b(?:few|several|many|lots?|loads|tons|plenty|dozens|couple|handful|bunch)\b|几|好些|若干|不少|好多"
)
_EXACTLY = re.compile(
    r"(?:to be exact|exactly|i\.?e\.?|that is|namely|to be precise)[ ,:.]*$|(?:整整|正好|刚好|准确(?:地)?说"
    r"|也就是)$"
)
_TOGETHER = re.compile(
    r"\b(?:in (?:all|total)|now(?: at)?|that'?s|altogether|overall|all told|total|so far|by now|makes"
    r"|up to now|until now)\b"
    r"|一共|总共|共计|共(?![同用享])|累计|合计|总计|^到\d|到(?:今天|现在|目前|这周|今)|目前|截[止至]|加起来"
)
_LEFT_BEFORE = re.compile(
    r"(?:还|就|只)?(?:剩下?|差|缺|欠|余下?)(?:了|着|的)?$|还有$|\b(?:another|still|left with|remaining|missing"
    r"|short of)$"
)
_LEFT_AFTER = re.compile(
    r"^(?: [a-z]+){0,2} (?:left|to go|to do|still to|remain|remaining|missing|are still|short|open)\b"
    r"|^.{0,4}(?:没[写做画修织种捐收送发办教弄完]|未[写做完]|待[写做]|要[写做])"
)
_ABOUT_BEFORE = re.compile(
    r"(?:\b(?:about|around|some|roughly|approximately|approx|circa|ca|nearly|almost|over|above"
    r"|more than|less than|fewer than|under|below"
    r"|at least|at most|up to|maybe|perhaps|probably|between|from|to|or|minus|x|no|number|no\.)"
    r"|[~≈<>±*/^xX-]|大概|大约|约|近|将近|差不多|不到|不止|超过|至少|最多|好像|可能|估计|第|上|数|[0-9一二三四五六七八九十][到至]|或|每[天周次]"
    r"|[0-9.,/^])\s?$"
)
_ABOUT_AFTER = re.compile(
    r"^(?:\s?[-–~/*^x%]|ish\b|-ish|\s?\+|[.,]\d|k\b|e\d| or (?:so|more|two|three|\d|[a-z]+teen|twelve"
    r"|eleven)| odd|-odd| to \d| and a half|th\b|st\b|nd\b|rd\b| (?:a|per|each|every|x) (?:day|week"
    r"|month|time)| each\b| x\b"
    r"|[来多几余半、或到至]|左右|上下|出头|开外|以[上下]|%|成|分|倍|[副个张封份]?(?:左右|上下|多|吧))"
)
_NO_AMOUNT_AFTER = re.compile(
    r"^ ?(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|yuan|rmb|dollars?|euros?|percent|pm"
    r"|am|o'?clock|people|persons|guests|times? as"
    r"|evenings?|mornings?|nights?|个?小时|钟头|分钟|个?(?:星期|礼拜|月)|年|天|点|号|楼|课时|个人|人|块钱|元|岁|度)(?![a-z])"
)
_NOT_DONE_AFTER = re.compile(
    r"^.{0,6}(?:没|未|坏|取消|推迟|不|废|丢|黄|差|缺)|^(?: [a-z]+){0,2} (?:were|was|are|is|got|did|have|had) (?:not"
    r"|bad|rained|cancelled|lost|broken|spoiled|missing|left|late|ruined|returned)"
)
_NOT_DONE_BEFORE = re.compile(
    r"(?:没|未|坏|取消|推迟|丢|少|漏|还要|再|要|打算|准备|准备再)[\u4e00-\u9fff]{0,2}$|\b(?:lost|missed|will|to|ruined"
    r"|spoiled|broke|need|cancelled|promised|ate|dropped|returned|forgot)(?: \w+)?$"
)
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:{DIGITS})(?![\d])|(?<=[\u3400-\u9fff])(?:{DIGITS})(?!\d)|\b(?:{ENGLISH})\b"
    rf"|{CHINESE}"
)
_NO_NUMBER = re.compile(
    r"[一十百千万][起样直切分定下些般共旦向致点半边面来]|万一|千万|统一|第一|唯一|一点|一[直样起切旦边面会]|[周期拜][一二三四五六日]|一[晚早]|十分"
    r"|including [a-z0-9]+|百般"
    rf"|一{MEASURE}?(?:都|也)?(?:没|未|不)"
    r"|one (?:of|another|by|day|more time|wing|side)\b|no one|\bone\b(?= (?:was|is|were)\b)"
)
_OF_TARGET = re.compile(
    rf"(?P<done>{DIGITS}|{ENGLISH}|{CHINESE}) ?(?:of|out of|/|⁄) ?(?:the )?(?P<of>{DIGITS}|{ENGLISH}"
    rf"|{CHINESE})"
)
_OTHER_UNIT = re.compile(
    r"\b(box|bag|crate|pile|stack|load|bucket|pack|packet|sheet|page|row|carton|case|sack)(?:e?s)?\b"
    r"|([箱袋捆摞堆包筐桶车])(?:[\u4e00-\u9fff]|$)"
)
"""What holds some, one does not know how many."""
_DEED_EN_BEFORE = re.compile(
    r"\b(?:dropped off|handed out|gave away|took|brought|made|did|wrote|sent|got|went through|finished"
    r"|[a-z]{2,}ed(?: out| up| off)?) ?$"
)
_DEED_BEFORE = re.compile(rf"(?:完成|{VERB})(?:了|好|完|成|到|过)?$")
_MEASURED = re.compile(rf"(?:{DIGITS}|{CHINESE}) ?{MEASURE}")
_WORDS_BESIDE = re.compile(
    r"(?:today|this|week|month|yes|yep|yeah|done|again|this (?:week|month|time)|last (?:week|month)|i|we|i'?d|i'?ve"
    r"|have|has|had|'ve|got|just|the|already|only|did|all|another|more|exactly|and|so|of|them|it|in"
    r"|are|is|there|now"
    r"|customers?|pieces?|total|altogether|far|by|made|weighed|went|gone|out|up|finished|that|makes"
    r"|that's|until|up)|[了啦又才只就刚共今天这周先到现在够整呢哦]+"
)


def _one_number(text: str) -> str:
    """Of 1,000 the comma breaks nothing."""
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


def _numbers(clause: Clause, promised: str) -> list[_Number]:
    text, found = clause.text, []
    skipped = [each.span() for each in _NO_NUMBER.finditer(text)]
    if (of := _OF_TARGET.search(text)) is not None:
        done, whole = exact_number(of["done"]), exact_number(of["of"])
        if done is not None and whole is not None:
            return [_Number(_Kind.IN_ALL, done), _Number(_Kind.OTHER, whole)]
    for each in _NUMBER.finditer(text):
        if any(start < each.end() and each.start() < end for start, end in skipped):
            continue
        value = exact_number(each[0])
        before, after = text[: each.start()], text[each.end() :]
        found.append(
            _Number(_Kind.ABOUT, 0) if value is None else _Number(_kind(clause, before, after, promised), value)
        )
    return found


def _kind(clause: Clause, before: str, after: str, promised: str) -> _Kind:
    if _EXACTLY.search(before):
        return _Kind.DONE
    if _LEFT_BEFORE.search(before) or _LEFT_AFTER.search(after):
        return _Kind.LEFT if not re.search(r"\banother$", before) else _Kind.DONE
    if (_ABOUT_BEFORE.search(before) and not _TOGETHER.search(before[-6:])) or _ABOUT_AFTER.search(after):
        return _Kind.ABOUT
    if (unit := _NO_AMOUNT_AFTER.match(after)) is not None and unit[0].strip() not in promised:
        return _Kind.OTHER
    if _NOT_DONE_AFTER.search(after) or _NOT_DONE_BEFORE.search(before):
        return _Kind.NOT_DONE
    if clause.has(Mark.LATER, Mark.AGAIN):
        return _Kind.TO_COME
    if clause.has(Mark.OTHER, Mark.QUIT) or (clause.has(Mark.DOUBT) and not clause.has(Mark.KEPT)):
        return _Kind.ABOUT
    if _TOGETHER.search(clause.text):
        return _Kind.IN_ALL
    return _Kind.DONE if _names_unit(before, after, promised) else _Kind.OTHER


def _names_unit(before: str, after: str, promised: str) -> bool:
    """Whether a number counts what was promised: its unit follows it, or next to nothing stands beside it."""
    if (measure := re.match(MEASURE, after.lstrip())) is not None:
        counted = _MEASURED.search(promised)
        return counted is None or measure[0] in promised or measure[0] in "个份件"
    if _DEED_BEFORE.search(before):
        return True
    following = re.findall(r"[a-z]+", after)[:3]
    if _DEED_EN_BEFORE.search(before):
        return True
    if any(len(each) > 2 and each.removesuffix("s") in promised for each in following):
        return True
    beside = re.findall(r"[a-z']+|[\u3400-\u9fff]+", f"{before} {after}")
    return all(_WORDS_BESIDE.fullmatch(each) for each in beside)


def _decide(found: list[_Number], target: int | None, told: str) -> Count | None:
    """What several numbers come to; None where that is nothing certain."""
    by_kind = {kind: {each.value for each in found if each.kind is kind} for kind in _Kind}
    if by_kind[_Kind.ABOUT]:
        return None
    done, left = by_kind[_Kind.DONE], by_kind[_Kind.LEFT]
    if len(by_kind[_Kind.IN_ALL]) == 1:
        whole = by_kind[_Kind.OTHER]
        if whole and whole != {target} and len(found) == 2 and not done:
            return None  # "2 of 3": of what three?
        return _so_many(next(iter(by_kind[_Kind.IN_ALL])), in_all=True)
    if len(done) == 1 and not by_kind[_Kind.IN_ALL]:
        amount = next(iter(done))
        others = left or by_kind[_Kind.NOT_DONE]
        if others:
            fits = target is not None and {target - amount} == others
            return _so_many(amount, in_all=True) if fits else None
        if not by_kind[_Kind.OTHER] or by_kind[_Kind.OTHER] <= {target}:
            of_all = (amount == target and _ALL.search(told) is not None) or _HALF.search(told) is not None
            return _so_many(amount, in_all=of_all)
        return None
    others = by_kind[_Kind.OTHER]
    if not done and len(left) == len(others) == 1 and target == next(iter(left)) + next(iter(others)):
        return _so_many(next(iter(others)), in_all=True)
    if not done and len(left) == 1 and target is not None and len(found) == 1:
        return _so_many(target - next(iter(left)), in_all=True)
    return None


def _so_many(amount: int, *, in_all: bool) -> Count | None:
    if amount == 0 and not in_all:
        return Count(Reading.NO)
    return Count(Reading.YES, amount, in_all) if 1 <= amount <= MOST else None
