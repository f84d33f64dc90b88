"""A program of the operator's may draft what a voice note says; staff decide, and the resident is asked."""

import sqlite3
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

from sandbox.client import World
from storage.core import scheduled_tasks
from storage.core.database import Transaction
from tests.e2e.conftest import Estate, Start, estate_in, shows
from tests.e2e.reading import presses_send, presses_what, until

SOUND = b"OggS" + bytes(200)
PHOTO = b"\x89PNG\r\n\x1a\n"
PROGRAM = "import sys; print('dripping water, ' + str(len(open(sys.argv[1], 'rb').read())) + ' bytes')"


async def test_a_draft_becomes_what_staff_heard(world: World, start_bot: Start, tmp_path: Path) -> None:
    program = tmp_path / "hear.py"
    program.write_text(PROGRAM, "utf-8")
    async with estate_in(world, start_bot, transcribe_command=f"{sys.executable} {program}") as estate:
        mei, wei, group = estate.resident, estate.staff, estate.staff_chat
        await mei.sends("voice", SOUND, duration=4)
        await presses_send(mei)
        await wei.sees(f"dripping water, {len(SOUND)} bytes", group)
        await mei.sees_no("dripping water")
        await wei.presses("Use this line", group)
        await mei.sees("We understood:")
        await mei.presses("Yes, that is right")
        await wei.sees("(right, the resident says)", group)
        await estate.nothing_broke()


async def test_danger_in_a_voice_note_rings_and_is_not_confirmed(
    world: World, start_bot: Start, tmp_path: Path
) -> None:
    program = tmp_path / "hear.py"
    program.write_text("print('please come, the kitchen is on fire')", "utf-8")
    async with estate_in(world, start_bot, transcribe_command=f"{sys.executable} {program}") as estate:
        mei, group = estate.resident, estate.staff_chat
        await mei.sends("voice", SOUND, duration=4)
        await presses_send(mei)
        await shows(estate.staff, "POSSIBLE DANGER, NOT CONFIRMED: Fire", chat=group)
        await shows(estate.staff, "This may speak of danger.", "the kitchen is on fire", chat=group)
        await mei.sees("Call 119 now")
        await mei.sees("Is somebody in danger now?")
        await presses_what(mei, "ds:*:yes")
        await shows(estate.staff, "confirmed, somebody is in danger now", chat=group)
        assert len(await estate.rows("SELECT id FROM dangers")) == 1
        await estate.nothing_broke()


async def test_a_photos_caption_is_read_for_danger(estate: Estate) -> None:
    await estate.resident.sends_photo(PHOTO, "the kitchen is on fire")
    await estate.resident.sees("Call 119 now")
    assert "DANGER: Fire" in (await estate.card())["text"]


async def test_a_program_that_fails_holds_up_nothing(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot, transcribe_command=f"{sys.executable} -c exit(3)") as estate:
        await estate.resident.sends("voice", SOUND, duration=4)
        await presses_send(estate.resident)
        await estate.staff.sees("Please listen, and write what you heard.", estate.staff_chat)
        await until(
            lambda: estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'transcribe' AND tries > 0"),
            "the first try",
        )
        await world.advance(hours=1)
        await estate.staff.sees_no("A program heard", estate.staff_chat)
        assert not any(task.done() for task in estate.bot.tasks)
        await estate.nothing_broke()


async def test_storage_that_fails_for_a_while_costs_no_draft(
    world: World, start_bot: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.background.transcriber.LOOK_SECONDS", 0.1)
    program = tmp_path / "hear.py"
    program.write_text(PROGRAM, "utf-8")
    claim, failures = scheduled_tasks.claim, [0]

    def full_at_first(tx: Transaction, kinds: Collection[str], limit: int) -> list[sqlite3.Row]:
        if "transcribe" in kinds and failures[0] < 3:
            failures[0] += 1
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorname = "SQLITE_FULL"
            raise error
        return claim(tx, kinds, limit)

    monkeypatch.setattr("services.reports.transcribing.scheduled_tasks.claim", full_at_first)
    async with estate_in(world, start_bot, transcribe_command=f"{sys.executable} {program}") as estate:
        await estate.resident.sends("voice", SOUND, duration=4)
        await presses_send(estate.resident)
        await estate.staff.sees("dripping water", estate.staff_chat)
        assert failures == [3]
