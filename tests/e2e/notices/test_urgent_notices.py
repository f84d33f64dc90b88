"""An urgent notice: a second person's yes, a no, two at once, nobody for five minutes, a lead alone with a reason."""

from domain.people.rights import Role
from sandbox.client import written
from tests.e2e.conftest import Estate, Json
from tests.e2e.notices.noticing import ALONE, NO, SEND, WATER, YES, asks, gets, makes_urgent, summary, writes
from tests.e2e.reading import presses_what, shows

NIGHT = "2026-11-25T23:30:00+08:00"


async def asks_for_a_yes(estate: Estate) -> Json:
    """Wei writes an urgent notice; returns its card in the staff group."""
    wei = estate.staff
    await writes(wei)
    await makes_urgent(wei)
    shown = await shows(wei, "URGENT: it goes out as soon as another member of staff has said yes")
    await presses_what(wei, SEND, message=shown)
    await shows(wei, "is with the other staff")
    return await asks(wei, YES, estate.staff_chat)


async def states(estate: Estate) -> list[str]:
    return [row["state"] for row in await estate.rows("SELECT state FROM notices ORDER BY id")]


async def test_a_colleague_says_yes_in_private_and_every_card_says_so(estate: Estate) -> None:
    wei, mei, li = estate.staff, estate.resident, await estate.colleague("Li")
    card = await asks_for_a_yes(estate)
    assert WATER in written(card) and "It reaches 3 people." in written(card)
    assert await states(estate) == ["awaiting"]
    await estate.settled()
    assert not [each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]
    await presses_what(li, YES, message=await asks(li, YES))
    await gets(mei, "URGENT NOTICE · Maintenance", WATER)
    await shows(wei, "Li said yes: notice no. 1 is going out.")
    await shows(wei, "Li said yes: it is going out.", chat=estate.staff_chat)
    await shows(li, "Li said yes: it is going out.")


async def test_its_writer_cannot_say_yes_and_others_without_the_role_neither(estate: Estate) -> None:
    wei, bo = estate.staff, await estate.colleague("Bo", None)
    card = await asks_for_a_yes(estate)
    press = await presses_what(wei, YES, estate.staff_chat, card)
    assert "another member of staff" in (await wei.popup(press))["text"]
    press = await presses_what(bo, YES, estate.staff_chat, card)
    assert "cannot do that" in (await bo.popup(press))["text"]
    assert await states(estate) == ["awaiting"]


async def test_a_no_ends_it_and_a_yes_after_it_is_told_so(estate: Estate) -> None:
    wei, li, ann = estate.staff, await estate.colleague("Li"), await estate.colleague("Ann")
    await asks_for_a_yes(estate)
    of_ann = await asks(ann, YES)
    yes = next(
        b["callback_data"]
        for row in of_ann["reply_markup"]["inline_keyboard"]
        for b in row
        if ":yes" in b["callback_data"]
    )
    await presses_what(li, NO, message=await asks(li, NO))
    await shows(wei, "Li said no to notice no. 1. It was not sent.")
    late = await ann.forges(of_ann, yes)
    assert "Someone was quicker" in (await ann.popup(late))["text"]
    assert await states(estate) == ["refused"]


async def test_two_who_say_yes_at_once_send_it_once(estate: Estate) -> None:
    mei, li, ann = estate.resident, await estate.colleague("Li"), await estate.colleague("Ann")
    await asks_for_a_yes(estate)
    of_li, of_ann = await asks(li, YES), await asks(ann, YES)
    first = await li.presses(message=of_li, data="no:1:yes")
    second = await ann.presses(message=of_ann, data="no:1:yes")
    said = [(await li.popup(first))["text"], (await ann.popup(second))["text"]]
    assert sorted("quicker" in each for each in said) == [False, True]
    await gets(mei, WATER)
    await estate.settled()
    assert len([each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]) == 1


async def test_nobody_for_five_minutes_and_a_lead_sends_it_alone_with_a_reason_at_night(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident  # Wei is admin, too
    li = await estate.colleague("Li")
    await estate.colleague("Ann", Role.LEAD)
    await estate.world.set_time(NIGHT)
    await asks_for_a_yes(estate)
    early = await wei.forges(await shows(wei, "is with the other staff"), "no:1:alone")
    assert "may still say yes" in (await wei.popup(early))["text"]
    await estate.world.set_time("2026-11-25T23:36:00+08:00")
    await presses_what(wei, ALONE, message=await asks(wei, ALONE))
    await shows(wei, "Why must notice no. 1 go out without a second yes?")
    await presses_what(wei, ALONE, message=await asks(wei, ALONE))
    await estate.settled()
    begun = await estate.rows("SELECT state FROM conversations WHERE flow = 'notice_alone'")
    assert begun == [{"state": "open"}], "pressed twice it is one question"
    await wei.says("The pipe has burst and everybody sleeps")
    await presses_what(wei, SEND, message=await summary(wei))
    await gets(mei, "URGENT NOTICE", WATER)
    await shows(wei, "without a second yes. The reason:", "The pipe has burst")
    await shows(li, "Wei sent it without a second yes, because:", "The pipe has burst")
    kept = await estate.rows("SELECT state, alone_reason, confirmed_by FROM notices")
    assert kept[0]["alone_reason"] == "The pipe has burst and everybody sleeps" and kept[0]["confirmed_by"] is None
    nosy = await li.forges(await shows(li, "Wei sent it"), "no:1:alone")
    assert "cannot do that" in (await li.popup(nosy))["text"]


async def test_it_reaches_those_who_turned_the_kind_off(estate: Estate) -> None:
    mei, li = estate.resident, await estate.colleague("Li")
    await mei.says("/settings")
    await presses_what(mei, "s:muted:", message=await shows(mei, "Your settings"))
    await presses_what(mei, "s:muted:off-maintenance", message=await asks(mei, "s:muted:off-maintenance"))
    await asks(mei, "s:muted:on-maintenance")
    shown = written(await writes(estate.staff))
    assert "It reaches 2 people." in shown and "1 person has turned off this kind of notice." in shown
    await makes_urgent(estate.staff)
    await presses_what(estate.staff, SEND, message=await shows(estate.staff, "URGENT: it goes out"))
    await presses_what(li, YES, message=await asks(li, YES))
    await gets(mei, WATER)
