"""A resident's photo for the public page of a project: chosen, asked about, shown, taken back, and gone everywhere."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from domain.people.rights import Role
from domain.projects.projects import Step
from sandbox.client import Person, World, buttons, written
from services.projects import bundling, delivering, making, stages
from storage.core import page_files
from storage.core.database import Transaction
from storage.people import people
from storage.projects.photos import FOLDER
from storage.reports.reports import NewPart
from tests.e2e.conftest import PNG, Estate, Json, Start, estate_in
from tests.e2e.reading import newest, presses_send, presses_what, shows, until
from tests.support import free_port

YES, NO = "sp:*:yes", "sp:*:no"
SHOW, HIDE, REMOVE = "fp:*:show", "fp:*:hide", "fp:*:remove"


class Site:
    """A neighbourhood whose projects are on the web, with one of them; and a visitor."""

    def __init__(self, estate: Estate, session: aiohttp.ClientSession, port: int, media: Path) -> None:
        self.estate, self.session, self.address, self.media = estate, session, f"http://127.0.0.1:{port}", media

    async def page(self, path: str = "/projects/1") -> str:
        async with self.session.get(self.address + path) as response:
            assert response.status == 200
            return await response.text()

    async def photo(self) -> str:
        """Where the page says the photo is; empty when it has none."""
        found = re.search(r"/projects/photos/[^\"]+", await self.page())
        return found[0] if found else ""

    async def status(self, address: str) -> int:
        async with self.session.get(self.address + address) as response:
            return response.status

    async def has(self, count: int) -> bool:
        """Whether so many files are there."""
        return len(page_files.names(self.media / FOLDER)) == count


@pytest.fixture
async def site(world: World, start_bot: Start, tmp_path: Path) -> AsyncIterator[Site]:
    port = free_port()
    async with aiohttp.ClientSession() as session, estate_in(world, start_bot, web_port=port) as estate:
        yield Site(estate, session, port, tmp_path / "data" / "media")
        await estate.nothing_broke()


async def with_photo(estate: Estate, by: Person | None = None, *, public: bool = True) -> Json:
    """The resident reports something with a photo; it is in a project. Returns their card."""
    who = by or estate.resident
    await who.sends_photo(PNG, "The lift is stuck again")
    await presses_send(who)
    card = await who.sees("Received")

    def bundle(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        project = making.make(tx, estate.bot.setup.community, wei, "The lift", "The lift runs", [wei.id], public=public)
        bundling.add(tx, wei, project.id, 1)

    await estate.bot.database.run(bundle)
    return card


async def chooses(estate: Estate, number: int = 1, moment: str = "before") -> None:
    """Staff choose the photo of a report for its project."""
    wei, group = estate.staff, estate.staff_chat
    await presses_what(wei, f"v:{number}:more:*", group, await estate.card(number))
    await presses_what(wei, f"v:{number}:photos:*", group)
    await presses_what(wei, f"v:{number}:photo=*.{moment}:*", group)


async def photo_card(estate: Estate, *texts: str) -> Json:
    """The card of the photo in the staff group."""
    return await shows(estate.staff, "Photo of project no. 1", *texts, chat=estate.staff_chat)


async def releases(estate: Estate) -> None:
    await presses_what(estate.staff, SHOW, estate.staff_chat, await photo_card(estate))


async def now(person: Person, message: Json) -> Json:
    """A message in somebody's private chat as it is now."""
    return next(
        each for each in await person.world.chat_messages(person.id) if each["message_id"] == message["message_id"]
    )


