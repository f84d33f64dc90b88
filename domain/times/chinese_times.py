"""How Chinese names times of the day."""

import re

from domain.times import words
from domain.times.marks import Clock, Kind, Mark
from domain.times.numbers import number_of
from domain.times.scanning import Place, Rule, any_of

_DIGIT = "[一二三四五六七八九]"
_HOUR = rf"(?:2[0-4]|1\d|0?\d|二十[一二三四]?|十{_DIGIT}?|[零〇一二两三四五六七八九])"
_MINUTE = rf"(?:[1-5]\d|[一二三四五]?十{_DIGIT}?|[零〇0]{_DIGIT}|0\d)"
_TO = "(?:-|~|—|–|到|至)"
_WEEK_BEFORE = re.compile(r"(?:周|星期|礼拜)[一二三四五六日天、,周]{1,12}$")
_HAS_NO_HOURS = (
    "(?!建议|意见|要求|希望|说明|问题|好处|原因|水|档|想法|感受|心得|钱|儿|击|心|燃|头|名|评|赞|多|都|也|不|没|点)"
)


def _clock(place: Place) -> Mark | None:
    hour = number_of(place.word(1))
    quarter = {"一": 15, "1": 15, "三": 45, "3": 45}.get(place.word(3), 0)
    minute = (
        30 if place.word(2) else quarter or (number_of(place.word(4).lstrip("零〇") or "0") if place.word(4) else 0)
    )
    if hour > 24 or minute > 59 or (place.word(1) == "一" and re.search("[早晚]$", place.before)):
        return None  # 早一点: a little earlier
    if _is_counted_on(place):
        return None
    sure = hour > 12 or place.word(1) in ("0", "00", "零", "〇") or place.word(1)[0] == "0"
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(hour, minute, sure))


def _minutes_before(place: Place, hour: int, amount: str) -> Mark:
    minutes = 15 if amount.endswith("刻") else number_of(amount.removesuffix("钟").removesuffix("分"))
    if minutes > 59:
        return Mark(Kind.DOUBT, place.start, place.end)
    before = hour - 1 if hour > 1 else 12
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(before, 60 - minutes, sure=before > 12))


def _is_counted_on(place: Place) -> bool:
    """Whether the number goes on in front: 七八点 is either. The letters of weekdays are none: 周五八点."""
    return re.search(r"[一二三四五六七八九十百]$", place.before) is not None and not _WEEK_BEFORE.search(place.before)


def _first_of_two(place: Place) -> Mark | None:
    if _is_counted_on(place):
        return None
    hour = number_of(place.word(1))
    return Mark(Kind.CLOCK, place.start, place.end, clock=Clock(hour, sure=hour > 12 or place.word(1)[0] == "0"))


def _span(place: Place) -> Mark | None:
    begin = number_of(place.word(1)) * 60 + (30 if place.word(2) else 0)
    end = (number_of(place.word(3)) + 12) * 60 + (30 if place.word(4) else 0)
    if not 240 <= begin < 720 <= end < 1440:
        return None
    return Mark(Kind.SPAN, place.start, place.end, number=begin, length=end - begin)


def _named_time(place: Place) -> Mark:
    at = 720 if place.word(1) == "正午" else 0
    hours = words.ZH_PARTS["中午"] if at else words.ZH_PARTS["夜里"]
    return Mark(Kind.NOON, place.start, place.end, number=at, hours=hours)


def _part(place: Place) -> Mark | None:
    if re.match(r"上?(?:好|安)(?!几)", place.after):
        return None
    return Mark(Kind.PART, place.start, place.end, hours=words.ZH_PARTS[place.word(1)])


CHINESE_TIMES: list[Rule] = [
    (rf"[早朝]({_HOUR})点?(半)?{_TO}?晚({_HOUR})点?(半)?(?![点时:\d人个])", _span),
    (rf"差(一刻|{_MINUTE}分?钟?|五分?钟?)(?:就|不到|到)?({_HOUR})点钟?",
     lambda place: _minutes_before(place, number_of(place.word(2)), place.word(1))),
    (rf"({_HOUR})点钟?差(一刻|{_MINUTE}分?|五分?)",
     lambda place: _minutes_before(place, number_of(place.word(1)), place.word(2))),
    (rf"(?<![\d:.几有差提])({_HOUR})(?:点钟?|时(?![候间常刻代]))"
     rf"(?:(半)|([一三13])刻钟?|过?({_MINUTE}|{_DIGIT}(?=分)|\d(?=分))(?:分(?!钟|之))?|整)?{_HAS_NO_HOURS}", _clock),
    (rf"(?<![\d:.几有差提])({_HOUR})(?= ?{_TO} ?{_HOUR}(?:点|时))", _first_of_two),
    (r"(正午|零点|午夜)(?!\d|十二|12|零|\s?[一二两三])", _named_time),
]  # fmt: skip
ZH_PARTS: list[Rule] = [
    (rf"({any_of(words.ZH_PARTS)})(?![会市饭餐报场班辈教班操点恋])", _part),
]  # fmt: skip
"""What is only looked for where nothing else begins."""
