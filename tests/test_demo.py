"""What the demo's neighbours say is fit for a demo, in each of its languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.community_file import read_community
from domain.danger import find_danger

ROOT = Path(__file__).parent.parent
COMMUNITY = read_community(ROOT / "community.example.toml")
NEIGHBOURHOOD = json.loads((ROOT / "demo/neighbourhood.json").read_text("utf-8"))
STORY = json.loads((ROOT / "demo/story.json").read_text("utf-8"))["steps"]


def said() -> list[str]:
    """Every sentence somebody writes to the bot, in every language."""
    texts: list[dict[str, str]] = [told["text"] for told in NEIGHBOURHOOD]
    texts += [step["text"] for step in STORY if "text" in step]
    return [words for text in texts for words in text.values()]


@pytest.mark.parametrize("words", said())
def test_nobody_speaks_of_danger(words: str) -> None:
    """Such a report is sent at once, and the summary the demo waits for would never come."""
    assert find_danger(words, COMMUNITY.dangers) is None


@pytest.mark.parametrize("told", [*NEIGHBOURHOOD, *STORY], ids=lambda told: str(told.get("who", told.get("as"))))
def test_everything_is_there_in_both_languages_and_every_file_exists(told: dict[str, Any]) -> None:
    for field in ("text", "caption"):
        if field in told:
            assert set(told[field]) == {"en", "zh-hans"}
    for field in ("photo", "file"):
        if field in told:
            assert (ROOT / "demo" / told[field]).is_file()
