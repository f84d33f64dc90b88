"""A project's lead writes to everybody in it: preview, sending, correcting, withdrawing; and what goes wrong."""

from typing import Any

from domain.people.rights import Role
from domain.projects.projects import Step
from sandbox.client import Person, buttons, written
from services.projects import bundling, making, stages
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import EVENING, PNG, Estate
from tests.e2e.moments import time_passes
from tests.e2e.projecting import STEPS, opens, starts_project
from tests.e2e.reading import NOT_FIXED, asked_to_send, presses_send, presses_what, shows

Json = dict[str, Any]
LAST, WRITE, WITHDRAW, SURE = (f"jw:*:{what}" for what in ("last", "write", "back", "back_yes"))


async def in_project(estate: Estate, *reports: int) -> None:
    """Staff start a project with these reports; they lead it."""
    await starts_project(estate, "The lamps")

    def put(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        bundling.add_many(tx, wei, 1, reports)

    await estate.bot.database.run(put)


async def writes(who: Person, text: str) -> Json:
    """A lead writes; returns the summary."""
    shown = await opens(who, 1)
    await presses_what(who, LAST, message=shown)
    await shows(who, "What would you like to say", after=shown)
    await who.says(text)
    return await asked_to_send(who, text, after=shown)


async def went_out(estate: Estate) -> None:
    """What goes out step by step has gone."""
    for _ in range(3):
        await time_passes(estate, seconds=2)


async def test_a_word_reaches_everybody_once_in_their_language_and_below_their_card(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    card = await estate.report()
    lin = await estate.newcomer("Lin", "zh-hans")
    await lin.says("三号楼的楼道灯坏了")
    await presses_send(lin)
    await estate.settled()
    await in_project(estate, 1, 2)
    summary = await writes(wei, "The new lamps come in May")
    assert "It reaches 2 people, each once." in written(summary)
    assert "Readers of Chinese will see above it that it is only in English." in written(summary)
    await presses_send(wei, summary)
    await went_out(estate)
    got = await shows(mei, "A word from the project lead", "The new lamps come in May")
    assert got["reply_to_message"]["message_id"] == card["message_id"] and "only in" not in written(got)
    await shows(lin, "项目牵头人的话", "只有英文", "The new lamps come in May")
    await shows(wei, "Your word to project no. 1: sent", "2 of 2 have it")


async def test_in_two_languages_each_reads_their_own(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()
    lin = await estate.newcomer("Lin", "zh-hans")
    await lin.says("三号楼的楼道灯坏了")
    await presses_send(lin)
    await estate.settled()
    await in_project(estate, 1, 2)
    summary = await writes(wei, "The new lamps come in May")
    await presses_what(wei, "f:*:!change:in_zh_hans", message=summary)
    await shows(wei, "Please write all of it in Chinese")
    await wei.says("新灯五月到货")
    await presses_send(wei, await asked_to_send(wei, "新灯五月到货", "The new lamps come in May"))
    await went_out(estate)
    await shows(estate.resident, "The new lamps come in May")
    got = await shows(lin, "新灯五月到货")
    assert "The new lamps" not in written(got) and "只" not in written(got)


async def test_an_edit_of_the_message_and_a_correction_change_all_copies_and_withdrawing_deletes_them(
    estate: Estate,
) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await in_project(estate, 1)
    shown = await opens(wei, 1)
    await presses_what(wei, LAST, message=shown)
    await shows(wei, "What would you like to say", after=shown)
    said = await wei.says("The new lamps come in May")
    await presses_send(wei, await asked_to_send(wei, "come in May"))
    await went_out(estate)
    got = await shows(mei, "come in May")
    await wei.edits(said, "The new lamps come in June")
    await went_out(estate)
    assert (await shows(mei, "come in June"))["message_id"] == got["message_id"]
    last = await opens(wei, 1)
    await presses_what(wei, LAST, message=last)
    told = await shows(wei, "come in June", "1 of 1 have it", after=last)
    await presses_what(wei, "jx:*:en", message=told)
    await shows(wei, "How should it read?", after=told)
    await wei.says("The new lamps come in July")
    await presses_send(wei, await asked_to_send(wei, "come in July", after=told))
    await went_out(estate)
    assert (await shows(mei, "come in July"))["message_id"] == got["message_id"]
    await presses_what(wei, WITHDRAW, message=told)
    await presses_what(wei, SURE)
    await went_out(estate)
    for text in ("come in May", "come in June", "come in July"):
        await mei.sees_no(text)
    # An old button and a late edit change nothing any more.
    await wei.edits(said, "The new lamps come in August")
    await shows(wei, "That is not possible any more")
    await mei.sees_no("August")


async def test_what_was_put_aside_and_may_not_be_gone_on_with_undoes_nothing(estate: Estate) -> None:
    """Wei corrects a word, begins something else, and leads nothing any more when that is done."""
    wei = estate.staff
    await estate.report()
    await in_project(estate, 1)
    await presses_send(wei, await writes(wei, "The new lamps come in May"))
    await went_out(estate)
    last = await opens(wei, 1)
    await presses_what(wei, LAST, message=last)
    told = await shows(wei, "come in May", "1 of 1 have it", after=last)
    await presses_what(wei, "jx:*:en", message=told)
    await shows(wei, "How should it read?", after=told)
    await wei.says("/repair The tap drips")
    asked = await shows(wei, "Who is needed?")
    await estate.lose_role(wei, Role.ADMIN)
    await wei.says("/cancel")
    await shows(wei, "Cancelled", after=asked)
    await shows(wei, "You cannot do that any more", after=asked)
    await wei.says("The lamp at the gate is dark")
    await asked_to_send(wei, "The lamp at the gate")


async def test_two_leads_at_once_the_second_is_asked(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    bo = await estate.colleague("Bo")
    await estate.report()
    await in_project(estate, 1)
    first, second = await writes(wei, "The lamps come in May"), await writes(bo, "The lamps come on Monday")
    await presses_send(wei, first)
    await went_out(estate)
    await presses_send(bo, second)
    asked = await shows(bo, "Wei has written to the same people in the meantime", "come in May")
    await mei.sees_no("come on Monday")
    await presses_what(bo, "f:*:!anyway:*", message=asked)
    await went_out(estate)
    await shows(mei, "come on Monday")


async def test_a_double_tap_sends_it_once_and_who_leads_it_no_more_sends_nothing(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    bo = await estate.colleague("Bo")
    await estate.report()
    await in_project(estate, 1)
    theirs, summary = await writes(bo, "Never to be read"), await writes(wei, "The lamps come in May")
    await estate.lose_role(bo)
    await presses_send(bo, theirs)
    send = next(each["callback_data"] for each in buttons(summary) if each["callback_data"].endswith("!send"))
    for _ in range(2):
        await wei.forges(summary, send)
    await went_out(estate)
    await shows(mei, "The lamps come in May")
    assert len(await estate.rows("SELECT id FROM broadcasts")) == 1
    await mei.sees_no("Never to be read")


async def test_quiet_hours_are_kept_and_photos_come_below(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await in_project(estate, 1)
    await estate.world.set_time(EVENING)
    shown = await opens(wei, 1)
    await presses_what(wei, LAST, message=shown)
    await shows(wei, "What would you like to say", after=shown)
    await wei.sends_photo(PNG, "This is the new lamp")
    await presses_send(wei, await asked_to_send(wei, "This is the new lamp", "quiet hours now"))
    await went_out(estate)
    await mei.sees_no("This is the new lamp")
    await estate.world.advance(hours=12)
    await went_out(estate)
    await shows(mei, "This is the new lamp")
    photos = [each for each in await estate.world.chat_messages(mei.id) if "photo" in each]
    assert len(photos) == 1


async def test_withdrawn_while_all_are_asleep_nobody_reads_it_in_the_morning(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await in_project(estate, 1)
    await estate.world.set_time(EVENING)
    await presses_send(wei, await writes(wei, "Never to be read"))
    await went_out(estate)
    shown = await opens(wei, 1)
    await presses_what(wei, LAST, message=shown)
    await presses_what(wei, WITHDRAW, message=await shows(wei, "Never to be read", "0 of 1 have it", after=shown))
    await presses_what(wei, SURE)
    await estate.world.advance(hours=12)
    await went_out(estate)
    await mei.sees_no("Never to be read")


async def test_stopped_it_goes_no_further_until_its_lead_says_go_on(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await estate.report()
    await in_project(estate, 1)
    await estate.world.set_time(EVENING)
    await presses_send(wei, await writes(wei, "Not yet"))
    await went_out(estate)
    await presses_what(wei, "bc:*:stop")
    await shows(wei, "Your word to project no. 1: stopped")
    await estate.world.advance(hours=12)
    await went_out(estate)
    await mei.sees_no("Not yet")
    await presses_what(wei, "bc:*:go_on")
    await went_out(estate)
    await shows(mei, "Not yet")


async def test_those_without_telegram_are_called_back(estate: Estate) -> None:
    wei = estate.staff
    await estate.report()

    def record(tx: Transaction) -> None:
        wang = people.without_telegram(tx, "Mrs Wang", "555", "en")
        new = NewReport([NewPart("text", text="My lamp is dark, too")], category="lighting", area="b1")
        submitting.submit(tx, estate.bot.setup.community, wang, new)

    await estate.bot.database.run(record)
    await in_project(estate, 1, 2)
    summary = await writes(wei, "The new lamps come in May")
    assert "1 person has no Telegram: the staff will be asked to call them." in written(summary)
    await presses_send(wei, summary)
    await went_out(estate)
    await shows(wei, "No. 2: please ring back", "A word from the lead of the project “The lamps”", "come in May",
                chat=estate.staff_chat)  # fmt: skip


async def test_a_lead_of_no_staff_role_writes_too_and_others_cannot(estate: Estate) -> None:
    await estate.report()
    await in_project(estate, 1)
    out = await estate.colleague("Out", Role.VOLUNTEER)
    press = await out.forges(await shows(out, ""), "jw:1:write")
    assert "You cannot do that" in str(await out.popup(press))


async def test_a_lead_who_reads_chinese_writes_and_delivers_in_chinese(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    lin = await estate.newcomer("Lin", "zh-hans")

    def make(tx: Transaction) -> None:
        wei, lead = (people.by_telegram_id(tx, each.id) for each in (estate.staff, lin))
        assert wei is not None and lead is not None
        people.grant(tx, lead.id, Role.VOLUNTEER, None)
        number = making.make(tx, estate.bot.setup.community, wei, "楼道灯", None, [lead.id]).id
        bundling.add_many(tx, wei, number, [1])
        stages.move(tx, wei, number, Step.DELIVER)

    await estate.bot.database.run(make)
    await estate.settled()
    shown = await lin.starts("j-1")
    await presses_what(lin, LAST, message=await shows(lin, "第1号项目", "楼道灯", after=shown))
    await shows(lin, "您想对诉求在这个项目里的所有人说什么？")
    await lin.says("新灯五月到货")
    draft = await asked_to_send(lin, "新灯五月到货", "能送到1人", "英文：1人")
    assert "使用英文的人会在上方看到：只有中文。" in written(draft) and "English" not in written(draft)
    await presses_send(lin, draft)
    await went_out(estate)
    await shows(mei, "A word from the project lead", "This is only in Chinese:", "新灯五月到货")
    await shows(lin, "您对第1号项目说的话", "1人")
    # And it is delivered, by the same lead who is not of the staff.
    shown = await lin.starts("j-1")
    await presses_what(lin, STEPS, message=await shows(lin, "第1号项目", after=shown))
    await estate.settled()
    await presses_what(lin, "jw:*:delivered")
    await shows(lin, "做了什么？")
    await lin.says("灯都换好了")
    await presses_send(lin, await asked_to_send(lin, "灯都换好了", "1件未办结的诉求"))
    await went_out(estate)
    question = await shows(mei, "灯都换好了", "Is it fixed?")
    await presses_what(mei, NOT_FIXED, message=question)
    await time_passes(estate, seconds=6)
    await shows(lin, "1人中有1人说没解决", "下一步由您决定")
