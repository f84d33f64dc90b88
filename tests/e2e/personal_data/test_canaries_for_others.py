"""Words and numbers of people without Telegram, written down for them by staff or by a neighbour: an admin has them
forgotten by what is theirs, and then none is left either."""

from pathlib import Path

import pytest

from domain.people.rights import Role
from sandbox.client import Person
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate, shows
from tests.e2e.personal_data.canaries import OF_OTHERS, canary
from tests.e2e.personal_data.traces import nothing_is_left, planted, traces
from tests.e2e.reading import ON_THE_WAY, RESOLVE, TAKES_REPAIR, asked_to_send, presses_send, presses_what
from tests.e2e.repairing import volunteer
from tests.e2e.reports.test_recording import begins

SURE, YES = "theirs:sure:*", "theirs:yes:*"


async def records(estate: Estate, wei: Person) -> None:
    """A report at the counter, what they say on the telephone later, and why it is not fixed."""
    await begins(wei)
    await wei.says(canary("recorded"))
    await wei.sees("At which telephone number")
    await wei.says("138 0013 8642")
    await wei.presses("Yes, they agree", message=await wei.sees("May we keep"))
    await wei.sees("Write it in their words")
    await wei.says(f"The lift {canary('told')} stops")
    await wei.presses("Say where it is", message=await asked_to_send(wei, canary("told")))
    await wei.sees("Where is it?")
    await wei.says(f"by the {canary('corner')}")
    await asked_to_send(wei, canary("corner"))
    await wei.says(canary("counts"))
    await presses_send(wei, await asked_to_send(wei, canary("counts")))
    await wei.sees("Recorded as no. 1.")
    await estate.sends_answer("The fitter comes on Monday")
    await wei.replies(await shows(wei, "Please ring back", "The fitter comes on Monday"), canary("ringback"))
    await wei.sees(canary("ringback"), estate.staff_chat)
    await presses_what(wei, RESOLVE, estate.staff_chat, await estate.card())
    await estate.staff_replies("done about no. 1?", "New motor")
    await wei.presses("They say: not fixed", message=await shows(wei, "Please ring back", "New motor"))
    await wei.sees("What is still wrong?")
    await wei.says(canary("stillwrong"))
    await wei.sees(canary("stillwrong"), estate.staff_chat)


async def needs_a_repair(mei: Person, lao: Person) -> None:
    """A neighbour asks for them, and says another address later."""
    await mei.taps("Ask for a repair")
    await mei.presses("For someone without Telegram", message=await mei.sees("What is broken?"))
    await mei.sees("You ask for somebody without Telegram")
    await mei.says(f"Her tap {canary('tap')} drips")
    await mei.presses("Plumbing", message=await mei.sees("Who is needed?"))
    await mei.presses("Today", message=await mei.sees("How soon?"))
    await mei.sees("Where is it?")
    await mei.says("building 3")
    await mei.sees("The address to the door?")
    await mei.says(f"Flat {canary('door')}")
    await mei.sees("What are they called?")
    await mei.says(canary("neighbour"))
    await mei.sees("Their telephone number?")
    await mei.says("021 5555 9753")
    await mei.presses("Yes, they agree", message=await mei.sees("Do they agree"))
    await mei.presses("Leave this out", message=await mei.sees("When is somebody home?"))
    await presses_send(mei, await asked_to_send(mei, canary("neighbour")))
    await presses_what(lao, TAKES_REPAIR)
    await shows(lao, "you have taken it", canary("door"), "021 5555 9753")
    await mei.presses("Change the address", message=await shows(mei, "Somebody will come"))
    await mei.sees("Where is it?")
    await mei.says("building 2")
    await mei.sees("The address to the door?")
    await mei.says(f"Flat {canary('moved')}")
    await shows(lao, "you have taken it", canary("moved"))
    await presses_what(lao, ON_THE_WAY)


async def promises(estate: Estate, wei: Person) -> Person:
    """A representative looks after their promise, and says what became of it."""
    rong = await estate.newcomer("Rong")

    def grant(tx: Transaction) -> None:
        met = people.by_telegram_id(tx, rong.id)
        assert met is not None
        people.grant(tx, met.id, Role.REPRESENTATIVE, None)

    await estate.bot.database.run(grant)
    await wei.says("/pledge")
    await wei.presses("For one without Telegram")
    await wei.sees("Whose promise is it?")
    await wei.says(canary("vows"))
    await wei.presses("Rong", message=await wei.sees("Who is reminded"))
    await wei.sees("What does")
    await wei.says(f"Water and electricity {canary('keeps')}")
    await wei.presses("Whenever I am needed", message=await wei.sees("What kind of promise is it?"))
    await wei.presses("The whole community", message=await wei.sees("For which part"))
    await wei.presses("Yes, with name", message=await wei.sees("May the board show"))
    await presses_send(wei, await shows(wei, "A promise of"))
    await rong.replies(await shows(rong, "Promise no. 1 is on the board."), f"The Wus, says {canary('vouched')}")
    await rong.presses("I was there once more", message=await rong.sees("Nobody has needed it yet."))
    await shows(rong, "Counted: +1")
    return rong


async def test_nothing_is_left_of_who_has_no_telegram(
    estate: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wei, mei, data = estate.staff, estate.resident, tmp_path / "data"
    lao = await volunteer(estate, "Lao Wang")
    await records(estate, wei)
    await needs_a_repair(mei, lao)
    rong = await promises(estate, wei)
    assert await planted(estate, data) == {*OF_OTHERS, "recordphone", "repairphone"}
    for theirs in ("report 1", "repair 1", "promise 1"):
        said = await wei.says(f"/forget {theirs}")
        await presses_what(wei, SURE, message=await shows(wei, "Only if they have asked for it", after=said))
        await presses_what(wei, YES)
        await shows(wei, "Their data are being deleted.", after=said)
    await nothing_is_left(estate, data, [wei, mei, lao, rong])
    assert traces("".join(capsys.readouterr())) == []
