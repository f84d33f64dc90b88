"""Lists and files behind /figures: the open list for staff, files for admins, names only after a second yes."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.background import exporter
from bot.background.programs import ProgramFailed
from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import Estate, Json, Start, estate_in, shows
from tests.e2e.printing.test_poster import content, documents, words_of
from tests.e2e.reading import presses_what, until
from tests.paper.test_posters import chinese
from tests.spreadsheets import texts

LISTS, OPEN_XLSX, OPEN_PDF = "ex:menu:*", "ex:make:open:all:xlsx", "ex:make:open:all:pdf"
REPORTS, MONTH = "ex:time:reports:*", "ex:form:reports:this_month:*"
AS_CSV, AS_XLSX = "ex:make:reports:this_month:csv", "ex:make:reports:this_month:xlsx"
WITH_NAMES, YES = "ex:ask:reports:this_month:*", "ex:personal:reports:this_month:xlsx"
TAKEN = "ex:taken:*"


async def opens_lists(person: Person) -> Json:
    """/figures, and what is behind it."""
    said = await person.says("/figures")
    await presses_what(person, LISTS, message=await shows(person, "Figures from", after=said))
    return await shows(person, "The open list is for your meeting", after=said)


async def chooses(person: Person, *what: str) -> None:
    """Presses one button after the other, each on the newest message that has it."""
    for each in what:
        await presses_what(person, each)


async def test_the_open_list_for_the_meeting_names_nobody_and_says_what_is_left_out(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report("The lamp by my door 502 is dark, Mei")
    await (await estate.newcomer("Bo")).says("I smell gas on the stairs")
    await wei.sees("DANGER", estate.staff_chat)
    ann = await estate.colleague("Ann")
    menu = await opens_lists(ann)
    assert not [each for each in buttons(menu) if "reports" in each["callback_data"]], "files are for admins"
    await presses_what(ann, OPEN_XLSX)
    (document,) = await documents(ann, 1)
    assert document["document"]["file_name"] == "open.xlsx"
    heads, lamp, *rest = texts(await content(estate, document))
    assert heads[:2] == ["What it is [kind]", "Number [number]"] and lamp[:3] == ["A report", "1", "Lighting"]
    said = str(rest)
    assert "because they speak of danger or are about a person: 1 report." in said
    assert not [each for each in ("Mei", "502", "gas", "Bo") if each in said + str(lamp)]
    await estate.settled()
    assert list((estate.bot.setup.media / "once").rglob("*")) == [], "what was sent is not kept"
    assert await estate.rows("SELECT 1 FROM events WHERE kind = 'database.exported'") == []
    said_in_group = [written(each) for each in await mei.world.chat_messages(estate.staff_chat)]
    assert not [each for each in said_in_group if "Open list" in each]


@chinese
async def test_the_open_list_to_print_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        wei = estate.staff
        await estate.report()
        await wei.says("/language")
        await wei.presses("简体中文")
        await shows(wei, "现在我用中文")
        await wei.says("/figures")
        await chooses(wei, LISTS, OPEN_PDF)
        (document,) = await documents(wei, 1)
        (page,) = words_of(await content(estate, document))
        assert "未办结清单" in page and "路灯照明" in page and "截至2026年11月25日" in page
        await estate.nothing_broke()


async def test_an_admin_takes_out_reports_without_and_with_names(estate: Estate) -> None:
    wei, ann = estate.staff, await estate.colleague("Ann", Role.ADMIN)
    await estate.report("The lamp by my door is dark")
    await opens_lists(wei)
    await chooses(wei, REPORTS, MONTH)
    await shows(wei, "Reports: Sunday, 1 November 2026 to Monday, 30 November 2026", "The file has no names")
    await chooses(wei, AS_CSV)
    (plain,) = await documents(wei, 1)
    said = (await content(estate, plain)).decode("utf-8-sig")
    assert plain["document"]["file_name"] == "reports-2026-11-01-2026-11-30.csv" and "lighting" in said
    assert "Mei" not in said and "door" not in said and written(plain).endswith("1 row")
    await opens_lists(wei)
    await chooses(wei, REPORTS, MONTH, WITH_NAMES)
    await shows(wei, "Everyone who gets the file can read it", "all admins are told")
    assert len(await documents(wei, 1)) == 1, "the first yes makes no file"
    await chooses(wei, YES)
    file = (await documents(wei, 2))[1]
    assert "Delete it, here and on your device" in written(file)
    said = str(texts(await content(estate, file)))
    assert "Mei" in said and "The lamp by my door is dark" in said
    await shows(ann, "Wei took out a file with people’s names and words", "Reports", "1 row")
    (event,) = await estate.rows("SELECT actor FROM events WHERE kind = 'database.exported'")
    assert event["actor"] is not None
    await opens_lists(ann)
    await chooses(ann, TAKEN)
    await shows(ann, "Taken out with names and words", "by Wei", "1 row")


async def test_two_taps_make_one_file(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    await opens_lists(wei)
    await chooses(wei, REPORTS, MONTH)
    shown = await shows(wei, "The file has no names")
    await wei.forges(shown, AS_XLSX)
    await wei.forges(shown, AS_XLSX)
    await documents(wei, 1)
    await estate.settled()
    assert len(await documents(wei, 1)) == 1


async def test_an_order_outlives_a_restart_and_leaves_nothing_on_the_disk(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped while the file is made, with half of it on the disk."""
    wei = estate.staff
    await estate.report()
    begun = asyncio.Event()

    async def never(told: Any) -> Any:
        await asyncio.to_thread(Path(f"{told['file']}.1.part").write_text, "Mei")
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr(exporter, "make", never)
        await opens_lists(wei)
        await chooses(wei, REPORTS, MONTH, WITH_NAMES, YES)
        await asyncio.wait_for(begun.wait(), 8)
        await estate.stop()
    await estate.start()
    await documents(wei, 1)
    await estate.settled()
    assert len(await documents(wei, 1)) == 1
    assert len(await estate.rows("SELECT 1 FROM events WHERE kind = 'database.exported'")) == 1
    (made,) = (each for each in estate.bot.beside if isinstance(each, exporter.Exporter))
    await made._prepare()
    assert list((estate.bot.setup.media / "once").rglob("*")) == []


