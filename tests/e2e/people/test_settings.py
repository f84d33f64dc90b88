"""/settings: language and quiet hours, and what is sent in them."""

import pytest

from domain.calendar.quiet import QuietHours
from domain.people.rights import Role
from sandbox.client import Person, written
from tests.e2e.conftest import EVENING, LAMP, Estate, Json, shows
from tests.e2e.pledges.test_pledge_making import pledger, published
from tests.e2e.reading import IS_FIXED, RESOLVE, asked_to_send, presses_what

NIGHT = "2026-11-25T23:00:00+08:00"


async def silent(estate: Estate, person: Person, text: str) -> bool:
    """Whether the newest message to somebody with that text came without a sound."""
    await estate.settled()
    for call in reversed(await estate.world.calls()):
        given = call["params"]
        said = f"{given.get('text', '')}{given.get('caption', '')}"
        if call["method"].startswith("send") and str(given.get("chat_id")) == str(person.id) and text in said:
            return given.get("disable_notification") in (True, "true")
    raise AssertionError(f"nothing with {text!r} was sent")


async def chooses(person: Person, *labels: str) -> Json:
    """/settings, then these buttons one after the other."""
    await person.says("/settings")
    shown = await shows(person, "Your settings")
    for label in labels:
        await person.presses(label)
    return shown


async def chooses_hours(person: Person, begins: str, ends: str) -> None:
    """/settings, and any two hours."""
    await chooses(person, "Quiet hours", "Other hours")
    await shows(person, "From when on shall it be quiet?")
    await person.presses(begins)
    await shows(person, f"Quiet from {begins}.")
    await person.presses(ends)
    await shows(person, f"From {begins} to {ends} what I send makes no sound")


async def hours_of(estate: Estate, person: Person) -> tuple[int, int] | None:
    await estate.settled()
    rows = await estate.rows(
        "SELECT value FROM preferences JOIN people ON people.id = person WHERE code = 'quiet' AND telegram_id = ?",
        person.id,
    )
    chosen = QuietHours.read(rows[0]["value"]) if rows else None
    return None if chosen is None else (chosen.begins, chosen.ends)


@pytest.mark.parametrize(
    ("language", "title", "usual", "quiet", "other", "begins", "kept"),
    [
        ("en", "Your settings", "Quiet hours: 22:00 to 08:00", "Quiet hours", "Other hours", "Quiet from 23:00.",
         "From 23:00 to 06:00 what I send makes no sound"),
        ("zh-hans", "我的设置", "免打扰时间：22:00 至 08:00", "免打扰时间", "其他时间", "从 23:00 开始免打扰",
         "23:00 至 06:00，我发的消息不会响"),
    ],
)  # fmt: skip
async def test_settings_lead_to_any_hours(
    estate: Estate, language: str, title: str, usual: str, quiet: str, other: str, begins: str, kept: str
) -> None:
    li = await estate.newcomer("Li", language)
    await li.says("/settings")
    await shows(li, title, usual)
    for label in (quiet, other, "23:00"):
        await li.presses(label)
        await estate.settled()
    await shows(li, begins)
    await li.presses("06:00")
    await shows(li, kept)
    assert await hours_of(estate, li) == (23, 6)


async def test_ready_hours_none_and_as_usual(estate: Estate) -> None:
    mei = estate.resident
    await chooses(mei, "Quiet hours", "21:00 to 09:00")
    await shows(mei, "Kept.", "From 21:00 to 09:00")
    await mei.presses("No quiet hours")
    await shows(mei, "You have no quiet hours")
    assert await hours_of(estate, mei) == (0, 0)
    await mei.presses("22:00 to 08:00 (usual)")
    await shows(mei, "From 22:00 to 08:00")
    assert await hours_of(estate, mei) is None
    await mei.presses("Back")
    await shows(mei, "Your settings", "Quiet hours: 22:00 to 08:00")
    told = await estate.rows("SELECT actor, data FROM events WHERE kind = 'preference.chosen' ORDER BY id")
    assert [each["data"] for each in told] == [
        f'{{"code": "quiet", "value": {value}}}' for value in ('"21-9"', '"0-0"', "null")
    ]


async def test_settings_lead_to_the_language(estate: Estate) -> None:
    mei = estate.resident
    await chooses(mei, "Language")
    await mei.presses("Back")
    await shows(mei, "Your settings", "Language: English")
    await mei.presses("Language")
    await mei.presses("简体中文")
    await shows(mei, "现在我用中文和您说话了")
    await mei.says("/settings")
    await shows(mei, "我的设置", "语言：简体中文")


async def test_no_page_of_settings_is_longer_than_a_screen_and_forged_hours_are_refused(estate: Estate) -> None:
    mei = estate.resident
    menu = await chooses(mei)
    for label in ("Quiet hours", "Other hours", "22:00"):
        await mei.presses(label)
        await estate.settled()
        page = await shows(mei, "Quiet")
        assert len(page["reply_markup"]["inline_keyboard"]) <= 8
    for data in (
        "s:quiet:22-24",
        "s:quiet:x-1",
        "s:quiet:b99",
        "s:quiet:22",
        "s:pledges:1",
        "s:language:xx",
        "s:quiet:-",
    ):
        press = await mei.forges(menu, data)
        assert (await mei.popup(press))["text"] == "I do not know this button. Please use a newer one."
    assert await hours_of(estate, mei) is None


