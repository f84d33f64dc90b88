"""When something is, as sentences say it. The table `when.tsv` has the form of `benchmarks/words/README.md`."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.word_readers import read_time
from domain.times.when import When, read_when

NOW = datetime(2026, 11, 30, 10)  # a Monday
TABLE = [tuple(line.split("\t")) for line in (Path(__file__).parent / "when.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("expected", "text"), TABLE)
def test_a_sentence_is_read_as_it_is_meant(expected: str, text: str) -> None:
    assert read_time(text, NOW) == expected


@pytest.mark.parametrize("part", ["早上", "上午", "中午", "下午", "傍晚", "晚上", "夜里", "凌晨", "半夜"])
@pytest.mark.parametrize("hour", range(1, 13))
@pytest.mark.parametrize("half", ["", "半"])
def test_no_hour_is_in_a_part_of_the_day_that_it_does_not_belong_to(part: str, hour: int, half: str) -> None:
    around = {
        "早上": (60, 720), "上午": (300, 780), "中午": (600, 960), "下午": (720, 1200), "傍晚": (960, 1440),
        "晚上": (1020, 1620), "夜里": (1140, 1800), "凌晨": (0, 420), "半夜": (1140, 1800),
    }  # fmt: skip
    begins = read_when(f"{part}{hour}点{half}", NOW).begins
    first, last = around[part]
    assert begins is None or first <= begins < last or first <= begins + 1440 < last


@pytest.mark.parametrize(
    "text",
    ["中午12点半", "中午十二点半到一点半", "half past twelve at noon", "noon to half past one", "12:30", "at 12.30 pm",
     "每天中午12点30分", "12:30-13:30", "正午12点半"],
)  # fmt: skip
def test_half_past_twelve_at_noon_is_never_half_past_midnight(text: str) -> None:
    assert read_when(text, NOW).begins in (720, 750)


def test_a_whole_promise_is_taken_apart_and_the_rest_is_kept() -> None:
    said = read_when("From 5 December I discourage letting dogs foul the path every weekend 7 to 8 pm", NOW)
    assert said == When(days=frozenset({5, 6}), since=date(2026, 12, 5), begins=1140, ends=1200)
    assert "dogs foul the path" in said.rest
    assert "7" not in said.rest
    said = read_when("年底前写80副春联", NOW)
    assert said == When(until=date(2026, 12, 31))
    assert "80副春联" in said.rest


def test_what_is_open_is_said_to_be() -> None:
    assert read_when("at 7", NOW).may_be == ((420, 60), (1140, 60))
    assert read_when("7点", NOW).may_be == ((420, 60), (1140, 60))
    assert read_when("7点", NOW).doubtful
    assert read_when("every Saturday before Easter", NOW) == When(days=frozenset({5}), doubtful=True, doubtful_day=True)
    assert read_when("每月15号", NOW).month_day == 15
    assert (read_when("every other Saturday", NOW).every, read_when("every other Saturday", NOW).days) == (2, {5})


def test_a_weekday_alone_may_be_the_next_or_each() -> None:
    said = read_when("Saturday at 3 pm", NOW)
    assert (said.weekday, said.day, said.days) == (5, date(2026, 12, 5), frozenset())


def test_two_numbers_are_read_by_the_language_of_the_writer() -> None:
    assert read_when("5/6", NOW).day is None
    assert read_when("5/6", NOW, "zh_Hans").day == date(2027, 5, 6)


@given(st.text(max_size=300))
def test_nothing_breaks_it(text: str) -> None:
    read_when(text, NOW)


_WORDS = st.sampled_from(
    ["every", "每", "Monday", "周一", "三", "点", "半", "7", "12", "31", "至", "to", "-", "pm", "晚上", "noon", "until",
     "前", "年", "月", "日", "December", "2027", ".", "/", ":", "half past",
     "end of the", "week", "天", "内", "in", "or"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=25).map(" ".join) | st.lists(_WORDS, max_size=25).map("".join))
def test_no_row_of_its_own_words_breaks_it(text: str) -> None:
    read_when(text, NOW)
