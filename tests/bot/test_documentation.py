"""What is set by people is documented: every setting, every key of the community file, every dependency."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.community.community_schema import SECTIONS
from bot.kit.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SETTINGS, COMMUNITY = (ROOT / "docs/settings.md").read_text("utf-8").split("# The community file", 1)


def rows(text: str) -> set[str]:
    """The names in backquotes in the first column of every table."""
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall("`([^`]+)`", cell)}


def section(heading: str) -> str:
    """The part of the page under a heading."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", COMMUNITY, re.MULTILINE | re.DOTALL)
    assert found, f"docs/settings.md has no heading '{heading}'"
    return found[1]


def test_every_setting_is_documented_and_no_other() -> None:
    assert rows(SETTINGS) == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("name", SECTIONS)
def test_every_community_key_is_documented_and_no_other(name: str) -> None:
    keys = set(SECTIONS[name].model_fields) - (set(SECTIONS) if not name else set())
    tables = {each: f"`[{each}]`" for each in ("hours", "care", "repairs", "public", "plan")}
    heading = {"": "At the top", **tables}.get(name, f"`[[{name}]]`")
    assert rows(section(heading)) == keys


def test_every_section_is_known_to_the_sentences() -> None:
    tables = {name for name, field in SECTIONS[""].model_fields.items() if "Section" in str(field.annotation)}
    assert tables == set(SECTIONS) - {""}


def test_every_dependency_is_documented_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split("[^a-z0-9-]", each.lower())[0] for each in wanted}
    assert rows((ROOT / "docs/dependencies.md").read_text("utf-8")) == names
