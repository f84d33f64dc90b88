"""The words of the ready community files, tried with what people really write."""

from dataclasses import replace

import pytest

from bot.community.community_file import EXAMPLE, read_community
from domain.community import Community
from domain.danger.danger import find_danger
from domain.places.places import find_areas
from domain.reports.suggest import suggest_category, suggest_trade

ESTATE = read_community(EXAMPLE)
VILLAGE = read_community(EXAMPLE.parent / "communities/village.toml")
CAMPUS = read_community(EXAMPLE.parent / "communities/campus.toml")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The stalls at the north gate block the way, my pram cannot get through", "stalls"),
        ("北门的摊位把路都堵住了，婴儿车过不去", "stalls"),
        ("The pavement in front of building 3 has sunk, somebody will trip", "roads"),
        ("3号楼前面人行道下沉，容易绊倒", "roads"),
        ("The stairwell is dark again, the bulb is broken", "lighting"),
        ("楼道灯坏了，晚上漆黑一片", "lighting"),
        ("Loud music every night, I can't sleep", "noise"),
        ("楼下广场舞音响太吵，孩子睡不着", "noise"),
        ("A pipe is leaking in the cellar", "water"),
        ("地下室水管漏水", "water"),
        ("No power on the second floor since the morning", "power"),
        ("二楼停电一上午了", "power"),
        ("Rubbish next to the bins, it stinks", "cleaning"),
        ("垃圾桶旁边都是垃圾，很臭", "cleaning"),
        ("The lift is stuck again", "lifts"),
        ("电梯又坏了", "lifts"),
        ("Somebody parked in front of the fire lane, it is unsafe", "safety"),
        ("消防通道被占，不安全", "safety"),
        ("The drain is blocked", "water"),
        ("水停了", "water"),
        ("litter on the road", "cleaning"),
        ("graffiti on the wall", "cleaning"),
        ("fly-tipping behind block 3", "cleaning"),
        ("蚊子太多", "cleaning"),
        ("楼下饭店油烟", "cleaning"),
        ("遛狗不牵绳", "safety"),
        ("健身器材坏了", "safety"),
        ("外墙瓷砖掉了", "safety"),
        ("I smell gas by the bins", "safety"),
        ("Strong gas smell near the dumpster", "safety"),
        ("Fire in the bin", "safety"),
        ("The lamp in hall 2 is on fire", "safety"),
        ("垃圾站附近煤气味很大", "safety"),
        ("The bin smells awful", "cleaning"),
        ("垃圾堆味道很大", "cleaning"),
        ("My gas bill is wrong", None),
        ("why are they blocked?", None),
        ("Thank you for everything", None),
        ("你好，在吗", None),
    ],
)
def test_the_estate_knows_what_reports_are_about(text: str, category: str | None) -> None:
    found = suggest_category(text, ESTATE.categories)
    assert (found.code if found else None) == category


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("toilet does not stop running", "plumbing"),
        ("水龙头漏水", "plumbing"),
        ("My washing machine does not spin", "appliances"),
        ("我家门锁坏了", "locks"),
        ("厨房的水龙头关不上了", "plumbing"),
        ("The drain in the yard is blocked", None),
        ("电梯又坏了", None),
        ("The street lamp is dark", None),
        ("小区停水了", None),
    ],
)
def test_a_volunteer_is_suggested_for_what_is_at_home(text: str, trade: str | None) -> None:
    found = suggest_trade(text, ESTATE.trades)
    assert (found.code if found else None) == trade


@pytest.mark.parametrize("file", [ESTATE, VILLAGE, CAMPUS])
def test_what_a_community_has_no_kind_for_is_none_of_those_it_has(file: Community) -> None:
    without = tuple(each for each in file.categories if "safety" not in each.word_lists and each.code != "animals")
    found = suggest_category("Somebody stole my parcel from the doorstep, a stranger was seen", without)
    assert found is None


