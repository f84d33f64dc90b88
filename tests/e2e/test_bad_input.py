"""What should never come and does: broken updates, hostile texts, forged buttons, blocked chats, raising handlers."""

from typing import Any

import pytest

from handlers.reports.resident import reporting
from sandbox.client import World, buttons, written
from tests.e2e.conftest import LAMP, Estate, Start, both_ways, estate_in, news, questions_with_buttons, shows
from tests.e2e.reading import IS_FIXED, NOT_FIXED, RESOLVE, TAKE, asked_to_send, presses_send, presses_what

pytestmark = both_ways

Json = dict[str, Any]

HOSTILE = {
    "html": "<b>bold</b> <a href='http://x'>x</a> </blockquote> & &amp; &lt; <script>",
    "right to left": "\u202eevil\u202c \u2066x\u2069 \u200f\u200e שלום עולם مرحبا",
    "nul": "before\x00after\x07\x1b[31m",
    "long": "w" * 4096,
    "long emoji": "😀" * 2048,
    "long html": "<&>" * 1365,
    "emoji": "🔥👩‍👩‍👧‍👦🇨🇳",
    "zalgo": "".join(letter + "\u0301\u0337\u0489" * 20 for letter in "broken lamp"),
    "braces": "{number} {{}} {0} %s %(x)s",
    "blank letters": "\u3164\u2800\u200b\u00ad",
    "private use": "\ue000\uf8ff\ufffe lamp",
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_texts_break_nothing(estate: Estate, name: str) -> None:
    """As report, addition, title, place, answer, reason: every message goes out, and nobody's words pass for ours."""
    text, mei, wei, group = HOSTILE[name], estate.resident, estate.staff, estate.staff_chat
    for person in (mei, wei):  # and as their names
        for field in ("first_name", "last_name"):
            person.world.sandbox.world.people[person.id][field] = text[:64]
    await mei.says(text)
    draft = await asked_to_send(mei)
    assert draft["text"].startswith("NOT SENT YET")
    await mei.presses("Change the place" if "Change the place" in written(draft) else "Say where it is")
    await mei.sees("Where is it?")
    await mei.says(text)
    await asked_to_send(mei, "[Change the place")
    await presses_send(mei)
    status = await mei.sees("No. 1: Received")
    await mei.replies(status, text)
    await mei.sees("Added to your report no. 1")
    await presses_what(wei, TAKE, group)
    for button, question in (("Title", "be called?"), ("Place", "where is no. 1?")):
        await wei.presses(button, group)
        await estate.staff_replies(question, text)
        await estate.settled()
    await estate.begins_answer()
    said = await wei.says(text)
    await presses_send(wei, await shows(wei, "this is what the resident reads", after=said))
    await mei.sees("Answer to your report no. 1")
    await estate.resolves(text[:5])
    await presses_what(mei, NOT_FIXED)
    await mei.says(text)
    await mei.sees("Thank you. The staff can read it (no. 1).")
    await wei.sees("why it is not fixed", group)
    await mei.says("/my")
    await mei.sees("You have sent 1 report:")
    card = await estate.card()
    assert "Kind: " in card["text"] and "Place: " in card["text"]
    await estate.nothing_broke()


async def test_a_name_without_letters_still_names_somebody(world: World, start_bot: Start) -> None:
    async with estate_in(world, start_bot) as estate:
        await estate.staff.renames("\u202e\u200f")
        await estate.report()
        await presses_what(estate.staff, TAKE, estate.staff_chat)
        card = await estate.staff.sees("No. 1 · TAKEN", estate.staff_chat)
        line = next(line for line in card["text"].splitlines() if line.startswith("In charge:"))
        assert line.removeprefix("In charge:").strip()
        await estate.nothing_broke()


async def test_a_raising_handler_costs_only_its_own_update(
    world: World, start_bot: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reporting.begin_with_message

    def raising(ctx: Any) -> None:
        real(ctx)
        if "boom" in (ctx.message.text or ""):
            raise RuntimeError("a mistake of ours, with secret words")

    monkeypatch.setattr(reporting, "begin_with_message", raising)
    async with estate_in(world, start_bot) as estate:
        mei = estate.resident
        await mei.says("boom")
        await mei.sees("I am sorry: something went wrong on our side")
        admin = await estate.staff.sees("could not be handled and is set aside")
        assert "RuntimeError" in admin["text"] and "secret words" not in admin["text"]
        await estate.settled()
        assert await questions_with_buttons(mei) == []
        await estate.report()
        assert len(await estate.rows("SELECT * FROM inbox WHERE state = 'quarantined'")) == 1


FORGED = [
    "", ":", "f", "f:", "f:1", "f:1:summary", "f:1:summary:", "f:x:summary:!send", "f:999:summary:!send",
    "f:1:summary:own:1", "f:1:summary:own:x", "f:1:summary:own:", "f:1:summary:!change:nothing", "f:1:kind:!page:x",
    "f:1:kind:!page:99999999999999999999", "f:1:kind:nothing", "f:1:place:=nowhere", "f:1:words:!skip",
    "f:1:nothing:!back", "f:1:summary:!skip", "f:٣:summary:!send",
    "v:1:take:0", "v:1:who:0", "v:999:take:0", "v:x:take:0", "v:1:take:x", "v:1:take", "v:1:kind=nothing:0", "v::take:",
    "v:1:kinds=x:0", "v:99999999999999999999:take:0",
    "n:1:send", "n:999:send", "n:x:send", "n:1", "n:1:nothing", "n:1:heard",
    "n:1:yes=0", "n:1:yes=x", "n:1:keep", "n:1:back", "n:1:really", "n:999:really", "n:1:stay", "v:1:notes:0",
    "v:1:note=1:0", "v:1:note=x:0", "v:1:note:0", "f:1:meanwhile:!anyway:0.",
    "r:1:yes:0", "r:1:no:0", "r:1:yes:9", "r:999:yes:1", "r:x:yes:1", "r:1:yes:x", "r:1:nothing:0", "r:1:right:0",
    "r:1:wrong:0", "r:1",
    "m:999:open", "m:x:open", "m:1:nothing", "m:1", "m:0:page:1",
    "l:xx", "l:", "l", "l:en:zh",
    "role:x", "role:", "team:x", "team:", "me:team", "me:role:admin:1", "me:setup:x", "me:", "x:1", "\u202e", "💥" * 10,
]  # fmt: skip


@pytest.mark.parametrize("who", ["stranger", "reporter", "staff"])
async def test_forged_buttons_are_refused_kindly_and_change_nothing(estate: Estate, who: str) -> None:
    """Everything a client of one's own can send, from three people, in private; the staff's also in the group."""
    await estate.report()
    stranger = await estate.newcomer("Eve")
    person = {"stranger": stranger, "reporter": estate.resident, "staff": estate.staff}[who]
    message = await shows(person, "Hello!")
    # The pinned message and the search are brought up to date by the clock, whatever is pressed.
    tables = (
        "reports",
        "report_parts",
        "roles",
        "events",
        "scheduled_tasks WHERE kind NOT IN ('live_queue', 'search')",
    )

    async def kept() -> list[Any]:
        # The pinned queue and the search follow by themselves, seconds later.
        sql = {"scheduled_tasks": "SELECT * FROM scheduled_tasks WHERE kind NOT IN ('live_queue', 'search')"}
        return [await estate.rows(sql.get(table, f"SELECT * FROM {table}")) for table in tables]

    await estate.settled()
    before = await kept()
    places = [(message, None)]
    if who == "staff":
        places.append((await estate.card(), estate.staff_chat))
    for pressed, chat in places:
        for data in FORGED:
            if chat is not None and data in ("v:1:take:0", "v:1:who:0"):
                continue  # these are a member of staff's good right there
            press = await person.forges(pressed, data, chat)
            answer = await person.popup(press)
            if data not in ("l:en",):
                assert answer.get("text") or data.startswith(("team:", "role:", "me:")), f"{data!r} got no word"
    await estate.settled()
    assert await kept() == before


async def test_a_button_of_a_message_telegram_does_not_show_any_more(estate: Estate) -> None:
    await estate.report()
    question = await estate.resolves("New lamp")
    user = {"id": estate.resident.id, "is_bot": False, "first_name": "Mei", "language_code": "en"}
    chat = {"id": estate.resident.id, "type": "private", "first_name": "Mei"}
    old = {"chat": chat, "message_id": question["message_id"], "date": 0}
    data = buttons(question)[0]["callback_data"]
    query = {"id": "77", "from": user, "chat_instance": "1", "message": old, "data": data}
    await estate.world.post("raw_update", update={"callback_query": query})
    await estate.resident.sees("No. 1: Fixed: you said so")
    staff = {"id": estate.staff.id, "is_bot": False, "first_name": "Wei", "language_code": "en"}
    old = {"chat": {**(await estate.card())["chat"]}, "message_id": 999999, "date": 0}
    query = {"id": "78", "from": staff, "chat_instance": "1", "message": old, "data": "v:1:title:9"}
    await estate.world.post("raw_update", update={"callback_query": query})
    await estate.staff.sees("what shall no. 1 be called?", estate.staff_chat)


async def _writes(estate: Estate, text: str) -> Json:
    """Staff write an answer to no. 1; returns its preview."""
    asked = await estate.begins_answer()
    await estate.staff.says(text)
    return await shows(estate.staff, "this is what the resident reads", text, after=asked)


async def test_a_blocked_bot_stops_writing_and_goes_on_when_let_in_again(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.blocks()
    await presses_send(wei, await _writes(estate, "We come tomorrow"))
    await presses_what(wei, RESOLVE, group)
    await estate.staff_replies("what was done", "New lamp")
    await wei.sees("RESOLVED", group)
    await estate.settled()
    unreachable = await estate.rows("SELECT unreachable FROM chats WHERE telegram_id = ?", mei.id)
    assert unreachable[0]["unreachable"]
    assert await estate.rows("SELECT * FROM outbox WHERE state IN ('pending', 'waiting', 'sending')") == []
    calls = len(await estate.world.calls())
    preview = await _writes(estate, "Are you there?")
    assert "cannot be reached here now" in preview["text"]
    await presses_send(wei, preview)
    await estate.settled()
    tried = [call for call in (await estate.world.calls())[calls:] if str(call["params"].get("chat_id")) == str(mei.id)]
    assert tried == [], "nobody knocks again and again"
    await mei.unblocks()
    said = await mei.says("/start")
    await mei.sees("No. 1: Said to be fixed. Is it?")
    # What staff wrote meanwhile comes after all, in its order, and can be decided.
    await shows(mei, "Are you there?", after=said)
    told = "\n".join(await news(mei, said))
    assert told.index("We come tomorrow") < told.index("New lamp") < told.index("Are you there?")
    await presses_what(mei, IS_FIXED)
    await mei.sees("No. 1: Fixed: you said so")


async def test_a_card_somebody_deleted_is_made_again(estate: Estate) -> None:
    await estate.report()
    card = await estate.card()
    await estate.world.post("delete", **{"from": estate.staff.id}, chat=estate.staff_chat, message=card["message_id"])
    await estate.resident.says("/my")
    await estate.resident.sees("You have sent 1 report:")
    status = await estate.resident.sees("No. 1: Received")
    await estate.resident.replies(status, "still dark")
    again = await shows(estate.staff, "No. 1 · NEW", chat=estate.staff_chat)
    assert again["message_id"] != card["message_id"] and LAMP in again["text"]
