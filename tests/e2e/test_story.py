"""The story: a resident says what is wrong, staff answer, the resident decides whether it is fixed."""

from tests.e2e.conftest import LAMP, Estate
from tests.e2e.reading import IS_FIXED, NOT_FIXED, RESOLVE, TAKE, asked_to_send, presses_send, presses_what


async def test_from_words_to_closed(estate: Estate) -> None:
    """The whole road with a "no" in the middle: only the resident's yes closes."""
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.says(LAMP)
    draft = await asked_to_send(mei)
    assert "Lighting (my guess)" in draft["text"] and "Building 3" in draft["text"]
    await presses_send(mei)
    status = await mei.sees("No. 1: Received")
    assert status["message_id"] == draft["message_id"], "the question became the status card, in place"

    card = await wei.sees("No. 1 · NEW", group)
    assert LAMP in card["text"] and "Mei" not in card["text"]
    await presses_what(wei, TAKE, group)
    await wei.sees("No. 1 · TAKEN", group)
    await mei.sees("No. 1: Somebody is looking after it")
    await wei.presses("Start", group)
    await mei.sees("No. 1: Work has begun")

    answer = await estate.answers("An electrician comes tomorrow.")
    assert answer["reply_to_message"]["message_id"] == status["message_id"]
    await mei.replies(answer, "Thank you, after six please")
    await wei.sees("after six please", group)

    await presses_what(wei, RESOLVE, group)
    await estate.staff_replies("what was done", "New lamp put in.")
    await mei.sees("Is it fixed?")
    await presses_what(mei, NOT_FIXED)
    await wei.sees("REOPENED: the resident says it is not fixed", group)
    await mei.sees("What is still wrong?")
    await mei.says("It flickers")
    await wei.sees("It flickers", group)
    await mei.sees("No. 1: Open again")

    await presses_what(wei, RESOLVE, group)
    await estate.staff_replies("what was done", "Ballast changed.")
    await presses_what(mei, IS_FIXED)
    await mei.sees("No. 1: Fixed: you said so")
    await wei.sees("CLOSED, resident agrees", group)