async def test_a_photo_is_shown_with_a_yes_and_gone_with_a_no_on_the_card(site: Site) -> None:
    estate, mei = site.estate, site.estate.resident
    card = await with_photo(estate)
    await chooses(estate)
    question = await shows(mei, "May we show this photo?", "report no. 1")
    asked = await photo_card(estate, "It is from report no. 1", "has not answered yet", "Nobody else sees it")
    photo = [each for each in await estate.world.chat_messages(estate.staff_chat) if "photo" in each][-1]
    assert asked["message_thread_id"] == photo["message_thread_id"], "the card stands below its photo, in one topic"
    await releases(estate)
    await photo_card(estate, "shown only once its maker says yes")
    assert await site.photo() == ""
    await presses_what(mei, YES, message=question)
    assert "We may show this photo" in written(await until(lambda: answered(mei, question), "the answer"))
    await shows(estate.staff, "Yes: the photo of report no. 1 may be shown.", chat=estate.staff_chat)
    await photo_card(estate, "Everybody sees it")
    address = await until(site.photo, "the photo")
    assert await site.status(address) == 200 and await site.has(1)
    assert "Mei" not in await site.page() and "stuck" not in await site.page()
    on_card = await now(mei, card)
    assert "Your photo may be shown to others." in written(on_card)
    await presses_what(mei, NO, message=on_card)
    await shows(estate.staff, "No: the photo of report no. 1 is shown to nobody.", chat=estate.staff_chat)
    assert await site.photo() == "" and await site.status(address) == 404, "at the next look"
    await until(lambda: site.has(0), "the file to be gone")

    async def the_question_says_the_same() -> bool:
        return "do not show this photo" in written(await now(mei, question))

    await until(the_question_says_the_same, "the question to say the same")
    await presses_what(mei, YES, message=await now(mei, card))
    await until(site.photo, "the photo, for they have changed their mind once more")


async def answered(person: Person, question: Json) -> Json | None:
    """The question, once it has no buttons any more."""
    found = await now(person, question)
    return None if buttons(found) else found


async def test_a_no_is_kept_and_nobody_is_asked_again(site: Site) -> None:
    estate, mei = site.estate, site.estate.resident
    card = await with_photo(estate)
    await chooses(estate)
    await presses_what(mei, NO, message=await shows(mei, "May we show this photo?"))
    await photo_card(estate, "does not want it to be shown")
    await presses_what(estate.staff, REMOVE, estate.staff_chat, await photo_card(estate))
    await photo_card(estate, "no longer one of the project's photos")
    assert "photo" not in written(await now(mei, card)).partition("Place")[2], "nobody means to show it"
    await presses_what(estate.staff, "v:1:more:*", estate.staff_chat, await estate.card())
    await presses_what(estate.staff, "v:1:photos:*", estate.staff_chat)
    press = await presses_what(estate.staff, "v:1:photo=*.after:*", estate.staff_chat)
    assert "does not want it" in (await estate.staff.popup(press))["text"]
    assert await site.photo() == ""


async def test_a_report_that_is_withdrawn_takes_its_photo_along(site: Site) -> None:
    estate, mei = site.estate, site.estate.resident
    card = await with_photo(estate)
    await chooses(estate)
    await presses_what(mei, YES, message=await shows(mei, "May we show this photo?"))
    await releases(estate)
    address = await until(site.photo, "the photo")
    await presses_what(mei, "m:1:back", message=await now(mei, card))
    await presses_send(mei)
    await until(lambda: site.has(0), "the file to be gone")
    assert await site.photo() == "" and await site.status(address) == 404
    await shows(estate.staff, "No: the photo of report no. 1 is shown to nobody.", chat=estate.staff_chat)


async def test_what_turns_out_to_be_about_a_person_is_off_the_page(site: Site) -> None:
    estate, mei, wei, group = site.estate, site.estate.resident, site.estate.staff, site.estate.staff_chat
    await with_photo(estate)
    await chooses(estate)
    await presses_what(mei, YES, message=await shows(mei, "May we show this photo?"))
    await releases(estate)
    address = await until(site.photo, "the photo")
    await presses_what(wei, "v:1:more:*", group, await estate.card())
    await presses_what(wei, "v:1:personal:*", group)
    await until(lambda: site.has(0), "the file to be gone")
    assert await site.photo() == "" and await site.status(address) == 404
    await photo_card(estate, "Nobody else sees it")