def test_a_category_of_the_operators_own_is_known_by_its_words() -> None:
    bees = replace(ESTATE.categories[0], code="bees", word_lists=(), hints={"en": ("beehive", "bees")})
    found = suggest_category("The beehive by the wall has fallen over", (*ESTATE.categories, bees))
    assert found is not None
    assert found.code == "bees"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("桥上的护栏断了", "roads"),
        ("井水很浑，自来水也停了", "water"),
        ("The ditch is blocked and the field is wet", "ditches"),
        ("野猪把庄稼吃了", "animals"),
        ("两家的地界说不清", "land"),
    ],
)
def test_the_village_knows_what_reports_are_about(text: str, category: str) -> None:
    found = suggest_category(text, VILLAGE.categories)
    assert found is not None
    assert found.code == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("宿舍没有热水", "dorm"),
        ("The projector in the lecture hall is broken", "classroom"),
        ("食堂的饭菜太贵了", "canteen"),
        ("No wifi in the evening", "network"),
        ("图书馆占座太多", "library"),
    ],
)
def test_the_campus_knows_what_reports_are_about(text: str, category: str) -> None:
    found = suggest_category(text, CAMPUS.categories)
    assert found is not None
    assert found.code == category


DANGERS = [
    ("It smells of gas in stairwell 2", "gas"),
    ("楼道里有煤气味", "gas"),
    ("Smoke is coming out of the window, fire!", "fire"),
    ("6楼着火了快来人", "fire"),
    ("I got a shock from the lamp post", "shock"),
    ("路灯杆漏电，有人触电了", "shock"),
    ("The cellar is flooded", "flooding"),
    ("地下车库被淹了", "flooding"),
    ("My neighbour beats me", "violence"),
    ("楼下有人打架，拿刀了", "violence"),
    ("I don't want to live any more", "suicide"),
    ("有人要跳楼", "suicide"),
    ("The wall by the market has collapsed", "collapse"),
    ("围墙塌了", "collapse"),
    ("An old man has fainted", "medical"),
    ("老人晕倒了", "medical"),
]
HARMLESS = [
    "I was fired and cannot pay",
    "The fireplace café is too loud",
    "A can of gasoline stands in the bike shed",
    "The fire door does not close",
    "People smoke in the stairwell",
    "My gas bill is wrong",
    "消防通道堵了",
    "店里在搞跳楼价大甩卖，喇叭太吵",
    "漏电保护器老是跳闸",
    "自行车轮胎漏气没处打",
    "垃圾没有被打扫",
    "我们几个试着火锅能不能在花园吃",
    "Thank you, it works again",
]


@pytest.mark.parametrize("community", [ESTATE, VILLAGE, CAMPUS], ids=["estate", "village", "campus"])
@pytest.mark.parametrize(("text", "danger"), DANGERS)
def test_danger_is_heard_in_both_languages(community: Community, text: str, danger: str) -> None:
    found = find_danger(text, community.dangers)
    assert found is not None
    assert found.danger.code == danger


@pytest.mark.parametrize("text", HARMLESS)
def test_no_alarm_is_raised_for_harmless_words(text: str) -> None:
    assert find_danger(text, ESTATE.dangers) is None


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("the north gate", ["north-gate"]),
        ("3号楼2单元", ["b3-2"]),
        ("夜市", ["market"]),
        ("building 2", ["b2"]),
        ("stairwell 3", ["b3-3"]),
        ("地下车库", ["parking"]),
    ],
)
def test_the_estates_places_are_found(text: str, areas: list[str]) -> None:
    assert [area.code for area in find_areas(text, ESTATE)] == areas


@pytest.mark.parametrize(
    ("text", "areas"),
    [("3教", ["t3"]), ("教学楼2号楼", ["t2"]), ("2号宿舍楼", ["d2"]), ("dorm 4", ["d4"]), ("二食堂", ["canteen-2"])],
)
def test_the_campuss_places_are_found(text: str, areas: list[str]) -> None:
    assert [area.code for area in find_areas(text, CAMPUS)] == areas
