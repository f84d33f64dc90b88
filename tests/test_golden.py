"""One command records what a change changes outwardly, and takes no stored name out in passing."""

from pathlib import Path

import pytest

from tests import golden

LAMP, FLOWS = "lamp.of_old", "[conversations.flow]\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the file, in its place."""
    copy = tmp_path / "golden.txt"
    copy.write_text(golden.FILE.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(golden, "FILE", copy)
    return copy


def test_the_file_has_these_sections_each_once() -> None:
    assert golden.titles(golden.FILE.read_text(encoding="utf-8")) == list(golden.HEAD)


def test_what_is_new_is_written_down(file: Path) -> None:
    whole = file.read_text(encoding="utf-8")
    for line in ("report.resolved\n", "id INTEGER KEY 1\n", "report.taken STAFF "):
        assert line in whole
        file.write_text(whole.replace(line, ""), encoding="utf-8")
        assert golden.main() is None
        assert file.read_text(encoding="utf-8") == whole


def test_a_conflict_is_solved_by_the_command_and_loses_no_name_of_either_side(file: Path) -> None:
    whole = file.read_text(encoding="utf-8")
    ours, theirs = "<<<<<<< HEAD\nreport.resolved\n", f"=======\n{LAMP}\n>>>>>>> 0a1b2c3 (Light the lamps)\n"
    file.write_text(whole.replace("report.resolved\n", ours + theirs, 1), encoding="utf-8")
    said = golden.main()
    assert said is not None and said.splitlines()[1:] == [f"  [events.kind] {LAMP}"]
    assert file.read_text(encoding="utf-8").replace(f"{LAMP}\n", "") == whole


def test_a_stored_name_that_the_program_has_no_more_stays_and_is_named(file: Path) -> None:
    whole = file.read_text(encoding="utf-8")
    before = whole.replace(FLOWS, f"{FLOWS}{LAMP}\n")
    file.write_text(before, encoding="utf-8")
    for _ in range(2):
        said = golden.main()
        assert said is not None and said.splitlines()[1:] == [f"  [conversations.flow] {LAMP}"]
        assert sorted(file.read_text(encoding="utf-8").splitlines()) == sorted(before.splitlines())
    file.write_text(whole, encoding="utf-8")
    assert golden.main() is None
