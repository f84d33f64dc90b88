"""The pages of reports: what a visitor finds, by which address, and what is said when it is not there."""

import re
from dataclasses import replace

from domain.community import PublicPages, ReportsShown
from domain.reports.reports import State
from services.public_reports import releasing
from services.reports import working
from storage.core import page_files
from storage.core.database import Transaction
from storage.public_reports import entries
from tests.services.reporting import stands
from tests.support import person
from tests.web import public_reports as public
from tests.web.conftest import Hall, another_hall
from web.page_cache import PageCache


def codes(page: str) -> list[str]:
    """The reports on a page, in order."""
    return re.findall(r'<article class="card" id="([a-z0-9]{8})"', page)


def plain(page: str) -> str:
    """What is read, without the form."""
    return " ".join(re.sub("<[^>]*>", " ", page).split())


def links(page: str) -> list[str]:
    """All addresses a page leads to."""
    return [each.replace("&amp;", "&") for each in re.findall(r'<a [^>]*?href="([^"]+)"', page)]


async def test_without_reports_it_says_so(hall: Hall) -> None:
    assert "Nothing is on this page yet." in await hall.sees("/reports")
    assert "还没有" in await hall.sees("/reports?lang=zh-Hans")


async def test_a_report_says_where_it_is_and_how_it_stands(hall: Hall) -> None:
    community = hall.setup.community
    number, code = await hall.run(lambda tx: public.report(tx, community, hall.wei, "The lamp by gate 2\n二号门的路灯"))
    hall.clock.advance(days=3)
    hall.reports.cache = PageCache(0, 0)
    for path in ("/reports", f"/reports/{code}"):
        page = plain(await hall.sees(path))
        for text in ("The lamp by gate 2", "Open", "Lighting", "North side, Building 3", "3 days so far"):
            assert text in page, (path, text)
        chinese = plain(await hall.sees(f"{path}?lang=zh-Hans"))
        assert "二号门的路灯" in chinese and "北区3号楼" in chinese and "The lamp" not in chinese
    await hall.run(lambda tx: working.take(tx, community, hall.wei, number))
    assert "In progress" in plain(await hall.sees(f"/reports/{code}"))


async def test_each_state_in_plain_words(hall: Hall) -> None:
    made = await hall.run(lambda tx: public.in_every_state(tx, hall.setup.community, hall.wei))
    said = {
        "open": "Open",
        "progress": "In progress",
        "said": "Said to be fixed, not confirmed",
        "fixed": "Fixed",
        "declined": "Will not be done",
    }
    for state, code in made.items():
        assert said[state] in plain(await hall.sees(f"/reports/{code}"))
    reason = hall.setup.community.reasons[0].name.in_("en")
    assert f"Why: {reason}" in plain(await hall.sees(f"/reports/{made['declined']}")), "and for which kind of reason"


async def test_plain_links_narrow_it_and_lead_only_to_what_there_is(hall: Hall) -> None:
    community = hall.setup.community

    def more(tx: Transaction) -> tuple[str, str, str]:
        lamp = public.report(tx, community, hall.wei)
        road = public.report(tx, community, hall.wei, "A hole in the way", area="garden", category="roads")
        lift = public.report(tx, community, hall.wei, "The lift of the quarter", area="north", category=None)
        working.take(tx, community, hall.wei, road[0])
        return lamp[1], road[1], lift[1]

    lamp, road, lift = await hall.run(more)
    every = await hall.sees("/reports")
    assert codes(every) == [lift, road, lamp]
    assert "/reports?area=north" in links(every) and "/reports?area=south" not in links(every)
    assert "/reports?category=roads" in links(every) and "/reports?category=noise" not in links(every)
    north = await hall.sees("/reports?area=north")
    assert codes(north) == [lift, lamp] and "/reports?area=b3" in links(north)
    assert codes(await hall.sees("/reports?area=b3")) == [lamp]
    assert codes(await hall.sees("/reports?category=roads")) == [road]
    assert codes(await hall.sees("/reports?state=in_progress")) == [road]
    assert codes(await hall.sees("/reports?area=north&category=lighting&state=open")) == [lamp]
    assert "There is no such report." in await hall.sees("/reports?area=north&state=fixed")
    for path in links(north):
        if path.startswith("/reports"):
            assert (await hall.get(path))[0] == 200, path


async def test_wrong_questions_are_said(hall: Hall) -> None:
    wrong = ("area=moon", "area=b3-1", "category=noise", "category=x", "state=lost", "after=1",
             "after=2026-13-01.aaaaaaaa", "lang=tlh")  # fmt: skip
    for query in wrong:
        status, page = await hall.get(f"/reports?{query}")
        assert status == 400 and "This address is not quite right" in page, query
    for path in (
        "/reports/12",
        "/reports/aaaaaaaa",
        "/reports/AAAAAAAA",
        "/reports/aaaaaaaa/page.svg",
        "/reports/photos/x",
    ):
        status, page = await hall.get(path)
        assert status == 404 and "All reports" in page, path
    assert (await hall.get("/reports?after=2026-03-02.aaaaaaaa&unknown=1"))[0] == 200


