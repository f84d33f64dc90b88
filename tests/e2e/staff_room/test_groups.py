"""In a group: what is not meant for the bot is neither answered nor kept."""

from sandbox.client import written
from tests.e2e.conftest import Estate, news
from tests.e2e.reading import RESOLVE, presses_what


async def bodies(estate: Estate, text: str) -> int:
    """How often a text is kept anywhere."""
    found = await estate.rows("SELECT count(*) AS n FROM inbox WHERE body LIKE ?", f"%{text}%")
    parts = await estate.rows("SELECT count(*) AS n FROM report_parts WHERE text LIKE ?", f"%{text}%")
    return int(found[0]["n"]) + int(parts[0]["n"])


async def test_chatter_is_never_answered_and_its_text_is_not_kept(estate: Estate) -> None:
    wei, bo, group = estate.staff, await estate.colleague("Bo"), estate.staff_chat
    await estate.report()
    card = await estate.card()
    thread = card["message_thread_id"]
    last = await wei.says("Secret lunch plans", group, thread=thread)
    await bo.replies(last, "Secret yes", group)
    edited = await wei.says("Secret general", group)
    await wei.edits(edited, "Secret changed", group)
    await wei.sends("photo", b"png", caption="Secret photo", chat=group)
    # In a forum every plain message of a topic "replies" to what made the topic: no note.
    topic = next(each for each in await estate.world.chat_messages(group) if "forum_topic_created" in each)
    await wei.says("Secret first", group, thread=topic.get("message_thread_id", topic["message_id"]))
    await estate.settled()
    assert await news(wei, last, group) == []
    assert await bodies(estate, "Secret") == 0
    assert await estate.rows("SELECT * FROM report_parts WHERE purpose = 'note'") == []


async def test_danger_words_among_staff_alarm_nobody(estate: Estate) -> None:
    said = await estate.staff.says("yesterday's fire drill was on fire", estate.staff_chat)
    await estate.settled()
    assert await news(estate.staff, said, estate.staff_chat) == []
    assert await estate.rows("SELECT * FROM reports") == []


async def test_only_replies_to_cards_and_questions_count(estate: Estate) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    await estate.report()
    await presses_what(wei, RESOLVE, group)
    await wei.sees("what was done about no. 1?", group)
    await wei.says("Not a reply", group)
    await mei.sees_no("Not a reply")
    await estate.staff_replies("what was done", "A reply")
    await mei.sees("A reply")
    assert await bodies(estate, "Not a reply") == 0


async def test_what_is_resident_in_the_group_is_staff_chatter_too(estate: Estate) -> None:
    """A resident who sits in the staff group: what they say there is no report."""
    said = await estate.resident.says("The lamp is dark", estate.staff_chat)
    await estate.settled()
    assert await news(estate.resident, said, estate.staff_chat) == []
    assert await estate.rows("SELECT * FROM conversations") == []


async def test_a_reply_to_the_resident_below_the_card_is_a_note(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    status = await estate.report()
    await estate.resident.replies(status, "after six please")
    below = await wei.sees("after six please", group)
    await wei.replies(below, "he is never home before seven", group)
    await wei.sees("Kept as a note on no. 1.", group)
    await estate.resident.sees_no("never home")
    assert "1 note" in written(await estate.card())


async def test_a_sticker_in_reply_to_a_card_breaks_nothing(estate: Estate) -> None:
    await estate.report()
    card = await estate.card()
    await estate.world.post(
        "location", **{"from": estate.staff.id}, chat=estate.staff_chat, latitude=1.0, longitude=1.0,
        reply_to=card["message_id"],
    )  # fmt: skip
    await estate.settled()
    assert await estate.rows("SELECT * FROM report_parts WHERE purpose = 'note'") == []


async def test_a_command_of_the_private_chat_is_shown_the_way_there(estate: Estate) -> None:
    """Staff type /notice where they sit: in the group. Silence would look as if the bot were broken."""
    wei, group = estate.staff, estate.staff_chat
    for command in sorted(estate.bot.setup.features.commands.keys() - estate.bot.setup.features.group_commands.keys()):
        said = await wei.says(f"/{command} Secret words", group)
        answer = await wei.sees(f"Send /{command} to me in private: https://t.me/", group)
        assert answer["reply_to_message"]["message_id"] == said["message_id"]
    assert await bodies(estate, "Secret") == 0
    elsewhere = await estate.world.group("Choir", [wei])
    said = await wei.says("/notice", elsewhere)
    await estate.settled()
    assert await news(wei, said, elsewhere) == []