async def test_who_is_no_staff_releases_nothing(site: Site) -> None:
    estate = site.estate
    await with_photo(estate)
    lost = await estate.colleague("Lin", Role.VOLUNTEER)
    await chooses(estate)
    await presses_what(estate.resident, YES, message=await shows(estate.resident, "May we show this photo?"))
    await presses_what(lost, SHOW, estate.staff_chat, await photo_card(estate))
    await estate.settled()
    assert await site.photo() == ""
    await photo_card(estate, "Nobody else sees it")


async def test_nobody_answers_for_another(site: Site) -> None:
    estate, mei = site.estate, site.estate.resident
    await with_photo(estate)
    await chooses(estate)
    await releases(estate)
    await shows(mei, "May we show this photo?")
    bo = await estate.newcomer("Bo")
    part = (await estate.rows("SELECT part FROM photo_consents"))[0]["part"]
    hello = await newest(bo, lambda _each: True, "anything")
    await bo.forges(hello, f"sp:{part}:yes")
    await estate.settled()
    assert await estate.rows("SELECT answer FROM photo_consents") == [{"answer": None}]
    assert await site.photo() == ""


async def test_after_a_stop_what_should_not_be_there_goes_and_what_is_missing_comes(site: Site) -> None:
    estate, mei = site.estate, site.estate.resident
    await with_photo(estate)
    await chooses(estate)
    await presses_what(mei, YES, message=await shows(mei, "May we show this photo?"))
    await releases(estate)
    name = (await until(site.photo, "the photo")).rpartition("/")[2]
    await estate.stop()
    folder = site.media / FOLDER
    page_files.remove(folder, name)
    page_files.keep(folder, page_files.name(1, 999, "forgotten"), PNG)
    await estate.start()

    async def as_it_should() -> bool:
        return page_files.names(folder) == [name]

    await until(as_it_should, "the files to be as they should")


async def test_with_the_question_others_see_how_it_was_until_its_maker_says_no(site: Site) -> None:
    estate, mei = site.estate, site.estate.resident
    card = await with_photo(estate)
    bo = await estate.newcomer("Bo")
    await estate.report(by=bo)
    await chooses(estate)
    await presses_what(mei, YES, message=await shows(mei, "May we show this photo?"))
    await estate.settled()

    def deliver(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        bundling.add(tx, wei, 1, 2)
        stages.move(tx, wei, 1, Step.DELIVER)
        delivering.deliver(tx, wei, 1, [NewPart("text", "Both lifts run again")])

    await estate.bot.database.run(deliver)
    await shows(bo, "Both lifts run again")
    copy = await shows(bo, "This is how it was before.")
    await shows(mei, "Both lifts run again")
    await estate.settled()
    seen = [written(each) for each in await mei.world.chat_messages(mei.id)]
    assert not any("This is how it was before." in each for each in seen), "who made it knows how it was"
    await presses_what(mei, NO, message=await now(mei, card))

    async def gone() -> bool:
        return copy["message_id"] not in [each["message_id"] for each in await bo.world.chat_messages(bo.id)]

    await until(gone, "the copy to be deleted")


async def test_in_chinese_the_question_and_the_card_are_chinese(site: Site) -> None:
    estate = site.estate
    ling = await estate.newcomer("Ling", "zh-hans")
    await ling.sends_photo(PNG, "电梯又坏了")
    await presses_send(ling)
    await estate.settled()

    def bundle(tx: Transaction) -> None:
        wei = people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        project = making.make(tx, estate.bot.setup.community, wei, "电梯", None, [wei.id], public=True)
        bundling.add(tx, wei, project.id, 1)

    await estate.bot.database.run(bundle)
    await chooses(estate)
    question = await shows(ling, "这张照片可以公开展示吗")
    await presses_what(ling, YES, message=question)
    await shows(ling, "您的照片可以给其他人看")
