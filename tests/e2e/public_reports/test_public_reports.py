"""A report on the public page: staff write a title and release it, whose it is reads so and may have it taken off."""

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from domain.people.rights import Role
from sandbox.client import Person, World, buttons, written
from services.public_reports import releasing
from services.reports import recording
from services.reports.submitting import NewReport
from storage.core import page_files
from storage.core.database import Transaction
from storage.people import people
from storage.public_reports.photos import FOLDER
from storage.reports.reports import NewPart
from tests.e2e.conftest import PNG, Estate, Json, Start, estate_in
from tests.e2e.reading import newest, presses_send, presses_what, shows, until
from tests.support import ROOT, free_port

MORE, MENU = "v:1:more:*", "v:1:publics:*"
RELEASE, CHANGE, OFF = "v:1:public=t.*:*", "v:1:public=title:*", "v:1:public=off:*"
LOOK, ASK, REMOVE = "v:1:public=l.*:*", "v:1:public=p.*:*", "v:1:public=x.*:*"
OBJECT, ALLOW = "wp:*:off", "wp:*:may"
YES, NO = "sp:*:yes", "sp:*:no"
TITLE = "No light in a stairwell"


class Site:
    """A neighbourhood that shows reports on the web; and a visitor."""

    def __init__(self, estate: Estate, session: aiohttp.ClientSession, port: int, media: Path) -> None:
        self.estate, self.session, self.address, self.media = estate, session, f"http://127.0.0.1:{port}", media

    async def get(self, path: str = "/reports") -> tuple[int, str]:
        async with self.session.get(self.address + path) as response:
            return response.status, (await response.read()).decode(errors="replace")

    async def list(self) -> str:
        status, page = await self.get()
        assert status == 200
        return page

    async def entry(self) -> str:
        """Where the list says the report is."""
        found = re.search(r'href="(/reports/[a-z0-9]{8})"', await self.list())
        assert found is not None
        return found[1]

    async def photo(self) -> str:
        """Where its page says the photo is; empty when it has none."""
        found = re.search(r"/reports/photos/[^\"]+", (await self.get(await self.entry()))[1])
        return found[0] if found else ""

    async def has(self, count: int) -> bool:
        """Whether so many files are there."""
        return len(page_files.names(self.media / FOLDER)) == count


@pytest.fixture
async def site(world: World, start_bot: Start, tmp_path: Path) -> AsyncIterator[Site]:
    port = free_port()
    async with aiohttp.ClientSession() as session, estate_in(world, start_bot, web_port=port) as estate:
        yield Site(estate, session, port, tmp_path / "data" / "media")
        await estate.nothing_broke()


async def opens_menu(estate: Estate, by: Person | None = None) -> Json:
    """Staff press More, unless that is open already, then the button of the public page; returns that press."""
    who, group = by or estate.staff, estate.staff_chat
    await estate.settled()
    if not _can(MENU)(await estate.card()):
        await presses_what(who, MORE, group, await estate.card())
        await estate.settled()
    return await presses_what(who, MENU, group, await estate.card())


async def writes(estate: Estate, text: str) -> None:
    """Staff reply with a title to the question."""
    await estate.staff_replies("by which title may everybody read of no. 1?", text)


async def releases(estate: Estate, text: str = TITLE) -> None:
    """Staff show the report to everybody, by that title."""
    await opens_menu(estate)
    await writes(estate, text)
    preview = await shows(estate.staff, "This is what everybody can read:", text.split("\n")[0], chat=estate.staff_chat)
    await presses_what(estate.staff, RELEASE, estate.staff_chat, preview)
    await shows(estate.staff, "Everybody can read of no. 1 now:", text.split("\n")[0], chat=estate.staff_chat)


async def has_button(person: Person, chat: int, what: str) -> bool:
    """Whether any message has such a button."""
    pattern = what.replace("*", ".*")
    return any(
        re.fullmatch(pattern, str(each.get("callback_data", "")))
        for message in await person.world.chat_messages(chat)
        for each in buttons(message)
    )


