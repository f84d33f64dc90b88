"""A capability of one file, added by one line, works like those there are: command, button, event, task, reply, row."""

from collections.abc import AsyncIterator

import pytest

import bot.features
from sandbox.client import World
from tests.e2e import lamps_feature
from tests.e2e.conftest import Estate, Start, estate_in, news, shows


@pytest.fixture
async def lit(world: World, start_bot: Start, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Estate]:
    """The neighbourhood with one feature more."""
    monkeypatch.setattr(bot.features, "FEATURES", (*bot.features.FEATURES, lamps_feature.FEATURE))
    async with estate_in(world, start_bot) as estate:
        yield estate
        await estate.nothing_broke()


async def test_a_command_a_button_an_event_and_a_task(lit: Estate) -> None:
    mei, wei = lit.resident, lit.staff
    asked = await mei.says("/lamps")
    await mei.presses("2", message=await shows(mei, "Which lamp is dark?", after=asked))
    await shows(mei, "Lamp 2 is noted.")
    dark = await shows(wei, "Lamp 2 is dark.", chat=lit.staff_chat)
    await wei.replies(dark, "we know", lit.staff_chat)
    await shows(wei, "I have read of lamp:2: we know", chat=lit.staff_chat)
    (event,) = await lit.rows("SELECT subject, data FROM events WHERE kind = 'lamp.out'")
    (known,) = await lit.rows("SELECT id FROM people WHERE telegram_id = ?", mei.id)
    assert event == {"subject": f"person:{known['id']}", "data": '{"lamp": 2}'}
    # Also when the bot was started anew meanwhile.
    await lit.stop()
    await lit.world.advance(hours=25)
    await lit.start()
    await mei.replies(await shows(mei, "Does lamp 2 burn again?"), "it does")
    await shows(mei, "I have read of lamp:2: it does")


async def test_a_preference(lit: Estate) -> None:
    mei = lit.resident
    await mei.says("/settings")
    await mei.presses("Lamps", message=await shows(mei, "Your settings"))
    await mei.presses("Do not ask", message=await shows(mei, "Shall I ask you again about lamps?"))
    await mei.presses("Back", message=await shows(mei, "Kept."))
    await shows(mei, "Your settings")
    asked = await mei.says("/lamps")
    await mei.presses("1", message=await shows(mei, "Which lamp is dark?", after=asked))
    noted = await shows(mei, "Lamp 1 is noted.")
    await lit.world.advance(hours=25)
    await lit.settled()
    assert await news(mei, noted) == []


async def test_its_command_is_listed_and_its_events_printed(lit: Estate) -> None:
    calls = [call["params"] for call in await lit.world.calls() if call["method"] == "setMyCommands"]
    assert any("lamps" in str(call["commands"]) for call in calls)
    table = bot.features.joined().table()
    assert [each for each in table if each.startswith("lamp.out ")] == [
        "lamp.out PEOPLE tests.e2e.lamps_feature.thank",
        "lamp.out STAFF tests.e2e.lamps_feature.tell_staff",
    ]


async def test_without_the_line_there_is_nothing_of_it_and_what_it_left_ends(lit: Estate) -> None:
    """As when it was taken out again: a button of old, and what was planned, are ended kindly."""
    mei = lit.resident
    asked = await mei.says("/lamps")
    shown = await shows(mei, "Which lamp is dark?", after=asked)
    await mei.presses("2", message=shown)
    await shows(mei, "Lamp 2 is noted.")
    await lit.stop()
    bot.features.FEATURES = bot.features.FEATURES[:-1]  # what the fixture has set goes with it
    await lit.start()
    assert "newer one" in str(await mei.popup(await mei.forges(shown, "lamp:1")))
    await lit.world.advance(hours=25)
    await lit.bot.scheduler._tidy()
    assert await lit.rows("SELECT id FROM scheduled_tasks WHERE kind = 'lamp_again'") == []
    assert len(await lit.rows("SELECT id FROM tasks_put_away WHERE kind = 'lamp_again'")) == 1
