"""A representative who is none any more speaks for nobody; staff take over, and say how they asked about a name."""

from domain.people.rights import Role
from sandbox.client import Person, buttons, written
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import PNG, Estate, Json, shows
from tests.e2e.moments import time_is
from tests.e2e.pledges.test_pledge_board import open_one
from tests.e2e.reading import presses_send

WORDS = "I mend taps"


async def representative(estate: Estate) -> Person:
    rep = await estate.newcomer("Rong")

    def grant(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, rep.id)
        assert met is not None
        people.grant(tx, met.id, Role.REPRESENTATIVE, None)

    await estate.bot.database.run(grant)
    return rep


async def recorded(estate: Estate, rep: Person, name: str = "No, without name") -> Json:
    """Staff write down a promise of Old Chen's, which Rong looks after; returns what she is told."""
    wei = estate.staff
    await wei.says("/pledge")
    await wei.presses("For one without Telegram")
    await wei.sees("Whose promise is it?")
    await wei.says("Old Chen")
    await wei.presses("Rong", message=await wei.sees("Who is reminded"))
    await wei.sees("What does Old Chen promise?")
    await wei.says(WORDS)
    await wei.presses("Whenever I am needed", message=await wei.sees("What kind of promise is it?"))
    await wei.presses("The whole community", message=await wei.sees("For which part"))
    await wei.presses(name, message=await wei.sees("May the board show"))
    await presses_send(wei, await shows(wei, "A promise of Old Chen"))
    return await shows(rep, "Promise no. 1 is on the board.", "A promise of Old Chen")


async def test_with_the_role_goes_what_she_kept_for_another(estate: Estate) -> None:
    rep, wei, group = await representative(estate), estate.staff, estate.staff_chat
    told = await recorded(estate, rep)
    await wei.says("/team")
    await wei.presses("Take away: representative", message=await wei.sees("[Take away: representative]"))
    await wei.presses("Rong", message=await wei.sees("[Rong]"))
    await wei.presses("Yes", message=await wei.sees("Take the role"))
    left = await shows(wei, "Nobody looks after these promises now:", WORDS, chat=group)
    for data in ("p:1:open:0", "p:1:name:1", "p:1:name-paper:1", "pc:0:1:1", "p:1:ended:1"):
        press = await rep.forges(told, data)
        assert "cannot do that" in (await rep.popup(press))["text"], data
    await rep.replies(told, "Done")
    await estate.settled()
    assert await estate.rows("SELECT * FROM checkins") == []
    assert "Old Chen" not in written(await open_one(estate, WORDS))
    nosy = await rep.forges(told, buttons(left)[0]["callback_data"])
    assert "cannot do that" in (await rep.popup(nosy))["text"]
    await wei.presses("I look after them", group, left)
    await shows(wei, "Wei looks after these promises now: no. 1", chat=group)
    await wei.says("/pledge")
    await shows(wei, "You look after 1 promise:", WORDS)


async def test_staff_say_how_they_asked_and_a_representative_cannot(estate: Estate) -> None:
    rep, wei, group = await representative(estate), estate.staff, estate.staff_chat
    told = await recorded(estate, rep)
    await rep.forges(told, "p:1:open:0")
    card = await shows(rep, "Promise no. 1: On the board")
    assert not {"p:1:name", "p:1:photos"} & {b["callback_data"].rpartition(":")[0] for b in buttons(card)}
    for data in ("p:1:name:1", "p:1:name-in_person:1", "p:1:photos-paper:1"):
        press = await rep.forges(card, data)
        assert "cannot do that" in (await rep.popup(press))["text"], data
    await time_is(estate, "2026-11-26T12:00:00+08:00")
    await rep.sends_photo(PNG, reply_to=told["message_id"])
    await rep.sees("The board shows it once the staff have asked Old Chen.")
    await shows(wei, "A photo came with promise 1.", "Please ask them", chat=group)
    await wei.says("/start t-1")
    await wei.presses("Look after it", message=await shows(wei, "Promise no. 1", "[Look after it]"))
    await wei.presses("Show the name", message=await shows(wei, "[Show the name]"))
    asked = await shows(wei, "Has Old Chen agreed that the board shows the name", "Tap how you asked.")
    await wei.presses("Yes: asked by telephone", message=asked)
    text = "The name: Wei asked them by telephone, Thursday, 26 November."
    shown = await shows(wei, "The board shows: the name", text)
    assert "The photos: " not in written(shown)
    await wei.presses("Show photos", message=shown)
    await wei.presses("Yes: they signed for it", message=await shows(wei, "agreed that the board shows photos"))
    paper = "The photos: They signed for it, Wei has the paper, Thursday, 26 November."
    await shows(wei, text, paper)  # each says what it is about
    await shows(wei, "The board may show the name.", "Wei asked them by telephone", chat=group)
    assert "By: Old Chen" in written(await open_one(estate, WORDS))
    kept = await estate.rows("SELECT what, how FROM pledge_consents")
    assert kept == [{"what": "name", "how": "telephone"}, {"what": "photos", "how": "paper"}]


async def test_at_the_counter_the_yes_says_how_it_was_asked(estate: Estate) -> None:
    rep = await representative(estate)
    await recorded(estate, rep, "Yes, with name: they signed")
    await shows(estate.staff, "They signed for it, Wei has the paper", chat=estate.staff_chat)
    assert "By: Old Chen" in written(await open_one(estate, WORDS))
