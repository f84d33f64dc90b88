"""A restore gives nothing back that was taken away since; what could do harm sleeps until somebody has confirmed it."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from bot.command_line.backup_and_restore import backup_now, restore
from bot.kit.cannot_start import CannotStart
from bot.kit.settings import Settings
from domain.people.rights import Role
from sandbox.client import Person, buttons, written
from sandbox.testing import TOKEN
from services.staff_room import staff_chat
from storage.core import chats
from storage.core.database import Transaction
from storage.core.taken_away_file import NAME
from storage.people import people
from tests.e2e.conftest import LAMP, Estate, news, shows
from tests.e2e.people.test_roles_given import invitation, roles_of
from tests.e2e.pledges.test_pledge_making import DOGS, pledger, published
from tests.e2e.reading import TAKE, presses_what
from tests.e2e.repairing import asks, volunteer

LATER = datetime.fromisoformat("2026-11-25T15:30:00+08:00")


@pytest.fixture
def settings(estate: Estate, tmp_path: Path) -> Settings:
    return Settings(bot_token=TOKEN, bot_api_url=estate.world.url, data_dir=tmp_path / "data")


class Ledger:
    """The file of what was taken away, in the hands of somebody with a shell."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._aside = path.with_name("elsewhere")

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.path.read_text()

    def kinds(self) -> list[str]:
        """What its lines say was taken away."""
        return [json.loads(line)["kind"] for line in self.text.splitlines()]

    def put_away(self, instead: str | None = None) -> None:
        """Move it; something else, or nothing, is in its place."""
        self.path.rename(self._aside)
        if instead is not None:
            self.path.write_text(instead)

    def remove(self) -> None:
        """Nothing is in its place any more."""
        self.path.unlink()

    def block(self) -> None:
        """A folder stands in its place: it cannot be written."""
        self.put_away()
        self.path.mkdir()

    def bring_back(self, torn: str = "") -> None:
        """As it was; with half a line that a crash has left behind it."""
        if self.path.is_dir():
            self.path.rmdir()
        self._aside.rename(self.path)
        with self.path.open("a") as file:
            file.write(torn)


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    """The file of what was taken away."""
    return Ledger(settings.data_dir / NAME)


async def restored(estate: Estate, settings: Settings) -> str:
    """Stop, put the one backup by hand in place, start; returns what the operator reads."""
    await estate.stop()
    (file,) = (settings.data_dir / "backups").glob("manual-*.db")
    said = restore(settings, file, overwrite=True, at=LATER)
    await estate.world.set_time("2026-11-25T15:35:00+08:00")
    await estate.start()
    return said


async def test_no_link_and_no_role_comes_back(estate: Estate, settings: Settings, ledger: Ledger) -> None:
    """A link that was used, a link that was ended, and a role that was taken away, all since the backup."""
    wei = estate.staff
    bo, cem, eve = await estate.newcomer("Bo"), await estate.newcomer("Cem"), await estate.newcomer("Eve")
    used, refused = await invitation(estate, "staff"), await invitation(estate, "admin")
    ann = await estate.colleague("Ann", Role.ADMIN)
    await estate.settled()
    backup_now(settings)
    await bo.starts(used)
    await bo.sees("You now have the role: staff.")
    await eve.starts(refused)
    await wei.presses("No, end the link", message=await shows(wei, "Eve has opened your link"))
    await wei.says("/team")
    await wei.presses("Take away: admin")
    await wei.presses("Ann")
    await wei.presses("Yes, take it away")
    await ann.sees("You no longer have the role: admin.")
    assert ledger.kinds() == ["begun", "link_ended", "link_ended", "role_revoked"]
    words = ("Ann", used[2:], refused[2:], str(ann.id))
    assert not any(word in ledger.text for word in words), "no names, no codes, no numbers of Telegram's"

    await restored(estate, settings)
    for person, code in ((cem, used), (eve, refused)):
        opened = await person.starts(code)
        await shows(person, "used by somebody else", after=opened)
    assert await roles_of(estate, cem) == await roles_of(estate, eve) == await roles_of(estate, ann) == set()
    said = await ann.says("/team")
    await shows(ann, "You cannot do that", after=said)


