"""The tables of sentences are as their README says, and the section `words` counts and shows what it may."""

import json

import pytest

from benchmarks import word_tables, words
from benchmarks.word_readers import NOW, READERS, Outcome, read_time
from bot.community.community_file import EXAMPLE, load_community
from bot.community.danger_lists import ready_lists

FEW = 12
TABLES = {"emergencies", "ordinary", "kinds", "places", "promise_replies", "times", "promises"}
COLUMNS = {"kinds": 1, "promise_replies": 1}
SMALLEST = {"emergencies": 220, "ordinary": 1550, "kinds": 420, "promise_replies": 220, "times": 170, "places": 120}


@pytest.mark.parametrize("language", word_tables.LANGUAGES)
def test_the_tables_are_whole_and_large_enough(language: str) -> None:
    for part in (word_tables.TUNED, word_tables.KEPT):
        there = {each.stem for each in (word_tables.FOLDER / language / part).glob("*.tsv")}
        assert there == TABLES | ({"calm"} if part == word_tables.TUNED else set())
    for name in TABLES:
        lines = [line for part in ("tuned", "kept") for line in word_tables.read(language, part, name)]
        assert len(lines) >= SMALLEST.get(name, 80)
        columns = {0, 1} if name == "emergencies" else {COLUMNS.get(name, 0)}
        assert all(len(line.between) in columns and line.expected and line.text for line in lines)
        if name == "emergencies":
            assert {line.expected for line in lines} == {"certain", "possible"}
            assert {name for line in lines for name in line.between} == {*ready_lists(), "-"}
        if name == "promises":
            assert all(json.loads(line.expected) for line in lines)


def test_every_line_is_counted_once_and_only_tuned_ones_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    community = load_community(EXAMPLE)
    for reader in READERS:
        for language in word_tables.LANGUAGES:
            for part in (word_tables.TUNED, word_tables.KEPT):
                figures = words.try_reader(community, reader, language, part, FEW, show=True)
                assert sum(figures[each] for each in Outcome) == figures["lines"] == FEW * len(reader.tables)
                said = capsys.readouterr().out.splitlines()
                misread = figures["lines"] - figures["right"]
                assert len(said) == 1 + (misread if part == word_tables.TUNED else 0)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("19:00-20:00", "19:00-20:00"),
        ("7 pm", "19:00"),
        ("tomorrow 9:00", "2026-12-01 09:00"),
        ("5 December", "2026-12-05"),
        ("Saturday and Sunday", "days SA,SU"),
        ("soon", "?"),
    ],
)
def test_times_are_written_as_the_tables_write_them(text: str, read: str) -> None:
    assert read_time(text, NOW) == read
