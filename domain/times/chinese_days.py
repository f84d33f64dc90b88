"""How Chinese names days and ends."""

import re
from datetime import date

from domain.times import dates, words
from domain.times.marks import EVERY_DAY, WEEKEND, WORKDAYS, Kind, Mark, Weekday
from domain.times.numbers import number_of
from domain.times.numeric_rules import day
from domain.times.scanning import Place, Rule, any_of

_DIGIT = "[一二三四五六七八九]"
_MONTH = r"(?<![\d零〇一二三四五六七八九十几每第])(元|1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_NTH = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十{_DIGIT}?|{_DIGIT})"
_YEAR = r"(?:((?:19|20)\d\d|[零〇一二三四五六七八九]{4}|[今明后去本])年 ?的?)?"
_FEW = rf"(?:\d{{1,3}}|半|两|俩|{_DIGIT}?十{_DIGIT}?|{_DIGIT}|一)"
_WEEK = "(?:周|星期|礼拜)"
_COUNTED = "[点时个次号刻回趟轮场:]|小时|月[\\d底初]"
_WEEKDAY = rf"[一二三四五六日天](?!{_COUNTED})"
_ANOTHER = rf"(?:一(?![起早些定边同块家直下样半共人名位旦律般路])|[二三四五六日](?![十分百千天]))(?!{_COUNTED})"
_LISTED = (
    rf"{_WEEKDAY}(?:{_ANOTHER}| ?(?:[、,/和及跟与&]|以及) ?(?:{_WEEK}{_WEEKDAY}|{_ANOTHER})|{_WEEK}{_WEEKDAY}){{0,6}}"
)
_UNITS = {"天": "day", "日": "day", "周": "week", "期": "week", "拜": "week", "月": "month", "年": "year"}
_WEEKS = {"这": 0, "本": 0, "当": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}
_UNTIL_THEN = r"(?:(?:之|以)?内)"
_NO_FEAST = "(?![路街村中小区桥广大])"
_NO_DAY = "(?![楼樓栋幢座院店线窗门房车电池机单元桌库铺摊井桩箱柜路台岗亭球位公入出口馆厅室家码牌坑杆灯梯文人机字])"


def _year(place: Place, word: str) -> int | None:
    named = {"今": 0, "本": 0, "明": 1, "后": 2, "去": -1}
    if not word:
        return None
    return place.today.year + named[word] if word in named else number_of(word)


def _months(word: str) -> int:
    return _WEEKS[word.removesuffix("个")]


def _date(place: Place) -> Mark:
    return _on(place, place.word(1), place.word(2), place.word(3))


def _on(place: Place, in_year: str, month: str, which: str) -> Mark:
    known = _year(place, in_year)
    if known is None:
        return day(place, dates.coming(place.today, number_of(month), number_of(which)))
    return day(place, dates.exact(known, number_of(month), number_of(which)))


def _from_to(place: Place) -> Mark:
    first = _on(place, place.word(1), place.word(2), place.word(3)).day
    if first is None:
        return Mark(Kind.DOUBT, place.start, place.end)
    month = number_of(place.word(4)) if place.word(4) else first.month
    last = dates.exact(first.year + (month < first.month), month, number_of(place.word(5)))
    kind = Kind.DAYS if last is not None and last >= first else Kind.DOUBT
    return Mark(kind, place.start, place.end, day=first, last=last)


def _of_named_month(place: Place) -> Mark:
    named = place.word(1)
    if named[0] in "每逢":
        return Mark(Kind.MONTHLY, place.start, place.end, number=number_of(place.word(2)))
    return day(place, dates.exact(*dates.months_on(place.today, _months(named)), number_of(place.word(2))))


def _of_this_month(place: Place) -> Mark:
    return day(place, dates.of_month(place.today, number_of(place.word(1))))


def _end(place: Place, last: date | None) -> Mark:
    kind = Kind.DOUBT if last is None else Kind.DAY if place.text[place.start : place.end].endswith("天") else Kind.END
    return Mark(kind, place.start, place.end, day=last)


def _month_end(place: Place) -> Mark:
    named, month, ahead, today = place.word(1), place.word(2), place.word(3), place.today
    if ahead.startswith(("每", "逢")) or place.before.endswith("每"):
        return Mark(Kind.DOUBT, place.start, place.end)
    if not month:
        return _end(place, dates.month_end(*dates.months_on(today, _months(ahead) if ahead else 0)))
    in_year = _year(place, named)
    last = dates.month_end(in_year or today.year, number_of(month))
    if in_year is None and last is not None and last < today:
        last = dates.month_end(today.year + 1, number_of(month))
    return _end(place, last)


