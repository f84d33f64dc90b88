"""What the demo's neighbours say is fit for a demo, in each of its languages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.community.community_file import read_community
from demo.run import STORIES as STORY_NAMES
from domain.danger.danger import find_danger

ROOT = Path(__file__).parent.parent
COMMUNITY = read_community(ROOT / "community.example.toml")
NEIGHBOURHOOD = json.loads((ROOT / "demo/neighbourhood.json").read_text("utf-8"))
PROMISES = json.loads((ROOT / "demo/promises.json").read_text("utf-8"))
STORIES = [json.loads((ROOT / f"demo/story_{name}.json").read_text("utf-8")) for name in STORY_NAMES]
STORY = [step for story in STORIES for step in story["steps"]]

PANEL: dict[str, dict[str, str]] = json.loads((ROOT / "demo/panel.json").read_text("utf-8"))


def said() -> list[str]:
    """Every sentence somebody writes to the bot, in every language."""
    texts: list[dict[str, str]] = [told["text"] for told in NEIGHBOURHOOD]
    texts += [step["text"] for step in STORY if isinstance(step.get("text"), dict)]
    texts.append(PANEL["burst_message"])
    return [words for text in texts for words in text.values()]


@pytest.mark.parametrize("words", said())
def test_nobody_speaks_of_danger(words: str) -> None:
    """Such a report is sent at once, and the summary the demo waits for would never come."""
    assert find_danger(words, COMMUNITY.dangers) is None


TOLD = [*NEIGHBOURHOOD, *PROMISES, *STORIES, *STORY]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: str(told.get("who", told.get("as", "promise"))))
def test_everything_is_there_in_both_languages_and_every_file_exists(told: dict[str, Any]) -> None:
    for field in ("title", "text", "caption", "whose", "words", "says", "public"):
        # A command and a time of day are the same in every language.
        if field in told and re.search(r"[^\W\d]", str(told[field]).partition("/")[0]):
            assert set(told[field]) == {"en", "zh-hans"}
    for field in ("photo", "file"):
        if field in told:
            assert (ROOT / "demo" / told[field]).is_file()


@pytest.mark.parametrize("name", PANEL)
def test_the_panel_speaks_both_languages_and_names_the_same_things_in_them(name: str) -> None:
    assert set(PANEL[name]) == {"en", "zh-hans"}
    english, chinese = (set(re.findall(r"\{\w+\}", words)) for words in PANEL[name].values())
    assert english == chinese