async def now(person: Person, message: Json) -> Json:
    """A message in somebody's private chat as it is now."""
    return next(
        each for each in await person.world.chat_messages(person.id) if each["message_id"] == message["message_id"]
    )


async def without_buttons(person: Person, message: Json) -> Json | None:
    """The message, once nothing can be pressed under it."""
    found = await now(person, message)
    return None if buttons(found) else found


async def test_they_read_before_they_send_what_everybody_may_read(estate: Estate) -> None:
    mei = estate.resident
    greeting = await mei.sees("Hello!")
    assert "public page" in written(greeting) and "see nothing of it" not in written(greeting)
    await mei.says("The stairwell light in Building 3 is broken")
    assert "may be shown to everybody" in written(await mei.sees("NOT SENT YET"))
    loud = await estate.newcomer("Lena")
    await loud.says("My neighbour plays loud music every night in Building 3")
    assert "may be shown to everybody" not in written(await loud.sees("NOT SENT YET")), "what is about persons never is"


async def test_a_title_is_written_looked_at_released_changed_and_taken_off(site: Site) -> None:
    estate, mei, wei, group = site.estate, site.estate.resident, site.estate.staff, site.estate.staff_chat
    card = await estate.report()
    assert "Nothing is on this page yet." in await site.list()
    await opens_menu(estate)
    question = await shows(wei, "by which title may everybody read of no. 1?", chat=group)
    assert "Lighting" in written(question) and "broken" not in written(question), "kind and place, never their words"
    await writes(estate, TITLE)
    preview = await shows(wei, "This is what everybody can read:", TITLE, "Open", "Building 3", chat=group)
    assert TITLE not in await site.list(), "nobody else reads it yet"
    await presses_what(wei, RELEASE, group, preview)
    told = await shows(mei, "The staff let everybody read of your report no. 1", TITLE)
    assert TITLE in await site.list() and "stairwell light" not in await site.list()
    assert f"as: “{TITLE}”" in written(await until(lambda: says_so(mei, card), "the card to say so"))
    assert TITLE in written(await estate.card())
    await opens_menu(estate)
    await presses_what(wei, CHANGE, group)
    await estate.settled()
    await writes(estate, "The lights of the stairwells\n各单元楼道灯")
    await presses_what(wei, RELEASE, group, await shows(wei, "read:", "各单元楼道灯", chat=group))
    await shows(mei, "another title", "The lights of the stairwells")
    assert "各单元楼道灯" in (await site.get("/reports?lang=zh-Hans"))[1]
    await opens_menu(estate)
    press = await presses_what(wei, OFF, group)
    assert "off the public page" in (await wei.popup(press))["text"]
    assert "Nothing is on this page yet." in await site.list()
    assert told["message_id"] and TITLE not in written(await now(mei, card))


async def says_so(person: Person, card: Json) -> Json | None:
    """The card, once it says that everybody can read of it."""
    found = await now(person, card)
    return found if "Everybody can read of it" in written(found) else None


@pytest.mark.parametrize("by_card", [False, True])
async def test_whose_report_it_is_has_it_taken_off_at_once(site: Site, by_card: bool) -> None:
    estate, mei, wei, group = site.estate, site.estate.resident, site.estate.staff, site.estate.staff_chat
    card = await estate.report()
    await releases(estate)
    told = await shows(mei, "The staff let everybody read of your report no. 1")
    address = await site.entry()
    pressed = await until(lambda: says_so(mei, card), "the card") if by_card else told
    press = await presses_what(mei, OBJECT, message=pressed)
    assert "off the public page" in (await mei.popup(press))["text"]
    assert TITLE not in await site.list() and (await site.get(address))[0] == 404
    news = await shows(wei, "No. 1 is off the public page.", "does not want it there", chat=group)
    assert "Mei" not in written(news)
    await until(lambda: without_buttons(mei, told), "nothing more to be pressed there")
    press = await opens_menu(estate)
    assert "does not want it" in (await wei.popup(press))["text"]
    assert "You do not want it on the public page" in written(await now(mei, card))
    await presses_what(mei, ALLOW, message=await now(mei, card))
    await shows(wei, "do not any more", chat=group)
    await releases(estate, "Stairwells are dark")
    assert "Stairwells are dark" in await site.list()


