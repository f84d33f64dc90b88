from zoneinfo import ZoneInfo

import pytest

from domain.calendar.hours import WorkingHours
from domain.community import Area, Community
from domain.language.words import Words
from domain.places.places import find_areas, find_place, metres, nearest_area

ZONE = ZoneInfo("Asia/Shanghai")


def area(code: str, en: str, zh: str, *children: Area, aliases: tuple[str, ...] = ()) -> Area:
    return Area(code, Words.of({"en": en, "zh": zh}), children, aliases=aliases)


def stairwells(building: str) -> tuple[Area, ...]:
    return tuple(area(f"{building}-{number}", f"Stairwell {number}", f"{number}单元") for number in (1, 2))


def community(*areas: Area) -> Community:
    return Community(Words.of({"en": "Court"}), ZONE, ("en", "zh_Hans"), WorkingHours.always(ZONE), areas, (), ())


COURT = community(
    area(
        "north",
        "North side",
        "北区",
        area("b3", "Building 3", "3号楼", *stairwells("b3")),
        area("b12", "Building 12", "十二号楼", *stairwells("b12")),
    ),
    area("north-gate", "North gate", "北门", aliases=("gate",)),
    area("gate-house", "Gate house", "门卫室"),
    area("market", "Night market street", "夜市街", aliases=("night market", "夜市", "Café")),
    area("teach-1", "Teaching building 1", "1号教学楼"),
    area("dorm-1", "Dormitory 1", "1号宿舍楼"),
)

CAMPUS = community(
    *COURT.areas[:4],
    area("south", "South side", "南区", area("b5", "Building 5", "5号楼")),
    area("dorm-1", "Dormitory 1", "1号宿舍楼", *(
        area(f"dorm-1-f{floor}", f"Floor {floor}", f"{floor}层", area(f"r{floor}", f"Room {floor}01", f"{floor}01室"))
        for floor in (1, 2)
    )),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("building 3", ["b3"]),
        ("in Building three", ["b3"]),
        ("bldg. #3", ["b3"]),
        ("block no. 3", ["b3"]),
        ("3号楼", ["b3"]),
        ("３号楼", ["b3"]),
        ("三号楼门口", ["b3"]),
        ("3栋", ["b3"]),
        ("3#", ["b3"]),
        ("3", ["b3"]),
        ("b3", ["b3"]),
        ("十二栋", ["b12"]),
        ("building 12", ["b12"]),
        ("building 3, stairwell 2", ["b3-2"]),
        ("entrance 2 of block 3", ["b3-2"]),
        ("北区3号楼二单元502", ["b3-2"]),
        ("3-2-501", ["b3-2"]),
        ("3-2", ["b3-2"]),
        ("stairwell 2", ["b3-2", "b12-2"]),
        ("North side", ["north"]),
        ("stalls at the north gate", ["north-gate"]),
        ("the gate", ["north-gate"]),
        ("the gate house", ["gate-house"]),
        ("夜市摆摊", ["market"]),
        ("next to the cafe", ["market"]),
        ("teaching building 1", ["teach-1"]),
        ("1号宿舍楼", ["dorm-1"]),
        ("dorm 1", ["dorm-1"]),
        ("宿舍一号楼", ["dorm-1"]),
        ("1", ["dorm-1", "teach-1"]),
        ("building 3 or the market? the night market", ["b3", "market"]),
    ],
)
def test_places_are_found_as_people_name_them(text: str, codes: list[str]) -> None:
    assert sorted(found.code for found in find_areas(text, COURT)) == sorted(codes)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "somewhere",
        "13号楼",
        "building 33",
        "building 312",
        "we waited 1-2 days",
        "3号晚上",
        "3楼",
        "2026-3-2",
        "navigate",
        "三栋楼都停水了",
        "这三栋楼没有电",
        "三栋楼之间",
        "一共三栋",
        "前三栋楼",
    ],
)
def test_what_names_no_place_finds_none(text: str) -> None:
    assert find_areas(text, COURT) == ()


