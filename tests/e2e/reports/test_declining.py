"""Staff decline with a reason; the resident reads it and may object once; a lead decides with both sides on record."""

from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from tests.e2e.conftest import PNG, Estate, Json, Start, estate_in, shows
from tests.e2e.reading import TAKE, figures_of_reports, presses_what
from tests.e2e.reports.test_deciding import count, joins
from tests.e2e.reports.test_merging import more

OWN = "The path belongs to the school, and they want to keep it closed"


async def declines(estate: Estate, words: str | None = None, number: int = 1) -> Json:
    """Staff decline a report, for the first reason of the community file or in their own words."""
    wei, group = estate.staff, estate.staff_chat
    await more(estate, "Decline", number)
    card = await shows(wei, f"No. {number} · ", "[In my own words", chat=group)
    if words is None:
        await wei.presses("Not ours", group, card)
    else:
        await wei.presses("In my own words", group, card)
        await estate.staff_replies(f"why will no. {number} not be done?", words)
    preview = await wei.sees(f"Decline no. {number}? This is what", group)
    await wei.presses("Decline and send it", group, preview)
    return await wei.sees(f"No. {number} was declined. The resident reads:", group)


async def objects(person: Person, words: str, number: int = 1) -> None:
    """Somebody says that they do not agree."""
    await person.presses("I do not agree")
    await person.sees(f"Why do you not agree (no. {number})?")
    await person.says(words)


async def state(estate: Estate) -> str:
    await estate.settled()
    return str((await estate.rows("SELECT state FROM reports WHERE id = 1"))[0]["state"])


