"""The pages of projects: what a visitor finds, by which address, in which language, and what is said when it is not."""

import re
from dataclasses import replace
from datetime import date

import pytest

from domain.broadcasts.broadcasts import State
from domain.calendar.deadlines import Deadline
from domain.people.rights import Role
from domain.projects.disclosure import Answers, Published
from domain.projects.photos import Moment
from domain.projects.projects import Step
from services.broadcasts import broadcasting
from services.projects import making, milestones, stages
from storage.broadcasts import broadcasts
from storage.core import page_files
from storage.core.database import Transaction
from storage.projects import figures
from storage.reports.reports import NewPart
from tests.support import person
from tests.web import public_projects as public
from tests.web.conftest import Hall


def numbers(page: str) -> list[int]:
    """The projects on a page, in order."""
    return [int(each) for each in re.findall(r'<article class="card" id="p(\d+)"', page)]


def plain(page: str) -> str:
    """What is read, without the form."""
    return " ".join(re.sub("<[^>]*>", " ", page).split())


async def test_where_nobody_has_said_where_it_is_the_page_says_nothing_of_it(hall: Hall) -> None:
    number = await hall.run(lambda tx: public.project(tx, hall.setup.community, hall.wei, areas=()))
    for path in ("/projects", f"/projects/{number}"):
        page = plain(await hall.sees(path))
        assert "Project lead" in page and "Where" not in page and "whole community" not in page


@pytest.fixture
async def lift(hall: Hall) -> int:
    return await hall.run(lambda tx: public.project(tx, hall.setup.community, hall.wei))


async def test_without_projects_it_says_so(hall: Hall) -> None:
    assert "There is no public project at the moment." in await hall.sees("/projects")
    assert 'href="/projects"' in await hall.sees("/board"), "the board leads there"


async def test_a_project_says_what_it_is_for_and_how_far_it_is(hall: Hall, lift: int) -> None:
    community = hall.setup.community

    def live(tx: Transaction) -> None:
        tested = public.milestone(tx, community, hall.wei, lift, "The maker has looked at it", date(2026, 3, 4))
        part = public.milestone(tx, community, hall.wei, lift, "The spare part is here", date(2026, 3, 10))
        public.milestone(tx, community, hall.wei, lift, "The lift runs", date(2026, 3, 30))
        milestones.reach(tx, hall.wei, tested)
        milestones.move(tx, community, hall.wei, part, date(2026, 3, 20), "It comes from Shenyang")
        stages.move(tx, hall.wei, lift, Step.DELIVER)

    await hall.run(live)
    page = plain(await hall.sees(f"/projects/{lift}"))
    for text in (
        "The lift of building 3", "The lift runs again, also for prams and wheelchairs", "Working on it",
        "Project lead the staff", "North side, Building 3", "The maker has looked at it reached on Monday, 2 March",
        "The spare part is here by Friday, 20 March · moved; it was Tuesday, 10 March It comes from Shenyang",
        "The lift runs by Monday, 30 March", "Last moved on Monday, 2 March",
    ):  # fmt: skip
        assert text in page, text
    listed = plain(await hall.sees("/projects"))
    assert "Next: The spare part is here · by Friday, 20 March" in listed and "1 project" in listed
    steps = re.findall(r'<li class="(\w+)"[^>]*>([^<]+)</li>', await hall.sees(f"/projects/{lift}"))
    assert [code for code, _ in steps if code in ("past", "now", "ahead")] == ["past", "past", "now", "ahead"]
    hall.clock.advance(days=20)
    hall.projects.cache.forget()
    assert "was to be reached by Friday, 20 March" in plain(await hall.sees(f"/projects/{lift}"))


async def test_what_was_given_up_says_why_and_stands_last(hall: Hall, lift: int) -> None:
    other = await hall.run(lambda tx: public.project(tx, hall.setup.community, hall.wei, "Parking on the lawn"))
    assert numbers(await hall.sees("/projects")) == [other, lift]
    await hall.run(lambda tx: stages.give_up(tx, hall.wei, other, "The city says no"))
    assert numbers(await hall.sees("/projects")) == [lift, other]
    page = plain(await hall.sees(f"/projects/{other}"))
    assert "Given up" in page and "Why it goes no further The city says no" in page
    assert 'class="steps"' not in await hall.sees(f"/projects/{other}")


