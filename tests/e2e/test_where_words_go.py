"""One rule: a reply goes to what it replies to, an open step takes what it asked for, and else the bot asks."""

from sandbox.client import buttons, written
from storage.core import inbox
from tests.e2e.conftest import PNG, Estate, Json, news, shows
from tests.e2e.reading import asked_to_send, presses_send


async def test_a_reply_to_an_answer_goes_to_that_report(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    first = await estate.report("The lamp is dark")
    await mei.says("The lift is slow")
    await presses_send(mei)
    await mei.sees("No. 2: Received")
    answer = await estate.answers("We come tomorrow", 1)
    await mei.replies(answer, "Thank you, after six")
    await mei.sees("Added to your report no. 1")
    said = await wei.sees("No. 1: the resident writes", group)
    assert "after six" in said["text"]
    assert said["reply_to_message"]["message_id"] == (await estate.card(1))["message_id"]
    # So does a reply to the card itself, however old, and with a photo.
    await mei.sends("photo", PNG, caption="like this", reply_to=first["message_id"])
    photo = await wei.sees("like this", group)
    assert "No. 1" in photo["text"]
    assert await estate.rows("SELECT * FROM report_parts WHERE report = 2 AND purpose <> 'report'") == []


async def test_a_free_message_with_several_reports_open_asks(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    for number, words in enumerate(("The lamp is dark", "The lift is slow"), start=1):
        await mei.says(words)
        await presses_send(mei)
        await mei.sees(f"No. {number}: Received")
    await mei.says("It got worse since yesterday")
    draft = await asked_to_send(mei, "got worse")
    labels = [button["text"] for button in buttons(draft)]
    assert any("It belongs to no. 1: The lamp" in label for label in labels)
    assert any("It belongs to no. 2: The lift" in label for label in labels)
    assert len(labels) <= 8
    await wei.sees_no("got worse", group)
    await mei.presses("It belongs to no. 2")
    await mei.sees("Added to your report no. 2")
    said = await wei.sees("got worse", group)
    assert "No. 2" in said["text"]
    assert len(await estate.rows("SELECT * FROM reports")) == 2
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'draft'") == []
    # A later reply to that very message goes to the same report.
    own = next(each for each in await estate.world.chat_messages(mei.id) if "got worse" in each.get("text", ""))
    await mei.replies(own, "and louder")
    said = await wei.sees("and louder", group)
    assert "No. 2" in said["text"]


async def test_a_reply_while_a_step_is_open_goes_to_what_it_replies_to(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report("The lamp is dark")
    await mei.says("/report")
    await mei.sees("What is wrong?")
    await mei.replies(status, "only at night")
    await mei.sees("Added to your report no. 1")
    await wei.sees("only at night", group)
    # The step is still open, and takes what it asked for.
    await mei.says("The lift is slow")
    draft = await asked_to_send(mei, "The lift is slow")
    assert "only at night" not in draft["text"]


async def test_words_at_a_step_that_wants_a_button_are_kept_with_the_draft(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Something odd")
    await mei.presses("Choose a kind")
    await mei.sees("What is it about?")
    await mei.says("by the way, since Monday")
    asked = await shows(mei, "I have added that.", "What is it about?")
    assert buttons(asked)
    await mei.presses("Noise")
    await asked_to_send(mei, "by the way, since Monday", "Kind: Noise")


async def test_an_album_in_reply_is_one_addition(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report("The lamp is dark")
    card = await estate.card()
    for number in range(3):
        await mei.sends(
            "photo", PNG + bytes([number]), caption="See" if number == 0 else "", album="x",
            reply_to=status["message_id"],
        )  # fmt: skip
    await mei.sees("Added to your report no. 1")
    await estate.settled()
    assert sum("Added to your report" in each for each in await news(mei, status)) == 1
    below = await news(wei, card, group)
    assert sum("the resident writes" in each for each in below) == 1
    assert sum("<photo>" in each for each in below) == 3
    assert len(await estate.rows("SELECT * FROM reports")) == 1


async def test_editing_an_addition_shows_staff_how_it_reads_now(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report("The lamp is dark")
    sent = await mei.replies(status, "since Mnday")
    await wei.sees("since Mnday", group)
    await mei.edits(sent, "since Monday")
    await shows(wei, "the resident has changed what they wrote", "since Monday", "Before:", "since Mnday", chat=group)
    kept = await estate.rows("SELECT purpose, text FROM report_parts WHERE text LIKE 'since%' ORDER BY id")
    assert [(row["purpose"], row["text"]) for row in kept] == [("addition", "since Monday"), ("earlier", "since Mnday")]


async def test_a_sent_report_reads_as_its_message_was_changed(estate: Estate) -> None:
    """On the resident's card and on that of staff; the resident is told, and the old words are in the history."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    said = await mei.says("The lamp in hall 2 is dakr")
    await asked_to_send(mei, "dakr")
    await presses_send(mei)
    await estate.card()
    await mei.edits(said, "The lamp in hall 2 is dark")
    receipt = await mei.sees("Changed in your report no. 1. The staff read it so now.")
    assert receipt["reply_to_message"]["message_id"] == said["message_id"]
    await shows(mei, "No. 1: Received", "is dark")
    await shows(wei, "No. 1: the resident has changed what they wrote", "is dark", "Before:", "dakr", chat=group)
    await estate.settled()
    card = (await estate.card())["text"]
    assert "is dark" in card and "dakr" not in card
    before = await estate.world.chat_messages(group)
    await mei.edits(said, "The lamp in hall 2 is dark")  # nothing has changed
    await estate.settled()
    assert len(await estate.world.chat_messages(group)) == len(before)
    await wei.says("/history 1")
    await shows(wei, "changed what they wrote. Before:", "dakr")
    # Danger in it rings, and stands on the card.
    await mei.edits(said, "The lamp in hall 2 is on fire")
    await shows(wei, "This speaks of danger.", "on fire", chat=group)
    await estate.settled()
    assert "DANGER" in (await estate.card())["text"]


async def test_editing_a_typed_place_changes_the_draft_then_the_report(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.says("Something drips")
    await asked_to_send(mei)
    await mei.presses("Say where it is")
    typed = await mei.says("behind the hous")
    await mei.sees("Place: behind the hous")
    await mei.edits(typed, "behind the house")
    await asked_to_send(mei, "Place: behind the house")
    await presses_send(mei)
    await mei.sees("Received")
    await mei.edits(typed, "behind the red house")
    await mei.sees("Place: behind the red house")
    told = await wei.sees("the resident has changed the place", group)
    assert "Place: behind the red house" in told["text"] and "Before: behind the house" in told["text"]
    assert "Place: behind the red house" in (await estate.card())["text"]
    kept = await estate.rows("SELECT text FROM report_parts WHERE purpose = 'place'")
    assert [row["text"] for row in kept] == ["behind the house"], "the old words stay on record"


async def test_a_typed_place_that_was_replaced_is_not_brought_back_by_editing_it(estate: Estate) -> None:
    mei = estate.resident
    await mei.says("Something drips")
    await asked_to_send(mei)
    await mei.presses("Say where it is")
    typed = await mei.says("behind the house")
    await mei.sees("Place: behind the house")
    await mei.presses("Change the place")
    await mei.presses("North gate")
    await asked_to_send(mei, "Place: North gate")
    await mei.edits(typed, "behind the red house")
    await estate.settled()
    await presses_send(mei)
    await shows(mei, "Received", "Place: North gate")


async def test_changes_that_overtake_their_message_are_not_lost(estate: Estate) -> None:
    mei = estate.resident

    def update(number: int, kind: str, text: str) -> Json:
        chat = {"id": mei.id, "type": "private", "first_name": "Mei"}
        sender = {"id": mei.id, "is_bot": False, "first_name": "Mei", "language_code": "en"}
        message = {"message_id": 77_000, "date": 1772416800, "chat": chat, "from": sender, "text": text}
        return {"update_id": number, kind: message}

    async def comes(*updates: Json) -> None:
        await estate.bot.database.run(inbox.store, updates)
        await estate.settled()

    await comes(
        update(990_001, "edited_message", "The lamp is brokn, hall 2"),
        update(990_002, "edited_message", "The lamp is broken, hall 2"),
    )
    await estate.stop()
    await estate.start()
    await comes(update(990_003, "message", "The lamp is brokn"))
    await asked_to_send(mei, "The lamp is broken, hall 2")
    assert await estate.rows("SELECT * FROM scheduled_tasks WHERE kind = 'early_edit'") == []


async def test_a_location_in_reply_completes_the_place(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report("Something odd")
    await mei.shares_location(31.2433, 121.4460, reply_to=status["message_id"])
    await mei.sees("Place: North gate")
    await wei.sees("Point on the map", group)
    # Staff name the place in words; the point stays on the map.
    await wei.presses("Place", group)
    await estate.staff_replies("where is no. 1?", "left of the gate")
    card = await wei.sees("left of the gate", group)
    assert "Point on the map" in written(await estate.card()), written(card)
