"""The harness itself: what comes late is still seen before it is said that nothing came."""

import pytest

from tests.e2e.conftest import LAMP, Estate
from tests.e2e.reading import RESOLVE, SEND, TAKE, asked_to_send, can_be_sent, presses_what


async def test_nothing_came_is_said_only_when_the_bot_has_done_all_it_had_to_do(estate: Estate) -> None:
    mei = estate.resident
    await estate.world.faults({"kind": "latency", "seconds": 1.0, "chat": mei.id, "method": "sendMessage", "times": 1})
    await mei.says(LAMP)
    with pytest.raises(AssertionError, match="must not be there"):
        await mei.sees_no("NOT SENT YET")
    await mei.sees_no("No. 1")


async def test_a_button_is_found_by_what_it_does_under_the_message_as_it_is_now(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.says(LAMP)
    draft = await asked_to_send(mei, LAMP)
    with pytest.raises(AssertionError, match=r"0 buttons v:\*:take:\*"):
        await presses_what(mei, TAKE, message=draft)
    await presses_what(mei, SEND, message=draft)
    assert not can_be_sent(await mei.sees("No. 1: Received"))
    card = await estate.card()
    await presses_what(wei, TAKE, group, card)
    await wei.sees("In charge: Wei", group)
    await presses_what(wei, RESOLVE, group, card)
    await wei.sees("done about no. 1?", group)
