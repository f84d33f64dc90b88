"""The lists of danger words that come with the program, tried with what residents write (`danger_sentences.toml`)."""

import tomllib
from pathlib import Path

import pytest

from bot.community.community_file import EXAMPLE, read_community
from bot.community.danger_lists import ready_lists, ready_words
from domain.danger.danger import find_danger
from domain.danger.danger_phrases import empty_groups, is_near

TABLE = tomllib.loads((Path(__file__).parent / "danger_sentences.toml").read_text(encoding="utf-8"))
ESTATE = read_community(EXAMPLE)
ALL = [ESTATE, *(read_community(EXAMPLE.parent / "communities" / name) for name in ("village.toml", "campus.toml"))]
KINDS = [(language, kind) for language, kinds in TABLE["emergencies"].items() for kind in kinds]


@pytest.mark.parametrize(("language", "kind"), KINDS)
def test_emergencies_ring(language: str, kind: str) -> None:
    missed = [text for text in TABLE["emergencies"][language][kind] if find_danger(text, ESTATE.dangers) is None]
    assert missed == []


@pytest.mark.parametrize("language", TABLE["ordinary"])
def test_ordinary_sentences_do_not(language: str) -> None:
    found = {text: find_danger(text, ESTATE.dangers) for text in TABLE["ordinary"][language]}
    assert {text: each.danger.code for text, each in found.items() if each is not None and each.certain} == {}
    assert sum(each is not None for each in found.values()) <= 0.02 * len(found), "hardly any is asked about"


def test_an_emergency_rings_wherever_it_stands_in_a_message() -> None:
    for kinds in TABLE["emergencies"].values():
        for texts in kinds.values():
            long = f"{'The lamp in building 3 is dark. ' * 30}{texts[0]}. Thank you."
            assert find_danger(long, ESTATE.dangers), texts[0]


def test_the_kinds_are_told_apart() -> None:
    """One that is found as another kind is found; most are found as what they are, for the number to call."""
    right = [
        found is not None and found.danger.code == kind
        for kinds in TABLE["emergencies"].values()
        for kind, texts in kinds.items()
        for found in (find_danger(text, ESTATE.dangers) for text in texts)
    ]
    assert sum(right) >= 0.97 * len(right)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert all(sum(map(len, kinds.values())) >= 60 for kinds in TABLE["emergencies"].values())
    assert all(len(texts) >= 120 for texts in TABLE["ordinary"].values())


def test_the_ready_communities_use_every_list() -> None:
    for community in ALL:
        assert sorted(danger.code for danger in community.dangers) == list(ready_lists())
        assert all(danger.words for danger in community.dangers)


@pytest.mark.parametrize("name", ready_lists())
def test_the_lists_are_well_formed(name: str) -> None:
    lists = ready_words(name)
    for words in (*lists.words.values(), *lists.unless.values()):
        assert len(words) == len(set(words))
        assert [word for word in words if is_near(word) and empty_groups(word)] == []
        assert [word for word in words if len(word) < 2] == []
