"""The commands on a folder from before 0.2.0, or a backup from then: one sentence each, and nothing touched."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.kit.cannot_start import MEND_FIRST
from sandbox.testing import TOKEN
from tests.storage.old_files import leave, seen

ROOT = Path(__file__).parents[3]
WORDS = "was made before 0.2.0; nothing was released then; start anew or use commit "
Said = Callable[..., tuple[int, str]]


@pytest.fixture
def bot(tmp_path: Path) -> Said:
    """Run a command in an empty folder with nothing in its environment but the token; its exit code and last words."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "BOT_TOKEN": TOKEN}
    environment["BOT_API_URL"] = "http://127.0.0.1:9"

    def said(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    return said


@pytest.mark.parametrize("way", ["closed", "killed early"])
@pytest.mark.parametrize("command", ["run", "check", "backup"])
def test_an_old_folder(tmp_path: Path, bot: Said, command: str, way: str) -> None:
    leave(tmp_path / "data/bot.db", 27, way)
    before = seen(tmp_path / "data")
    code, words = bot(command)
    (sentence,) = (line for line in words.splitlines() if WORDS in line)
    assert "data/bot.db" in sentence and sentence.endswith(".") and "Traceback" not in words
    assert code == (1 if command == "check" else MEND_FIRST)
    if command != "check":
        assert words.count("\n") == 1
    assert seen(tmp_path / "data") == before


@pytest.mark.parametrize("way", ["copied", "killed"])
def test_an_old_backup(tmp_path: Path, bot: Said, way: str) -> None:
    leave(tmp_path / "old/nightly.db", 1, way)
    before = seen(tmp_path / "old")
    code, words = bot("restore", "old/nightly.db", "--overwrite", "--without-taken-away")
    assert (code, words.count("\n")) == (MEND_FIRST, 1)
    assert words.startswith(f"old/nightly.db {WORDS}")
    assert seen(tmp_path / "old") == before
    assert seen(tmp_path / "data") == {}


def test_a_demo_on_an_old_folder_that_was_no_demo(tmp_path: Path, bot: Said) -> None:
    leave(tmp_path / "data/bot.db", 27, "killed")
    before = seen(tmp_path / "data")
    code, words = bot("demo", "--data-dir", "data")
    assert (code, words.count("\n")) == (2, 1)
    assert "name another folder" in words
    assert seen(tmp_path / "data") == before
