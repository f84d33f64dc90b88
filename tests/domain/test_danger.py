import pytest

from domain.community import Danger, EmergencyNumber
from domain.danger.danger import find_danger
from domain.language.words import Words

NUMBER = EmergencyNumber("fire", "119", Words.of({"en": "Fire"}))


def danger(
    code: str,
    words: dict[str, tuple[str, ...]],
    unless: dict[str, tuple[str, ...]] | None = None,
    now_only: bool = False,
) -> Danger:
    return Danger(code, Words.of({"en": code}), NUMBER, words, unless or {}, now_only=now_only)


DANGERS = (
    danger(
        "fire",
        {"en": ("fire", "on fire"), "zh_Hans": ("着火",)},
        {"en": ("fire door", "fire doors"), "zh_Hans": ("试着火",)},
    ),
    danger("gas", {"en": ("gas", "gas leak"), "ru": ("газ",)}),
    danger("suicide", {"en": ("don't want to live",), "zh_Hans": ("自杀",)}),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FIRE!!!", "fire"),
        ("ＦＩＲＥ", "fire"),
        ("there is a f\u200bi\u200bre", "fire"),
        ("厨房着火了", "fire"),
        ("厨房着\u200d火了", "fire"),
        ("楼道fire了", "fire"),
        ("I smell gas.", "gas"),
        ("gas-leak in the cellar", "gas"),
        ("gas  leak", "gas"),
        ("Пахнет ГАЗ", "gas"),
        ("I don’t want to live", "suicide"),
        ("他说要自杀", "suicide"),
        ("the fire door is on fire", "fire"),
        ("gas everywhere, and now fire", "fire"),
    ],
)
def test_danger_is_found_however_it_is_written(text: str, code: str) -> None:
    found = find_danger(text, DANGERS)
    assert found is not None
    assert found.danger.code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I was fired yesterday",
        "the fireplace in the hall",
        "a gasoline can",
        "campfires",
        "the fire door is blocked",
        "two fire  doors",
        "газета",
        "我想试着火锅",
        "\u0000\u202e",
    ],
)
def test_harmless_words_are_left_alone(text: str) -> None:
    assert find_danger(text, DANGERS) is None


def test_no_dangers_find_none() -> None:
    assert find_danger("fire", ()) is None


LIFT = (
    danger(
        "lift",
        {"en": ("stuck/trapped + lift/elevator", "fell into + pond + @person"), "zh_Hans": ("电梯 + 困了/困住",)},
        {"en": ("stuck button", "leaflet + stuck"), "zh_Hans": ("犯困",)},
        now_only=True,
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "stuck in the lift",
        "The lift! My son is\nstuck in the lift",
        "In our elevator two people are trapped",
        "a child fell into the pond",
        "电梯里困了两个人",
        "两个人困住了，在电梯里",
        "Last year it was painted. Now we are stuck in the lift",
        "we are stuck in the lift again, as last week",
        "no light, stuck in the lift",
    ],
)
def test_words_near_each_other_are_found_in_any_order(text: str) -> None:
    assert find_danger(text, LIFT)


@pytest.mark.parametrize(
    "text",
    [
        "the lift is slow",
        "I am stuck in traffic",
        "The lift is new. My car is stuck",
        f"stuck in {'a very ' * 10}long queue for the lift",
        "a ball fell into the pond",
        "the stuck button in the lift",
        "a leaflet is stuck in the lift",
        "电梯里的广告看得我犯困了",
        "last year I was stuck in the lift",
        "last summer, I was stuck in the lift",
        "if we are stuck in the lift, whom do we call?",
        "people get stuck in the lift every week",
        "nobody is stuck in the lift",
    ],
)
def test_words_apart_harmless_over_or_imagined_are_not(text: str) -> None:
    assert find_danger(text, LIFT) is None


def test_a_danger_that_is_not_only_now_rings_for_what_was() -> None:
    threat = (danger("threat", {"en": ("kill me",)}),)
    assert find_danger("last week he said he would kill me", threat)


FIRE_NOW = (danger("fire", {"en": ("fire", "smoke"), "zh_Hans": ("着火", "冒烟")}, now_only=True),)


@pytest.mark.parametrize(
    "text",
    [
        "When I came home there was smoke in the corridor",
        "小心，着火了",
        "太可怕了着火了",
        "居委会着火了",
        "家里没人着火了",
        "一到家就看到冒烟",
        "Nobody is here, fire",
    ],
)
def test_words_that_only_look_as_if_it_were_not_now(text: str) -> None:
    assert find_danger(text, FIRE_NOW)


@pytest.mark.parametrize(
    "text",
    [
        "when it rains there is smoke in the cellar",
        "这样充电会着火",
        "怕着火",
        "小心着火",
        "没有着火",
        "一到冬天就冒烟",
    ],
)
def test_words_that_say_it_is_not_now(text: str) -> None:
    assert find_danger(text, FIRE_NOW) is None
