import pytest

from domain.community import Danger, EmergencyNumber
from domain.danger import find_danger
from domain.words import Words

NUMBER = EmergencyNumber("fire", "119", Words.of({"en": "Fire"}))


def danger(code: str, words: dict[str, tuple[str, ...]], unless: dict[str, tuple[str, ...]] | None = None) -> Danger:
    return Danger(code, Words.of({"en": code}), NUMBER, words, unless or {})


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
    assert found.code == code


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
