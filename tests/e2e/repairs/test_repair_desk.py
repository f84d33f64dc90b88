"""Staff and repairs: nobody can come, given by hand, opened again, made a report."""

from sandbox.client import written
from tests.e2e.conftest import PNG, Estate, shows
from tests.e2e.reading import REPAIRED, TAKES_REPAIR, presses_send, presses_what
from tests.e2e.repairing import ADDRESS, TAP, asks, to_the_photos, volunteer


async def test_nobody_can_come_and_staff_give_it_by_hand(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang", phone="139 0000 1234")
    await lao.says("/duty off")
    await lao.sees("You are OFF call")
    await asks(estate, urgency="Now")
    await shows(estate.staff, "Repair 1: nobody can come", "Plumbing, Now, it cannot wait, North side, Building 3",
                chat=estate.staff_chat)  # fmt: skip
    card = await shows(estate.staff, "Repair 1 · Nobody yet; the staff know", chat=estate.staff_chat)
    await estate.staff.presses("Numbers to ring", estate.staff_chat, card)
    await shows(estate.staff, "whom you can ring", "Lao Wang: 139 0000 1234")
    await estate.staff.presses("Give it to …", estate.staff_chat, card)
    choose = await shows(estate.staff, "[Lao Wang (off call)]", chat=estate.staff_chat)
    await estate.staff.presses("Lao Wang (off call)", estate.staff_chat, choose)
    given = await lao.sees("The staff give you repair 1. If you cannot come, tap “I cannot come” below.")
    job = await shows(lao, "Repair 1: you have taken it", ADDRESS)
    assert given["message_id"] < job["message_id"]
    await shows(estate.resident, "Lao Wang comes to you")
    await shows(estate.staff, "Repair 1 · Somebody will come", "Volunteer: Lao Wang", chat=estate.staff_chat)
    await estate.settled()
    for message in await estate.world.chat_messages(estate.staff_chat):
        for hidden in (ADDRESS, "Mei", TAP, "139 0000"):
            assert hidden not in written(message)


async def test_only_staff_press_and_a_stale_button_says_so(estate: Estate) -> None:
    await asks(estate)
    card = await shows(estate.staff, "Repair 1 · Nobody yet", chat=estate.staff_chat)
    nosy = await estate.colleague("Nosy", role=None)
    answer = await nosy.popup(await nosy.presses("Who and where", estate.staff_chat, card))
    assert "cannot do that" in answer["text"]
    await estate.resident.presses("Not needed any more")
    await estate.resident.presses("Yes, not needed")
    await shows(estate.staff, "Repair 1 · Not needed any more", chat=estate.staff_chat)
    answer = await estate.staff.popup(await estate.staff.forges(card, "rs:1:turn:1", estate.staff_chat))
    assert "changed meanwhile" in answer["text"]


async def test_made_a_report(estate: Estate) -> None:
    lao = await volunteer(estate, "Lao Wang")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", ADDRESS)
    await estate.staff.says("/repairs")
    await estate.staff.presses("Repair 1: Plumbing", message=await shows(estate.staff, "Repairs that are not closed"))
    await estate.staff.presses("Make it a report", message=await shows(estate.staff, "Repair 1 · Somebody will come"))
    await estate.staff.presses("Yes, ask them")
    await shows(estate.staff, "whether it may become a report", "[They agreed by phone")
    assert await estate.rows("SELECT id FROM reports") == []
    await estate.resident.presses("Yes, show it to the staff")
    await shows(estate.staff, "No. 1 · NEW", TAP, chat=estate.staff_chat)
    await shows(estate.resident, "Repair 1: Now a report to the staff", "It is report no. 1 now")
    await shows(estate.resident, "No. 1: Received", TAP)
    await lao.sees("Please do not go")
    await estate.settled()
    for message in await estate.world.chat_messages(lao.id):
        assert ADDRESS not in written(message)


async def turns(estate: Estate, card: str = "Repair 1 · Looking") -> None:
    """Staff want it to become a report."""
    await estate.staff.says("/repairs")
    await estate.staff.presses("Repair 1: Plumbing", message=await shows(estate.staff, "Repairs that are not closed"))
    await estate.staff.presses("Make it a report", message=await shows(estate.staff, card))
    await estate.staff.presses("Yes, ask them")


async def test_nothing_of_a_repair_is_shown_to_staff_while_its_resident_has_not_said_yes(estate: Estate) -> None:
    await volunteer(estate, "Lao Wang")
    await asks(estate)
    await turns(estate)
    question = await shows(estate.resident, "may the staff look after it as a report?", "everybody in the staff group")
    await estate.settled()
    for message in await estate.world.chat_messages(estate.staff_chat):
        assert TAP not in written(message)
    await estate.resident.presses("No, leave it as it is", message=question)
    await shows(estate.staff, "they do not want it to become a report", chat=estate.staff_chat)
    again = await estate.resident.forges(question, "ry:1:yes")
    assert "I do not find that any more" in (await estate.resident.popup(again))["text"]
    stranger = await estate.newcomer("Stranger")
    forged = await stranger.forges(await stranger.sees("Hello!"), "ry:1:yes")
    assert "I do not find that any more" in (await stranger.popup(forged))["text"]
    assert await estate.rows("SELECT id FROM reports") == []
    # The card offers it again; only who was asked can have agreed by phone.
    await shows(estate.staff, "Repair 1 · ", "[Make it a report", chat=estate.staff_chat)
    press = await estate.staff.forges(await shows(estate.staff, "Repair 1 · "), "rs:1:turn:0")
    assert "I do not find that any more" in (await estate.staff.popup(press))["text"]


async def test_whoever_cannot_be_asked_here_is_rung(estate: Estate) -> None:
    await volunteer(estate, "Lao Wang")
    await asks(estate)
    await estate.resident.blocks()
    await turns(estate)
    await estate.staff.presses("They agreed by phone", message=await shows(estate.staff, "[They agreed by phone"))
    await shows(estate.staff, "No. 1 · NEW", TAP, chat=estate.staff_chat)
    kept = await estate.rows("SELECT data FROM events WHERE kind = 'repair.turned'")
    assert '"agreed": "phone"' in kept[0]["data"]


async def test_made_a_report_the_photos_under_the_offers_go(estate: Estate) -> None:
    lao, mei = await volunteer(estate, "Lao Wang"), estate.resident
    await mei.says("/repair the tap drips")
    await mei.sees("Who is needed?")
    await mei.sends_photo(PNG)
    await mei.sees("I have added that.")
    await to_the_photos(mei)
    await mei.presses("Yes", message=await mei.sees("see your photos before"))
    await presses_send(mei)
    await shows(lao, "<photo>")
    await estate.staff.says("/repairs")
    await estate.staff.presses("Repair 1: Plumbing", message=await shows(estate.staff, "Repairs that are not closed"))
    await estate.staff.presses("Make it a report", message=await shows(estate.staff, "Repair 1 · Looking"))
    await estate.staff.presses("Yes, ask them")
    await mei.presses("Yes, show it to the staff")
    await shows(lao, "Repair 1 is not needed any more")
    await estate.settled()
    assert not [message for message in await estate.world.chat_messages(lao.id) if "photo" in message]


async def test_taken_away_and_opened_again(estate: Estate) -> None:
    lao, other = await volunteer(estate, "Lao Wang"), await volunteer(estate, "Other")
    await asks(estate)
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", ADDRESS)
    await estate.staff.says("/repairs")
    await estate.staff.presses("Repair 1: Plumbing", message=await shows(estate.staff, "Repairs that are not closed"))
    await estate.staff.presses("Take it away", message=await shows(estate.staff, "Repair 1 · Somebody will come"))
    await lao.sees("Repair 1 is given to others now")
    await other.sees("Repair 1: can you come?")
    await presses_what(other, TAKES_REPAIR)
    await other.presses("In one hour", message=await shows(other, "you have taken it", "[In one hour]"))
    await presses_what(other, REPAIRED, message=await shows(other, "You come:"))
    await other.presses("Leave this out", message=await other.sees("what did you do?"))
    await other.presses("Leave this out", message=await other.sees("how long"))
    await estate.resident.presses("Yes, it is done", message=await estate.resident.sees("Is it done?"))
    await shows(estate.resident, "Repair 1: Done: you said so")
    await estate.staff.presses(
        "Open it again",
        message=await _reads_again(estate),
    )
    await shows(estate.resident, "Repair 1: Looking for somebody")
    await estate.resident.sees("Repair 1: the staff have opened it again, and I ask for somebody.")
    await other.sees("Repair 1: the staff have opened it again.")
    await shows(estate.staff, "Repair 1: opened again by the staff.", chat=estate.staff_chat)


async def _reads_again(estate: Estate) -> dict[str, object]:
    """The message in private with the repair says what is so when a button of it is pressed."""
    old = await shows(estate.staff, "Repair 1 · ")
    await estate.staff.forges(old, "rs:1:menu:0")
    return await shows(estate.staff, "Repair 1 · Done: you said so", "[Open it again]")
