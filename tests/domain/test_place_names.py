"""Which area of the example's community a sentence names; `-` for none, or several. Lines of `places.tsv`."""

from pathlib import Path

import pytest

from bot.community.community_file import EXAMPLE, load_community
from domain.places.places import find_place

COMMUNITY = load_community(EXAMPLE)
CAMPUS = load_community(EXAMPLE.parent / "communities" / "campus.toml")
TABLE = [tuple(line.split("\t")) for line in (Path(__file__).parent / "places.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("code", "text"), TABLE)
def test_a_sentence_names_the_place_that_is_meant(code: str, text: str) -> None:
    found = find_place([text], COMMUNITY).area
    assert (found.code if found else "-") == code


@pytest.mark.parametrize("text", ["学校南门的灯不亮", "the south gate of the university", "our school library"])
def test_the_school_of_a_campus_is_not_elsewhere(text: str) -> None:
    assert find_place([text], CAMPUS).area is not None


@pytest.mark.parametrize("text", ["超市南门", "the south gate of the hospital"])
def test_what_is_beside_a_campus_is_elsewhere(text: str) -> None:
    assert find_place([text], CAMPUS).area is None