def _year_end(place: Place) -> Mark:
    return _end(place, dates.exact(_year(place, place.word(1)) or place.today.year, 12, 31))


def _this_month(place: Place) -> Mark:
    return _end(place, dates.month_end(*dates.months_on(place.today, _months(place.word(1) or "这"))))


def _this_week(place: Place) -> Mark:
    return _end(place, dates.week_end(place.today, _WEEKS[place.word(1)]))


def _ahead(place: Place) -> date | None:
    unit = _UNITS[place.word(2)[-1]]
    if place.word(1) == "半":
        return {"month": dates.ahead(place.today, 15, "day"), "year": dates.ahead(place.today, 6, "month")}.get(unit)
    amount = number_of(place.word(1))
    return dates.ahead(place.today, amount * 12, "month") if unit == "year" else dates.ahead(place.today, amount, unit)


def _within(place: Place) -> Mark:
    return _end(place, _ahead(place))


def _later(place: Place) -> Mark:
    return day(place, _ahead(place))


def _ago(place: Place) -> Mark:
    if place.word(1) == "半":
        return _doubt(place)
    return day(place, dates.before(place.today, number_of(place.word(1)), _UNITS[place.word(2)[-1]]))


def _nth_weekday(place: Place) -> Mark:
    """The first Saturday of December, of next month. Each month's is more than a week can say."""
    month, ahead, nth, number = place.word(1), place.word(2), place.word(3), _numbers(place.word(4))[0]
    which = -1 if nth.startswith("最后") else number_of(nth.strip("第个"))
    if month:
        found = dates.nth_weekday(place.today.year, number_of(month), which, number)
        if found is None or found < place.today:
            found = dates.nth_weekday(place.today.year + 1, number_of(month), which, number)
        return day(place, found)
    if not ahead or ahead.startswith(("每", "逢")):
        return _doubt(place)
    return day(place, dates.nth_weekday(*dates.months_on(place.today, _months(ahead)), which, number))


def _named(place: Place) -> Mark:
    ahead = words.ZH_DAYS_AHEAD[place.word(1)]
    return day(place, dates.in_week(place.today, place.today.weekday() + ahead, 0))


def _feast(place: Place) -> Mark:
    month, which = words.ZH_FEASTS[place.word(2)]
    known = _year(place, place.word(1))
    if known is None:
        return day(place, dates.coming(place.today, month, which))
    return day(place, dates.exact(known, month, which))


def _doubt(place: Place) -> Mark:
    return Mark(Kind.DOUBT, place.start, place.end)


def _numbers(listed: str) -> list[int]:
    return [min(words.ZH_WEEKDAYS.index(each), 6) for each in listed if each in words.ZH_WEEKDAYS]


def _weekdays(place: Place) -> Mark:
    how, found, last = place.word(1).removesuffix("个"), _numbers(place.word(2)), place.word(3)
    if last:
        end = min(words.ZH_WEEKDAYS.index(last), 6)
        if how in _WEEKS or len(found) != 1:
            return _doubt(place)
        found = [each % 7 for each in range(found[0], end + (1 if end >= found[0] else 8))]
    if how == "隔" or len(set(found)) < len(found):
        return _doubt(place)
    if how in _WEEKS:
        return day(place, dates.in_week(place.today, found[0], _WEEKS[how])) if len(found) == 1 else _doubt(place)
    if len(found) == 1 and not how:
        return Mark(Kind.WEEKDAY, place.start, place.end, weekday=Weekday(found[0]))
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=frozenset(found))


def _weekend(place: Place) -> Mark:
    how = place.word(1).removesuffix("个")
    once = how in _WEEKS or how == "隔" or place.after.startswith(("前", "之前", "以前"))
    return _doubt(place) if once else Mark(Kind.WEEKLY, place.start, place.end, weekdays=WEEKEND)


def _workdays(place: Place) -> Mark:
    if re.search(r"[\d一二两三四五六七八九十几多数]个?$", place.before):
        return _doubt(place)
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=WORKDAYS)


def _daily(place: Place) -> Mark:
    return Mark(Kind.WEEKLY, place.start, place.end, weekdays=EVERY_DAY)


