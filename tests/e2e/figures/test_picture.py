"""The button "Picture": a chart with the words to it, made outside of the loop, once, also across a restart."""

import asyncio
import io
from typing import Any

import pytest
from PIL import Image

from bot.background import figures_picture, printer
from domain.people.rights import Role
from handlers.figures import picture
from sandbox.client import Person, written
from tests.e2e.conftest import Estate, Json
from tests.e2e.reading import presses_what, until
from tests.paper.test_chart import chinese

PICTURE = "fq:*"


async def photos(person: Person, count: int, chat: int | None = None) -> list[Json]:
    """Wait until so many photos of the bot are there."""

    async def drawn() -> list[Json]:
        there = await person.world.chat_messages(chat or person.id)
        found = [each for each in there if "photo" in each and each["from"]["id"] == person.world.bot_id]
        return found if len(found) >= count else []

    return await until(drawn, f"{count} photos", patience=30)


async def asked_for(estate: Estate) -> Json:
    """/figures, and its button pressed; returns the message with the figures."""
    await estate.staff.says("/figures")
    shown = await estate.staff.sees("Figures from")
    await presses_what(estate.staff, PICTURE, message=shown)
    return shown


async def test_it_comes_as_photo_with_words_in_reply(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await estate.resolves("New lamp")
    shown = await asked_for(estate)
    (photo,) = await photos(wei, 1)
    caption = photo["caption"]
    assert caption.startswith("Figures from Sunday, 1 November 2026 until now\n")
    assert "From 1 November 2026 until now residents sent 1 report; 1 was handled." in caption
    assert photo["reply_to_message"]["message_id"] == shown["message_id"]
    made = await estate.bot.request.download(photo["photo"][-1]["file_id"])
    with Image.open(io.BytesIO(made)) as image:
        assert image.width >= 800 and len(image.convert("L").getcolors() or ()) > 10
    await estate.settled()
    assert list((estate.bot.setup.media / "once").rglob("*.png")) == [], "what was sent is not kept"


async def test_pressed_twice_and_killed_in_between_it_is_made_once(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    wei = estate.staff
    await estate.report()
    begun = asyncio.Event()

    async def never(_told: Any) -> Any:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(figures_picture, "draw", never)
        shown = await asked_for(estate)
        await asyncio.wait_for(begun.wait(), 20)
        press = await presses_what(wei, PICTURE, message=shown)
        assert "It comes here in a moment" in (await wei.popup(press))["text"]
        await estate.stop()
    await estate.start()
    await photos(wei, 1)
    await estate.settled()
    assert len(await photos(wei, 1)) == 1
    await presses_what(wei, PICTURE, message=shown)
    assert len(await photos(wei, 2)) == 2, "somebody who asks again later gets it again"


@chinese
async def test_by_category_in_chinese(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("/language")
    await wei.presses("简体中文")
    await wei.says("/figures")
    await presses_what(wei, "fg:month:*:category", message=await wei.sees("收到：1"))
    await presses_what(wei, PICTURE, message=await wei.sees("路灯照明：收到1件"))
    (photo,) = await photos(wei, 1)
    assert "2026年11月1日至今，居民共反映诉求1件，已处理0件。" in written(photo)


async def test_a_time_in_which_nothing_happened_has_words_alone(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await wei.says("/figures")
    await presses_what(wei, "fg:month:2026-10-01:nothing", message=await wei.sees("Figures from"))
    await presses_what(wei, PICTURE, message=await wei.sees("Figures from Thursday, 1 October 2026 to"))
    await wei.sees("In October 2026 residents sent no reports.")


async def test_letters_that_no_font_has_are_named(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unwritable(_told: Any) -> Any:
        return {"unwritable": "枫林"}

    await estate.report()
    monkeypatch.setattr(figures_picture, "draw", unwritable)
    await asked_for(estate)
    await estate.staff.sees("No font on the machine I run on can write 枫林.")


async def test_what_cannot_be_drawn_is_said_and_nothing_else_waits(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    wei = estate.staff
    await estate.report()
    monkeypatch.setattr(printer, "PROGRAM", "no_such_program")
    shown = await asked_for(estate)
    await until(
        lambda: estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'figures_picture' AND tries > 0"), "a try"
    )
    await estate.world.advance(seconds=11)
    await presses_what(wei, "fg:month:*:area", message=shown)
    await presses_what(wei, PICTURE, message=await wei.sees("1 collected"))  # the next order wakes who draws
    assert "Traceback" not in written(await wei.sees("I am sorry: it could not be drawn."))


async def test_who_is_staff_no_more_when_it_is_drawn_gets_none(estate: Estate) -> None:
    bo = await estate.colleague("Bo", Role.STAFF)
    await estate.report()
    (known,) = await estate.rows("SELECT id FROM people WHERE telegram_id = ?", bo.id)
    told = {"press": "fq:month:2026-11-01:nothing", "person": known["id"], "reply_to": None, "topic": None}
    bot, setup = estate.bot, estate.bot.setup
    assert await bot.database.read(picture.read, setup.community, setup.group_speaker, told) is not None
    await estate.lose_role(bo)
    assert await bot.database.read(picture.read, setup.community, setup.group_speaker, told) is None