async def test_nothing_moves_is_said_after_fourteen_days(hall: Hall, lift: int) -> None:
    hall.clock.advance(days=13)
    assert "No movement" not in await hall.sees("/projects")
    hall.clock.advance(days=1)
    hall.projects.cache.forget()
    for path in ("/projects", f"/projects/{lift}"):
        assert "No movement since Monday, 2 March" in await hall.sees(path)
    await hall.run(lambda tx: stages.move(tx, hall.wei, lift, Step.DELIBERATE))
    assert "No movement" not in await hall.sees("/projects"), "at once"


async def test_after_how_long_the_community_says(hall: Hall, lift: int) -> None:
    community = hall.setup.community
    care = replace(community.care, nudge_project_after=Deadline.parse("2 days"))
    hall.projects.community = replace(community, care=care)
    hall.clock.advance(days=2)
    assert "No movement since Monday, 2 March" in await hall.sees(f"/projects/{lift}")


async def test_who_leads_is_an_office_and_never_a_name(hall: Hall) -> None:
    community = hall.setup.community
    mei = await hall.run(lambda tx: person(tx, "Mei MARKER", Role.REPRESENTATIVE))
    bo = await hall.run(lambda tx: person(tx, "Bo MARKER", Role.VOLUNTEER))
    for who, office in ((mei, "a resident representative"), (bo, "a volunteer"), (hall.wei, "the staff")):
        number = await hall.run(lambda tx, who=who: public.project(tx, community, hall.wei, led_by=who))
        page = await hall.sees(f"/projects/{number}")
        assert f"Project lead {office} " in plain(page) and "MARKER" not in page and "Wei " not in page


async def test_people_are_a_few_or_rounded_and_answers_only_in_fives(hall: Hall, lift: int) -> None:
    community = hall.setup.community
    assert "Reported by" not in await hall.sees(f"/projects/{lift}")
    await hall.run(lambda tx: public.reported(tx, community, hall.wei, lift, *"ABCD"))
    await hall.run(lambda tx: public.count(tx, community, lift))
    assert "Reported by a few people (counted on Monday, 2 March)" in plain(await hall.sees(f"/projects/{lift}"))
    await hall.run(lambda tx: public.reported(tx, community, hall.wei, lift, *"EFGHI"))
    assert "a few people" in await hall.sees(f"/projects/{lift}"), "counted once a day"
    await hall.run(lambda tx: public.count(tx, community, lift))
    page = plain(await hall.sees(f"/projects/{lift}"))
    assert "Reported by at least 5 people" in page and "at least 9" not in page
    for said, text in (
        (Published(5, some=True), "Some say that it is not fixed."),
        (Published(5, Answers(14, 6)), "6 of the 20 people who answered say that it is not fixed. (counted on"),
    ):
        await hall.run(lambda tx, said=said: figures.publish(tx, lift, said))
        hall.projects.cache.forget()
        for path in ("/projects", f"/projects/{lift}"):
            assert text in plain(await hall.sees(path))


async def test_what_was_said_last_to_everybody_stands_there_in_the_readers_language(hall: Hall, lift: int) -> None:
    def said(tx: Transaction, words: str, chinese: str | None) -> int:
        broadcast = broadcasting.prepare(tx, hall.wei, f"project:{lift}")
        broadcasting.add_part(tx, broadcast, NewPart("text", words))
        if chinese is not None:
            broadcasting.add_part(tx, broadcast, NewPart("text", chinese), "zh_Hans")
        return broadcast.id

    async def stands(number: int, state: State) -> None:
        await hall.run(lambda tx: broadcasts.set_state(tx, number, state))
        hall.projects.cache.forget()

    number = await hall.run(lambda tx: said(tx, "The maker comes on Friday", "厂家星期五来"))
    assert "The maker comes" not in await hall.sees(f"/projects/{lift}"), "it is not sent"
    await stands(number, State.SENDING)
    page = plain(await hall.sees(f"/projects/{lift}"))
    assert "What was said last to everybody concerned Monday, 2 March The maker comes on Friday" in page
    assert "厂家星期五来" in await hall.sees(f"/projects/{lift}?lang=zh-Hans")
    later = await hall.run(lambda tx: said(tx, "He came, and it runs", None))
    await stands(later, State.SENDING)
    page = await hall.sees(f"/projects/{lift}")
    assert "He came" in page and "on Friday" not in page, "the last one alone"
    await stands(later, State.WITHDRAWN)
    page = await hall.sees(f"/projects/{lift}")
    assert "He came" not in page and "on Friday" in page, "what is withdrawn is gone"