async def test_titles_that_say_too_much_are_refused_kindly(estate: Estate) -> None:
    await estate.report("The stairwell light in Building 3 is broken again")
    await opens_menu(estate)
    for text, said in (
        ("The stairwell light in Building 3", "words of a resident"),
        ("No light, ring 13812345678", "telephone number"),
        ("No light at flat 4", "a door"),
        ("No light, says Mei", "somebody's name"),
        ("No light, " * 12, "longer than 80"),
        ("No light\nNo lamp\nNothing", "one line for each language"),
    ):
        await writes(estate, text)
        await shows(estate.staff, said, chat=estate.staff_chat)
        await estate.settled()
    assert not await has_button(estate.staff, estate.staff_chat, RELEASE)
    await writes(estate, TITLE)
    await shows(estate.staff, "This is what everybody can read:", TITLE, chat=estate.staff_chat)


async def test_who_has_no_role_shows_nothing(estate: Estate) -> None:
    """In the staff group, too: who may press is decided by role."""
    await estate.report()
    kim = await estate.colleague("Kim", Role.STAFF)
    await opens_menu(estate)
    await writes(estate, TITLE)
    preview = await shows(estate.staff, "This is what everybody can read:", chat=estate.staff_chat)
    await estate.lose_role(kim)
    press = await presses_what(kim, RELEASE, estate.staff_chat, preview)
    assert "You cannot do that" in (await kim.popup(press))["text"]
    assert await estate.rows("SELECT public_title FROM reports") == [{"public_title": None}]


async def test_what_is_about_a_person_has_no_such_button(estate: Estate) -> None:
    wei, group = estate.staff, estate.staff_chat
    await estate.report()
    await presses_what(wei, MORE, group, await estate.card())
    await presses_what(wei, "v:1:personal:*", group)
    await estate.settled()
    await presses_what(wei, MORE, group, await estate.card())
    await estate.settled()
    assert not await has_button(wei, group, MENU)


async def test_marked_as_about_a_person_it_is_gone_and_staff_read_why(site: Site) -> None:
    estate, wei, group = site.estate, site.estate.staff, site.estate.staff_chat
    await estate.report()
    await releases(estate)
    await estate.settled()
    await presses_what(wei, MORE, group, await estate.card())
    await presses_what(wei, "v:1:personal:*", group)
    await shows(wei, "No. 1 is off the public page.", "about a person", chat=group)
    assert TITLE not in await site.list()


async def test_without_telegram_they_are_rung(estate: Estate) -> None:
    wei, community = estate.staff, estate.bot.setup.community

    def made(tx: Transaction) -> None:
        by = people.by_telegram_id(tx, wei.id)
        assert by is not None
        number = recording.record(tx, community, by, "Lao Li", "5550123", NewReport([NewPart("text", "So dark here")]))
        title = releasing.write(tx, community, by, number, TITLE)
        releasing.release(tx, community, by, number, title.id)

    await estate.bot.database.run(made)
    await shows(wei, "on the public page, by this title:", TITLE, "Take it off the page")


# -- photos


async def with_photo(site: Site) -> Json:
    """A report with a photo, released; the card of who sent it."""
    mei = site.estate.resident
    await mei.sends_photo(PNG, "The lift is stuck again")
    await presses_send(mei)
    card = await mei.sees("Received")
    await releases(site.estate, "A lift that stops")
    return card


async def chooses(estate: Estate, what: str = LOOK) -> None:
    """Staff press Public page, and a photo."""
    await opens_menu(estate)
    await estate.settled()
    await presses_what(estate.staff, what, estate.staff_chat)


