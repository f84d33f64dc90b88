"""How periods and their parts are spoken of, and into which parts they come."""

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figures.period_parts import parts
from domain.figures.periods import Length, Period, containing
from speech import periods
from speech.speaker import PlainSpeaker

EN, ZH = (PlainSpeaker(language, ZoneInfo("Asia/Shanghai")) for language in ("en", "zh_Hans"))
YEAR = Period(date(2023, 1, 1), date(2024, 1, 1))
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("first", "after", "english", "chinese"),
    [
        ("2023-01-01", "2024-01-01", "In the year to 31 December 2023", "截至2023年12月31日的一年里"),
        ("2023-03-01", "2024-03-01", "In the year to 29 February 2024", "截至2024年2月29日的一年里"),
        ("2026-03-01", "2026-04-01", "In March 2026", "2026年3月"),
        ("2026-03-02", "2026-03-03", "On 2 March 2026", "2026年3月2日"),
        ("2026-03-02", "2026-03-09", "From 2 March 2026 to 8 March 2026", "2026年3月2日至2026年3月8日"),
    ],
)
def test_when_it_was(first: str, after: str, english: str, chinese: str) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(after))
    assert (periods.when(EN, period), periods.when(ZH, period)) == (english, chinese)


def test_what_goes_on_is_said_to() -> None:
    assert periods.when(EN, YEAR, goes_on=True) == "From 1 January 2023 until now"
    assert periods.dates(ZH, YEAR, goes_on=True) == "2023年1月1日至今"


def test_what_a_report_is_called() -> None:
    assert periods.title(EN, YEAR) == "Yearly report 2023" and periods.title(ZH, YEAR) == "2023年度报告"
    march = containing(date(2026, 3, 9), Length.MONTH)
    assert periods.title(EN, march) == "Monthly report March 2026" and periods.title(ZH, march) == "2026年3月月度报告"
    assert periods.title(EN, containing(date(2026, 3, 9), Length.WEEK)) == "Weekly report"
    assert "residents reported" in periods.title(EN, Period(date(2026, 3, 2), date(2026, 3, 5)))


@pytest.mark.parametrize(
    ("first", "after", "english", "chinese"),
    [
        ("2023-01-01", "2024-01-01", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "1月 2月 3月"),
        ("2023-11-15", "2024-02-01", "15–30 Nov|Dec 2023|Jan 2024", "11月15日–30日 2023年12月 2024年1月"),
        ("2026-03-01", "2026-04-01", "Sun 1 Mar|2–8 Mar|9–15 Mar|16–22 Mar|23–29 Mar|30–31 Mar", "3月1日"),
        ("2026-03-30", "2026-04-20", "30 Mar–5 Apr|6–12 Apr|13–19 Apr", "3月30日–4月5日 4月6日–12日"),
        ("2026-03-02", "2026-03-05", "Mon 2 Mar|Tue 3 Mar|Wed 4 Mar", "3月2日"),
        ("2022-01-01", "2024-01-01", "Jan–Mar 2022|Apr–Jun 2022", "2022年1月–3月 2022年4月–6月"),
        ("2015-01-01", "2020-01-01", "2015|2016|2017|2018|2019", "2015年 2016年"),
    ],
)
def test_its_parts(first: str, after: str, english: str, chinese: str) -> None:
    whole = Period(date.fromisoformat(first), date.fromisoformat(after))
    said = [periods.part(EN, whole, each) for each in parts(whole)]
    expected = english.split("|") if "|" in english else english.split(" ")
    assert said[: len(expected)] == expected
    assert " ".join(periods.part(ZH, whole, each) for each in parts(whole)).startswith(chinese)


@given(DAYS, st.integers(1, 3000), DAYS, st.integers(0, 3000))
def test_parts_follow_each_other_and_are_few(first: date, days: int, since: date, more: int) -> None:
    whole = Period(first, first + timedelta(days=days))
    found = parts(whole)
    assert found[0].first == whole.first and found[-1].after == whole.after and len(found) <= 15
    assert all(one.after == other.first for one, other in pairwise(found))
    until = since + timedelta(days=more)
    some = parts(whole, since, until)
    assert some == [each for each in found if each.last >= since and each.first <= until]