@pytest.mark.parametrize(
    ("text", "code", "missing"),
    [
        ("building 3 stairwell 9", "b3", "stairwell 9"),
        ("Building 3, entrance 9, the lamp is dark", "b3", "entrance 9"),
        ("stairwell 9 of building three", "b3", "stairwell 9"),
        ("entrance c in building 3", "b3", "entrance C"),
        ("3号楼9单元", "b3", "9单元"),
        ("三号楼九单元502室", "b3", "9单元"),
        ("12栋C单元灯不亮", "b12", "C单元"),
        ("3-9-501", "b3", "3-9-501"),
        ("3-9", "b3", "3-9"),
        ("North side, building 99", "north", "building 99"),
        ("building 99 on the north side", "north", "building 99"),
        ("北区99号楼", "north", "99号楼"),
        ("北区九十九栋2单元", "north", "99栋"),
        ("dormitory 1 floor 9", "dorm-1", "floor 9"),
        ("1号宿舍楼9层", "dorm-1", "9层"),
        ("宿舍1号楼2层", "dorm-1-f2", None),
        ("dorm 1, 2nd floor", "dorm-1-f2", None),
        ("dormitory 1, floor 2, room 9", "dorm-1-f2", "room 9"),
        ("1号宿舍楼2层9室", "dorm-1-f2", "9室"),
        ("South side building 3", "south", "building 3"),
        ("南区3号楼", "south", "3号楼"),
        ("building 3 stairwell 2", "b3-2", None),
        ("building 3 floor 40", "b3", None),
        ("3号2单元的灯", "b3-2", None),
        ("No. 3, stairwell 2", "b3-2", None),
        ("3号 楼 2 单元", "b3-2", None),
        ("building 3, 12 lamps are dark", "b3", None),
        ("三栋停水了", "b3", None),
        ("the north gate, opposite building 99", "north-gate", None),
        ("stairwell 2 of building 3, opposite building 99", "b3-2", None),
    ],
)
def test_a_part_that_is_not_there_leaves_the_nearest_true_place(text: str, code: str, missing: str | None) -> None:
    found = find_place([text], CAMPUS)
    assert [each.code for each in found.areas] == [code]
    assert found.missing == missing
    assert find_areas(text, CAMPUS) == found.areas


@pytest.mark.parametrize(
    "text",
    [
        "building 99 stairwell 2",
        "99号楼2单元",
        "building 3 and building 12, stairwell 9",
        "building 3 and the south side",
        "3、12号楼都没水",
        "3或12号楼",
        "building 3 or 12",
        "buildings 3 and 12 have no water",
        "building 3, stairwell 1 or 2",
        "3号楼1、2单元",
    ],
)
def test_what_may_be_anywhere_is_no_place(text: str) -> None:
    found = find_place([text], CAMPUS)
    assert found.area is None and found.missing is None


def test_messages_name_a_place_together() -> None:
    assert find_place(["In building 3", "the lamp at stairwell 2"], COURT).areas[0].code == "b3-2"
    assert find_place(["In building 3", "stairwell 9"], COURT).missing == "stairwell 9"


def test_a_number_is_not_cut_where_looking_ends() -> None:
    assert find_areas("x " * 245 + "building 312", COURT) == ()
    assert [each.code for each in find_areas(" " * 3000 + "building     3", COURT)] == ["b3"]


def at(code: str, latitude: float, longitude: float, radius: float | None = None) -> Area:
    return Area(code, Words.of({"en": code}), latitude=latitude, longitude=longitude, radius=radius)


SPOTS = community(
    at("whole", 31.2400, 121.4460, 300),
    at("house", 31.2405, 121.4460, 30),
    at("far", 31.2500, 121.4460),
    Area("nowhere", Words.of({"en": "nowhere"})),
)


@pytest.mark.parametrize(
    ("latitude", "longitude", "code"),
    [
        (31.2405, 121.4460, "house"),
        (31.2402, 121.4460, "whole"),
        (31.2440, 121.4460, "whole"),
        (31.2480, 121.4460, "far"),
        (31.2600, 121.4460, None),
        (-31.2400, 121.4460, None),
        (float("nan"), 121.4460, None),
        (0.0, float("inf"), None),
    ],
)
def test_a_location_finds_the_smallest_area_around_it_or_the_nearest(
    latitude: float, longitude: float, code: str | None
) -> None:
    found = nearest_area(latitude, longitude, SPOTS)
    assert (found.code if found else None) == code


def test_the_limit_is_measured_in_metres_from_the_edge() -> None:
    assert nearest_area(31.2440, 121.4460, SPOTS, farthest=100) is None
    assert nearest_area(31.2440, 121.4460, SPOTS, farthest=150) is not None


def test_distances_are_right() -> None:
    assert metres(0, 0, 0, 1) == pytest.approx(111_195, rel=1e-3)
    assert metres(31.24, 121.44, 31.24, 121.44) == 0
    assert metres(0, 179.999, 0, -179.999) == pytest.approx(222.4, rel=1e-2)
