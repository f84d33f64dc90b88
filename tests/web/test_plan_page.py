"""The page of the plan: what a visitor finds, what nobody may learn from it, and how it is kept and handed out."""

import re
from collections.abc import Mapping
from dataclasses import replace

from domain.community import Community, ReportsShown
from domain.estate_plan.spots import Size, Spot
from services.estate_plan import links, pictures, placing
from services.estate_plan.pictures import NewPicture
from services.reports import steering, submitting
from storage.core.database import Transaction
from storage.reports.reports import NewPart
from tests.support import person
from tests.web import plans, public_reports
from tests.web.conftest import Hall, another_hall
from tests.web.test_board_form import Sound
from web.page_cache import PageCache


def place(page: str, code: str) -> str:
    """The dots of an area; empty when it has none."""
    found = re.search(rf'<svg x="[\d.]+%" y="[\d.]+%">\s*<a href="#at-{code}".*?</svg>', page, re.DOTALL)
    return found[0] if found else ""


def dots(page: str, code: str) -> list[tuple[str, str]]:
    """The shapes at an area, each with the letter in it."""
    return re.findall(r'<g class="dot (\w+)">.*?<text y="[\d.]+">(.)</text>', place(page, code), re.DOTALL)


async def lively(hall: Hall) -> Community:
    """A plan with something of everything."""
    hall.plan.cache = PageCache(0, 0)
    community = hall.setup.community
    await hall.run(lambda tx: plans.lively(tx, community, hall.wei))
    return community


async def test_each_area_has_a_dot_for_each_state_with_shape_letter_and_number(hall: Hall) -> None:
    await lively(hall)
    page = await hall.sees("/plan")
    assert dots(page, "b3") == [("open", "O"), ("in_progress", "P"), ("not_confirmed", "S"), ("fixed", "F")]
    assert dots(page, "market") == [("open", "O"), ("fixed", "F")]
    assert re.findall(r'<g class="many">.*?<text[^>]*>(\S+)</text>', place(page, "garden")) == ["13"]
    assert 'aria-label="Garden and playground: Open: 13, Fixed: 1"' in page, "the same in words"
    chinese = await hall.sees("/plan?lang=zh-Hans")
    assert dots(chinese, "b3") == [("open", "待"), ("in_progress", "办"), ("not_confirmed", "确"), ("fixed", "解")]
    assert "MARKER" not in page + chinese, "nobody's words or name"


async def test_the_list_says_what_the_dots_say_and_leads_on(hall: Hall) -> None:
    await lively(hall)
    page = await hall.sees("/plan?lang=en")
    garden = re.search(r'<section class="place" id="at-garden">.*?</section>', page, re.DOTALL)
    assert garden and garden[0].count("<li>") == 5 and "and 9 more" in garden[0]
    assert 'href="/reports?area=garden&amp;lang=en"' in garden[0]
    below = page.partition("Places that are not on the plan")[2]
    assert [name for name in ("South side", "Car park", "Elsewhere") if name in below] == [
        "South side",
        "Car park",
        "Elsewhere",
    ]
    for address in re.findall(r'href="(/reports[^"]*)"', page):
        await hall.sees(address.replace("&amp;", "&"))


async def test_nothing_that_was_not_released_is_counted(hall: Hall) -> None:
    """Neither a report nobody released, nor one that is about a person by now, makes a dot or a number."""
    community = await lively(hall)
    before = await hall.sees("/plan")

    def more(tx: Transaction) -> int:
        who = person(tx, "MARKERNAME")
        submitting.submit(tx, community, who, submitting.NewReport([NewPart("text", "Dark")], area="b2"))
        number, _ = public_reports.report(tx, community, hall.wei, "A bench is broken", area="b2")
        return number

    number = await hall.run(more)
    assert dots(await hall.sees("/plan"), "b2") == [("open", "O")] and not re.search(
        "many", place(await hall.sees("/plan"), "b2")
    )
    await hall.run(lambda tx: steering.mark_personal(tx, hall.wei, number, True))
    assert dots(await hall.sees("/plan"), "b2") == []
    assert plain(await hall.sees("/plan")) == plain(before)


def plain(page: str) -> str:
    """What is read, without the form and the moment."""
    return " ".join(re.sub("<[^>]*>", " ", page).split()).partition("Read on")[0]