async def test_settings_keep_the_open_question_in_sight(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await asked_to_send(mei)
    said = await mei.says("/settings")
    settings = await shows(mei, "Your settings", after=said)
    await asked_to_send(mei, LAMP, after=settings)


async def test_at_night_the_answers_of_staff_make_no_sound(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await estate.answers("We come on Thursday")
    assert not await silent(estate, mei, "We come on Thursday")
    await estate.world.set_time(NIGHT)
    await estate.answers("Sooner, perhaps")
    assert await silent(estate, mei, "Sooner, perhaps")
    await estate.resolves("New lamp")
    assert await silent(estate, mei, "Is it fixed?")
    # Whoever writes is awake: what answers them comes as always.
    said = await mei.says("/my")
    await mei.sees("No. 1", after=said["message_id"])
    assert not await silent(estate, mei, "No. 1")


async def test_ones_own_hours_count_and_none_means_none(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await chooses(mei, "Quiet hours", "No quiet hours")
    await shows(mei, "You have no quiet hours")
    await estate.world.set_time(NIGHT)
    await estate.answers("We are still here")
    assert not await silent(estate, mei, "We are still here")
    await chooses_hours(mei, "09:00", "17:00")
    await estate.world.set_time("2026-11-26T10:00:00+08:00")
    await estate.answers("It is being done now")
    assert await silent(estate, mei, "It is being done now")


async def test_a_message_that_waited_for_the_network_makes_no_sound_at_night(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    card = await estate.card()
    await presses_what(estate.staff, RESOLVE, estate.staff_chat, card)
    await estate.staff.sees("done about no. 1?", estate.staff_chat)
    await estate.settled()
    await estate.world.faults({"kind": "500", "method": "sendMessage", "chat": mei.id, "times": 2})
    await estate.staff_replies("done about no. 1?", "Written by day")
    await estate.world.set_time(NIGHT)
    await mei.sees("Written by day")
    assert await silent(estate, mei, "Written by day")


async def test_a_reminder_waits_for_the_end_of_ones_own_hours(estate: Estate) -> None:
    mei, world = estate.resident, estate.world
    await chooses_hours(mei, "22:00", "11:00")
    await world.set_time(NIGHT)
    await mei.says(LAMP)
    await asked_to_send(mei)
    await world.advance(minutes=16)
    await mei.sees("You began this report and have not sent it.")  # they wrote a moment ago
    assert await silent(estate, mei, "You began this report and have not sent it.")
    await world.set_time("2026-11-26T09:00:05+08:00")
    await mei.sees_no("I will throw it away")
    await world.set_time("2026-11-26T11:00:05+08:00")
    await mei.sees("I will throw it away")
    assert not await silent(estate, mei, "I will throw it away")


async def test_nobody_is_asked_again_in_their_own_hours(estate: Estate) -> None:
    mei, world = estate.resident, estate.world
    await chooses_hours(mei, "08:00", "15:00")
    li = await estate.newcomer("Li")
    await estate.report()
    await estate.report("The lift is slow", by=li)
    await estate.resolves("New lamp")
    await presses_what(estate.staff, RESOLVE, estate.staff_chat, await estate.card(2))
    await estate.staff_replies("done about no. 2?", "New motor")
    await li.sees("Is it fixed?")
    await world.set_time("2026-11-28T10:30:00+08:00")
    await li.sees("We asked you before and have not heard from you.")
    await mei.sees_no("We asked you before")
    await world.set_time("2026-11-28T15:00:05+08:00")
    await mei.sees("We asked you before and have not heard from you.")
    assert not await silent(estate, mei, "We asked you before")


async def test_what_was_answered_in_the_meantime_is_not_asked_again(estate: Estate) -> None:
    mei, world = estate.resident, estate.world
    await chooses_hours(mei, "08:00", "15:00")
    await estate.report()
    await estate.resolves("New lamp")
    await world.set_time("2026-11-28T10:30:00+08:00")
    await estate.settled()
    await presses_what(mei, IS_FIXED)
    await mei.sees("Thank you for saying so.")
    await world.set_time("2026-11-28T15:00:05+08:00")
    await mei.sees_no("We asked you before")


async def test_danger_rings_the_staff_at_any_hour(estate: Estate) -> None:
    await estate.world.set_time(NIGHT)
    mei = estate.resident
    await mei.says("It smells of gas in the cellar")
    await estate.staff.sees("DANGER", estate.staff_chat)
    await estate.settled()
    cards = [call for call in await estate.world.calls("sendMessage") if "DANGER" in str(call["params"].get("text"))]
    assert cards and all("disable_notification" not in call["params"] for call in cards)
    assert not await silent(estate, mei, "119")


async def test_a_colleague_who_is_given_something_at_night_is_not_woken(estate: Estate) -> None:
    bo = await estate.colleague("Bo", Role.STAFF)
    await estate.report()
    await estate.world.set_time(EVENING)
    wei, group = estate.staff, estate.staff_chat
    for label in ("More", "Give to …", "Bo"):
        await wei.presses(label, group, await estate.card())
        await estate.settled()
    await bo.sees("has given you no. 1")
    assert await silent(estate, bo, "has given you no. 1")


async def test_who_looks_after_a_promise_finds_its_reminders_here(estate: Estate) -> None:
    bo, mei = await pledger(estate), estate.resident
    await published(estate, bo)
    await chooses(bo, "Reminders of promises", "Another weekday", "Friday")
    await shows(bo, "Your list comes once a week, on Friday at 09:00.")
    assert "Reminders of promises" not in written(await chooses(mei))