async def test_a_role_lost_meanwhile_gets_no_file(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = await estate.colleague("Ann", Role.ADMIN)
    await estate.report()

    async def meanwhile(told: Any) -> Any:
        await asyncio.to_thread(Path(told["file"]).write_text, "Mei")
        await estate.lose_role(ann, Role.ADMIN)
        return {"rows": 1}

    monkeypatch.setattr(exporter, "make", meanwhile)
    await opens_lists(ann)
    await chooses(ann, REPORTS, MONTH, WITH_NAMES, YES)
    await shows(ann, "You cannot have this file any more")
    await estate.settled()
    assert not [each for each in await ann.world.chat_messages(ann.id) if "document" in each]
    assert await estate.rows("SELECT 1 FROM events WHERE kind = 'database.exported'") == []
    assert list((estate.bot.setup.media / "once").rglob("*")) == []


async def test_what_telegram_does_not_take_is_said_and_not_kept(
    estate: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    wei = estate.staff
    await estate.report()

    async def large(told: Any) -> Any:
        await asyncio.to_thread(Path(told["file"]).write_text, "Mei")
        return {"rows": 1}

    monkeypatch.setattr(exporter, "make", large)
    monkeypatch.setattr(exporter, "LARGEST", 2)
    await opens_lists(wei)
    await chooses(wei, REPORTS, MONTH, WITH_NAMES, YES)
    await wei.sees("Telegram takes 50. Please choose a shorter time")
    await estate.settled()
    assert await estate.rows("SELECT 1 FROM events WHERE kind = 'database.exported'") == []
    assert list((estate.bot.setup.media / "once").rglob("*")) == []


async def test_only_admins_take_out_files_also_by_an_old_or_forged_button(estate: Estate) -> None:
    mei, bo = estate.resident, await estate.colleague("Bo")
    await estate.report()
    menu = await opens_lists(bo)
    for data in (
        "ex:time:reports:all:pdf",
        AS_CSV,
        YES,
        TAKEN.replace("*", "reports:all:pdf"),
        "ex:ask:reports:all:pdf",
    ):
        press = await bo.forges(menu, data)
        assert "You cannot do that." in (await bo.popup(press))["text"], data
    for data in ("ex:personal:open:all:pdf", "ex:make:open:all:doc", "ex:time:open:all:pdf", "ex:make:open"):
        press = await bo.forges(menu, data)
        assert (await bo.popup(press))["text"] == "I do not know this button. Please use a newer one.", data
    card = await shows(mei, "Received")
    press = await mei.forges(card, OPEN_XLSX)
    assert "You cannot do that." in (await mei.popup(press))["text"]
    in_group = await bo.sees("No. 1 · ", estate.staff_chat)
    press = await bo.forges(in_group, OPEN_XLSX, estate.staff_chat)
    assert (await bo.popup(press))["text"] == "I do not know this button. Please use a newer one."
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'export'") == []


async def test_what_cannot_be_made_is_said(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    wei = estate.staff
    await estate.report()

    async def fails(_told: Any) -> Any:
        raise ProgramFailed("ended with 1: nothing to see")

    monkeypatch.setattr(exporter, "make", fails)
    await opens_lists(wei)
    await chooses(wei, OPEN_XLSX)
    await until(
        lambda: estate.rows("SELECT 1 FROM scheduled_tasks WHERE kind = 'export' AND tries > 0"), "the first try"
    )
    await estate.world.advance(seconds=11)
    await opens_lists(wei)
    await chooses(wei, OPEN_PDF)  # the next order wakes who makes them
    await wei.sees("I am sorry: the file could not be made.")