async def test_fifty_on_a_page_and_the_next_ones_behind(hall: Hall) -> None:
    community = hall.setup.community

    def many(tx: Transaction) -> list[str]:
        ann = person(tx, "Ann")
        return [public.report(tx, community, hall.wei, who=ann)[1] for _ in range(120)]

    made = await hall.run(many)
    seen: list[str] = []
    path: str | None = "/reports"
    sizes = []
    while path:
        page = await hall.sees(path)
        sizes.append(len(codes(page)))
        seen += codes(page)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        path = found[1].replace("&amp;", "&") if found else None
    assert sizes == [50, 50, 20] and seen == made[::-1]
    assert "120 reports" in await hall.sees("/reports")


async def test_what_changed_last_comes_first(hall: Hall) -> None:
    community = hall.setup.community
    first, code = await hall.run(lambda tx: public.report(tx, community, hall.wei))
    _, other = await hall.run(lambda tx: public.report(tx, community, hall.wei))
    assert codes(await hall.sees("/reports")) == [other, code]
    hall.clock.advance(days=1)
    await hall.run(lambda tx: working.take(tx, community, hall.wei, first))
    assert codes(await hall.sees("/reports")) == [code, other]


async def test_what_is_taken_off_is_gone_at_the_next_look(hall: Hall) -> None:
    community = hall.setup.community
    number, code = await hall.run(lambda tx: public.report(tx, community, hall.wei))
    assert code in await hall.sees("/reports") and code in await hall.sees("/reports.atom")
    await hall.run(lambda tx: releasing.take_off(tx, hall.wei, number))
    assert code not in await hall.sees("/reports") and code not in await hall.sees("/reports.atom")
    assert (await hall.get(f"/reports/{code}"))[0] == 404


async def test_a_state_nobody_knows_is_shown_nowhere(hall: Hall) -> None:
    number, code = await hall.run(lambda tx: public.report(tx, hall.setup.community, hall.wei))
    await hall.run(lambda tx: stands(tx, number, State.CLOSED))
    assert code not in await hall.sees("/reports") and (await hall.get(f"/reports/{code}"))[0] == 404


async def test_where_the_community_shows_none_there_is_nothing(hall: Hall) -> None:
    """And what was released before comes back with the setting, as it stands then."""
    _, code = await hall.run(lambda tx: public.report(tx, hall.setup.community, hall.wei))
    off = replace(hall.setup.community, public=PublicPages(reports=ReportsShown.OFF))
    async with another_hall(hall, off) as dark:
        for path in ("/reports", "/reports/", f"/reports/{code}", "/reports.atom", "/reports?area=north"):
            status, page = await dark.get(path)
            assert status in (307, 404) and code not in page.replace(path, ""), path
    assert code in await hall.sees("/reports")


async def test_a_sheet_of_paper_has_a_code_that_opens_the_page(hall: Hall) -> None:
    _, code = await hall.run(lambda tx: public.report(tx, hall.setup.community, hall.wei))
    hall.reports.address = None
    page = await hall.sees(f"/reports/{code}")
    assert f'src="/reports/{code}/page.svg"' not in page, "nobody has said where the pages are"
    hall.reports.address = "https://voices.example.org"
    hall.reports.cache.forget()
    page = await hall.sees(f"/reports/{code}")
    assert f'src="/reports/{code}/page.svg"' in page and f"voices.example.org/reports/{code}" in page
    assert "<svg" in await hall.sees(f"/reports/{code}/page.svg")


async def test_photos_stand_there_once_their_files_have_come(hall: Hall) -> None:
    community = hall.setup.community

    def made(tx: Transaction) -> tuple[str, str]:
        ann = person(tx, "Ann")
        number, code = public.report(tx, community, hall.wei, who=ann)
        photo = public.residents_photo(tx, community, hall.wei, number, ann)
        assert entries.code_of(tx, number) == code
        return code, page_files.name(photo.id, photo.id, photo.file_id)

    code, name = await hall.run(made)
    assert name not in await hall.sees(f"/reports/{code}")
    hall.puts_report_photo(name)
    hall.reports.cache.forget()
    for path in ("/reports", f"/reports/{code}"):
        assert f'src="/reports/photos/{name}"' in await hall.sees(path)
    titles = replace(community, public=PublicPages(reports=ReportsShown.TITLES))
    async with another_hall(hall, titles) as plainer:
        assert name not in (await plainer.get(f"/reports/{code}"))[1]
        assert (await plainer.get(f"/reports/photos/{name}"))[0] == 404
