"""A resident who was added to the staff group by mistake: being there is no role, whatever they press or open."""

import pytest

from sandbox.client import buttons
from tests.e2e.conftest import Estate, news, shows
from tests.e2e.reading import presses_send

QUESTIONS = (("Resolve", "what was done about no. 1?"), ("Title", "be called?"), ("Place", "where is no. 1?"))


@pytest.mark.parametrize(("button", "question"), QUESTIONS)
async def test_a_reply_to_a_question_that_was_not_theirs_does_nothing(
    estate: Estate, button: str, question: str
) -> None:
    wei, group, mei = estate.staff, estate.staff_chat, estate.resident
    eve = await estate.colleague("Eve", None)
    status = await estate.report()
    await wei.presses(button, group, await estate.card())
    asked = await wei.sees(question, group)
    await eve.replies(asked, "Secret of Eve", group)
    await shows(eve, "You cannot do that.", chat=group)
    await estate.settled()
    assert await estate.rows("SELECT * FROM report_parts WHERE text LIKE '%Secret%'") == []
    assert await estate.rows("SELECT title, place FROM reports WHERE title IS NOT NULL OR place IS NOT NULL") == []
    assert [each for each in await news(mei, status) if "Secret" in each] == []
    # The question is still there for whoever it was put to.
    await wei.replies(asked, "From staff", group)
    await estate.settled()
    assert await estate.rows("SELECT body FROM inbox WHERE body LIKE '%Secret of Eve%'") == []


async def test_no_button_no_link_and_no_command_of_staff_is_theirs(estate: Estate) -> None:
    eve, group = await estate.colleague("Eve", None), estate.staff_chat
    await estate.report()
    card = await estate.card()
    for button in buttons(card):
        if "url" in button:
            followed = await eve.presses(button["text"], group, card)
            await shows(eve, "You cannot do that.", after=followed["message"])
            continue
        press = await eve.forges(card, button["callback_data"], group)
        assert "cannot do that" in (await eve.popup(press))["text"], button["text"]
    for words in ("/queue", "/find lamp", "/history 1", "/figures", "/start v1", "/start q_new", "/team"):
        said = await eve.says(words)
        answer = await eve.sees("", after=said["message_id"])
        assert "stairwell" not in answer["text"] and "Mei" not in answer["text"], words
    assert await estate.rows("SELECT state, assignee FROM reports") == [{"state": "new", "assignee": None}]
    # In private they are a resident like any other.
    await eve.says("My door sticks")
    await presses_send(eve)
    await eve.sees("No. 2: Received")
