"""What buttons carry: it is read as it was packed, what is out in chats is read still, anything else is refused."""

from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.kit.callback_data import ADDED_LATER, BEHIND, DATA_LIMIT, CallbackData, InvalidCallbackData
from tests.support import FEATURES
from tests.walk.forging import WEIRD


class Answer(StrEnum):
    YES = "yes"
    NOT_YET = "not_yet"


class Sample(CallbackData, prefix="t1"):
    number: int
    answer: Answer
    behind: Annotated[int | None, BEHIND] = None
    page: Annotated[int, range(7), ADDED_LATER] = 0


class NumberOrWord(CallbackData, prefix="t4"):
    said: int | Answer


class DayAndWords(CallbackData, prefix="t2"):
    day: date
    words: str = ""


OURS = [kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("handlers.")]

numbers = st.integers(0, 10**15 - 1)
samples = st.builds(Sample, numbers, st.sampled_from(Answer), st.none() | numbers, st.integers(0, 6))
words = st.text(st.characters(max_codepoint=127), max_size=40)


@given(samples | st.builds(NumberOrWord, numbers | st.sampled_from(Answer)) | st.builds(DayAndWords, st.dates(), words))
def test_it_is_read_as_it_was_packed(value: CallbackData) -> None:
    assert type(value).unpack(value.pack()) == value


@pytest.mark.parametrize(
    ("value", "packed"),
    [
        (Sample(12, Answer.NOT_YET), "t1:12:not_yet:0"),
        (Sample(12, Answer.YES, 3, 6), "t1:12:yes=3:6"),
        (DayAndWords(date(2026, 11, 26), "a:b"), "t2:2026-11-26:a:b"),
        (DayAndWords(date(2026, 11, 26), ""), "t2:2026-11-26:"),
    ],
)
def test_packed_it_looks_so(value: CallbackData, packed: str) -> None:
    assert value.pack() == packed


def test_what_was_added_later_may_be_missing_and_nothing_else() -> None:
    assert Sample.unpack("t1:5:yes") == Sample(5, Answer.YES, None, 0)
    with pytest.raises(InvalidCallbackData):
        DayAndWords.unpack("t2:2026-11-26")


@pytest.mark.parametrize(
    "data",
    [
        "", "t1", "t1:", "t1:5", "t2:5:yes", "t1:5:no", "t1:5:YES", "t1:-5:yes", "t1:+5:yes", "t1:٣:yes", "t1: 5:yes",
        f"t1:{'9' * 16}:yes", "t1:5:yes=", "t1:5:yes=x", "t1:5:yes:7", "t1:5:yes:0:0", "t1:5:yes:0x1", "t1:5::0",
        "t10:5:yes",
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused(data: str) -> None:
    with pytest.raises(InvalidCallbackData):
        Sample.unpack(data)


@pytest.mark.parametrize("day", ["20261126", "2026-W48-4", "2026-02-30", "2026-11-26T10", "0000-01-01", "", "tomorrow"])
def test_a_day_is_written_in_one_way_only(day: str) -> None:
    with pytest.raises(InvalidCallbackData):
        DayAndWords.unpack(f"t2:{day}:x")


@pytest.mark.parametrize(
    "value",
    [
        DayAndWords(date(2026, 11, 26), "x" * 60),
        DayAndWords(date(2026, 11, 26), "灯"),
        Sample(-1, Answer.YES),
        Sample(10**15, Answer.YES),
        Sample(1, Answer.YES, page=7),
        Sample(1, Answer.YES, behind=-1),
    ],
)
def test_what_could_not_be_read_again_makes_no_button(value: CallbackData) -> None:
    with pytest.raises(ValueError, match="callback data"):
        value.pack()


@pytest.mark.parametrize("said", ["", "-1", "+1", "٣", "YES", "maybe", "9" * 16])
def test_neither_a_number_nor_one_of_the_words_is_refused(said: str) -> None:
    with pytest.raises(InvalidCallbackData):
        NumberOrWord.unpack(f"t4:{said}")


def test_64_bytes_are_the_most() -> None:
    longest = DayAndWords(date(2026, 11, 26), "x" * (DATA_LIMIT - len("t2:2026-11-26:")))
    assert len(longest.pack()) == DATA_LIMIT


def test_a_type_no_button_carries_is_refused_when_the_program_starts() -> None:
    with pytest.raises(TypeError, match="share"):

        class Wrong(CallbackData, prefix="t3"):
            share: float


# -- those that are declared


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_nothing_but_invalid_is_said_of_nonsense(kind: type[CallbackData], data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.sampled_from(WEIRD) | st.text(max_size=9), max_size=len(fields(kind)) + 1))  # type: ignore[arg-type]
    try:
        found = kind.unpack(":".join([kind.prefix, *parts]))
    except InvalidCallbackData:
        return
    assert kind.unpack(found.pack()) == found


def test_no_two_have_the_same_beginning_and_each_is_registered() -> None:
    prefixes = [kind.prefix for kind in OURS]
    assert len(set(prefixes)) == len(prefixes)
    assert set(prefixes) <= set(FEATURES.buttons)
