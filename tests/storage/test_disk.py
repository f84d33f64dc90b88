"""What is made by us is on the disk with its name, and a name is in a folder that is there, too."""

from pathlib import Path

import pytest

from domain.operations.taken_away import Line
from storage.core import disk, taken_away_file


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was flushed, in order."""
    found: list[Path] = []
    real = disk.flush

    def noted(path: Path) -> None:
        real(path)
        found.append(path)

    monkeypatch.setattr(disk, "flush", noted)
    monkeypatch.setattr(taken_away_file, "flush", noted)
    return found


def test_a_new_folder_has_its_name_on_the_disk_and_those_above_it_theirs(tmp_path: Path, flushed: list[Path]) -> None:
    disk.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert set(flushed) == {tmp_path, tmp_path / "a"}
    flushed.clear()
    disk.make_folder(tmp_path / "a" / "b")
    assert flushed == []


def test_a_file_that_a_killed_program_has_left_gets_its_name_on_the_disk(tmp_path: Path, flushed: list[Path]) -> None:
    path = tmp_path / "taken-away.jsonl"
    path.touch()
    taken_away_file.append(path, [Line(1, "2026-03-02", "blocked", "k", {})])
    assert flushed == [tmp_path]