async def test_roles_sleep_until_an_admin_has_confirmed_them(estate: Estate, settings: Settings) -> None:
    """Nobody is admin by the settings here: the operator's link makes the first one, who confirms the others."""
    wei, group = estate.staff, estate.staff_chat
    estate.settings["admin_ids"] = ()
    cem, lea = await estate.colleague("Cem"), await estate.colleague("Lea", Role.LEAD)
    bo = await volunteer(estate, "Bo")
    await estate.report(LAMP)
    card = await estate.card()
    await estate.settled()
    backup_now(settings)
    said = await restored(estate, settings)
    code = re.search(r"t\.me/\w+\?start=(\S+)", said)
    assert code, said
    await shows(wei, "The roles of staff, leads and admins are paused", chat=group)
    for person in (wei, cem, lea):
        press = await presses_what(person, TAKE, group, card)
        assert "cannot do that" in (await person.popup(press))["text"]
    # Volunteers stay on call: no repair stands still.
    await asks(estate)
    await shows(bo, "Plumbing", "[")
    assert await estate.rows("SELECT state FROM repair_offers") == [{"state": "open"}]

    opened = await wei.starts(code[1])
    question = await shows(wei, "These roles are paused after the restore", "Cem", "Lea", after=opened)
    await wei.presses(message=question, data=str(buttons(question)[0]["callback_data"]))
    for person in (cem, lea):
        await shows(person, "Your role counts again")
    await presses_what(cem, TAKE, group, card)
    await shows(cem, "In charge: Cem", chat=group)
    stranger = await estate.newcomer("Eve")
    opened = await stranger.starts(code[1])
    await shows(stranger, "used by somebody else", after=opened)


async def test_whom_nobody_confirms_stays_without_the_role(estate: Estate, settings: Settings) -> None:
    wei = estate.staff
    cem, dan = await estate.colleague("Cem"), await estate.colleague("Dan")
    await estate.settled()
    backup_now(settings)
    await restored(estate, settings)
    question = await shows(wei, "These roles are paused after the restore", "Cem", "Dan")
    await wei.presses("One by one", message=question)
    page = await shows(wei, "Tap each person who should have the role again")
    await wei.presses("Cem", message=page)
    await cem.sees("Your role counts again: staff.")
    await wei.presses("Take away the others", message=await shows(wei, "Tap each person", "[Dan"))
    await wei.presses("Yes, take them away")
    await dan.sees("You no longer have the role: staff.")
    assert (await roles_of(estate, cem), await roles_of(estate, dan)) == ({"staff"}, set())
    page = await shows(wei, "No role is paused any more")
    forged = await cem.forges(await shows(cem, "Your role counts again"), "as:all:-:0")
    assert "cannot do that" in (await cem.popup(forged))["text"]
    assert buttons(page) == []


async def test_a_name_that_was_withdrawn_stays_off_the_board_and_the_others_are_asked(
    estate: Estate, settings: Settings
) -> None:
    bo, mei = await pledger(estate), estate.resident
    await published(estate, bo)
    di = await pledger(estate, "Di")
    await published(estate, di, "I water the flower beds")
    await estate.settled()
    backup_now(settings)
    await bo.says("/pledge")
    await bo.presses("No. 1:")
    await bo.presses("Take the name off")
    await bo.sees("The board shows no name.")
    await restored(estate, settings)

    async def asked(person: Person) -> int:
        messages = await estate.world.chat_messages(person.id)
        return sum("May it show them again" in written(each) for each in messages)

    async def shown(number: int) -> str:
        said = await mei.starts(f"t-{number}")
        return written(await shows(mei, f"Promise no. {number}", after=said))

    assert "By: Bo" not in await shown(1) and "By: Di" not in await shown(2)
    await estate.settled()
    for words in (DOGS, "I water the flower beds"):
        card = await shows(estate.staff, words, chat=estate.staff_chat)
        assert "The board may show the name" not in written(card), "the staff's card says what is so now"
    question = await shows(di, "May it show them again?", "your name with promise no. 2")
    await di.presses("Yes, show them again", message=question)
    await shows(di, "shows your name and your photos as before")
    assert "By: Di" in await shown(2) and "By: Bo" not in await shown(1)
    await estate.settled()
    assert await asked(bo) == 0, "what he has said himself is not asked"
    assert await asked(di) == 0, "the question says now what became of it, and there is no other"
    again = await di.forges(question, "pa:again")
    assert "already" in (await di.popup(again))["text"]


