"""/history: all that happened to a report, for staff alone."""

from domain.events import ReportEvent
from sandbox.client import World, buttons, written
from tests.e2e.conftest import PNG, Estate, Start, estate_in, news, shows
from tests.e2e.reading import TAKE, asked_to_send, presses_send, presses_what
from tests.support import FEATURES


def test_everything_that_can_happen_has_a_sentence() -> None:
    ours = {each.KIND for each in ReportEvent.__subclasses__() if each.__module__.startswith("domain.")}
    assert ours == set(FEATURES.history)


async def test_who_did_what_without_the_reporters_name(estate: Estate) -> None:
    wei, mei = estate.staff, estate.resident
    await mei.says("The gate squeaks")
    await asked_to_send(mei)
    await mei.sends_photo(PNG)
    await mei.sees("1 photo")
    await presses_send(mei)
    await mei.sees("Received")
    await presses_what(wei, TAKE, estate.staff_chat, await estate.card())
    await estate.answers("The smith comes on Monday")
    await wei.says("/history 1")
    told = await shows(wei, "The resident reported it.", "The smith comes on Monday")
    text = written(told)
    assert "The resident reported it." in text and "Wei took it." in text and "Wei answered." in text
    assert "Mei" not in text
    before = len(await estate.world.calls("sendPhoto"))
    await wei.presses("Show photos and voice messages", message=told)
    await estate.settled()
    assert len(await estate.world.calls("sendPhoto")) == before + 1
    for _ in range(8):
        await wei.replies(await estate.card(), "a note", estate.staff_chat)
        await estate.settled()
    await wei.starts("v1")
    later = await wei.sees("a note", after=told["message_id"])
    assert "reported it" not in written(later)
    await wei.presses("Earlier", message=later)
    await wei.sees("The resident reported it.", after=told["message_id"])
    assert any(each["text"] == "Later" for each in buttons(await wei.sees("reported it.", after=told["message_id"])))


async def test_not_for_residents_and_not_what_does_not_exist(estate: Estate) -> None:
    await estate.report()
    for payload in ("/history 1", "/voice 1", "/start v1"):
        sent = await estate.resident.says(payload)
        await estate.resident.sees("You cannot do that", after=sent["message_id"])
    for number in ("7", "99999999999999999", "#8"):
        sent = await estate.staff.says(f"/history {number}")
        await estate.staff.sees("I do not find that", after=sent["message_id"])
    for as_read_here in ("No. 1", "1号", "第1号", "#1"):
        sent = await estate.staff.says(f"/history {as_read_here}")
        assert "No. 1 · " in (await estate.staff.sees("", after=sent["message_id"]))["text"]
    await estate.staff.says("/history lamp")
    await estate.staff.sees("Which report?")
    bo = await estate.colleague("Bo")
    await bo.starts("v1")
    shown = await bo.sees("No. 1 · NEW")
    await estate.lose_role(bo)
    press = await bo.forges(shown, "vh:1:0")
    assert (await bo.popup(press))["show_alert"]


async def test_in_chinese(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await estate.report()
        await estate.staff.says("/language")
        await estate.staff.presses("简体中文")
        await estate.settled()
        await estate.staff.says("/history 1")
        await estate.staff.sees("居民反映了这件事。")


async def test_every_action_of_staff_is_told_with_what_it_was(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    bo = await estate.colleague("Bo")
    await estate.report()

    async def chosen(*labels: str) -> None:
        for label in labels:
            await wei.presses(label, group, await shows(wei, "No. 1 · ", f"[{label}", chat=group))

    await chosen("More", "Give to …", "Bo")
    await wei.sees("In charge: Bo", group)
    await chosen("Kind", "Pavement and roads")
    await wei.sees("Kind: Pavement and roads", group)
    await chosen("More", "Give to …", "Neighbours and care")
    await shows(wei, "No. 1 · ", "In charge: nobody yet", chat=group)
    await chosen("More", "About a person")
    await shows(wei, "No. 1 · ", "About a person: never shown", chat=group)
    await chosen("More", "Hand on …", "Water company")
    await wei.sees("HANDED ON", group)
    await chosen("More", "Block")
    await wei.presses("For 7 days", group)
    await estate.staff_replies("why are they blocked?", "Insults")
    await wei.sees("can send nothing until", group)
    await bo.says("/history 1")
    last = await bo.sees("Wei blocked whoever reported it.")
    text = written(last)
    assert "Until Wednesday, 2 December" in text and "Insults" not in text
    for told in ("Water company\nAsk again: ", "It is about a person.", "Neighbours and care", "Pavement and roads"):
        assert told in text, told
    if "[Earlier" in text:
        await bo.presses("Earlier", message=last)
    await shows(bo, "Wei gave it to a colleague.\nIn charge: Bo")


async def test_long_words_are_read_whole_on_a_button(estate: Estate) -> None:
    """A page shows the beginning of each; what a resident wrote must be found whole in its history."""
    wei = estate.staff
    end = "and the last word is marmalade"
    status = await estate.report("The gate squeaks. " + "It squeaks at night and in the morning. " * 95 + end)
    await estate.resident.replies(status, "Only short")
    await estate.resident.sees("Added to your report no. 1")
    await wei.says("/history 1")
    told = await shows(wei, "The resident reported it.", "Only short")
    assert "marmalade" not in written(told)
    await wei.presses("Show all the words", message=told)
    await wei.sees("marmalade", after=told["message_id"])
    await estate.settled()
    below = await news(wei, told)
    assert below[0].startswith("Wednesday, 25 November, 10:0") and "The resident reported it." in below[0]
    assert "".join(below).count("It squeaks at night") == 95 and "Only short" not in "".join(below)
    # Nothing is cut on this page: there is no such button, and nobody else may press it.
    await estate.report("Short")
    await wei.says("/history 2")
    short = await wei.sees("No. 2 · NEW")
    assert "Show all the words" not in written(short)
    bo = await estate.colleague("Bo")
    await bo.starts("v1")
    shown = await bo.sees("No. 1 · NEW")
    await estate.lose_role(bo)
    press = await bo.forges(shown, "vh:1:words=0")
    assert (await bo.popup(press))["show_alert"]
    assert "marmalade" not in "".join(await news(bo, shown))
