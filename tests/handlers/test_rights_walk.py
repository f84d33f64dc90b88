"""Roles × what is registered, through real updates: who may not changes nothing, and is told so in their language.

`python -m tests.walk.rights` tries more of it.
"""

from pathlib import Path

import pytest

from domain.people.rights import RIGHTS, Action, Role
from tests.support import FEATURES
from tests.walk.rights import walk

STEPS, EACH = 200, 6


async def test_who_may_not_changes_nothing_and_is_told_kindly(tmp_path: Path) -> None:
    done = await walk(tmp_path, STEPS, EACH)
    assert done.wrong == [], "\n".join(done.wrong[:20])
    doors = {f"button {prefix}" for prefix in FEATURES.buttons} | {f"link {prefix}" for prefix in FEATURES.deep_links}
    doors |= {f"command {name}" for name, command in FEATURES.commands.items() if command.action is not None}
    doors |= {f"group command {name}" for name in FEATURES.group_commands}
    tried = done.tries.tried
    assert doors - tried.keys() == set(), "each of them was tried by somebody who may not"
    assert min(tried.values()) >= 10 and sum(tried.values()) > 10_000


async def test_a_right_too_many_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it looks for it finds: here the program believes that every resident may work on reports."""
    monkeypatch.setitem(RIGHTS, Role.RESIDENT, RIGHTS[Role.RESIDENT] | {Action.TRIAGE, Action.RESOLVE, Action.NOTE})
    done = await walk(tmp_path, 60, 0)
    assert any("the button v:" in each and "reports" in each for each in done.wrong)
    assert any("in the group" in each and "report_parts" in each for each in done.wrong), "and a reply to a card"