async def test_a_photo_is_looked_at_asked_about_shown_and_gone_with_a_no(site: Site) -> None:
    estate, mei, wei, group = site.estate, site.estate.resident, site.estate.staff, site.estate.staff_chat
    card = await with_photo(site)
    await chooses(estate)
    looked = await shows(wei, "Show this photo of no. 1 to everybody?", "are there faces", chat=group)
    assert not await has_button(mei, mei.id, YES), "nobody is asked before staff have looked"
    await presses_what(wei, ASK, group, looked)
    question = await shows(mei, "May we show this photo?", "report no. 1")
    assert await site.photo() == ""
    await presses_what(mei, YES, message=question)
    await shows(wei, "Yes: the photo of report no. 1 is on the public page.", chat=group)
    address = await until(site.photo, "the photo")
    assert (await site.get(address))[0] == 200 and await site.has(1)
    await presses_what(mei, NO, message=await until(lambda: fits(mei, card, NO), "the button on the card"))
    await shows(wei, "No: the photo of report no. 1 is not on the public page.", chat=group)
    assert await site.photo() == "" and (await site.get(address))[0] == 404, "at the next look"
    await until(lambda: site.has(0), "the file to be gone")


async def fits(person: Person, card: Json, what: str) -> Json | None:
    """The card, once it has such a button."""
    found, pattern = await now(person, card), what.replace("*", ".*")
    return found if any(re.fullmatch(pattern, str(each.get("callback_data"))) for each in buttons(found)) else None


async def test_staff_take_a_photo_off_again_and_its_report_takes_it_along(site: Site) -> None:
    estate, mei, wei, group = site.estate, site.estate.resident, site.estate.staff, site.estate.staff_chat
    await with_photo(site)
    await chooses(estate)
    await presses_what(wei, ASK, group, await shows(wei, "Show this photo of no. 1", chat=group))
    await presses_what(mei, YES, message=await shows(mei, "May we show this photo?"))
    await until(site.photo, "the photo")
    await chooses(estate, REMOVE)
    await until(lambda: site.has(0), "the file to be gone")
    assert await site.photo() == ""
    await chooses(estate)
    await estate.settled()
    after = await shows(wei, "Show this photo of no. 1", chat=group)
    await presses_what(wei, ASK, group, after)
    await until(site.photo, "the photo, for their yes stands")
    await presses_what(mei, OBJECT, message=await newest(mei, _can(OBJECT), "the button"))
    await until(lambda: site.has(0), "the file to be gone with the report")


def _can(what: str) -> Callable[[Json], bool]:
    pattern = what.replace("*", ".*")
    return lambda message: any(re.fullmatch(pattern, str(each.get("callback_data"))) for each in buttons(message))


# -- where it is off


async def test_where_the_community_shows_none_there_is_no_button_and_no_page(
    world: World, start_bot: Start, tmp_path: Path
) -> None:
    """Turned off later, too: what was released is gone with its buttons, and an old button says so."""
    port = free_port()
    async with aiohttp.ClientSession() as session, estate_in(world, start_bot, web_port=port) as estate:
        site, wei, group, mei = Site(estate, session, port, tmp_path), estate.staff, estate.staff_chat, estate.resident
        card = await estate.report()
        await releases(estate)
        address = await site.entry()
        await estate.settled()
        await presses_what(wei, MORE, group, await estate.card())
        await estate.settled()
        await estate.stop()
        text = (ROOT / "community.example.toml").read_text("utf-8").replace('reports = "photos"', 'reports = "off"')
        quiet = tmp_path / "quiet.toml"
        quiet.write_text(text, "utf-8")
        estate.settings["community"] = quiet
        await estate.start()
        for path in ("/reports", address, "/reports.atom"):
            assert (await site.get(path))[0] == 404, path
        press = await presses_what(wei, MENU, group, await estate.card())
        assert "The community file says so" in (await wei.popup(press))["text"]
        await estate.report("The lamp at the north gate is dark")
        await presses_what(wei, "v:2:more:*", group, await estate.card(2))
        await estate.settled()
        assert not await has_button(wei, group, "v:2:publics:*")
        await mei.says("/help")
        assert "see nothing of it" in written(await shows(mei, "see nothing of it"))
        await mei.says("/my")
        assert card["message_id"]
        await estate.nothing_broke()
