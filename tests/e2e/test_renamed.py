"""Names that are kept in the database and are names no more, as after a change of the program: no door is locked."""

import pytest

from domain.people.rights import Role
from domain.pledges.pledges import Kind
from storage.core.database import Transaction
from tests.e2e.conftest import EVENING, LAMP, Estate, shows
from tests.e2e.pledges.test_pledge_making import DOGS, pledger
from tests.e2e.reading import asked_to_send, presses_send, presses_what

SORRY = "cannot be finished any more"
OLD = "The old words about the gate"


async def rename(estate: Estate, *statements: str) -> None:
    """Rows as another version has left them."""
    await estate.settled()

    def change(tx: Transaction) -> None:
        for sql in statements:
            assert tx.execute(sql).rowcount > 0, sql

    await estate.bot.database.run(change)


FLOW = "UPDATE conversations SET flow = 'flow_of_old' WHERE state = 'open'"
PARKED = "UPDATE conversations SET flow = 'flow_of_old' WHERE state = 'parked'"


async def test_words_find_a_new_report_and_the_old_ones_are_given_back(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(OLD)
    await asked_to_send(mei)
    await rename(estate, FLOW)
    await mei.says(LAMP)
    told = await shows(mei, SORRY, OLD)
    assert "Nothing of it was sent" in told["text"]
    await asked_to_send(mei, LAMP)
    await presses_send(mei)
    await mei.sees("Received")
    assert await estate.rows("SELECT id FROM report_parts WHERE text = ?", OLD) == []


@pytest.mark.parametrize("done", ["/cancel", "/help", "/report", "press", "edit", "photo"])
async def test_whatever_comes_next_is_answered(estate: Estate, done: str) -> None:
    mei = estate.resident
    said = await mei.says(OLD)
    draft = await asked_to_send(mei)
    await rename(estate, FLOW)
    match done:
        case "press":
            await presses_send(mei, draft)
        case "edit":
            await mei.edits(said, f"{OLD}, again")
        case "photo":
            await mei.sends_photo(b"\x89PNG\r\n\x1a\n")
        case _:
            await mei.says(done)
    await shows(mei, SORRY, OLD)
    await estate.settled()
    await mei.says(LAMP)
    await shows(mei, LAMP)


async def test_what_was_put_aside_is_given_back_when_its_turn_comes(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(OLD)
    draft = await asked_to_send(mei)
    await mei.says("/volunteer")
    await estate.settled()
    await rename(estate, PARKED)
    await mei.says("/cancel")
    await shows(mei, SORRY, OLD)
    assert await estate.rows("SELECT id FROM conversations WHERE state <> 'ended'") == []
    (ended,) = await estate.rows("SELECT id FROM conversations WHERE flow = 'flow_of_old'")
    assert await mei.popup(await mei.forges(draft, f"f:{ended['id']}:summary:!send"))


async def test_a_good_draft_behind_a_lost_one_comes_back(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(LAMP)
    await asked_to_send(mei)
    await mei.says("/volunteer")
    await estate.settled()
    await rename(estate, FLOW)
    help_asked = await mei.says("/help")
    await shows(mei, SORRY, after=help_asked)
    await asked_to_send(mei, LAMP, after=help_asked)


async def test_the_clock_does_not_fail_over_it_each_hour(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(OLD)
    await asked_to_send(mei)
    await rename(estate, FLOW)
    await estate.world.advance(minutes=20)
    await shows(mei, SORRY, OLD)
    assert await estate.rows("SELECT kind, tries FROM scheduled_tasks WHERE kind = 'draft'") == []


async def test_after_a_gap_nobody_is_asked_a_question_that_is_none(estate: Estate) -> None:
    mei = estate.resident
    await mei.says(OLD)
    await asked_to_send(mei)
    await rename(
        estate, FLOW, "UPDATE scheduled_tasks SET next_due = '2999-01-01T00:00:00.000000Z' WHERE kind = 'draft'"
    )
    await estate.stop()
    await estate.world.advance(hours=3)
    await estate.start()
    await estate.world.advance(minutes=1)
    await shows(mei, SORRY, OLD)
    assert await estate.rows("SELECT kind FROM scheduled_tasks WHERE tries > 0") == []


@pytest.mark.parametrize("step", ["step_of_old", "", "summary"])
@pytest.mark.parametrize("command", ["/report", "/volunteer"])
async def test_a_question_that_is_none_any_more_gives_way_to_one_that_is(
    estate: Estate, command: str, step: str
) -> None:
    mei = estate.resident
    await mei.says(command)
    await estate.settled()
    await rename(estate, f"UPDATE conversations SET step = '{step}' WHERE state = 'open'")
    (before,) = await estate.rows("SELECT id FROM conversations WHERE state = 'open'")
    asked = await mei.says(command)
    await shows(mei, "", after=asked)
    await mei.says(LAMP)
    await estate.settled()
    (after,) = await estate.rows("SELECT id, step FROM conversations WHERE state = 'open'")
    assert after["id"] == before["id"] and after["step"] != "step_of_old"


async def test_a_role_that_is_none_any_more_locks_nobody_out(estate: Estate) -> None:
    bo = await estate.colleague("Bo", Role.STAFF)
    await rename(estate, "UPDATE roles SET role = 'helper_of_old' WHERE role = 'staff'")
    await bo.says("/help")
    await bo.sees("Hello!")
    await estate.report(by=bo)
    asked = await bo.says("/queue")
    await shows(bo, "You cannot do that", after=asked)
    await estate.staff.says("/team")
    await estate.staff.sees("admin")


async def test_a_link_for_a_role_that_is_none_any_more_is_an_unknown_link(estate: Estate) -> None:
    await estate.staff.says("/role")
    await estate.staff.presses("volunteer")
    await estate.staff.presses("One-time link")
    invitation = await estate.staff.sees("?start=i-")
    code = invitation["text"].partition("?start=")[2].split()[0]
    await rename(estate, "UPDATE invitations SET purpose = 'role:helper_of_old'")
    bo = await estate.newcomer("Bo")
    await bo.says(f"/start {code}")
    await bo.sees("I do not know this link")


async def test_cards_and_messages_under_other_names_stop_nobody(estate: Estate) -> None:
    mei, wei = estate.resident, estate.staff
    status = await estate.report()
    await estate.answers("We come on Tuesday.")
    await estate.resolves("It is changed.")
    await rename(
        estate,
        "UPDATE cards SET role = 'role_of_old'",
        "UPDATE messages SET purpose = 'purpose_of_old'",
        "UPDATE report_parts SET purpose = 'purpose_of_old'",
        "UPDATE events SET kind = 'EventOfOld'",
    )
    await mei.replies(status, "It flickers still")
    await mei.says("/my")
    await mei.presses("No", message=await mei.sees("Is it fixed?"))
    await wei.says("/history 1")
    await wei.says("/queue")
    await wei.says("/figures")
    await estate.settled()


BUTTONS = ("zz:1:2:3", "zz", "v:1:action_of_old:0", "m:1:of_old", "rj:1:of_old", "p:1:of_old:0", "team:list:of_old:0",
           "role:which:of_old", "me:role:of_old:1", "q:of_old:1",
           "s:of_old:1", "s:of_old:", "bl:of_old:1:ask", "n:1:of_old", "r:1:of_old:1",
           "rs:1:of_old:0", "po:of_old:-:0")  # fmt: skip


@pytest.mark.parametrize("data", BUTTONS)
async def test_a_button_of_old_is_answered(estate: Estate, data: str) -> None:
    status = await estate.report()
    card = await estate.card()
    for person, message, chat in ((estate.resident, status, None), (estate.staff, card, estate.staff_chat)):
        assert await person.popup(await person.forges(message, data, chat)) is not None
    await estate.settled()


@pytest.mark.parametrize("payload", ["of_old-12", "zz", "q-of_old", "answer-", "v", "t-of_old", "a-of_old", "g-of_old"])
async def test_a_link_of_old_is_answered(estate: Estate, payload: str) -> None:
    for person in (estate.resident, estate.staff):
        opened = await person.says(f"/start {payload}")
        await shows(person, "", after=opened)
    assert await estate.rows("SELECT id FROM inbox WHERE state = 'quarantined'") == []


async def test_a_file_of_a_kind_that_is_none_any_more_stops_nobody(estate: Estate) -> None:
    await estate.resident.sends("document", b"of the lamp", caption=LAMP, chat=None, name="lamp.txt")
    await presses_send(estate.resident, await asked_to_send(estate.resident))
    await estate.resident.sees("Received")
    await rename(estate, "UPDATE report_parts SET kind = 'kind_of_old' WHERE file_id IS NOT NULL",
                 "UPDATE outbox SET when_uncertain = 'word_of_old'")  # fmt: skip
    asked = await estate.staff.says("/history 1")
    history = await shows(estate.staff, LAMP, after=asked)
    await estate.staff.popup(await estate.staff.forges(history, "vh:1:media"))
    await estate.settled()
    assert await estate.rows("SELECT id FROM outbox WHERE purpose = 'history' AND action = 'document'")
    assert await estate.rows("SELECT id FROM inbox WHERE state <> 'done'") == []


@pytest.mark.parametrize("code", ["language_of_old", "xx", "fr"])
async def test_a_language_that_is_none_any_more_locks_nobody_out(estate: Estate, code: str) -> None:
    """As when a translation is taken out again: English, or what is nearest, is read instead."""
    mei, wei = estate.resident, estate.staff
    await mei.says(LAMP)
    await mei.sees("NOT SENT YET")
    await rename(estate, f"UPDATE people SET chose_language = 1, language = '{code}'")
    await estate.world.set_time(EVENING)  # so that a day and an hour are to be said
    await mei.presses("Send it like this")
    await estate.card()
    await wei.presses("Take", estate.staff_chat)
    helped = await mei.says("/my")
    await shows(mei, "", after=helped)
    await estate.world.advance(hours=20)
    await estate.settled()
    assert await estate.rows("SELECT kind FROM scheduled_tasks WHERE tries > 0") == []


async def test_what_somebody_has_to_do_with_a_place_may_be_unknown(estate: Estate) -> None:
    mei = estate.resident
    await estate.report()
    await rename(estate, "UPDATE reports SET relation = 'visits_of_old'")
    await estate.staff.presses("Take", estate.staff_chat, await estate.card())
    await shows(mei, "Somebody is looking after it")
    await estate.report("The gate hangs")
    await estate.world.advance(hours=20)
    await estate.settled()
    assert await estate.rows("SELECT kind FROM scheduled_tasks WHERE tries > 0") == []


@pytest.mark.parametrize("answer", ["kind", "name"])
@pytest.mark.parametrize("done", ["press", "words", "/pledge"])
async def test_an_answer_that_is_none_any_more_is_asked_anew(estate: Estate, answer: str, done: str) -> None:
    """What else was said of the promise stays."""
    bo = await pledger(estate)
    await bo.says("/pledge")
    await bo.sees("What do you promise?")
    await bo.says(DOGS)
    kind = f"f:*:kind:{Kind.ON_CALL}"
    await presses_what(bo, kind)
    await bo.presses("The whole community", message=await bo.sees("For which part"))
    await presses_what(bo, "f:*:name:no")
    draft = await asked_to_send(bo, DOGS)
    await rename(
        estate, f"UPDATE conversations SET draft = json_set(draft, '$.{answer}', 'of_old') WHERE state = 'open'"
    )
    match done:
        case "press":
            await presses_send(bo, draft)
        case "words":
            await bo.says("It is this one")
        case _:
            await bo.says(done)
    if answer == "kind":
        await presses_what(bo, kind)
    else:
        await presses_what(bo, "f:*:name:no")
    await presses_send(bo, await asked_to_send(bo, DOGS))
    await bo.sees("Your promise has no. 1")
