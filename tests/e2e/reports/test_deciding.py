"""Everybody who reported or joined decides: several answers, silence, what goes to the leads, and being content."""

from pathlib import Path

from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from storage.core.database import Transaction
from storage.people import people
from storage.reports import supports
from tests.e2e.conftest import Estate, Json, Start, estate_in, questions_with_buttons, shows
from tests.e2e.moments import time_is
from tests.e2e.reading import IS_FIXED, NOT_FIXED, presses_what
from tests.support import ROOT


async def joins(estate: Estate, person: Person, number: int = 1) -> None:
    """Somebody stands behind a report as well."""

    def join(tx: Transaction) -> None:
        known = people.by_telegram_id(tx, person.id)
        assert known is not None and supports.add(tx, number, known.id)

    await estate.bot.database.run(join)


async def joins_without_telegram(estate: Estate) -> None:
    """Somebody who came to the counter stands behind report 1 as well."""
    await estate.bot.database.run(
        lambda tx: supports.add(
            tx, 1, tx.insert("INSERT INTO people (name, language, created_at) VALUES ('Old Chen', 'en', '2026')", ())
        )
    )


async def state(estate: Estate) -> str:
    await estate.settled()
    return str((await estate.rows("SELECT state FROM reports WHERE id = 1"))[0]["state"])


async def count(person: Person, text: str, chat: int | None = None) -> int:
    found = await person.world.chat_messages(person.id if chat is None else chat)
    return sum(text in written(each) for each in found)


