"""Words of somebody in danger, or who may be: staff have them until they have closed it; then they go as all others."""

import sys
from pathlib import Path

import pytest

from sandbox.client import Person, World
from tests.e2e.conftest import OGG, Estate, Start, estate_in, shows
from tests.e2e.moments import time_passes
from tests.e2e.personal_data.canaries import OF_DANGER, canary
from tests.e2e.personal_data.test_gone_elsewhere import forgets
from tests.e2e.personal_data.traces import in_chats, is_wiped, nothing_is_left, planted, traces
from tests.e2e.reading import RESOLVE, asked_to_send, presses_send, presses_what, until
from tests.e2e.reports.test_possible_danger import MAYBE, NO, NOT_CONFIRMED

OPEN = {"silent", "rung", "where", "machine"}
"""What was said of danger that staff have work with."""


async def is_asked(mei: Person) -> None:
    """Two that may be danger: one is none, they say; the other one rings, since they say nothing."""
    await mei.says(f"{MAYBE['en']}. {canary('maybe')}")
    await asked_to_send(mei, canary("maybe"))
    await presses_what(mei, NO)
    await mei.says(canary("no"))
    await presses_send(mei, await asked_to_send(mei, canary("no")))
    await mei.sees("No. 1: Received")
    await mei.says(f"{MAYBE['en']}. {canary('silent')}")
    await asked_to_send(mei, canary("silent"))


async def rings(estate: Estate, mei: Person) -> None:
    group = estate.staff_chat
    await mei.says(f"There is thick smoke in the cellar of {canary('rung')}")
    await estate.settled()
    await shows(estate.staff, "DANGER: Fire", canary("rung"), chat=group)
    await mei.says(f"Building 3, {canary('where')}")
    await shows(estate.staff, canary("where"), chat=group)


async def goes_on(estate: Estate) -> None:
    """Staff have work with it after it was asked to be forgotten, and are reminded: its words are said once more."""
    wei, group = estate.staff, estate.staff_chat
    await time_passes(estate, minutes=31)
    await shows(wei, "No. 4 is OVERDUE", chat=group)
    await wei.replies(await estate.card(3), f"{canary('later')}: it comes from the {canary('where')}", group)
    await wei.sees("Kept as a note", group)
    await wei.says(f"/find {canary('rung')}")
    await shows(wei, "Found for", "No. 3")
    assert {"later", "rung", "silent", "where"} <= {name for name, _ in await in_chats(estate, [wei])}


async def test_words_of_danger_go_once_staff_have_closed_it(
    world: World, start_bot: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, data = tmp_path / "hear.py", tmp_path / "data"
    program.write_text(f"print('I smell gas in building 3. {canary('machine')}')", "utf-8")
    async with estate_in(world, start_bot, transcribe_command=f"{sys.executable} {program}") as estate:
        wei, mei, group = estate.staff, await estate.newcomer("Hua"), estate.staff_chat
        await is_asked(mei)
        await time_passes(estate, minutes=4)
        await shows(wei, NOT_CONFIRMED, canary("silent"), chat=group)
        await time_passes(estate, hours=1)
        await rings(estate, mei)
        await time_passes(estate, hours=1)
        await mei.sends_voice(OGG)
        await presses_send(mei)
        await shows(wei, canary("machine"), chat=group)
        assert await planted(estate, data) == set(OF_DANGER) - {"later"}

        await forgets(mei)
        await until(lambda: estate.rows("SELECT 1 FROM forgetting WHERE step = 'done'"), "all but the danger to go")
        await is_wiped(estate)
        assert await planted(estate, data) == OPEN
        await goes_on(estate)
        for number in (2, 3, 4):
            await presses_what(wei, RESOLVE, group, await estate.card(number))
            await estate.staff_replies(f"done about no. {number}?", "It is out")
        await time_passes(estate, minutes=11)
        await nothing_is_left(estate, data, [wei, estate.resident])
        assert traces("".join(capsys.readouterr())) == []