async def test_a_reason_from_the_list_is_seen_before_it_is_sent(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await more(estate, "Decline")
    card = await shows(wei, "[Not ours", "[Not this year", "[Private matter", "[In my own words", chat=group)
    await wei.presses("Not ours", group, card)
    preview = await shows(wei, "Decline no. 1?", "This is not ours to decide", "object once", chat=group)
    await estate.settled()
    assert "[Take" in written(await estate.card()), "the card has its own buttons again"
    assert not await count(mei, "This is not ours to decide"), "nothing is sent before it is looked at"
    await wei.presses("No, leave it", group, preview)
    assert await state(estate) == "new"
    await declines(estate)
    told = await shows(mei, "No. 1: the staff will not do this", "This is not ours to decide", "you can say so once")
    assert [each["text"] for each in buttons(told)] == ["I do not agree"]
    await shows(mei, "No. 1: Declined", "their message says why")
    card = await wei.sees("No. 1 · DECLINED", group)
    assert "[Open again" not in written(card) and "[Resolve" not in written(card)
    await figures_of_reports(wei)
    assert "Handled: 1 of 1" in written(await wei.sees("Declined: 1"))
    await wei.says("/history 1")
    await shows(wei, "Wei declined it.", "This is not ours to decide")


async def test_the_objection_goes_to_the_lead_who_opens_it_again(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    ling = await estate.colleague("Ling", Role.LEAD)
    await estate.report()
    await declines(estate, OWN)
    await mei.sees(OWN)
    await mei.presses("I do not agree")
    await mei.sees("Why do you not agree (no. 1)?")
    assert await state(estate) == "declined", "not before they have said why"
    await mei.sends_photo(PNG, "The school says it is yours")
    await shows(mei, "No. 1 is open again.", "hear here what they decide")
    await shows(mei, "No. 1: Open again", "looks at both sides")
    assert await state(estate) == "reopened"
    for person, chat in ((ling, None), (wei, group)):
        both = await shows(
            person, "a resident does not agree", OWN, "Wei gave this reason", "says it is yours", chat=chat
        )
        assert "Mei" not in written(both)
    assert [each for each in await estate.world.chat_messages(ling.id) if each.get("photo")]
    card = await shows(wei, "No. 1 · REOPENED", "A resident does not agree that it is declined", chat=group)
    assert "says no" not in written(card), "nobody was asked whether it is fixed"
    in_group = await wei.sees("a resident does not agree", group)
    bo = await estate.colleague("Bo")
    press = await bo.presses("Open it again", group, in_group)
    assert "You cannot do that" in (await bo.popup(press))["text"]
    await ling.presses("Open it again")
    await ling.sees("No. 1 is open again, and yours.")
    await mei.sees("has looked at both sides: report no. 1 is open again")
    card = await shows(wei, "No. 1 · TAKEN", "In charge: Ling", chat=group)
    assert "does not agree" not in written(card)
    press = await wei.presses("Keep it declined", group, in_group)
    assert "things have changed since" in (await wei.popup(press))["text"]
    await wei.says("/history 1")
    history = await wei.sees("Ling looked at both sides and decided.")
    assert "The resident did not agree that it is declined." in written(history)


async def test_kept_declined_it_is_final_and_told(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    ling = await estate.colleague("Ling", Role.LEAD)
    await estate.report()
    preview = await declines(estate, OWN)
    told = await mei.sees("I do not agree")
    await objects(mei, "It is yours")
    await ling.presses("Keep it declined")
    await ling.sees("No. 1 stays declined.")
    await shows(mei, "looked at both sides of report no. 1. It stays like this")
    await mei.sees("No. 1: Declined")
    await wei.sees("Ling has looked at both sides. It stays declined.", group)
    press = await mei.forges(told, "r:1:object:2")
    assert "already" in (await mei.popup(press))["text"]
    assert await state(estate) == "declined"
    # Opened again by staff all the same, only a lead can decline it once more.
    bo = await estate.colleague("Bo")
    await more(estate, "Open again")
    await mei.sees("The staff have opened your report no. 1 again.")
    before = preview["message_id"]
    await more(estate, "Decline", by=bo)
    await bo.presses("Not this year", group, await shows(bo, "No. 1 · ", "[Not this year", chat=group))
    preview = await bo.sees("Decline no. 1? This is what", group, after=before)
    press = await bo.presses("Decline and send it", group, preview)
    assert "You cannot do that" in (await bo.popup(press))["text"]
    await wei.presses("Decline and send it", group, preview)
    final = await shows(mei, "We cannot do this this year", "It was looked at twice")
    assert not buttons(final)


async def test_one_objection_for_all_and_further_ones_are_counted_kindly(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    li, bo = await estate.newcomer("Li"), await estate.newcomer("Bo", "zh-hans")
    eve = await estate.newcomer("Eve")
    await estate.report()
    await joins(estate, li)
    await joins(estate, bo)
    await declines(estate)
    await shows(bo, "1号：工作人员不办这件事", "这件事不在我们的职责范围内")
    told = await li.sees("I do not agree")
    press = await eve.forges(await eve.sees("Hello!"), buttons(told)[0]["callback_data"])
    assert "You cannot do that" in (await eve.popup(press))["text"]
    await objects(li, "Please think again")
    await li.sees("No. 1 is open again.")
    await objects(mei, "I do not agree either")
    await mei.sees("Somebody else has said so too")
    await shows(wei, "No. 1: 2 residents do not agree", "I do not agree either", chat=group)
    await bo.presses("我不同意")
    await bo.sees("您为什么不同意（第1号）")
    await wei.presses("Keep it declined", group)
    await mei.sees("It stays like this")
    await bo.says("我也不同意")
    await bo.sees("已经看过两次了")
    await wei.sees("No. 1: 3 residents do not agree", group)
    assert await state(estate) == "declined"
    for person, secret in ((mei, "think again"), (li, "agree either")):
        own = await estate.world.chat_messages(person.id)
        assert not [each for each in own if each["from"]["id"] == estate.world.bot_id and secret in written(each)]


async def test_cancelled_nothing_is_sent_and_it_can_still_be_said(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await declines(estate)
    await mei.presses("I do not agree")
    await mei.sees("Why do you not agree (no. 1)?")
    await mei.presses("Cancel")
    await mei.sees("All right, nothing was sent.")
    assert await state(estate) == "declined"
    await objects(mei, "Now I say it")
    await mei.sees("No. 1 is open again.")


async def test_a_merged_reports_people_read_the_reason_and_may_object(estate: Estate) -> None:
    await estate.report()
    li = await estate.newcomer("Li")
    await estate.report("The gate squeaks", li)
    await estate.card(2)
    await estate.bot.database.run(
        lambda tx: tx.execute("UPDATE reports SET merged_into = 1, state = 'merged', state_before = 'new' WHERE id = 2")
    )
    await declines(estate)
    await li.sees("No. 2: the staff will not do this")
    await objects(li, "It is dark all the same", 2)
    await li.sees("No. 2 is open again.")
    assert await state(estate) == "reopened"


async def test_two_decline_at_once(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await estate.report()
    await more(estate, "Decline")
    await wei.presses("Not ours", group, await shows(wei, "No. 1 · ", "[Not ours", chat=group))
    preview = await wei.sees("Decline no. 1? This is what", group)
    await presses_what(bo, TAKE, group, await estate.card())
    await wei.sees("In charge: Bo", group)
    press = await wei.presses("Decline and send it", group, preview)
    assert "This has changed meanwhile: TAKEN, Bo." in (await wei.popup(press))["text"]
    assert await state(estate) == "taken"


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        li = await estate.newcomer("Li", "zh-hans")
        await li.says("北门的灯不亮了")
        await li.presses("就这样发送")
        await estate.card()
        await declines(estate)
        await shows(li, "1号：工作人员不办这件事", "这件事不在我们的职责范围内")
        await li.presses("我不同意")
        await li.says("这是大家的事")
        await li.sees("1号已重新办理")
        await estate.staff.presses("Keep it declined", estate.staff_chat)
        await li.sees("1号的双方意见")
        await estate.nothing_broke()


async def test_whoever_did_not_object_has_no_button_left_when_it_is_decided(estate: Estate) -> None:
    li = await estate.newcomer("Li")
    await estate.report()
    await joins(estate, li)
    await declines(estate)
    told = await li.sees("I do not agree")
    await objects(estate.resident, "It is yours")
    await estate.resident.sees("No. 1 is open again.")
    await estate.staff.presses("Keep it declined", estate.staff_chat)
    await li.sees("It stays like this")
    await estate.settled()
    left = [each for each in await estate.world.chat_messages(li.id) if each["message_id"] == told["message_id"]]
    assert not buttons(left[0])
