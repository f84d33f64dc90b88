"""What people read is true: links lead somewhere, commands exist, and every command is told of."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import app
from tests.support import FEATURES

ROOT = Path(__file__).parent.parent
ARCHITECTURE = ROOT / "docs/architecture.md"
MINUTES, WORDS_A_MINUTE = 10, 230
"""A reader of English takes about 230 words in a minute (M. Brysbaert, 2019: 238 of what is no novel)."""
LONGEST_SENTENCE = 29
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "sandbox/README.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
README = (ROOT / "README.md").read_text("utf-8")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """What its headings are called in links, as GitHub makes it."""
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def commands() -> set[str]:
    """The commands of `python -m bot`."""
    return {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), target
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.is_relative_to(ROOT.resolve()), f"{target} leads out of the project"
        assert found.exists(), f"{target} does not exist"
        if anchor:
            assert anchor in anchors(found), f"{target}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    named = re.findall(r"(?:`|^ {4,})(?:[A-Z_]+=\S+ )?make ([a-z][a-z-]*)", text, re.MULTILINE)
    assert set(named) <= targets
    assert set(re.findall(r"python -m bot ([a-z-]+)", text)) <= commands()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_named_exists(page: Path) -> None:
    """`bot/handling/loop.py` and its like, in backquotes: code moves, pages forget."""
    named = re.findall(
        r"`((?:bot|handlers|services|domain|storage|paper|sandbox|scripts|tests|docs|demo|communities)/[\w./-]+)`",
        page.read_text("utf-8"),
    )
    examples = {"storage/migrations/0032_what_for.sql"}  # the next one
    assert [each for each in named if each not in examples and not (ROOT / each).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_test_named_exists(page: Path) -> None:
    """`tests/…/test_x.py::test_y`, which shows a promise: renamed, the promise would stand there alone."""
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page.read_text("utf-8"))
    assert [f"{file}::{test}" for file, test in named if f"def {test}(" not in (ROOT / file).read_text("utf-8")] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_function_named_exists(page: Path) -> None:
    """`bot/handling/loop.py::Loop` and its like."""
    named = re.findall(r"`(\w+/[\w/]+\.py)::(\w+)`", page.read_text("utf-8"))
    named = [each for each in named if not each[0].startswith(("tests/", "path/"))]
    assert [f"{file}::{name}" for file, name in named if name not in defined_in(ROOT / file)] == []


def defined_in(file: Path) -> set[str]:
    """The functions, classes, methods and constants of a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


def test_the_architecture_is_read_in_ten_minutes() -> None:
    assert len(ARCHITECTURE.read_text("utf-8").split()) <= MINUTES * WORDS_A_MINUTE


def test_no_sentence_of_the_architecture_is_long() -> None:
    prose = re.sub(r"^(?:    |[|#]).*$", "", ARCHITECTURE.read_text("utf-8"), flags=re.MULTILINE)
    parts = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )", prose)
    sentences = [sentence for part in parts for sentence in re.split(r"(?<=[.?!])[\"”*)]*\s+", part.strip())]
    assert [each for each in sentences if len(each.split()) > LONGEST_SENTENCE] == []


def test_every_page_beside_the_architecture_is_named_in_it() -> None:
    readers = {
        "residents",
        "volunteers",
        "staff",
        "leads",
        "admin",
        "pledges",
        "who-sees-what",
        "privacy",
        "security",
        "settings",
        "translating",
    }
    named = {target.partition("#")[0] for target in LINK.findall(ARCHITECTURE.read_text("utf-8"))}
    others = {page.name for page in (ROOT / "docs").glob("*.md") if page.stem not in readers | {"architecture"}}
    assert others - named == set()
    decisions = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    assert {page.name for page in (ROOT / "docs/decisions").glob("0*.md")} == set(LINK.findall(decisions))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_speaks_of_somebodys_machine(page: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:home|root|work|tmp|Users|opt|srv)/\S*", page.read_text("utf-8")) == []


def test_every_command_of_the_chat_is_told_of() -> None:
    told = set(re.findall(r"`/([a-z]+)`", README))
    assert told >= {*FEATURES.commands, *FEATURES.group_commands} - {"voice"}


def test_every_command_of_the_program_is_told_of() -> None:
    assert {f"python -m bot {name}" for name in commands()} <= set(re.findall(r"`(python -m bot [a-z]+)", README))


def test_every_option_named_exists() -> None:
    for line in re.findall(r"^\| `python -m bot (?:run|demo|poster|report).*$", README, re.MULTILINE):
        command = re.findall(r"python -m bot ([a-z]+)", line)[0]
        said = subprocess.run(
            [sys.executable, "-m", "bot", command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        for option in re.findall(r"`(--[a-z-]+)", line):
            assert option in said.stdout, f"{command} {option}"


def test_the_first_screen_moves_and_says_what_counts() -> None:
    first = README[:1200]
    assert "docs/pictures/reopened.gif" in first
    assert "Closed only when the person who asked says so" in first
    assert (ROOT / "docs/pictures/reopened.gif").stat().st_size < 1_500_000
