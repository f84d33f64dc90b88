"""The plan of the neighbourhood: an admin sends its picture and places areas by taps; everybody sees what is where."""

import io
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from PIL import Image

from bot.community.community_file import EXAMPLE
from domain.people.rights import Role
from sandbox.client import Person, World, written
from services.public_reports import releasing
from storage.core.backup import back_up
from storage.core.database import Transaction
from storage.people import people
from tests.e2e.conftest import Estate, Start, estate_in
from tests.e2e.reading import presses_what, shows, until
from tests.support import free_port

PICTURE, PLACE, REMOVE, YES = "mp:picture", "mp:place", "mp:remove", "mp:yes"
ASKED, TAKEN = "send me the picture", "The plan has its picture"


def drawn(width: int = 800, height: int = 600, kind: str = "PNG") -> bytes:
    """A file with a picture."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), (226, 236, 212)).save(content, kind)
    return content.getvalue()


class Site:
    """A neighbourhood whose pages are public, an admin with a browser, and a visitor with another."""

    def __init__(self, estate: Estate, admin: aiohttp.ClientSession, visitor: aiohttp.ClientSession, port: int) -> None:
        self.estate, self.admin, self.visitor, self.address = estate, admin, visitor, f"http://127.0.0.1:{port}"

    async def page(self, path: str = "/plan", status: int = 200) -> str:
        """What a visitor sees."""
        async with self.visitor.get(self.address + path) as response:
            assert response.status == status, await response.text()
            return await response.text()

    async def page_now(self) -> str:
        """The same, as a visitor sees it who comes later than those for whom it is kept."""
        assert self.estate.bot.pages is not None
        self.estate.bot.pages.plan.cache.forget()
        return await self.page()

    async def status(self, path: str, session: aiohttp.ClientSession) -> int:
        """Whether somebody gets what is there."""
        async with session.get(self.address + path) as response:
            return response.status

    async def sees(self, path: str = "/plan/placing", status: int = 200) -> str:
        """What the admin sees."""
        async with self.admin.get(self.address + path) as response:
            assert response.status == status, await response.text()
            return await response.text()

    async def sends(self, status: int = 200, path: str = "/plan/placing", **fields: str) -> str:
        """The admin sends a form, and sees what comes of it."""
        async with self.admin.post(self.address + path, data=fields) as response:
            assert response.status == status, await response.text()
            return await response.text()

    async def taps(self, place: str, x: int, y: int, width: int = 320, **more: str) -> str:
        """The admin taps on the plan."""
        found = re.search(r'name="picture" value="(\w+)"', await self.sees(f"/plan/placing?area={place}"))
        assert found
        fields = {"area": place, "picture": found[1], "width": str(width), "tap.x": str(x), "tap.y": str(y)}
        return await self.sends(**{**fields, **more})

    async def link(self) -> str:
        """The way to the page where areas are placed, as the bot sends it."""
        wei = self.estate.staff
        await presses_what(wei, PLACE)
        told = await shows(wei, "works once, within an hour")
        return next(each["url"] for each in told["entities"] if each["type"] == "text_link").removeprefix(self.address)

    async def enters(self) -> str:
        """The admin opens a new link, and presses the button behind it; returns the link."""
        link = await self.link()
        assert "<button" in await self.sees(link)
        assert "All areas" in await self.sends(path=link)
        return link


@pytest.fixture
async def site(world: World, start_bot: Start) -> AsyncIterator[Site]:
    port = free_port()
    settings = {"web_port": port, "web_url": f"http://127.0.0.1:{port}"}
    async with (
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as admin,
        aiohttp.ClientSession() as visitor,
        estate_in(world, start_bot, **settings) as estate,
    ):
        yield Site(estate, admin, visitor, port)
        await estate.nothing_broke()


async def sends_picture(who: Person, content: bytes, name: str = "plan.png", kind: str = "document") -> None:
    """An admin is asked for the picture, and sends a file."""
    await who.says("/plan")
    await presses_what(who, PICTURE, message=await shows(who, "The plan of the neighbourhood"))
    await shows(who, ASKED)
    await who.sends(kind, content, name=name)


async def released(estate: Estate, area: str, title: str, words: str) -> int:
    """A resident reports something there, and staff release it by a title of theirs."""
    before = len(await estate.rows("SELECT id FROM reports"))
    await estate.report(words)
    number = await until(lambda: _number(estate, before), "the report")

    def release(tx: Transaction) -> None:
        community, wei = estate.bot.setup.community, people.by_telegram_id(tx, estate.staff.id)
        assert wei is not None
        tx.execute("UPDATE reports SET area = ? WHERE id = ?", (area, number))
        made = releasing.write(tx, community, wei, number, title)
        releasing.release(tx, community, wei, number, made.id)

    await estate.bot.database.run(release)
    return number


async def _number(estate: Estate, before: int) -> int | None:
    rows = await estate.rows("SELECT id FROM reports ORDER BY id")
    return int(rows[-1]["id"]) if len(rows) > before else None


async def test_from_a_picture_to_the_page(site: Site) -> None:
    """The whole way: a file, a link, taps, and what everybody sees then."""
    estate, wei = site.estate, site.estate.staff
    assert "There is no picture of the plan yet" in await site.page()
    await sends_picture(wei, drawn())
    told = await shows(wei, TAKEN)
    assert "choose one, then tap on the plan" in written(told)
    await released(
        estate, "garden", "A swing in the playground is broken", "The seat of the swing is loose, I live in flat 501"
    )
    await released(estate, "parking", "Two bicycles block the way", "Bikes everywhere")
    page = await site.page()
    assert "A swing in the playground is broken" in page and "<svg x=" not in page, "listed below, on no place yet"
    await site.enters()
    page = await site.taps("garden", 160, 60)
    assert "Garden and playground has its place." in page
    assert "Where is Car park?" in page, "the next one is asked for"
    page = await site.page()
    assert '<svg x="50.0%" y="25.0%">' in page and 'href="#at-garden"' in page
    assert "Places that are not on the plan" in page and "Two bicycles block the way" in page
    assert "501" not in page and "seat" not in page and "Mei" not in page and "Wei" not in page
    async with site.visitor.get(f"{site.address}/plan/picture") as response:
        assert response.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(await response.read())).size == (800, 600)
    await site.sends(done="1")
    await site.sees(status=403)


async def test_dots_follow_what_becomes_of_reports(site: Site) -> None:
    estate, wei = site.estate, site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    await site.enters()
    await site.taps("garden", 160, 60)
    number = await released(estate, "garden", "A swing is broken", "The swing broke")
    assert 'class="dot open"' in (await site.page()).partition('class="dots"')[2]
    await estate.resolves("A new swing hangs there", number)
    page = (await site.page()).partition('class="dots"')[2]
    assert 'class="dot not_confirmed"' in page and 'class="dot fixed"' not in page, "staff say so, and nobody else yet"
    await estate.world.advance(days=25)
    await estate.hears_the_clock()
    assert "A swing is broken" in await site.page_now()
    await estate.world.advance(days=10)
    await estate.hears_the_clock()
    assert "A swing is broken" not in await site.page_now(), "it was fixed long ago"


async def test_one_about_a_person_is_on_no_plan(site: Site) -> None:
    """Released, and then marked: it is gone at the next look, and no dot counts it."""
    estate = site.estate
    number = await released(estate, "garden", "Bins are overflowing", "The bins by the slide overflow")
    assert "Bins are" in await site.page()
    await estate.bot.database.run(lambda tx: tx.execute("UPDATE reports SET about_person = 1 WHERE id = ?", (number,)))
    page = await site.page_now()
    assert "Bins are" not in page and "Garden" not in page


REFUSED = [
    (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "plan.svg", "This is an SVG file"),
    (b"%PDF-1.7 and so on", "plan.pdf", "This is a PDF"),
    (b"\0\0\0\x18ftypheic and so on", "plan.heic", "This is a HEIC or AVIF file"),
    (b"words and no picture", "plan.txt", "no PNG, JPEG or WebP picture"),
    (drawn()[:60], "plan.png", "damaged, or was cut off"),
    (drawn(150, 150), "plan.png", "too small to be read"),
    (drawn(1600, 210), "plan.png", "more than five times as long"),
    (drawn(8_001, 5_000), "plan.png", "too large to be opened safely"),
]


async def test_what_cannot_be_the_picture_is_refused_with_its_reason(site: Site) -> None:
    wei = site.estate.staff
    for content, name, why in REFUSED:
        await sends_picture(wei, content, name)
        told = await shows(wei, why)
        assert "The plan is as it was." in written(told)
    await sends_picture(wei, drawn() + bytes(21 * 1024 * 1024))
    await shows(wei, "larger than 20 MB")
    assert await site.estate.rows("SELECT 1 FROM plan_pictures") == []
    await wei.says("the plan hangs at the gate")
    await shows(wei, "This is not a picture")
    await wei.sends("photo", drawn(kind="JPEG"), name="photo.jpg")
    await shows(wei, TAKEN)


async def test_only_admins_are_asked_for_a_picture(site: Site) -> None:
    estate = site.estate
    mei, staff = estate.resident, await estate.colleague("Bao", Role.STAFF)
    for who in (mei, staff):
        await who.says("/plan")
        await shows(who, "There is no plan to look at")
    await sends_picture(estate.staff, drawn())
    await shows(estate.staff, TAKEN)
    for who in (mei, staff):
        await who.says("/plan")
        told = await shows(who, "The plan shows where")
        assert [each["url"] for each in told["entities"] if each["type"] == "text_link"] == [f"{site.address}/plan"]
        for pressed in (PICTURE, PLACE, REMOVE, YES):
            press = await who.forges(told, pressed)
            assert "You cannot do that" in (await who.popup(press))["text"]
    assert "<img" in await site.page()


async def test_a_link_works_once_and_only_for_its_admin(site: Site) -> None:
    wei = site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    link = await site.enters()
    for path in (link, "/plan/placing", "/plan/placing/picture", "/plan/placing/nothing"):
        assert "no longer valid" in await site.page(path, 403), "another browser"
    assert await site.status("/plan/placing/picture", site.admin) == 200
    async with site.visitor.post(f"{site.address}{link}") as response:
        assert response.status == 403, "it was opened before"
    async with site.visitor.post(f"{site.address}/plan/placing", data={"area": "garden"}) as response:
        assert response.status == 403
    await site.estate.lose_role(wei, Role.ADMIN)
    assert "no longer valid" in await site.sees(status=403), "an admin no more"


async def test_forged_and_repeated_forms_do_no_harm(site: Site) -> None:
    estate, wei = site.estate, site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    await site.enters()
    outside = "That was not on the plan"
    for x, y, width in ((321, 5, 320), (5, 241, 320), (5, 5, 7), (0, 0, 320)):
        assert outside in await site.taps("garden", x, y, width)
    for forged in (
        {"tap.x": "-5"},
        {"tap.x": "1e9"},
        {"tap.x": "٣"},
        {"tap.y": ""},
        {"left": "nan"},
        {"left": "1", "top": "101"},
    ):
        assert outside in await site.taps("garden", 5, 5, **forged)
    assert "not there any more" in await site.taps("garden", 5, 5, area="nowhere")
    assert "another picture by now" in await site.taps("garden", 5, 5, picture="0" * 64)
    assert await estate.rows("SELECT * FROM plan_spots") == []
    for _ in range(2):
        assert "has its place" in await site.taps("garden", 80, 60)
    assert "has its place" in await site.taps("garden", 0, 0, left="12,5", top="50")
    assert await estate.rows("SELECT area, x, y FROM plan_spots") == [{"area": "garden", "x": 12.5, "y": 50.0}]
    for _ in range(2):
        assert "has no place any more" in await site.sends(remove="garden")
    assert await estate.rows("SELECT * FROM plan_spots") == []
    placed = await estate.rows(
        "SELECT count(*) AS n FROM events WHERE kind IN ('plan.area_placed', 'plan.area_removed')"
    )
    assert placed == [{"n": 3}], "what changed nothing is no event"


async def test_huge_slow_and_senseless_bodies_are_turned_away(site: Site) -> None:
    wei = site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    await site.enters()
    await site.sends(413, area="x" * 3_000)
    for content, status in ((b"\xff\xfe", 400), (b"&".join(b"a%d=b" % number for number in range(20)), 400)):
        async with site.admin.post(f"{site.address}/plan/placing", data=content) as response:
            assert response.status == status
    async with site.admin.put(f"{site.address}/plan/placing", data=b"x") as response:
        assert response.status == 405


async def test_another_picture_while_areas_are_placed(site: Site) -> None:
    """One of the same shape keeps what was placed; another shape asks for everything anew."""
    wei = site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    await site.enters()
    await site.taps("garden", 160, 60)
    await sends_picture(wei, drawn(1200, 900))
    assert "the areas stay where they are" in written(await shows(wei, "shape of the one before"))
    assert "50 percent from the left" in await site.sees()
    await sends_picture(wei, drawn(600, 800))
    await until(lambda: has_shape(site, 600, 800), "the third picture")
    assert "percent from the left, " not in await site.sees()


async def has_shape(site: Site, width: int, height: int) -> bool:
    shown = await site.estate.rows("SELECT width, height FROM plan_pictures WHERE content IS NOT NULL")
    return shown == [{"width": width, "height": height}]


async def test_the_plan_is_taken_down(site: Site) -> None:
    wei = site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    await wei.says("/plan")
    menu = await shows(wei, "It has a picture")
    await presses_what(wei, REMOVE, message=menu)
    await shows(wei, "Take the plan down?")
    await presses_what(wei, YES, message=menu)
    await until(lambda: taken_down(site), "the plan to be taken down")
    assert await site.status("/plan/picture", site.visitor) == 404
    assert "There is no picture of the plan yet" in await site.page()


async def taken_down(site: Site) -> bool:
    return await site.estate.rows("SELECT 1 FROM plan_pictures WHERE content IS NOT NULL") == []


async def test_an_album_and_a_changed_picture_are_no_second_plan(site: Site) -> None:
    wei = site.estate.staff
    await wei.says("/plan")
    await presses_what(wei, PICTURE)
    await shows(wei, ASKED)
    await wei.sends_album(("photo", drawn(kind="JPEG")), ("photo", drawn(700, 500, "JPEG")))
    await shows(wei, TAKEN)
    await shows(wei, "The plan is one picture")
    assert len(await site.estate.rows("SELECT 1 FROM plan_pictures")) == 1
    assert await site.estate.rows("SELECT 1 FROM reports") == [], "and no report"


async def test_the_community_file_names_picture_and_places(world: World, start_bot: Start, tmp_path: Path) -> None:
    """Looked at at each start: taken once, anew when it is another one, and admins read what is wrong with it."""
    port, file = free_port(), tmp_path / "community.toml"
    told = '[plan]\npicture = "plan.png"\n[plan.places]\ngarden = [50, 25]\n'
    file.write_text(EXAMPLE.read_text("utf-8") + told, "utf-8")
    (tmp_path / "plan.png").write_bytes(drawn())
    settings = {"web_port": port, "web_url": f"http://127.0.0.1:{port}", "community": file}
    async with aiohttp.ClientSession() as visitor, estate_in(world, start_bot, **settings) as estate:
        site, wei = Site(estate, visitor, visitor, port), estate.staff
        await until(lambda: has_shape(site, 800, 600), "the picture")
        await wei.says("/plan")
        menu = await shows(wei, "The picture comes from the community file.", "1 area has its place")
        press = await wei.forges(menu, PICTURE)
        assert "The picture comes from the community file" in (await wei.popup(press))["text"]
        await estate.stop()
        (tmp_path / "plan.png").write_bytes(drawn(1200, 900))
        await estate.start()
        await until(lambda: has_shape(site, 1200, 900), "the other picture")
        await estate.stop()
        (tmp_path / "plan.png").write_bytes(b"<svg><script>alert(1)</script></svg>")
        await estate.start()
        await shows(wei, "names plan.png as the picture of the plan", "This is an SVG file")
        assert await has_shape(site, 1200, 900), "the one before is still shown"
        await estate.stop()
        (tmp_path / "plan.png").unlink()
        await estate.start()
        await shows(wei, "names plan.png as the picture of the plan", "It cannot be read")
        await estate.nothing_broke()


async def test_backups_hold_the_picture_and_its_places(site: Site, tmp_path: Path) -> None:
    wei = site.estate.staff
    await sends_picture(wei, drawn())
    await shows(wei, TAKEN)
    await site.enters()
    await site.taps("garden", 160, 60)
    copy = back_up(site.estate.bot.database.path, tmp_path / "copies", "manual")
    with closing(sqlite3.connect(copy)) as kept:
        ((content,),) = kept.execute("SELECT content FROM plan_pictures").fetchall()
        assert kept.execute("SELECT area, x, y FROM plan_spots").fetchall() == [("garden", 50.0, 25.0)]
    assert Image.open(io.BytesIO(content)).size == (800, 600)
