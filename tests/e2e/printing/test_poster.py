"""/poster: from the chat to a file, and what its code leads to."""

import asyncio
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bot.background import printer
from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import Estate, Json, Start, estate_in, shows
from tests.e2e.reading import until
from tests.paper.test_posters import chinese
from tests.support import ROOT


async def documents(person: Person, count: int) -> list[Json]:
    """Wait until so many files were sent to somebody."""

    async def drawn() -> list[Json]:
        found = [each for each in await person.world.chat_messages(person.id) if "document" in each]
        return found if len(found) >= count else []

    return await until(drawn, f"{count} files", patience=30)


async def content(estate: Estate, message: Json) -> bytes:
    """The file that a message holds."""
    return await estate.bot.request.download(message["document"]["file_id"])


def words_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [str(page.get_textpage().get_text_range()) for page in document]


async def labels(person: Person) -> list[str]:
    return [button["text"] for button in buttons(await shows(person, "For which"))]


@chinese
async def test_a_poster_of_a_building_comes_as_pdf_and_picture_and_its_link_works(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await wei.says("/poster")
    await shows(wei, "A poster to print", "Whoever scans it with a phone")
    assert len(await labels(wei)) <= 8
    await wei.presses("North side")
    await shows(wei, "For which part of North side?")
    await wei.presses("Building 3")
    await shows(wei, "For which part of North side, Building 3?")
    await wei.presses("Just “Building 3”")
    await shows(wei, "I am drawing the poster: North side, Building 3.", "It comes here in a moment.")
    pdf, picture = await documents(wei, 2)
    assert [each["document"]["file_name"] for each in (pdf, picture)] == ["poster-b3.pdf", "poster-b3.png"]
    assert picture["caption"] == "Poster: North side, Building 3"
    (said,) = words_of(await content(estate, pdf))
    for text in ("Maple Court", "枫林苑", "Something broken? An idea? Tell us.", "哪里坏了？有什么建议？告诉我们。",
                 "North side, Building 3", "北区3号楼", "start=a-b3"):  # fmt: skip
        assert text in said
    assert "120 (Ambulance)" in " ".join(said.split()), "wherever the line breaks"
    assert (await content(estate, picture)).startswith(b"\x89PNG")
    await estate.settled()
    assert list((estate.bot.setup.media / "once").rglob("*")) == [], "what was sent is not kept"
    await mei.starts("a-b3")
    await shows(mei, "You are here: North side, Building 3.")


@chinese
async def test_all_places_are_one_document_and_the_community_has_one_of_its_own(estate: Estate) -> None:
    wei = estate.staff
    await wei.says("/poster")
    await wei.presses("All 22 places")
    await shows(wei, "all places, one page each")
    (document,) = await documents(wei, 1)
    pages = words_of(await content(estate, document))
    assert len(pages) == 22 and len({page.split("start=a-")[1].split()[0] for page in pages}) == 22
    await wei.says("/poster")
    await wei.presses("The whole community")
    found = await documents(wei, 3)
    (said,) = words_of(await content(estate, found[1]))
    assert "You are here" not in said and "t.me/resident_voices_bot" in said and "start=" not in said


@chinese
async def test_in_a_chinese_community_it_is_asked_and_written_in_chinese_first(
    world: World, start_bot: Start, tmp_path: Path
) -> None:
    village = ROOT / "communities/village.toml"
    async with estate_in(world, start_bot, community=village) as estate:
        wei = estate.staff
        await wei.says("/language")
        await wei.presses("简体中文")
        await shows(wei, "现在我用中文")
        await wei.says("/poster")
        await shows(wei, "可打印的海报", "要哪个地方的海报？")
        await wei.presses("整个社区")
        await shows(wei, "正在制作海报：柳溪村。", "做好马上发到这里。")
        (said,) = words_of(await content(estate, (await documents(wei, 2))[0]))
        assert said.index("柳溪村") < said.index("Willow Creek Village")
        await estate.nothing_broke()


async def test_only_staff_print_also_by_an_old_or_forged_button(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("/poster")
    await mei.sees("You cannot do that.")
    bo = await estate.colleague("Bo", Role.STAFF)
    await bo.says("/poster")
    menu = await shows(bo, "A poster to print")
    for data in ("po:of:nowhere:0", "po:draw:b3:0", "po:of:-:0", "po:in:b3:x"):
        press = await bo.forges(menu, data)
        assert (await bo.popup(press))["text"] in (
            "I do not know this button. Please use a newer one.",
            "That choice is not there any more. Please choose again.",
        )
    await estate.lose_role(bo)
    press = await bo.forges(menu, "po:whole:-:0")
    assert "You cannot do that." in (await bo.popup(press))["text"]
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'print'") == []


@chinese
async def test_an_order_outlives_a_restart_and_is_drawn_once(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    wei = estate.staff
    begun = asyncio.Event()

    async def never(_told: Any) -> Any:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(printer, "draw", never)
        await wei.says("/poster")
        await wei.presses("The whole community")
        await asyncio.wait_for(begun.wait(), 8)
        await estate.stop()
    await estate.start()
    await documents(wei, 2)
    await estate.settled()
    assert len(await documents(wei, 2)) == 2


async def test_what_cannot_be_drawn_is_said(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    wei = estate.staff
    monkeypatch.setattr(printer, "PROGRAM", "no_such_program")
    await wei.says("/poster")
    await wei.presses("The whole community")
    await shows(wei, "It comes here in a moment.")
    await until(
        lambda: estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'print' AND tries > 0"), "the first try"
    )
    await estate.world.advance(seconds=11)
    await wei.says("/poster")  # the next order wakes who draws
    await wei.presses("The whole community")
    failed = await wei.sees("I am sorry: it could not be drawn.")
    assert "Traceback" not in written(failed)


async def test_a_language_that_could_not_be_written_is_named(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without any Chinese font."""
    wei, drawn = estate.staff, printer.draw

    async def without_chinese(told: Any) -> Any:
        for place in told["order"]["places"]:
            del place["words"]["zh_Hans"]
        return {**await drawn(told), "left_out": ["zh_Hans"]}

    monkeypatch.setattr(printer, "draw", without_chinese)
    await wei.says("/poster")
    await wei.presses("The whole community")
    _, picture = await documents(wei, 2)
    assert picture["caption"].startswith(
        "Poster: Maple Court\nChinese is left out: no font on the machine I run on can"
    )


async def test_letters_that_no_font_has_are_named(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    wei = estate.staff

    async def unwritable(_told: Any) -> Any:
        return {"unwritable": "枫林"}

    monkeypatch.setattr(printer, "draw", unwritable)
    await wei.says("/poster")
    await wei.presses("The whole community")
    await wei.sees("No font on the machine I run on can write 枫林.")