async def test_a_block_stays_and_so_does_its_end(estate: Estate, settings: Settings) -> None:
    """Of somebody the backup knows, of one who came after it, and of one whose block was ended since."""
    mei = estate.resident
    await estate.report(LAMP)
    cem, eve = await estate.newcomer("Cem"), None
    await estate.report("The bin is full", by=cem)
    await block(estate, 2)
    await cem.sees("you can send nothing until")
    await estate.settled()
    backup_now(settings)
    await block(estate, 1)
    await mei.sees("you can send nothing until")
    await lift(estate, 2)
    await cem.sees("You can write to us again.")
    eve = await estate.newcomer("Eve")
    await estate.report("Somebody sings", by=eve)
    await block(estate, 3)
    await eve.sees("you can send nothing until")
    await estate.settled()
    await restored(estate, settings)
    for person in (mei, eve):
        said = await person.says("The pavement is broken")
        await shows(person, "You cannot send anything until", after=said)
    await estate.report("The bin is full again", by=cem)


async def block(estate: Estate, number: int) -> None:
    """Staff block whoever reported that, for a week."""
    wei, group = estate.staff, estate.staff_chat
    await wei.forges(await estate.card(number), f"bl:report:{number}:7", group)
    await estate.staff_replies("why are they blocked?", "Insults")


async def lift(estate: Estate, number: int) -> None:
    """Staff end the block."""
    await estate.staff.forges(await estate.card(number), f"bl:report:{number}:end", estate.staff_chat)


async def test_without_the_file_a_restore_stops_and_asks(estate: Estate, settings: Settings, ledger: Ledger) -> None:
    ann = await estate.colleague("Ann", Role.STAFF)
    await estate.settled()
    backup_now(settings)
    await take_role_away(estate, ann)
    await estate.stop()
    (file,) = (settings.data_dir / "backups").glob("manual-*.db")
    (copy,) = (settings.data_dir / "backups").glob(f"manual-*.{NAME}")
    assert Ledger(copy).kinds() == ["begun"], "copied with the backup"
    ledger.put_away(instead=Ledger(copy).text.replace('"key": "', '"key": "0'))
    for missing in (False, True):
        if missing:
            ledger.remove()
        with pytest.raises(CannotStart, match="--without-taken-away"):
            restore(settings, file, overwrite=True, at=LATER)
    assert "as you allowed" not in restore(settings, file, overwrite=True, at=LATER, without_taken_away=True)
    ledger.bring_back()
    restore(settings, file, overwrite=True, at=LATER)
    await estate.start()
    assert await roles_of(estate, ann) == set()


async def take_role_away(estate: Estate, person: Person) -> None:
    """An admin does, as people do."""
    wei = estate.staff
    await wei.says("/team")
    await wei.presses("Take away: staff")
    await wei.presses("Ann")
    await wei.presses("Yes, take it away")
    await person.sees("You no longer have the role: staff.")


async def test_nobody_reads_done_before_the_file_has_it(estate: Estate, ledger: Ledger) -> None:
    """The file cannot be written: the role is gone, and neither answer nor message says so until it can again."""
    wei, ann = estate.staff, await estate.colleague("Ann", Role.STAFF)
    await wei.says("/team")
    await wei.presses("Take away: staff")
    await wei.presses("Ann")
    question = await shows(wei, "[Yes, take it away]")
    ledger.block()
    mark = await ann.says("/my")
    await shows(ann, "", after=mark)
    await wei.presses("Yes, take it away", message=question)
    said = await ann.says("/team")
    await shows(ann, "You cannot do that", after=said)
    assert await estate.rows("SELECT kind FROM taken_away") == [{"kind": "role_revoked"}]
    assert not any("no longer have" in text for text in await news(ann, mark))
    ledger.bring_back()
    await ann.sees("You no longer have the role: staff.")
    assert ledger.kinds() == ["begun", "role_revoked"]
    assert await estate.rows("SELECT kind FROM taken_away") == []


