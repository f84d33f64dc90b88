"""The sandbox is a product of its own: it lives without the rest, and the rest knows two of its modules, in tests."""

import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
SANDBOX = ROOT / "sandbox"
PUBLISHED = {"sandbox.client", "sandbox.testing"}
"""What a test of a bot may import. Everything else is started as a program, `python -m sandbox`."""


def imported(file: Path) -> set[str]:
    """The modules a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_tests_import_what_it_publishes_and_nothing_else_does() -> None:
    used = {
        file.relative_to(ROOT): modules
        for folder in sorted(ROOT.iterdir())
        if folder.is_dir() and folder != SANDBOX and not folder.name.startswith(".")
        for file in folder.rglob("*.py")
        if (modules := {name for name in imported(file) if name.partition(".")[0] == "sandbox"})
    }
    assert {file for file in used if file.parts[0] != "tests"} == set()
    assert {file: modules - PUBLISHED for file, modules in used.items() if modules - PUBLISHED} == {}


def test_its_folder_alone_is_tested_and_starts(tmp_path: Path) -> None:
    """Copied to where nothing else of the project is, and begun from inside, as somebody would who has just that."""
    folder = tmp_path / "sandbox"
    shutil.copytree(SANDBOX, folder, ignore=shutil.ignore_patterns("__pycache__", ".*_cache", "build", "*.egg-info"))
    tests = ["tests/test_readme.py", "tests/test_story.py", "-p", "no:cacheprovider", "-p", "no:xdist"]
    run = subprocess.run([sys.executable, "-m", "pytest", *tests], cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert " passed" in run.stdout and "skipped" not in run.stdout


def test_what_it_needs_is_what_is_locked_here() -> None:
    own, ours = (tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"] for folder in (SANDBOX, ROOT))
    assert set(own["dependencies"]) <= set(ours["dependencies"])
    assert set(own["optional-dependencies"]["dev"]) <= {*ours["dependencies"], *ours["optional-dependencies"]["dev"]}


def test_it_names_all_it_imports() -> None:
    own = tomllib.loads((SANDBOX / "pyproject.toml").read_text("utf-8"))["project"]
    named = {name.replace("-", "_") for name in own["dependencies"] for name in [name.split("~")[0].split(">")[0]]}
    program = [file for file in SANDBOX.rglob("*.py") if "tests" not in file.relative_to(SANDBOX).parts]
    used = {name.partition(".")[0] for file in program for name in imported(file)}
    assert used - sys.stdlib_module_names - {"sandbox"} <= named
