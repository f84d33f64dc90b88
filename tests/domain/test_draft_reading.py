"""A draft of many messages is not read as a whole with each message that comes: only what is new is read."""

from pathlib import Path

from bot.community.community_file import load_community
from domain.places import place_words
from domain.places.places import find_place
from domain.reports import suggest
from domain.reports.suggest import suggest_category, suggest_trade

COMMUNITY = load_community(Path(__file__).parent.parent.parent / "community.example.toml")
PARTS = [f"{number}: the lamp in building {number % 5 + 1} is dark. {'So it goes on. ' * 270}" for number in range(40)]


def test_only_the_new_part_of_a_draft_is_read() -> None:
    def read(parts: list[str]) -> int:
        before = suggest._scores.cache_info().misses + place_words._mentions.cache_info().misses
        find_place(parts, COMMUNITY)
        suggest_category(parts, COMMUNITY.categories)
        suggest_trade(parts, COMMUNITY.trades)
        return suggest._scores.cache_info().misses + place_words._mentions.cache_info().misses - before

    read(PARTS)
    assert read(PARTS) == 0
    assert read([*PARTS, "and the tap drips"]) == 3, "places, categories and trades of one part"


def test_many_parts_say_together_what_it_is_about() -> None:
    found = suggest_category(["The lamp", "in the street", "the lamp flickers"], COMMUNITY.categories)
    assert found == suggest_category("The lamp\nin the street\nthe lamp flickers", COMMUNITY.categories)
    assert found is not None