async def test_photos_stand_side_by_side(hall: Hall, lift: int) -> None:
    def add(tx: Transaction) -> list[tuple[int, str]]:
        before = public.own_photo(tx, hall.wei, lift, Moment.BEFORE, "a")
        after = [public.own_photo(tx, hall.wei, lift, Moment.AFTER, name) for name in "bc"]
        return [(photo.id, photo.file_id) for photo in (before, *after)]

    names = [page_files.name(lift, *photo) for photo in await hall.run(add)]
    assert "<img" not in (await hall.sees(f"/projects/{lift}")).partition("<main")[2].partition("</main>")[0]
    for name in names:
        hall.puts_photo(name)
    hall.projects.cache.forget()
    found = re.findall(r'src="/projects/photos/([^"]+)" alt="([^"]+)"', await hall.sees(f"/projects/{lift}"))
    assert found == [
        (names[0], "Photo: before"),
        (names[1], "Photo 1: after"),
        (names[2], "Photo 2: after"),
    ]
    assert re.findall('/projects/photos/([^"]+)', await hall.sees("/projects")) == [names[1]], "the newest state"


async def test_pages_go_forth_and_back(hall: Hall) -> None:
    for number in range(26):
        await hall.run(lambda tx, number=number: public.project(tx, hall.setup.community, hall.wei, f"P{number}"))
    seen: list[int] = []
    address: str | None = "/projects?lang=en"
    while address:
        page = await hall.sees(address)
        seen += numbers(page)
        found = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = found[1].replace("&amp;", "&") if found else None
    assert seen == list(range(26, 0, -1))
    assert 'rel="prev" href="/projects?page=2&amp;lang=en"' in page
    assert "There are no more projects." in await hall.sees("/projects?page=9")


async def test_the_language_is_the_addresss_or_the_browsers(hall: Hall, lift: int) -> None:
    chinese = await hall.sees(f"/projects/{lift}", **{"Accept-Language": "zh-CN"})
    assert '<html lang="zh-Hans"' in chinese and "听取意见" in chinese and "项目牵头人" in chinese
    assert f'href="/projects/{lift}?lang=en" lang="en"' in chinese
    said = await hall.sees("/projects?lang=en", **{"Accept-Language": "zh"})
    assert '<html lang="en"' in said and f'href="/projects/{lift}?lang=en"' in said, "the language stays"


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=1001", "page=" + "9" * 40, "lang=xx"])
async def test_a_wrong_address_is_told_kindly(hall: Hall, query: str) -> None:
    status, page = await hall.get(f"/projects?{query}")
    assert status == 400 and "This address is not quite right" in page and 'href="/projects"' in page


async def test_what_is_not_there_is_told_in_the_same_dress(hall: Hall, lift: int) -> None:
    hidden = await hall.run(lambda tx: public.project(tx, hall.setup.community, hall.wei, public=False))
    for path in (f"/projects/{hidden}", "/projects/999", "/projects/x", f"/projects/{hidden}/page.svg",
                 "/projects/photos/1-1-abc", f"/projects/{lift}/nothing"):  # fmt: skip
        status, page = await hall.get(path)
        assert status == 404 and "There is nothing here" in page and "All projects" in page, path
    status, page = await hall.get("/projects/999?lang=zh-Hans")
    assert status == 404 and "项目没有公开" in page and "/projects?lang=zh-Hans" in page


async def test_a_code_opens_the_page_where_it_is_known_where_the_pages_are(hall: Hall, lift: int) -> None:
    page = await hall.sees(f"/projects/{lift}")
    assert f'src="/projects/{lift}/page.svg"' in page and f"voices.example.org/projects/{lift}" in page
    async with hall.session.get(f"{hall.address}/projects/{lift}/page.svg") as response:
        assert response.content_type == "image/svg+xml" and "<svg" in await response.text()
    hall.projects.address = None
    hall.projects.cache.forget()
    assert (await hall.get(f"/projects/{lift}/page.svg"))[0] == 404
    page = await hall.sees(f"/projects/{lift}")
    assert "page.svg" not in page and "/board/bot.svg" in page, "then the code opens the bot"


async def test_a_change_is_there_at_the_next_look(hall: Hall, lift: int) -> None:
    assert "The lift of building 3" in await hall.sees("/projects")
    await hall.run(lambda tx: making.change_words(tx, hall.wei, lift, title="Both lifts"))
    assert "Both lifts" in await hall.sees("/projects") and "Both lifts" in await hall.sees(f"/projects/{lift}")
    await hall.run(lambda tx: making.show(tx, hall.wei, lift, False))
    assert "Both lifts" not in await hall.sees("/projects")
    assert (await hall.get(f"/projects/{lift}"))[0] == 404
