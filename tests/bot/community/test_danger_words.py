"""The lists of danger words that come with the program, tried with what residents write (`danger_sentences.toml`)."""

import tomllib
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks import word_tables
from bot.community.community_file import EXAMPLE, read_community
from bot.community.danger_lists import ready_lists, ready_words
from domain.danger.danger import find_danger
from domain.danger.danger_phrases import empty_groups, is_near

TABLE = tomllib.loads((Path(__file__).parent / "danger_sentences.toml").read_text(encoding="utf-8"))
ESTATE = read_community(EXAMPLE)
ALL = [ESTATE, *(read_community(EXAMPLE.parent / "communities" / name) for name in ("village.toml", "campus.toml"))]
KINDS = [(language, kind) for language, kinds in TABLE["emergencies"].items() for kind in kinds]


def rung(text: str) -> bool:
    found = find_danger(text, ESTATE.dangers)
    return found is not None and found.certain


@pytest.mark.parametrize(("language", "kind"), KINDS)
def test_emergencies_are_noticed(language: str, kind: str) -> None:
    missed = [text for text in TABLE["emergencies"][language][kind] if find_danger(text, ESTATE.dangers) is None]
    assert missed == []


@pytest.mark.parametrize("language", TABLE["emergencies"])
def test_and_ring_without_a_question(language: str) -> None:
    texts = [text for kind in TABLE["emergencies"][language].values() for text in kind]
    assert sum(map(rung, texts)) >= 0.95 * len(texts), [text for text in texts if not rung(text)]


@pytest.mark.parametrize("language", TABLE["ordinary"])
def test_ordinary_sentences_do_not(language: str) -> None:
    found = {text: find_danger(text, ESTATE.dangers) for text in TABLE["ordinary"][language]}
    assert {text: each.danger.code for text, each in found.items() if each is not None and each.certain} == {}
    asked = [text for text, each in found.items() if each is not None]
    assert len(asked) <= 0.01 * len(found), asked


TUNED = {"emergencies": True, "ordinary": False, "kinds": False, "calm": False}


@pytest.mark.parametrize("language", word_tables.LANGUAGES)
def test_the_weights_are_those_of_the_tuned_tables(language: str) -> None:
    """They were learned from these lines: a change of features or lists without learning anew is seen here."""
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for table, wanted in TUNED.items():
        for line in islice(word_tables.read(language, word_tables.TUNED, table), 0, None, 5):
            found = find_danger(line.text, ESTATE.dangers)
            counts[wanted]["none" if found is None else "rung" if found.certain else "asked"] += 1
    calls, ordinary = counts[True], counts[False]
    assert calls["none"] <= 0.05 * calls.total(), calls
    assert ordinary["rung"] <= 0.003 * ordinary.total() and ordinary["asked"] <= 0.03 * ordinary.total(), ordinary


def test_an_emergency_is_noticed_wherever_it_stands_in_a_message() -> None:
    for language, about in (("en", "The lamp in building 3 is dark. "), ("zh", "3号楼的路灯不亮。")):
        for texts in TABLE["emergencies"][language].values():
            assert find_danger(f"{about * 30}{texts[0]}. Thank you.", ESTATE.dangers), texts[0]
            assert find_danger(about * 30, ESTATE.dangers) is None


@pytest.mark.parametrize(
    "text", ["answer", "She is ill", "Something odd", "他在家", "the railing of the stairs is loose"]
)
def test_a_word_or_two_of_no_list_ask_nothing(text: str) -> None:
    assert find_danger(text, ESTATE.dangers) is None


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
