"""The first minutes: /start, /help, /language, /cancel, the keyboard, and what Telegram shows of the bot."""

import json
from typing import Any

import pytest

from sandbox.client import World, written
from tests.e2e.conftest import LAMP, Estate, Start, keyboard, questions_with_buttons
from tests.e2e.reading import asked_to_send


def told(calls: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """What the bot told Telegram, by language (empty for all others)."""
    found = {}
    for call in calls:
        value = call["params"].get(name)
        value = json.loads(value) if isinstance(value, str) and value.startswith("[") else value
        if "chat_id" not in json.dumps(call["params"].get("scope", {})):
            found[call["params"].get("language_code", "")] = value
    return found


async def test_telegram_is_told_commands_and_descriptions_in_every_language(world: World, start_bot: Start) -> None:
    async with start_bot():
        commands = told(await world.calls("setMyCommands"), "commands")
        long = told(await world.calls("setMyDescription"), "description")
        short = told(await world.calls("setMyShortDescription"), "short_description")
    assert set(commands) == set(long) == set(short) == {"", "zh"}
    assert {each["command"] for each in commands[""]} == {
        "report", "repair", "my", "board", "pledge", "volunteer", "neighbours", "settings", "language", "cancel",
        "help", "projects", "export", "forget",
    }  # fmt: skip
    assert [each["command"] for each in commands[""]] == [each["command"] for each in commands["zh"]]
    assert all(each["description"].isascii() for each in commands[""])
    assert not any(each["description"].isascii() for each in commands["zh"])
    assert "Maple Court" in long[""] and "枫林苑" in long["zh"]
    assert "Maple Court" in short[""] and "枫林苑" in short["zh"]


@pytest.mark.parametrize(
    ("code", "hello", "button"),
    [
        ("en", "Hello! This is Maple Court.", "Say what is wrong"),
        ("en-GB", "Hello! This is Maple Court.", "Say what is wrong"),
        ("zh-hans", "枫林苑", "反映问题"),
        ("zh-hant-TW", "枫林苑", "反映问题"),
        ("fr", "Hello! This is Maple Court.", "Say what is wrong"),
    ],
)
async def test_start_speaks_the_language_telegram_tells(
    world: World, start_bot: Start, code: str, hello: str, button: str
) -> None:
    async with start_bot():
        ann = await world.person("Ann", code)
        await ann.starts()
        greeting = await ann.sees(hello)
        # What is kept and who sees it, and whom to call when it cannot wait.
        assert ("Your name is on no report" in greeting["text"]) is (button == "Say what is wrong")
        assert "110" in greeting["text"] and "119" in greeting["text"]
        assert len(greeting["text"]) < 900, "short enough to be read"
        assert button in keyboard(await world.calls("sendMessage"))


async def test_language_changes_keyboard_question_and_cards(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await mei.says("The lift is slow")
    await asked_to_send(mei)
    await mei.says("/language")
    await mei.presses("简体中文")
    await mei.sees("还没有发送")
    await mei.sees("1号：已收到")
    assert "反映问题" in keyboard(await estate.world.calls("sendMessage"))
    assert len(await questions_with_buttons(mei)) == 1
    # A chosen language stays, whatever Telegram says of the phone.
    again = await mei.says("/help")
    await mei.sees("不用记任何命令", after=again["message_id"])


async def test_help_cancel_and_unknown_commands_are_answered(estate: Estate) -> None:
    mei = estate.resident
    for said, answer in (
        ("/help", "This is how it works"),
        ("/cancel", "There is nothing to stop"),
        ("/whatisthis", "This is how it works"),
        ("/start", "Hello! This is Maple Court."),
        ("/start nonsense", "Hello! This is Maple Court."),
    ):
        sent = await mei.says(said)
        await mei.sees(answer, after=sent["message_id"])


async def test_help_names_every_command_of_ones_own_menu(estate: Estate) -> None:
    wei = estate.staff
    await estate.settled()
    scopes = [each["params"] for each in await estate.world.calls("setMyCommands")]
    menu = [each for each in scopes if str(wei.id) in str(each.get("scope", ""))][-1]["commands"]
    commands = json.loads(menu) if isinstance(menu, str) else menu
    assert {"history", "figures", "quarantine"} < {each["command"] for each in commands}
    sent = await wei.says("/help")
    told = written(await wei.sees("This is how it works", after=sent["message_id"]))
    missing = {each["command"] for each in commands if f"/{each['command']}" not in told}
    assert missing <= {"help", "language"}  # it is there; and /settings leads to the language


async def test_cancel_ends_what_was_begun(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await asked_to_send(mei)
    await mei.says("/cancel")
    await mei.sees("Cancelled. Nothing was sent.")
    assert await questions_with_buttons(mei) == []
    assert await estate.rows("SELECT * FROM reports") == []
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'draft'") == []
    await estate.world.sees_no(estate.staff_chat, "No. 1")


async def test_keyboard_labels_of_every_language_work_at_any_step(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("反映问题")
    asked = await mei.sees("What is wrong?")
    said = await mei.says("My reports")
    await mei.sees("You have not reported anything yet", after=said["message_id"])
    said = await mei.says("帮助")
    await mei.sees("This is how it works", after=said["message_id"])
    # The question is still open, and none of these labels became a report.
    await mei.says(LAMP)
    draft = await asked_to_send(mei)
    assert "My reports" not in draft["text"] and "帮助" not in draft["text"]
    said = await mei.says("Say what is wrong")
    await asked_to_send(mei, after=said)
    assert len(await questions_with_buttons(mei)) == 1
    assert asked["message_id"] < draft["message_id"]


async def test_a_new_command_of_help_leads_back_to_the_open_question(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/report")
    await mei.sees("What is wrong?")
    await mei.presses("Cancel")
    await mei.sees("Cancelled. Nothing was sent.")
    said = await mei.says("/report")
    await mei.sees("What is wrong?", after=said["message_id"])
