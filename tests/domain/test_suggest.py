import pytest

from domain.calendar.deadlines import Deadline
from domain.community import Category
from domain.language.words import Words
from domain.reports.suggest import suggest_category


def category(code: str, **hints: tuple[str, ...]) -> Category:
    return Category(code, Words.of({"en": code}), Deadline.parse("3 days"), hints=hints)


CATEGORIES = (
    category("roads", en=("street", "pavement"), zh_Hans=("路面", "人行道")),
    category("light", en=("street light", "lamp"), zh_Hans=("路灯",), fr=("électricité",)),
    category("water", en=("water", "pipe", "tap"), zh_Hans=("漏水", "水管")),
    category("other"),
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the PAVEMENT has sunk", "roads"),
        ("a hole in the street", "roads"),
        ("the street light is out", "light"),
        ("street-lights", "light"),
        ("two lamps", "light"),
        ("panne d'ELECTRICITE", "light"),
        ("路灯不亮", "light"),
        ("the pipes in the street leak water", "water"),
        ("水管在人行道下面漏水", "water"),
        ("our taps drip", "water"),
    ],
)
def test_words_suggest_a_category(text: str, code: str) -> None:
    found = suggest_category(text, CATEGORIES)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "hello", "a tapestry", "clamp", "lamp and pipe", "路灯漏水", "💧"])
def test_nothing_is_suggested_when_unsure(text: str) -> None:
    assert suggest_category(text, CATEGORIES) is None


def test_no_categories_suggest_none() -> None:
    assert suggest_category("lamp", ()) is None
