"""What one has to do with the place, and where one has reported from before: asked so that nobody is slowed down."""

from collections.abc import Callable

from sandbox.client import buttons, written
from services.reports import submitting
from services.reports.submitting import NewReport
from storage.core.database import Transaction
from storage.people import people
from storage.reports.reports import NewPart
from tests.e2e.conftest import Estate, shows
from tests.e2e.reading import TAKE, asked_to_send, presses_send, presses_what

RELATIONS = ["I live here", "I work here", "I am just passing by"]


def labels(message: dict[str, object]) -> list[str]:
    """The labels of a message's buttons."""
    return [button["text"] for button in buttons(message)]


async def test_said_with_one_tap_after_sending_and_remembered(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    status = await estate.report()
    assert labels(await shows(mei, "tap what fits you")) == [*RELATIONS, "Take back my report"]
    assert "lives here" not in written(await estate.card())
    await mei.presses("I live here")
    shown = await shows(mei, "No. 1: Received", "About you: I live here")
    assert shown["message_id"] == status["message_id"]
    assert labels(shown) == ["Change “I live here”", "Take back my report"]
    await wei.sees("The resident lives here", group)
    # The next report has it already.
    await estate.report("The lift is slow")
    await shows(mei, "No. 2: Received", "About you: I live here")
    card = await shows(wei, "No. 2 · NEW", "The resident lives here", chat=group)
    assert "Mei" not in written(card)


async def test_changed_and_taken_back(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await estate.report()
    await mei.presses("I am just passing by")
    await wei.sees("The resident was passing by", group)
    await mei.presses("Change “I am just passing by”")
    asked = await shows(mei, "[I work here]", "[I would rather not say]")
    assert "I am just passing by" not in labels(asked)
    await mei.presses("Back")
    await mei.presses("Change “I am just passing by”")
    await mei.presses("I work here")
    await wei.sees("The resident works here", group)
    await mei.presses("Change “I work here”")
    await mei.presses("I would rather not say")
    await shows(mei, "No. 1: Received", "tap what fits you")
    await estate.settled()
    assert "works here" not in written(await estate.card())
    await estate.report("The lift is slow")
    await mei.sees("No. 2: Received")
    assert await estate.rows("SELECT relation FROM reports") == [{"relation": None}, {"relation": None}]


async def test_not_asked_of_danger_nor_once_somebody_has_it(estate: Estate) -> None:
    mei, wei, group = estate.resident, estate.staff, estate.staff_chat
    await mei.says("I smell gas in Building 3")
    danger = await mei.sees("No. 1: Received")
    assert not set(RELATIONS) & set(labels(danger))
    await estate.report("The lift is slow")
    status = await mei.sees("No. 2: Received")
    await presses_what(wei, TAKE, group, await estate.card(2))
    taken = await mei.sees("No. 2: Somebody is looking after it")
    assert labels(taken) == ["Take back my report"]
    # A button that is still on somebody's screen works all the same.
    await mei.popup(await mei.forges(status, "m:2:lives"))
    await shows(wei, "No. 2 · TAKEN", "The resident lives here", chat=group)


async def test_the_last_places_come_first(estate: Estate) -> None:
    mei = estate.resident
    for words, place in (("Odd one", "behind the bins"), ("Odd two", "Stairwell 2 of building 4"), ("Odd three", None)):
        await mei.says(words)
        await asked_to_send(mei, words)
        await mei.presses("Say where it is")
        await mei.sees("Where is it?")
        if place is None:
            await mei.presses("behind the bins")
        else:
            await mei.says(place)
        await asked_to_send(mei, f"{place or 'behind the bins'}")
        await presses_send(mei)
        await shows(mei, "Received", words)
    assert [row["place"] for row in await estate.rows("SELECT place FROM reports")][2] == "behind the bins"
    await mei.says("Odd four")
    await asked_to_send(mei, "Odd four")
    await mei.presses("Say where it is")
    asked = await shows(mei, "Where is it?", "[behind the bins]")
    assert labels(asked)[0] == "behind the bins", "the newest first, each once"
    assert "Stairwell 2" in labels(asked)[1]
    assert len(labels(asked)) <= 8
    assert "North side" in labels(asked)
    await mei.presses("North side")
    inside = await mei.sees("[Just “North side”")
    assert "behind the bins" not in labels(inside)
    await mei.presses("Back")
    await shows(mei, "Where is it?", "[behind the bins]")
    await mei.presses(labels(asked)[1])
    draft = await asked_to_send(mei, "Odd four", "Stairwell 2 of building 4")
    await presses_send(mei)
    await shows(mei, "Received", "Odd four")
    places = await estate.rows("SELECT area, place FROM reports WHERE id IN (2, 4)")
    assert places[0] == places[1], draft


async def test_nobody_is_offered_the_places_of_others(estate: Estate) -> None:
    mei, bo = estate.resident, await estate.newcomer("Bo")
    await mei.says("Odd one")
    await mei.presses("Say where it is")
    await mei.sees("Where is it?")
    await mei.says("behind Mrs Private")
    await presses_send(mei)
    await mei.sees("Received")
    await bo.says("Odd two")
    await bo.presses("Say where it is")
    asked = await bo.sees("Where is it?")
    assert "Private" not in written(asked)
    press = await bo.forges(
        asked, buttons(asked)[0]["callback_data"].rpartition(":")[0] + ":~0"
    )  # of a list of our own making
    await bo.popup(press)
    await bo.sees("That choice is not there any more.")
    assert "Private" not in "".join(written(each) for each in await estate.world.chat_messages(bo.id))


async def test_no_two_places_on_offer_say_the_same(estate: Estate) -> None:
    mei = estate.resident

    def reported(*places: tuple[str, str | None]) -> Callable[[Transaction], None]:
        def submit(tx: Transaction) -> None:
            who = people.by_telegram_id(tx, mei.id)
            assert who is not None
            for area, place in places:
                new = NewReport([NewPart("text", text="It is broken")], category="lighting", area=area, place=place)
                submitting.submit(tx, estate.bot.setup.community, who, new)

        return submit

    await estate.bot.database.run(reported(("b1", "by the lamp"), ("b2", "by the lamp"), ("north", None)))
    await mei.says("Odd one")
    await asked_to_send(mei, "Odd one")
    await mei.presses("Say where it is")
    offered = labels(await shows(mei, "Where is it?"))
    assert offered[:3] == ["Just “North side”", "by the lamp", "North side, Building 1 (by the lamp)"]
    assert len(set(offered)) == len(offered)
    await mei.presses(offered[2])
    await presses_send(mei, await asked_to_send(mei, "Odd one", "Building 1 (by the lamp)"))
    sent = await shows(mei, "Received", "Odd one")
    # An area without parts is offered once: as the last place.
    await estate.bot.database.run(reported(("north-gate", None)))
    await mei.says("Odd two")
    await asked_to_send(mei, "Odd two")
    await mei.presses("Say where it is")
    offered = labels(await shows(mei, "Where is it?", "[North gate]", after=sent))
    assert offered[0] == "North gate" and offered.count("North gate") == 1