async def test_killed_between_commit_and_file_it_is_written_at_the_next_start(estate: Estate, ledger: Ledger) -> None:
    ann = await estate.colleague("Ann", Role.STAFF)
    await estate.settled()
    ledger.block()
    await estate.lose_role(ann)
    await estate.stop()
    ledger.bring_back(torn='{"n": 7, "at": "half a li')
    await estate.start()
    assert ledger.kinds() == ["begun", "role_revoked"]
    await estate.stop()
    await estate.start()
    assert ledger.kinds() == ["begun", "role_revoked"], "nothing is written twice"


@pytest.mark.parametrize("how", ["cut short", "a line damaged", "an older copy"])
async def test_a_file_that_lacks_lines_stops_a_restore_unless_a_copy_has_them(
    estate: Estate, settings: Settings, ledger: Ledger, how: str
) -> None:
    """It was taken for whole, and the operator read that everything was taken away again."""
    ann, bob = await estate.colleague("Ann", Role.STAFF), await estate.colleague("Bob", Role.STAFF)
    await estate.settled()
    backup_now(settings)
    older = ledger.text
    await estate.lose_role(ann)
    await estate.lose_role(bob)
    assert await estate.bot.taken_away.written()
    await estate.stop()
    whole = ledger.text
    (file,) = (settings.data_dir / "backups").glob("manual-*.db")
    begun, first, second = whole.splitlines(keepends=True)
    ledger.path.write_text(
        {"cut short": begun + first, "a line damaged": begun + first.replace("{", "[") + second}.get(how, older)
    )
    with pytest.raises(CannotStart, match="lacks"):
        restore(settings, file, overwrite=True, at=LATER)
    # A newer copy beside a later backup has what is missing: nothing is asked.
    later = settings.data_dir / "backups" / f"nightly-20261126T000000000000.{NAME}"
    later.write_text(whole)
    file.with_name(f"{later.name.removesuffix(NAME)}db").write_bytes(file.read_bytes())
    restore(settings, file, overwrite=True, at=LATER)
    for twice in (False, True):
        if twice:
            await estate.stop()
            restore(settings, file, overwrite=True, at=LATER)
        await estate.start()
        assert await roles_of(estate, ann) == await roles_of(estate, bob) == set()


@pytest.mark.parametrize("known", [False, True], ids=["a new group", "a group the backup knows"])
async def test_no_report_goes_to_a_group_the_staff_have_left(estate: Estate, settings: Settings, known: bool) -> None:
    """The backup, and STAFF_CHAT_ID, name it still: what residents write came there again."""
    wei, old = estate.staff, estate.staff_chat

    async def added() -> int:
        return await estate.world.group("New staff", [wei], forum=True)

    other = await added() if known else 0
    if known:
        await wei.says("hello", other)
        await estate.settled()
    backup_now(settings)
    other = other or await added()
    await wei.says("hello again", other)
    await estate.settled()

    def choose(tx: Transaction) -> None:
        admin, chat = people.by_telegram_id(tx, wei.id), chats.by_telegram_id(tx, other)
        assert admin is not None and chat is not None
        staff_chat.choose(tx, admin, staff_chat.link_code(tx, admin), chat)

    await estate.bot.database.run(choose)
    await estate.settled()
    assert await estate.bot.taken_away.written()
    await restored(estate, settings)
    before = (await estate.world.chat_messages(old))[-1]
    await estate.report()
    await estate.settled()
    assert not any("stairwell light" in text for text in await news(wei, before, old))
    if known:
        await shows(wei, "The stairwell light in Building 3", chat=other)
    else:
        await wei.says("/setup")
        await wei.sees("[Choose the staff group]")
