"""What is published of how many people: no small number, no two numbers whose difference points at somebody."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.projects.disclosure import FEWEST, Answers, Published, publish

TRUE = st.tuples(st.integers(0, 60), st.integers(0, 40), st.integers(0, 40))


def days(numbers: Sequence[tuple[int, int, int]]) -> list[Published]:
    """What a page says day after day, of (people, fixed, not fixed)."""
    said: list[Published] = []
    for people, fixed, not_fixed in numbers:
        earlier = [each.answers for each in said if each.answers is not None]
        said.append(publish(said[-1] if said else None, earlier, people, Answers(fixed, not_fixed)))
    return said


@given(st.lists(TRUE, max_size=30))
def test_no_small_number_is_said_and_none_too_large(numbers: list[tuple[int, int, int]]) -> None:
    for (people, _, _), said in zip(numbers, days(numbers), strict=True):
        assert said.people is None if not people else said.people is not None and said.people % FEWEST == 0
        assert (said.people or 0) <= people < (said.people or 0) + FEWEST
        if said.answers is not None:
            assert min(said.answers.fixed, said.answers.not_fixed) >= FEWEST and not said.some


@given(st.lists(TRUE, max_size=30))
def test_no_two_publications_differ_by_a_few(numbers: list[tuple[int, int, int]]) -> None:
    """Also where something else was said in between."""
    said = [each.answers for each in days(numbers) if each.answers is not None]
    for one in said:
        for other in said:
            for apart in (
                one.fixed - other.fixed,
                one.not_fixed - other.not_fixed,
                one.fixed + one.not_fixed - other.fixed - other.not_fixed,
            ):
                assert not 0 < abs(apart) < FEWEST


@given(st.lists(TRUE, min_size=1, max_size=30))
def test_that_somebody_says_no_is_never_kept_back(numbers: list[tuple[int, int, int]]) -> None:
    for (_, fixed, not_fixed), said in zip(numbers, days(numbers), strict=True):
        if min(fixed, not_fixed) < FEWEST:
            assert said.some is (not_fixed > 0) and said.answers is None
        else:
            assert said.some or said.answers is not None


@pytest.mark.parametrize(
    ("people", "fixed", "not_fixed", "said"),
    [
        (0, 0, 0, Published(None)),
        (4, 0, 0, Published(0)),
        (5, 4, 1, Published(5, some=True)),
        (23, 14, 6, Published(20, Answers(14, 6))),
        (23, 4, 12, Published(20, some=True)),
        (23, 12, 4, Published(20, some=True)),
        (23, 20, 0, Published(20)),
    ],
)
def test_what_is_said_the_first_time(people: int, fixed: int, not_fixed: int, said: Published) -> None:
    assert publish(None, (), people, Answers(fixed, not_fixed)) == said


def test_one_more_no_changes_nothing_until_there_are_five_more() -> None:
    said = days([(30, 14, 6), (30, 14, 7), (30, 14, 10), (30, 14, 11), (30, 14, 3), (30, 14, 7), (30, 14, 6)])
    assert [each.answers and each.answers.not_fixed for each in said] == [6, 6, 6, 11, None, None, 6]
    assert [each.some for each in said] == [False, False, False, False, True, True, False]