_TO = "(?:-|~|—|–|到|至)"
_THIS_MONTH = r"(本|这个?|当|下下个?|下个?|上个?)月"
CHINESE_DAYS: list[Rule] = [
    # days in a month
    (r"(?:农历|阴历|旧历)(?:[正腊冬\d一二三四五六七八九十]{1,3}月)?(?:初|廿)?[\d一二三四五六七八九十]{0,3}[日号]?"
     r"|[正腊]月(?:初|廿)?[\d一二三四五六七八九十]{0,3}[日号]?", _doubt),
    (rf"(?:{_MONTH}月|(本|这个?|当|下下个?|下个?|每个?|逢)月)?的?(第[一二三四1-4]个?|最后一?个?){_WEEK}({_WEEKDAY})",
     _nth_weekday),
    (rf"{_YEAR}{_MONTH} ?月(?:份 ?)?({_NTH})[日号]? ?{_TO} ?(?:{_MONTH}月)?({_NTH})[日号]", _from_to),
    (rf"{_YEAR}{_MONTH} ?月(?:份)? ?({_NTH}) ?(?:[日号]|(?![\d个次人天份点:时名场十回趟副]))", _date),
    (rf"(本|这个?|当|下下个?|下个?|上个?|每个?|逢)月的?({_NTH})[日号]", _of_named_month),
    (rf"(?:{_YEAR}{_MONTH}月份?|{_THIS_MONTH}|(?<!年)月)的?(?:底|末|最后一天)", _month_end),
    (r"(?:((?:19|20)\d\d|[今明后本])年)(?:年?[底末](?!梢)|的?最后一天|(?:之|以)?内|结束|过完)|年[底末]|岁末"
     r"|(?<![今明后本\d一二两三四五六七八九十半])年内", _year_end),
    (rf"{_THIS_MONTH}{_UNTIL_THEN}|(?<![个\d])月内", _this_month),
    (rf"(本|这|下)个?{_WEEK}{_UNTIL_THEN}", _this_week),
    (rf"(?<![\d第每])({_FEW}) ?(天|日|周|个?星期|个?礼拜|个月|年){_UNTIL_THEN}", _within),
    (rf"(?<![\d第每])({_FEW}) ?(天|周|个?星期|个?礼拜|个月|年)(?:之|以)?后", _later),
    (rf"(?<![\d第每提])({_FEW}) ?(天|周|个?星期|个?礼拜|个月)(?:之|以)?前(?!面)", _ago),
    (rf"(?:(?<=[到至于在止晚迟])|(?<=截至)|(?<![^\s,。、;!?]))(?<![\d月])({_NTH})[号日]{_NO_DAY}", _of_this_month),
    (rf"(?<![\d月零〇一二三四五六七八九十第])({_NTH})[号日]"
     r"(?=前|之前|以前|为止|截止|晚上|早上|上午|下午|中午|那天|起|开始)", _of_this_month),
    # days by name
    (r"明后天|今明(?:两天)?|这[两几]天|(?<=[日号旦节底庆])前后", _doubt),
    (r"(大前|大后|今|明|后|昨|(?<![目之以年月日天周号点])前)(?:天|日|儿个?|个儿)(?!气)", _named),
    (r"([今明昨后])(?=[早晚晨夜])", _named),
    (rf"{_YEAR}({any_of(words.ZH_FEASTS)}){_NO_FEAST}", _feast),
    (rf"{any_of(words.ZH_MOVEABLE)}", _doubt),
    # weekdays
    (rf"(每(?:周|星期|礼拜)的|每[逢到]?个?|逢|各|下下个?|下个?|上上个?|上个?|这个?|本|隔)?{_WEEK}({_LISTED})"
     rf"(?: ?{_TO} ?{_WEEK}?({_WEEKDAY}))?",
     _weekdays),
    (r"(每逢?个?|逢|下下个?|下个?|上个?|这个?|本|隔)?(?:周末|双休日|星期末|周六日)", _weekend),
    (r"(?:每个?|逢)?(?:工作日|上班日|平日|工作天)(?:里|时)?", _workdays),
    (r"每天|一周[七7]天|全年无休|天天|每日|日日|每一天|每(?=个?(?:早|晚|夜|晨|清晨|傍晚|上午|下午|中午|凌晨))", _daily),
    (r"隔[天日周月]|每隔|每[两二三四五2-9]?个?(?:月|周|星期|礼拜|年|季度?|天|学期)|(?:月|年)[初中]|[上下]旬|中旬|上半年|下半年"
     r"|[单双]周|[下上]个?(?:周|星期|礼拜|月)|改天|过[两几]天|[明后]年", _doubt),
]  # fmt: skip
