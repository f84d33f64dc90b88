from dataclasses import replace
from zoneinfo import ZoneInfo

from domain.calendar.deadlines import Deadline
from domain.calendar.hours import WorkingHours
from domain.community import Area, Category, Community, Department, Dispatch, EmergencyNumber
from domain.language.words import Words

ZONE = ZoneInfo("Asia/Shanghai")
STAIRS = Area("b1-1", Words.of({"en": "Stairwell 1", "zh": "1单元"}))
HOUSE = Area("b1", Words.of({"en": "Building 1", "zh": "1号楼"}), (STAIRS,))
NORTH = Area("north", Words.of({"en": "North", "zh": "北区"}), (HOUSE,))
GATE = Area("gate", Words.of({"en": "Gate", "zh": "大门"}))
COURT = Community(
    name=Words.of({"en": "Court"}),
    zone=ZONE,
    languages=("en", "zh_Hans"),
    hours=WorkingHours.always(ZONE),
    areas=(NORTH, GATE),
    categories=(Category("noise", Words.of({"en": "Noise"}), Deadline.parse("1 day"), "order"),),
    emergency=(),
    departments=(Department("order", Words.of({"en": "Order"})),),
)


def test_areas_are_found_by_code_at_any_depth() -> None:
    assert COURT.area("b1-1") is STAIRS
    assert COURT.area("gone") is None


def test_the_path_leads_from_the_top_down() -> None:
    assert COURT.path("b1-1") == (NORTH, HOUSE, STAIRS)
    assert COURT.path("gate") == (GATE,)
    assert COURT.path("gone") == ()


def test_choices_and_leaves() -> None:
    assert COURT.choices() == (NORTH, GATE)
    assert COURT.choices("north") == (HOUSE,)
    assert COURT.choices("gate") == COURT.choices("gone") == ()
    assert COURT.leaves == (STAIRS, GATE)


def test_a_place_is_named_the_widest_first() -> None:
    assert COURT.place_name("b1-1", "en") == "North, Building 1, Stairwell 1"
    assert COURT.place_name("b1-1", "zh_Hans") == "北区1号楼1单元"
    assert COURT.place_name("gone", "en") == ""


def test_things_are_found_by_code() -> None:
    category = COURT.category("noise")
    assert category is not None
    assert COURT.department(category.department) == COURT.departments[0]
    assert COURT.department(None) is None
    assert COURT.trade("noise") is None
    assert COURT.language == "en"


def test_whom_to_call_when_one_does_not_feel_safe() -> None:
    numbers = tuple(EmergencyNumber(code, code, Words.of({"en": code})) for code in ("fire", "guards"))
    court = replace(COURT, emergency=numbers, repairs=Dispatch(unsafe="guards"))
    assert court.number_when_unsafe().number == "guards"
    assert replace(court, repairs=Dispatch()).number_when_unsafe().number == "fire"
