"""A day and a time as people write them, in both languages; what is not sure is no answer."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.language.moments import parse_moment

NOW = datetime(2026, 11, 25, 10, 0)  # a Wednesday


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
        ("明天9点", datetime(2026, 11, 26, 9)),
        ("后天下午三点", datetime(2026, 11, 27, 15)),
        ("12月2日上午9点", datetime(2026, 12, 2, 9)),
        ("十二月二日 九点", datetime(2026, 12, 2, 9)),
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
    assert parse_moment(text, NOW) == moment


@pytest.mark.parametrize(
    "text",
    ["", "9", "soon", "5.12", "12月2日", "31 Feb 9:00", "2 December 14:00-15:00", "tomorrow", "今晚1点", "25:00",
     "Friday", "next Friday 9:00", "every Friday 9:00", "Fridays 9:00", "Sat and Sun 9:00", "下周五9点", "每周五9点",
     "9:00 tomorrow or on Friday", "ten past"],
)  # fmt: skip
def test_what_is_not_sure_is_no_answer(text: str) -> None:
    assert parse_moment(text, NOW) is None


@given(st.datetimes(datetime(2026, 11, 25, 10), datetime(2028, 1, 1)))
def test_what_a_button_carries_is_read_again(moment: datetime) -> None:
    to_the_minute = moment.replace(second=0, microsecond=0)
    assert parse_moment(f"{to_the_minute:%Y-%m-%d %H:%M}", NOW) == to_the_minute


@given(st.text(max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    parse_moment(text, NOW)
