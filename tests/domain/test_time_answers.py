"""Answers to a question for a time, a day, an end, weekdays or a moment, as people write them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times.answers import (
    moments_meant,
    parse_day,
    parse_end,
    parse_month_day,
    parse_weekdays,
    stretches_meant,
)

TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday
T = TypeVar("T")


def one(meant: Sequence[T]) -> T | None:
    """What is taken as an answer: the only thing that may be meant."""
    return meant[0] if len(meant) == 1 else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19:00-20:00", (1140, 60)),
        ("19:00 – 20:30", (1140, 90)),
        ("19.30", (1170, 60)),
        ("7 pm", (1140, 60)),
        ("7 to 8 pm", (1140, 60)),
        ("7pm-8pm", (1140, 60)),
        ("12 am", (0, 60)),
        ("19点到20点", (1140, 60)),
        ("晚上7点半", (1170, 60)),
        ("晚上7点到8点", (1140, 60)),
        ("下午3点至5点", (900, 120)),
        ("晚上七点到八点", (1140, 60)),
        ("上午十点半至十二点", (630, 90)),
        ("7 to 8 in the evening", (1140, 60)),
        ("9 in the morning", (540, 60)),
        ("10 at night", (1320, 60)),
        ("晚上10点到12点", (1320, 120)),
        ("22:00-6:00", (1320, 480)),
        ("25:00", None),
        ("19:75", None),
        ("19:00-19:00", None),
        ("in the evening", None),
        ("", None),
    ],
)
def test_a_time_is_read(text: str, expected: tuple[int, int] | None) -> None:
    assert one(stretches_meant(text)) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-05", date(2026, 12, 5)),
        (" 5.12. ", date(2026, 12, 5)),
        ("5.12", date(2026, 12, 5)),
        ("5. 12. 2027", date(2027, 12, 5)),
        ("25.11.", TODAY),
        ("24.11.", date(2027, 11, 24)),
        ("12月5日", date(2026, 12, 5)),
        ("2027年1月3号", date(2027, 1, 3)),
        ("5 December", date(2026, 12, 5)),
        ("Saturday, 5 December", date(2026, 12, 5)),
        ("the 5th of December", date(2026, 12, 5)),
        ("Dec 5th, 2027", date(2027, 12, 5)),
        ("30 sept", date(2027, 9, 30)),
        ("31/12", date(2026, 12, 31)),
        ("12/31/2027", date(2027, 12, 31)),
        ("5/5", date(2027, 5, 5)),
        ("5/6", None),
        ("十二月三十一日", date(2026, 12, 31)),
        ("12月5日星期六", date(2026, 12, 5)),
        ("31 February", None),
        ("31 Decembers", None),
        ("31.2.", None),
        ("2026-13-01", None),
        ("soon", None),
        ("", None),
        ("99999-01-01", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Saturday and Sunday", {5, 6}),
        ("every Sat, Sun", {5, 6}),
        ("Tuesdays", {1}),
        ("Mon Wed Thurs", {0, 2, 3}),
        ("at the weekend", None),
        ("Weekends", {5, 6}),
        ("周六和周日", {5, 6}),
        ("每周六、日", {5, 6}),
        ("星期一，星期三", {0, 2}),
        ("礼拜天", {6}),
        ("周末", {5, 6}),
        ("Monday to Friday", {0, 1, 2, 3, 4}),
        ("not on Sunday", None),
        ("周一到周五", {0, 1, 2, 3, 4}),
        ("sunny", None),
        ("", None),
    ],
)
def test_weekdays(text: str, days: set[int] | None) -> None:
    assert parse_weekdays(text) == (frozenset(days) if days is not None else None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("14:30", datetime(2026, 11, 25, 14, 30)),
        ("today at 6 pm", datetime(2026, 11, 25, 18)),
        ("tonight 8:30", datetime(2026, 11, 25, 20, 30)),
        ("tomorrow 9:00", datetime(2026, 11, 26, 9)),
        ("Tomorrow, 9 am", datetime(2026, 11, 26, 9)),
        ("2 December, 8 am", datetime(2026, 12, 2, 8)),
        ("Wed 2 Dec 9:00", datetime(2026, 12, 2, 9)),
        ("2.12. 9:00", datetime(2026, 12, 2, 9)),
        ("2026-12-02 18:00", datetime(2026, 12, 2, 18)),
        ("今晚8点", datetime(2026, 11, 25, 20)),
        ("明早8点半", datetime(2026, 11, 26, 8, 30)),
        ("明天上午9点", datetime(2026, 11, 26, 9)),
        ("后天下午三点", datetime(2026, 11, 27, 15)),
        ("12月2日上午9点", datetime(2026, 12, 2, 9)),
        ("十二月二日 早上九点", datetime(2026, 12, 2, 9)),
        ("下周五上午9点", datetime(2026, 12, 4, 9)),
        ("Friday 9:00", datetime(2026, 11, 27, 9)),
        ("on Friday at 9 am", datetime(2026, 11, 27, 9)),
        ("this Sat, 18:00", datetime(2026, 11, 28, 18)),
        ("Wednesday 10:30", datetime(2026, 11, 25, 10, 30)),
        ("Wednesday 9:00", datetime(2026, 12, 2, 9)),
        ("星期五上午9点", datetime(2026, 11, 27, 9)),
        ("本周日晚上七点", datetime(2026, 11, 29, 19)),
        ("８：００", datetime(2026, 11, 25, 8)),
    ],
)
def test_it_is_read_as_it_is_meant(text: str, moment: datetime) -> None:
    assert one(moments_meant(text, NOW)) == moment


@pytest.mark.parametrize(
    "text",
    ["", "9", "soon", "5.12", "12月2日", "31 Feb 9:00", "2 December 14:00-15:00", "tomorrow", "今晚1点", "25:00",
     "Friday", "next Friday 9:00", "every Friday 9:00", "Fridays 9:00", "Sat and Sun 9:00", "下周五9点", "明天9点",
     "十二月二日 九点", "今晚十二点半到一点", "每周五9点",
     "9:00 tomorrow or on Friday", "ten past"],
)  # fmt: skip
def test_what_is_not_sure_is_no_answer(text: str) -> None:
    assert one(moments_meant(text, NOW)) is None


@given(st.datetimes(datetime(2026, 11, 25, 10), datetime(2028, 1, 1)))
def test_what_a_button_carries_is_read_again(moment: datetime) -> None:
    to_the_minute = moment.replace(second=0, microsecond=0)
    assert one(moments_meant(f"{to_the_minute:%Y-%m-%d %H:%M}", NOW)) == to_the_minute


@given(st.text(max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    moments_meant(text, NOW)


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("7", {(420, 60), (1140, 60)}),
        ("7-8", {(420, 60), (1140, 60)}),
        ("7点到8点", {(420, 60), (1140, 60)}),
        ("12点半到1点半", {(30, 60), (750, 60)}),
        ("half past twelve", {(30, 60), (750, 60)}),
        ("11 to 1", {(660, 120), (1380, 120)}),
        ("4:30", {(270, 60), (990, 60)}),
        ("19-20", {(1140, 60)}),
        ("9-17", {(540, 480)}),
        ("12:30", {(750, 60)}),
        ("中午12点半到1点半", {(750, 60)}),
        ("at 7, three people", set()),
        ("Saturday 7 to 8 pm", set()),
        ("at 13 or 14", set()),
    ],
)
def test_a_time_of_no_known_half_of_the_day_may_be_two(text: str, may_be: set[tuple[int, int]]) -> None:
    assert set(stretches_meant(text)) == may_be


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("tomorrow at 9", {datetime(2026, 11, 26, 9), datetime(2026, 11, 26, 21)}),
        ("明天9点", {datetime(2026, 11, 26, 9), datetime(2026, 11, 26, 21)}),
        ("明天中午12点半", {datetime(2026, 11, 26, 12, 30)}),
        ("今晚12点", {datetime(2026, 11, 26)}),
        ("tomorrow", set()),
        ("next Friday at 9", set()),
    ],
)
def test_a_moment_of_no_known_half_of_the_day_may_be_two(text: str, moments: set[datetime]) -> None:
    assert set(moments_meant(text, NOW)) == moments


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 31 December", date(2026, 12, 31)),
        ("31.12.", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("年底", date(2026, 12, 31)),
        ("the end of the year", date(2026, 12, 31)),
        ("until Friday, please", date(2026, 11, 27)),
        ("到明年三月底", date(2027, 3, 31)),
        ("两周之内", date(2026, 12, 9)),
        ("春节前", None),
        ("before Easter", None),
        ("from 5 December", None),
        ("Saturdays", None),
        ("next week", None),
        ("when the lamp on 5 December was broken", None),
    ],
)
def test_an_end_is_read(text: str, day: date | None) -> None:
    assert parse_end(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "which"),
    [("15", 15), ("the 15th", 15), ("15号", 15), ("每月十五号", 15), ("on the 3rd of each month", 3), ("月底", 31),
     ("the last day", 31), ("32", None), ("0", None), ("15 times", None), ("soon", None)],
)  # fmt: skip
def test_a_day_of_each_month_is_read(text: str, which: int | None) -> None:
    assert parse_month_day(text) == which


def test_an_end_is_no_answer_where_one_day_is_asked_for() -> None:
    assert parse_day("by 31 December", TODAY) is None
    assert parse_day("on 31 December", TODAY) == date(2026, 12, 31)


def test_which_of_two_numbers_is_the_month_goes_by_the_language() -> None:
    assert parse_day("5/6", TODAY, "zh_Hans") == date(2027, 5, 6)
    assert parse_day("5/6", TODAY, "en") is None
    assert parse_day("25/12", TODAY, "zh_Hans") == date(2026, 12, 25)
