"""Reads a community file (TOML) into a `Community`, or says in plain sentences what is wrong with it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import ValidationError

from bot.community.community_builder import Builder
from bot.community.community_problems import from_pydantic
from bot.community.community_schema import CommunityFile
from domain.community import Community

EXAMPLE = Path(__file__).resolve().parents[2] / "community.example.toml"
"""Serves until a community has a file of its own."""


class CommunityError(Exception):
    """The community file cannot be used. `problems` holds one sentence for each mistake found."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems[0])


def serving_file(path: Path) -> Path:
    """The file that serves: the one set, or the example when there is none of the standard name."""
    if not path.exists() and path.name == "community.toml":
        return EXAMPLE
    return path


def load_community(path: Path) -> Community:
    """Read the file that serves for `path`; raises CommunityError."""
    return read_community(serving_file(path))


def plan_file(path: Path, community: Community) -> Path | None:
    """The file that the community file serving for `path` names as the picture of the plan; beside it, unless whole."""
    picture = community.plan.picture
    return None if picture is None else serving_file(path).parent / picture


def read_community(path: Path) -> Community:
    """Read exactly this file; raises CommunityError."""
    document = _document(path)
    try:
        file = CommunityFile.model_validate(document)
    except ValidationError as error:
        problems = [from_pydantic(detail, document) for detail in error.errors()]
        raise _told(path, problems) from None
    builder = Builder(file)
    community = builder.community()
    if community is None:
        raise _told(path, builder.problems)
    return community


def _told(path: Path, problems: list[str]) -> CommunityError:
    ends = {problem: "" if problem.endswith("?") else "." for problem in problems}
    return CommunityError([f"{path.name}: {problem}{end}" for problem, end in ends.items()])


def _document(path: Path) -> dict[str, object]:
    try:
        # Notepad puts a mark before the first letter, which TOML does not know.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        mend = "set COMMUNITY to the file's name, or copy community.example.toml there"
        raise CommunityError([f"COMMUNITY: there is no file '{path}' - {mend}."]) from None
    except UnicodeDecodeError:
        raise CommunityError([f"{path.name}: it is not saved as UTF-8 - save it again as UTF-8."]) from None
    except OSError as error:
        raise CommunityError([f"COMMUNITY: '{path}' cannot be read ({error.strerror})."]) from None
    except tomllib.TOMLDecodeError as error:
        mend = 'look there for a missing or curly quote (" is right), comma or bracket'
        raise CommunityError([f"{path.name}: it breaks off: {error} - {mend}."]) from None
