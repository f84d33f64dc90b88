"""A notice to everyone: written, shown as it will read, sent once, answered, corrected and withdrawn."""

from sandbox.client import written
from tests.e2e.conftest import PNG, Estate
from tests.e2e.notices.noticing import SEE, SEND, WATER, asks, gets, sends, summary, writes
from tests.e2e.reading import presses_send, presses_what, shows, until


async def test_a_notice_is_shown_counted_and_sent_to_everyone_in_their_language(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    lin = await estate.newcomer("Lin", "zh-hans")
    shown = written(await writes(wei))
    assert WATER in shown and "It reaches 3 people." in shown and "2 in English" in shown and "1 in Chinese" in shown
    assert "Readers of Chinese will see above it that it is only in English." in shown
    assert "Notice no." not in written(await shows(mei, "")), "nothing is sent before they say so"
    await presses_what(wei, SEE, message=await summary(wei))
    await shows(wei, "Notice · Maintenance", WATER)
    await presses_what(wei, SEND, message=await summary(wei))
    assert "only in" not in written(await gets(mei, "Notice · Maintenance", WATER))
    await gets(lin, "通知 · 维修养护", "本通知只有英文", WATER)
    await shows(wei, "3 of 3 have it.")
    await wei.says("/notices")
    await shows(wei, "No. 1 (SENT)", "3 of 3 have it.")


async def test_an_answer_to_a_notice_is_a_report_that_knows_it(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await sends(wei)
    notice = await gets(mei)
    await mei.replies(notice, "We have a baby, can you bring water?")
    await presses_send(mei, await shows(mei, "You are answering this notice", WATER))
    await shows(wei, "It answers notice no. 1.", chat=estate.staff_chat)
    assert await estate.rows("SELECT notice FROM reports") == [{"notice": 1}]
    await wei.says("/notices")
    await shows(wei, "1 answer to it became a report.")


async def test_words_of_danger_in_an_answer_ring_at_once_and_in_a_notice_they_do_not(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await sends(wei, words="If you smell gas, there is a gas leak: call 119")
    await estate.settled()
    assert await estate.rows("SELECT count(*) AS n FROM reports") == [{"n": 0}], "staff write about danger"
    await mei.replies(await gets(mei, "call 119"), "I smell gas, there is a gas leak in building 3")
    await shows(wei, "DANGER", "It answers notice no. 1.", chat=estate.staff_chat)


async def test_a_double_tap_sends_once_and_an_old_button_nothing(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    draft = await writes(wei)
    data = next(
        b["callback_data"]
        for row in draft["reply_markup"]["inline_keyboard"]
        for b in row
        if "!send" in b["callback_data"]
    )
    await presses_what(wei, SEND, message=draft)
    await shows(wei, "2 of 2 have it.")
    again = await wei.forges(draft, data)
    assert "Nothing is sent twice" in (await wei.popup(again))["text"]
    await estate.settled()
    assert await estate.rows("SELECT count(*) AS n FROM notices") == [{"n": 1}]
    there = [each for each in await estate.world.chat_messages(mei.id) if WATER in written(each)]
    assert len(there) == 1


async def test_a_correction_changes_what_was_delivered_and_a_withdrawal_deletes_it(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await sends(wei)
    had = await gets(mei)
    await shows(wei, "2 of 2 have it.")
    await wei.says("/notices")
    await presses_what(wei, "no:1:open", message=await asks(wei, "no:1:open"))
    await presses_what(wei, "nc:1:*", message=await asks(wei, "nc:1:*"))
    await shows(wei, "How should notice no. 1 read?")
    await wei.says("Water is off on Friday, not tomorrow")
    await presses_what(wei, SEND, message=await summary(wei))
    changed = await gets(mei, "Water is off on Friday")
    assert changed["message_id"] == had["message_id"]
    await wei.says("/notices")
    await presses_what(wei, "no:1:open", message=await asks(wei, "no:1:open"))
    await presses_what(wei, "no:1:back", message=await asks(wei, "no:1:back"))
    await presses_what(wei, "no:1:back_yes", message=await asks(wei, "no:1:back_yes"))
    await shows(wei, "Notice no. 1: WITHDRAWN")

    async def gone() -> bool:
        return not [each for each in await estate.world.chat_messages(mei.id) if "Water is off" in written(each)]

    await until(gone, "the notice gone from Mei's screen")


async def test_an_album_in_reply_is_one_answer(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await sends(wei)
    notice = await gets(mei)
    pictures = [("photo", PNG + bytes([each])) for each in range(3)]
    await mei.sends_album(*pictures, caption="The tap is dry already", reply_to=notice["message_id"])
    await estate.settled()
    begun = await estate.rows("SELECT state FROM conversations WHERE flow = 'report'")
    assert begun == [{"state": "open"}], "one draft, with all of it"
    await presses_send(mei, await shows(mei, "You are answering this notice", "3 photos"))
    await shows(wei, "It answers notice no. 1.", chat=estate.staff_chat)
