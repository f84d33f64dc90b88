"""What is published of figures: somebody who has all of it cannot say of a hidden count that it is small."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.figures.disclosure import FEWEST, Key, Published, Sum, publishable
from tests.domain.attack import Attack

ALL = "all"
MONTHS = ("m1", "m2", "m3")
QUARTER = "q"


@dataclass
class Year:
    """Tables that are published one after the other, and what somebody can work out who keeps all of them."""

    sums: list[Sum]
    telling: frozenset[Key] = frozenset()
    never: frozenset[Key] = frozenset()
    counts: dict[Key, int] = field(default_factory=dict)
    decided: dict[Key, bool] = field(default_factory=dict)
    last: Published = field(default_factory=lambda: Published(frozenset(), {}))

    def publish(self, counts: Mapping[Key, int]) -> None:
        """The next tables."""
        self.counts |= counts
        self.last = publishable(self.counts, self.sums, telling=self.telling, never=self.never, earlier=self.decided)
        for key, shown in self.decided.items():
            assert (key in self.last.shown) is shown, "what was published stays"
        self.decided = {key: key in self.last.shown for key in self.counts}

    @property
    def hidden(self) -> list[Key]:
        return sorted(set(self.counts) - self.last.shown)

    def holds(self) -> None:
        """The law."""
        there = [each for each in self.sums if all(key in self.counts for key in each.keys)]
        more = {each: self.counts[each.whole] - sum(self.counts[part] for part in each.parts) for each in there}
        attack = Attack(
            shown={key: self.counts[key] for key in self.last.shown},
            at_least=self.last.at_least,
            hidden=self.hidden,
            zero=self.telling | self.never,
            exact=[each for each in there if more[each] == 0],
            at_most=[each for each in there if more[each] > 0],
        )
        for key, count in self.counts.items():
            small = 0 < count < FEWEST or (count == 0 and key in self.telling)
            if not small:
                continue
            assert key not in self.last.shown, f"{key} is {count} and shown"
            possible = attack.possible(key)
            assert count in possible, "the attack itself is sound"
            assert max(possible) >= FEWEST and len(possible) > 1, (
                f"{key} is {count}, and can be one of {possible} alone"
            )


def one_table(names: tuple[str, ...]) -> Year:
    return Year([Sum((ALL,), tuple((name,) for name in names))])


@given(st.lists(st.integers(0, 12), min_size=1, max_size=5))
def test_of_one_row_and_its_total(numbers: list[int]) -> None:
    names = tuple("abcde"[: len(numbers)])
    year = one_table(names)
    year.publish({**{(name,): number for name, number in zip(names, numbers, strict=True)}, (ALL,): sum(numbers)})
    year.holds()


@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3))
@settings(max_examples=60, deadline=None)
def test_of_rows_and_columns(rows: list[list[int]]) -> None:
    """Areas, and in each the same kinds: totals of both."""
    kinds = ("x", "y", "z")
    areas = tuple("abc"[: len(rows)])
    counts: dict[Key, int] = {(a, k): rows[i][j] for i, a in enumerate(areas) for j, k in enumerate(kinds)}
    counts |= {(a, ALL): sum(rows[i]) for i, a in enumerate(areas)}
    counts |= {(ALL, k): sum(row[j] for row in rows) for j, k in enumerate(kinds)}
    counts[ALL, ALL] = sum(map(sum, rows))
    sums = [Sum((a, ALL), tuple((a, k) for k in kinds)) for a in (*areas, ALL)]
    sums += [Sum((ALL, k), tuple((a, k) for a in areas)) for k in (*kinds, ALL)]
    year = Year(sums)
    year.publish(counts)
    year.holds()


@given(st.lists(st.tuples(*[st.integers(0, 11)] * 3), min_size=2, max_size=3), st.integers(-3, 6))
@settings(max_examples=80, deadline=None)
def test_of_months_and_their_quarter(areas: list[tuple[int, int, int]], late: int) -> None:
    """A month stands in public before its quarter is over; what the quarter adds must not tell what was hidden."""
    names = tuple("abc"[: len(areas)])
    of = dict(zip(names, areas, strict=True))
    sums = [Sum((period, ALL), tuple((period, name) for name in names)) for period in (*MONTHS, QUARTER)]
    sums += [Sum((QUARTER, name), tuple((month, name) for month in MONTHS)) for name in (*names, ALL)]
    year = Year(sums)
    for place, month in enumerate(MONTHS):
        counts: dict[Key, int] = {(month, name): of[name][place] for name in names}
        counts[month, ALL] = sum(counts.values())
        if place == 2:
            # Some were handled after their month was over: then the quarter has more than its months.
            whole: dict[Key, int] = {(QUARTER, name): max(0, sum(of[name]) + late) for name in names}
            counts |= {**whole, (QUARTER, ALL): sum(whole.values())}
        year.publish(counts)
        year.holds()


def handled(periods: tuple[str, ...], names: tuple[str, ...]) -> Year:
    """Collected, and how many of them are handled; what is left has no line of its own and can be worked out."""
    every = (*names, ALL)
    sums = [
        Sum((period, name, "collected"), ((period, name, "handled"), (period, name, "left")), rest=True)
        for period, name in product(periods, every)
    ]
    for period, what in product(periods if names else (), ("collected", "handled")):
        sums.append(Sum((period, ALL, what), tuple((period, name, what) for name in names)))
    if QUARTER in periods:
        for name, what in product(every, ("collected", "handled")):
            sums.append(Sum((QUARTER, name, what), tuple((month, name, what) for month in MONTHS)))
    return Year(sums, never=frozenset((period, name, "left") for period, name in product(periods, every)))


def of_handled(period: str, each: Mapping[str, tuple[int, int]]) -> dict[Key, int]:
    """Handled and left, by name, and both together."""
    whole = {**each, ALL: (sum(done for done, _ in each.values()), sum(left for _, left in each.values()))}
    return {
        (period, name, what): number
        for name, (done, left) in whole.items()
        for what, number in (("collected", done + left), ("handled", done), ("left", left))
    }


pairs = st.tuples(st.integers(0, 14), st.integers(0, 7))


@given(st.lists(pairs, min_size=1, max_size=3))
@settings(max_examples=80, deadline=None)
def test_of_parts_and_what_is_left_of_the_whole(numbers: list[tuple[int, int]]) -> None:
    names = tuple("abc"[: len(numbers)])
    year = handled(("m1",), names)
    year.publish(of_handled("m1", dict(zip(names, numbers, strict=True))))
    year.holds()


@given(st.lists(st.lists(pairs, min_size=2, max_size=2), min_size=3, max_size=3))
@settings(max_examples=12, deadline=None)
def test_of_all_of_it_at_once(months: list[list[tuple[int, int]]]) -> None:
    names = ("a", "b")
    year = handled((*MONTHS, QUARTER), names)
    for month, numbers in zip(MONTHS, months, strict=True):
        counts = of_handled(month, dict(zip(names, numbers, strict=True)))
        if month == MONTHS[-1]:
            together = {
                name: (sum(each[place][0] for each in months), sum(each[place][1] for each in months))
                for place, name in enumerate(names)
            }
            counts |= of_handled(QUARTER, together)
        year.publish(counts)
        year.holds()


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_of_what_residents_say_nobody_tells_as_much_as_few(yes: int, no: int, silent: int) -> None:
    counts: dict[Key, int] = {("yes",): yes, ("no",): no, ("silent",): silent, ("judged",): yes + no}
    counts["over",] = yes + no + silent
    sums = [Sum(("judged",), (("yes",), ("no",)), rest=True), Sum(("over",), (("yes",), ("no",), ("silent",)))]
    telling = frozenset({("yes",), ("no",)}) if yes + no else frozenset[Key]()
    year = Year(sums, telling=telling)
    year.publish(counts)
    year.holds()


@given(st.lists(st.integers(FEWEST, 60), min_size=1, max_size=6))
def test_where_nothing_is_small_nothing_is_hidden(numbers: list[int]) -> None:
    names = tuple("abcdef"[: len(numbers)])
    year = one_table(names)
    year.publish({**{(name,): number for name, number in zip(names, numbers, strict=True)}, (ALL,): sum(numbers)})
    assert year.hidden == []


@given(st.dictionaries(st.tuples(st.sampled_from("abcd")), st.integers(0, 9), min_size=1))
def test_without_sums_just_the_small_ones_are_hidden(counts: dict[Key, int]) -> None:
    shown = publishable(counts, []).shown
    assert shown == {key for key, count in counts.items() if count == 0 or count >= FEWEST}


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [((20, 9, 3), "a+"), ((20, 9, 0), "ab+c"), ((3, 0, 0), "bc"), ((20, 3, 3), "a+"), ((20, 1, 2), "+")],
    ids=["one beside", "none needed", "a whole that is one part", "two hide each other", "two are not enough"],
)
def test_what_is_hidden_beside(numbers: tuple[int, ...], shown: str) -> None:
    """`+` is the total. Of three in all nobody learns by two hidden ones: the third is hidden, too."""
    year = one_table(("a", "b", "c"))
    year.publish({**dict(zip((("a",), ("b",), ("c",)), numbers, strict=True)), (ALL,): sum(numbers)})
    found = {"+" if key == (ALL,) else key[0] for key in year.last.shown}
    assert found == set(shown)


@pytest.mark.parametrize(("left", "said"), [(0, "495"), (3, "at least 490"), (5, "at least 490"), (6, "489")])
def test_of_nearly_all_it_is_said_that_it_is_at_least_so_many(left: int, said: str) -> None:
    year = handled(("m1",), ())
    whole = 495
    year.publish(of_handled("m1", {}) | {
        ("m1", ALL, "collected"): whole, ("m1", ALL, "handled"): whole - left, ("m1", ALL, "left"): left,
    })  # fmt: skip
    key = ("m1", ALL, "handled")
    at_least = year.last.at_least.get(key)
    assert said == (f"at least {at_least}" if at_least is not None else str(year.counts[key]))
    assert (key in year.last.shown) is (at_least is None)


def test_what_a_quarter_adds_hides_in_it_what_was_hidden_in_a_month() -> None:
    year = handled((*MONTHS, QUARTER), ("a", "b"))
    few, many = {"a": (20, 0), "b": (3, 0)}, {"a": (20, 0), "b": (30, 0)}
    year.publish(of_handled("m1", few))
    year.publish(of_handled("m2", many))
    assert {("m2", "b", "collected"), ("m2", ALL, "collected")} <= year.last.shown
    year.publish(of_handled("m3", many) | of_handled(QUARTER, {"a": (60, 0), "b": (63, 0)}))
    b = [key for key in ((QUARTER, "b", "collected"), ("m3", "b", "collected")) if key in year.last.shown]
    assert len(b) < 2, "with both, the first month would be what is left"
    year.holds()


def test_who_knows_the_rule_learns_no_number() -> None:
    """Of a total and three parts, whatever is published: several tables look alike, and differ in each hidden count.

    That it is small can be known to who knows the rule: where nothing else is to be hidden, it is hidden for that.
    """
    looks: dict[tuple[tuple[Key, int], ...], set[tuple[int, ...]]] = {}
    for numbers in product(range(12), repeat=3):
        year = one_table(("a", "b", "c"))
        year.publish({**dict(zip((("a",), ("b",), ("c",)), numbers, strict=True)), (ALL,): sum(numbers)})
        look = tuple(sorted((key, year.counts[key]) for key in year.last.shown))
        looks.setdefault(look, set()).add(numbers)
    for look, alike in looks.items():
        if max(map(sum, alike)) > 11:
            continue  # of those there are more than were tried
        for place in range(3):
            found = {numbers[place] for numbers in alike}
            shown = any(key == ("abc"[place],) for key, _ in look)
            assert shown or len(found) > 2, (alike, place)
