# ruff: noqa: ASYNC240 - small files of a temporary folder
"""A file that takes more than it may is refused, whatever ended the program that looked into it."""

import sys
from pathlib import Path

import pytest

from bot.background import plan_pictures, programs
from bot.background.plan_pictures import PictureFailed, UnfitFile, made_anew
from domain.estate_plan.unfit import LARGEST_FILE, Unfit


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another program in the place of the one that looks into files."""
    (tmp_path / "paper").mkdir()
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    return tmp_path / "paper" / "plan_picture.py"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", Unfit.TOO_MANY_DOTS),
        ("import time; time.sleep(30)", Unfit.TOO_MANY_DOTS),
        ('print(\'{"unfit": "pdf"}\')', Unfit.PDF),
    ],
    ids=["its bounds were reached", "its time was over", "it says so"],
)
async def test_what_cannot_be_looked_at_is_refused(
    program: Path, monkeypatch: pytest.MonkeyPatch, words: str, why: Unfit
) -> None:
    program.write_text(words, "utf-8")
    if "sleep" in words:
        monkeypatch.setattr(plan_pictures, "PROGRAM_SECONDS", 0.2)
    with pytest.raises(UnfitFile) as refused:
        await made_anew(b"a file")
    assert refused.value.why is why


async def test_a_fault_of_ours_is_tried_again(program: Path) -> None:
    program.write_text("raise RuntimeError", "utf-8")
    with pytest.raises(PictureFailed):
        await made_anew(b"a file")


async def test_what_is_too_large_is_not_even_looked_at(program: Path) -> None:
    program.write_text("raise RuntimeError", "utf-8")
    with pytest.raises(UnfitFile) as refused:
        await made_anew(bytes(LARGEST_FILE + 1))
    assert refused.value.why is Unfit.TOO_HEAVY


def test_the_program_bounds_itself() -> None:
    """Where the system knows such bounds."""
    resource = pytest.importorskip("resource")
    import subprocess

    words = (
        "import paper.plan_picture as it, resource; it._bound(); "
        "print(resource.getrlimit(resource.RLIMIT_AS)[1], resource.getrlimit(resource.RLIMIT_CPU)[1])"
    )
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout
    assert resource.RLIM_INFINITY not in map(int, said.split())