async def test_one_no_outweighs_a_yes_and_noes_are_gathered(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    li, bo = await estate.newcomer("Li"), await estate.newcomer("Bo")
    await estate.report()
    await joins(estate, li)
    await joins(estate, bo)
    await joins_without_telegram(estate)
    await estate.resolves("New lamp")
    await wei.sees("3 not answered · 1 could not be asked", group)
    question = await li.sees("Is it fixed?")
    await bo.sees("Is it fixed?")
    await presses_what(mei, IS_FIXED)
    await wei.sees("1 yes · 2 not answered · 1 could not be asked", group)
    assert await state(estate) == "confirmed"
    await presses_what(li, NOT_FIXED)
    await wei.sees("No. 1 is REOPENED: the resident says it is not fixed.", group)
    assert await state(estate) == "reopened"
    await li.sees("What is still wrong?")
    await li.says("It flickers")
    await wei.sees("It flickers", group)
    await presses_what(bo, NOT_FIXED)
    await wei.sees("No. 1 is REOPENED: 2 residents say it is not fixed.", group)
    await estate.settled()
    assert await count(wei, "is REOPENED", group) == 1, "one message, not one for each no"
    assert len(await estate.rows("SELECT * FROM events WHERE kind = 'report.reopened'")) == 1
    again = await li.forges(question, buttons(question)[1]["callback_data"])
    assert (await li.popup(again))["text"] == "I have that already. Nothing is done twice."
    other = await li.forges(question, buttons(question)[0]["callback_data"])
    assert "things have changed since" in (await li.popup(other))["text"]
    assert not await count(mei, "It flickers"), "what one resident writes is shown to no other"


async def test_a_yes_after_a_no_closes_nothing(estate: Estate) -> None:
    mei, li = estate.resident, await estate.newcomer("Li")
    await estate.report()
    await joins(estate, li)
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await li.sees("Is it fixed?")
    await presses_what(li, IS_FIXED)
    await li.sees("so it stays open")
    assert await state(estate) == "reopened"


async def test_the_leads_hear_of_the_second_no_once_with_what_was_said(estate: Estate) -> None:
    mei, li = estate.resident, await estate.newcomer("Li")
    ling = await estate.colleague("Ling", Role.LEAD)
    await estate.report()
    await joins(estate, li)
    await estate.resolves("New lamp")
    await presses_what(mei, NOT_FIXED)
    await mei.says("It flickers")
    await mei.sees("The staff can read it")
    assert await count(ling, "times, and it is not") == 0
    await estate.resolves("New ballast")
    await li.sees("New ballast")
    await presses_what(mei, NOT_FIXED)
    told = written(await ling.sees("No. 1 was said to be fixed 2 times, and it is not"))
    assert all(text in told for text in ("New lamp", "It flickers", "New ballast")) and "Mei" not in told
    await presses_what(li, NOT_FIXED)
    await estate.staff.sees("REOPENED: 2 residents", estate.staff_chat)
    await estate.settled()
    assert await count(ling, "times, and it is not") == 1


async def test_whoever_says_nothing_is_asked_again_by_day_and_then_it_is_closed(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await time_is(estate, "2026-11-25T22:30:00+08:00")
    await estate.report()
    await estate.resolves("New lamp")
    await time_is(estate, "2026-11-28T22:31:00+08:00")
    assert await count(mei, "We asked you before") == 0, "it is night"
    await estate.stop()
    await estate.start()
    await time_is(estate, "2026-11-29T08:01:00+08:00")
    question = await shows(mei, "We asked you before", "New lamp", "Is it fixed?", "closed on Wednesday, 2 December")
    assert len(await questions_with_buttons(mei)) == 1
    await time_is(estate, "2026-12-02T22:20:00+08:00")
    assert (await state(estate), await count(mei, "We asked you before")) == ("resolved", 1)
    await time_is(estate, "2026-12-02T22:40:00+08:00")
    assert await state(estate) == "unanswered"
    await mei.sees("Closed: nobody said no")
    await wei.sees("CLOSED, no answer", group)
    await presses_what(mei, NOT_FIXED, message=question)
    await wei.sees("No. 1 is REOPENED", group)
    assert await state(estate) == "reopened", "late is not too late"


async def test_the_times_are_the_communitys(world: World, start_bot: Start, tmp_path: Path) -> None:
    """[care] in the community file: asked once more after a day, closed after two."""
    usual = (ROOT / "community.example.toml").read_text("utf-8")
    assert 'ask_again = "3 days"' in usual and 'close_after = "7 days"' in usual
    ours = tmp_path / "ours.toml"
    ours.write_text(
        usual.replace('ask_again = "3 days"', 'ask_again = "1 day"').replace('"7 days"    #', '"2 days"  #')
    )
    async with estate_in(world, start_bot, community=ours) as estate:
        await estate.report()
        await estate.resolves("New lamp")
        await time_is(estate, "2026-11-26T09:50:00+08:00")
        assert await count(estate.resident, "We asked you before") == 0
        await time_is(estate, "2026-11-26T10:10:00+08:00")
        await shows(estate.resident, "We asked you before", "Is it fixed?")
        await time_is(estate, "2026-11-27T09:50:00+08:00")
        assert await state(estate) == "resolved"
        await time_is(estate, "2026-11-27T10:10:00+08:00")
        assert await state(estate) == "unanswered"


async def test_what_is_decided_is_not_asked_again(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    await mei.sees("It is closed now")
    await time_is(estate, "2026-12-05T12:00:00+08:00")
    assert await count(mei, "We asked you before") == 0
    assert await state(estate) == "confirmed"


async def test_after_a_yes_one_may_say_whether_one_is_content(estate: Estate) -> None:
    mei, eve = estate.resident, await estate.newcomer("Eve")
    await estate.report()
    await estate.resolves("New lamp")
    await presses_what(mei, IS_FIXED)
    question = await mei.sees("Are you content with how it was handled?")
    data = [each["callback_data"] for each in buttons(question)]
    press = await eve.forges(await eve.sees("Hello!"), data[0])
    assert "You cannot do that" in (await eve.popup(press))["text"]
    await mei.presses("No, not content")
    await mei.sees("not content with how no. 1 was handled")
    again = await mei.forges(question, data[1])
    assert (await mei.popup(again))["text"] == "I have that already. Nothing is done twice."
    other = await mei.forges(question, data[0])
    assert "things have changed since" in (await mei.popup(other))["text"]
    assert [row["content"] for row in await estate.rows("SELECT content FROM verdicts")] == [0]


async def test_a_suggestion_is_answered_and_not_fixed_in_chinese(world: World, start_bot: Start) -> None:
    community = ROOT / "communities" / "village.toml"
    async with estate_in(world, start_bot, community=community) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await joined_suggestion(estate, li)
        question: Json = await shows(li, "在办了", "您得到答复了吗？")
        assert [each["text"] for each in buttons(question)] == ["得到了", "还没有"]
        await shows(li, "1号：说是答复了，是吗？", "您说得到答复了，才算办完。")
        await li.presses("得到了")
        await shows(li, "您说已经得到答复（第1号），现在结案了。", "您对处理的过程满意吗？")
        await li.presses("满意")
        await shows(li, "您满意，我们很高兴")
        await shows(li, "1号：已答复，您确认的")
        await estate.nothing_broke()


async def test_nothing_of_a_suggestion_speaks_of_mending(estate: Estate) -> None:
    mei = estate.resident
    await estate.report("I suggest two more benches")
    await estate.resolves("Ordered for spring")
    await shows(mei, "No. 1: Said to be answered. Is it?", "The staff have answered.")
    await estate.staff.sees("The resident of no. 1 is asked whether they were answered.", estate.staff_chat)
    await mei.presses("No, not really")
    await mei.sees("What have we not answered?")
    card = await shows(mei, "No. 1: Open again", "It is not answered yet.")
    assert "fixed" not in written(card)


async def joined_suggestion(estate: Estate, person: Person) -> None:
    """A suggestion somebody joined, said to be done."""
    await estate.report()
    await joins(estate, person)
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE reports SET category = 'ideas' WHERE id = 1"))
    await estate.staff.presses(data="v:1:resolve:0", chat=estate.staff_chat, message=await chinese_card(estate))
    asked = await shows(estate.staff, "1", "？", chat=estate.staff_chat)
    await estate.staff.replies(asked, "在办了", estate.staff_chat)


async def chinese_card(estate: Estate) -> Json:
    return await estate.staff.sees("1号 · ", estate.staff_chat)
