"""What the container is made of suffices to run; the unit starts what there is."""

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from bot.__main__ import app
from bot.kit.cannot_start import MEND_FIRST
from bot.kit.settings import Settings
from sandbox.testing import TOKEN

ROOT = Path(__file__).parent.parent
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
COPIED = re.findall(r"^COPY (\S+) \S+$", CONTAINER, re.MULTILINE)


@pytest.mark.parametrize("command", [["check"], ["backup"], ["restore", "nowhere.db"]], ids=lambda command: command[0])
def test_the_containers_files_suffice(tmp_path: Path, command: list[str]) -> None:
    for name in COPIED:
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    data = tmp_path / "data"
    data.mkdir()
    # Nobody listens there, and nobody need: what is looked at is whether all parts are there.
    given = {"BOT_TOKEN": TOKEN, "BOT_API_URL": "http://127.0.0.1:9", "DATA_DIR": str(data), "PATH": os.environ["PATH"]}
    said = subprocess.run(
        [sys.executable, "-m", "bot", *command], cwd=tmp_path, env=given, capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in said.stderr
    expected = {"check": "community: there is no", "backup": "nothing to back up", "restore": "There is no file"}
    assert expected[command[0]] in said.stdout + said.stderr


def test_what_is_ignored_is_all_but_what_is_copied() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in lines
    assert {line[1:] for line in lines if line.startswith("!")} == set(COPIED)


def test_the_unit_starts_what_there_is() -> None:
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(ROOT / "deploy/resident-voices.service")
    service = unit["Service"]
    assert re.search(r"-m bot (\w+)", service["ExecStart"])[1] in {  # type: ignore[index]
        command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands
    }
    assert service["RestartPreventExitStatus"] == str(MEND_FIRST)
    names = {each.partition("=")[0].lower() for each in service["Environment"].split()}
    assert names <= set(Settings.model_fields)
    data = re.search(r"DATA_DIR=(\S+)", service["Environment"])[1]  # type: ignore[index]
    assert service["ReadWritePaths"] == data == f"/var/lib/{service['StateDirectory']}"


RUNNERS = [
    path for path in [ROOT / ".ci/run", ROOT / "Makefile", *sorted((ROOT / "scripts").iterdir())] if path.is_file()
]


@pytest.mark.parametrize("runner", RUNNERS, ids=lambda path: path.name)
def test_every_test_run_by_name_exists(runner: Path) -> None:
    """A file that was renamed ends the whole run: pytest collects nothing if one of its arguments is not there."""
    named = set(re.findall(r"\btests(?:/\w+)+(?:\.py)?", runner.read_text("utf-8")))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