async def test_where_few_live_the_dot_stands_at_the_quarter(hall: Hall) -> None:
    community = await lively(hall)
    north = community.areas[0]
    few = replace(north, children=tuple(replace(each, households=4) for each in north.children))
    async with another_hall(hall, replace(community, areas=(few, *community.areas[1:]))) as other:
        page = await other.sees("/plan")
        assert dots(page, "b3") == dots(page, "b1") == [] and len(dots(page, "north")) == 4
        assert "Building 3" not in page


async def test_while_reports_are_not_public_there_is_no_plan(hall: Hall) -> None:
    community = await lively(hall)
    async with another_hall(
        hall, replace(community, public=replace(community.public, reports=ReportsShown.OFF))
    ) as other:
        for path in ("/plan", "/plan/picture"):
            status, page = await other.get(path)
            assert status == 404 and "There is no plan to look at" in page


async def test_without_a_picture_the_list_alone_is_there(hall: Hall) -> None:
    community = hall.setup.community
    assert "There is no picture of the plan yet" in await hall.sees("/plan")
    assert "that the staff have released" in await hall.sees("/plan")
    await hall.run(lambda tx: plans.report(tx, community, hall.wei, "A lamp is dark", "garden"))
    page = await hall.sees("/plan")
    assert "A lamp is dark" in page and '<img src="/plan' not in page
    assert (await hall.get("/plan/picture"))[0] == 404


async def test_what_changes_is_on_the_next_look(hall: Hall) -> None:
    community = hall.setup.community
    await hall.run(lambda tx: plans.picture(tx, community))
    await hall.run(lambda tx: plans.report(tx, community, hall.wei, "A lamp is dark", "garden"))
    assert dots(await hall.sees("/plan"), "garden") == []
    admin = await hall.run(plans.admin)
    await hall.run(lambda tx: placing.place(tx, community, admin, "garden", Spot(10, 10)))
    page = await hall.sees("/plan")
    assert dots(page, "garden") == [("open", "O")] and 'x="10.0%"' in page
    new = NewPicture(b"\x89PNG\r\n\x1a\n", "image/png", Size(1600, 1200), "1" * 64)
    await hall.run(lambda tx: pictures.keep(tx, new, from_file=False, actor=None))
    assert 'src="/plan/picture?111111111111"' in await hall.sees("/plan")


async def test_it_is_handed_out_as_the_board_is(hall: Hall) -> None:
    await lively(hall)
    board = await head(hall, "/board")
    for path in ("/plan", "/plan/picture"):
        given = await head(hall, path)
        names = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control", "Vary")
        assert {name: given[name] for name in names} == {name: board[name] for name in names}
        status, body = await hall.get(path, **{"If-None-Match": given["ETag"]})
        assert (status, body) == (304, "")
    style = re.search(r'href="(/plan/plan\.css\?\w+)"', await hall.sees("/plan"))
    assert style and "immutable" in (await head(hall, style[1]))["Cache-Control"]
    assert (await hall.get("/plan/"))[0] == 307
    assert (await hall.get("/plan?lang=xx"))[0] == 400
    async with hall.session.post(hall.address + "/plan") as response:
        assert response.status == 405


async def head(hall: Hall, path: str) -> Mapping[str, str]:
    """How something is handed out."""
    async with hall.session.get(hall.address + path) as response:
        assert response.status == 200
        return response.headers


async def test_the_pages_that_need_a_link_are_sound_too(hall: Hall) -> None:
    community = await lively(hall)
    admin = await hall.run(plans.admin)
    code = await hall.run(lambda tx: links.make(tx, admin))
    door = await hall.sees(f"/plan/placing/{code}")
    session = await hall.run(lambda tx: links.begin(tx, code))
    cookie = {"Cookie": f"plan={session}"}
    paths = (
        "/plan/placing",
        "/plan/placing?area=garden",
        "/plan/placing?said=outside&area=parking",
        "/plan/placing?area=x&of=y",
    )
    found = [door, *[await hall.sees(path, **cookie) for path in paths], (await hall.get("/plan/placing"))[1]]
    for page in found:
        sound = Sound(page)
        assert sound.wrong == [] and sound.tags["h1"] == sound.tags["main"] == 1
    assert len(list(community.all_areas())) > found[1].count("<li"), "a stairwell is not offered"
