"""What a public title must not hold, and how much of a place and of a state everybody reads."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.community import Community
from domain.public_reports import shown
from domain.public_reports.titles import FOR_ALL, LONGEST, Known, Wrong, WrongTitle, read
from domain.reports.reports import State

BOTH = ("en", "zh_Hans")
SAID = Known(
    (
        "The lamp in stairwell 3 has been dark since Monday, please come",
        "三单元楼道的灯从星期一起就不亮了，请来修",
        "Lamp broken",
    ),
    ("Ann", "Ann Miller", "May", "王芳", "bo_chen"),
)


@pytest.mark.parametrize(
    "title",
    [
        "Dark stairwell in building 3",
        "Broken lamp",
        "Lamp in stairwell 3",
        "The lift may stop between floors",
        "Bins are not emptied on Sundays",
        "Bus 46 does not stop",
        "Annual inspection of the lifts",
        "三单元的楼道灯",
        "楼道照明不亮",
        "电梯12月检修",
        "3号门的路灯",
    ],
)
def test_a_title_of_staffs_own_is_taken(title: str) -> None:
    assert read(title, BOTH, SAID) == {FOR_ALL: title}


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("", Wrong.EMPTY),
        (" \n ", Wrong.EMPTY),
        ("…!", Wrong.EMPTY),
        ("x" * (LONGEST + 1), Wrong.TOO_LONG),
        ("The lamp in stairwell 3 has been dark", Wrong.COPIED),
        ("Report: THE LAMP, in stairwell 3; has been…", Wrong.COPIED),
        ("lamp broken!", Wrong.COPIED),
        ("三单元楼道的灯从星期一起", Wrong.COPIED),
        ("Lamp, call 13812345678", Wrong.PHONE),
        ("Lamp, one three eight 1234 5678", Wrong.PHONE),
        ("灯坏了，一三八一二三四五六七八", Wrong.PHONE),
        ("Lamp at flat 4", Wrong.DOOR),
        ("Lamp by apt. 12", Wrong.DOOR),
        ("Lamp by door 2", Wrong.DOOR),
        ("Leak above #7", Wrong.DOOR),
        ("Leak above 501", Wrong.DOOR),
        ("Leak above ５０１", Wrong.DOOR),
        ("Leak at 3-2-5", Wrong.DOOR),
        ("三单元五零一室漏水", Wrong.DOOR),
        ("12室漏水", Wrong.DOOR),
        ("Benches for 2027", Wrong.DOOR),
        ("Lamp Ann told us of", Wrong.NAME),
        ("The bench May asked for", Wrong.NAME),
        ("王芳反映的路灯", Wrong.NAME),
        ("Lamp of bo_chen", Wrong.NAME),
        ("Dark stairwell\nDark stairwell again", Wrong.TOO_MANY_LINES),
        ("Dark stairwell\n楼道太黑\nAnd a third", Wrong.TOO_MANY_LINES),
    ],
)
def test_what_is_none_is_refused(title: str, wrong: Wrong) -> None:
    with pytest.raises(WrongTitle) as refusal:
        read(title, BOTH, SAID)
    assert refusal.value.wrong is wrong


def test_two_lines_are_two_languages() -> None:
    assert read("Dark stairwell\n楼道太黑", BOTH, SAID) == {"en": "Dark stairwell", "zh_Hans": "楼道太黑"}
    assert read("  楼道太黑 \n\n Dark   stairwell ", BOTH, SAID) == {"en": "Dark stairwell", "zh_Hans": "楼道太黑"}
    with pytest.raises(WrongTitle):
        read("Dark stairwell\n楼道太黑", ("en",), SAID)  # a language nobody is answered in here


def test_every_state_is_said_or_nothing_is_shown() -> None:
    hidden = {State.WITHDRAWN, State.MERGED, State.CLOSED}
    assert {each for each in State if shown.state(each) is None} == hidden
    assert shown.state(State.RESOLVED) is shown.state(State.UNANSWERED) is shown.PublicState.NOT_CONFIRMED
    assert shown.state(State.CONFIRMED) is shown.PublicState.FIXED, "only who reported it says so"


def test_a_place_is_named_only_where_several_households_live(community: Community) -> None:
    def codes(of: Community, area: str | None) -> list[str]:
        return [each.code for each in shown.areas(of, area)]

    assert codes(community, "b3-1") == ["north", "b3"], "of a stairwell nobody has said how many live there"
    assert codes(community, "garden") == ["garden"] and codes(community, None) == codes(community, "gone") == []

    def with_households(area: str, count: int | None) -> Community:
        def changed(areas: tuple) -> tuple:  # type: ignore[type-arg]
            return tuple(
                replace(
                    each, children=changed(each.children), households=count if each.code == area else each.households
                )
                for each in areas
            )

        return replace(community, areas=changed(community.areas))

    for count, said in ((None, ["north"]), (0, ["north"]), (4, ["north"]), (5, ["north", "b3"])):
        assert codes(with_households("b3", count), "b3-1") == said
    assert codes(with_households("north", 4), "b3") == [], "where in doubt nothing is said"
    asked = {each.code for each in shown.named_areas(community)}
    assert {"north", "b3", "garden"} <= asked and "b3-1" not in asked


def test_days_are_those_of_the_calendar(community: Community) -> None:
    late, early = datetime(2026, 3, 2, 15, 59, tzinfo=UTC), datetime(2026, 3, 2, 16, 1, tzinfo=UTC)  # around midnight
    assert shown.days(community, late, None, early) == 1
    assert shown.days(community, late, late, datetime(2026, 4, 2, tzinfo=UTC)) == 0
    assert shown.days(community, early, None, late) == 0, "no clock counts backwards"
