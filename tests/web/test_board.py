"""The board's pages: what a visitor finds, by which address, in which language, and what is said when it is not."""

import re

import pytest

from domain.pledges.pledges import Answer
from services.pledges import pledges as service
from storage.core.database import Transaction
from storage.people import people
from tests.web import promises
from tests.web.conftest import Hall

DOGS = "No dogs on the path"


def numbers(page: str) -> list[int]:
    """The promises on a page, in order."""
    return [int(each) for each in re.findall(r'<article class="card" id="p(\d+)"', page)]


def link(page: str, relation: str) -> str | None:
    """Where the next or the earlier page is."""
    found = re.search(rf'<a rel="{relation}" href="([^"]+)"', page)
    return found[1].replace("&amp;", "&") if found else None


async def test_an_empty_board_says_how_it_begins(hall: Hall) -> None:
    assert "Be the first: write /pledge to the bot." in await hall.sees()


async def test_a_card_says_what_was_promised_and_what_became_of_it(hall: Hall) -> None:
    number = await hall.promise(DOGS, areas=("north",), name=True)
    hall.clock.advance(days=13)

    def live(tx: Transaction) -> None:
        for said in (Answer.DONE, Answer.CANNOT, Answer.EXCUSED):
            promises.keep(tx, hall.bo, number, said)
        service.thank(tx, hall.wei, number)

    await hall.run(live)
    page = await hall.sees()
    for text in (DOGS, "Bo Chen", "every week on Saturday, Sunday, 19:00–20:00", "North side", "1 neighbour says"):
        assert text in page, text
    tally = re.findall(r'<span class="mark (\w+)" aria-hidden="true">.</span> ([\w ]+) <b>(\d+)</b>', page)
    assert tally == [("kept", "kept", "1"), ("not_kept", "not kept", "1"), ("excused", "excused", "1")]
    assert f'href="https://t.me/resident_voices_bot?start=t-{number}"' in page


async def test_a_quota_has_a_bar_with_words_and_one_on_call_is_counted(hall: Hall) -> None:
    quota = await hall.promise("Couplets", promises.COUPLETS)
    call = await hall.promise("Water", promises.ON_CALL)
    await hall.run(lambda tx: (promises.count(tx, hall.bo, quota, 10), promises.count(tx, hall.bo, call, 2)))
    page = await hall.sees()
    assert "10 of 80" in page and '<progress id="bar1" value="10" max="80">' in page
    assert "Was there 2 times" in page
    await hall.run(lambda tx: promises.count(tx, hall.bo, quota, 90))
    assert 'value="80" max="80"' in await hall.sees("/board?kind=quota"), "a bar is never more than full"


async def test_it_is_narrowed_by_place_kind_and_state(hall: Hall) -> None:
    all_over = await hall.promise("Everywhere", promises.ON_CALL)
    building = await hall.promise("In building 3", areas=("b3",))
    stairs = await hall.promise("In its first stairwell", promises.COUPLETS, areas=("b3-1",))
    south = await hall.promise("South", areas=("south",))
    await hall.run(lambda tx: service.pause(tx, hall.bo, south))
    assert numbers(await hall.sees()) == [all_over, building, stairs, south], "running ones first"
    assert numbers(await hall.sees("/board?area=b3")) == [all_over, building, stairs]
    assert numbers(await hall.sees("/board?area=b3-1")) == [all_over, building, stairs]
    assert numbers(await hall.sees("/board?area=b3-2")) == [all_over, building]
    assert numbers(await hall.sees("/board?kind=quota")) == [stairs]
    assert numbers(await hall.sees("/board?state=paused")) == [south]
    assert numbers(await hall.sees("/board?area=b3&kind=recurring&state=published")) == [building]
    page = await hall.sees("/board?area=b3-2&state=ended")
    assert numbers(page) == [] and "There is no such promise" in page


async def test_pages_go_forth_and_back_and_miss_none(hall: Hall) -> None:
    for number in range(60):
        await hall.promise(f"Promise {number}", who=await hall.run(lambda tx: promises.pledger(tx, "N")))
    ended = [3, 30, 50]

    def end(tx: Transaction) -> None:
        for number in ended:
            service.end(tx, people.by_id(tx, service.known(tx, number).person), number)

    await hall.run(end)
    expected = [number for number in range(1, 61) if number not in ended] + ended
    seen, back, address = [], [], "/board?lang=en"
    while address:
        page = await hall.sees(address)
        seen += numbers(page)
        address, last = link(page, "next"), address
    assert seen == expected and "49 to 60 of 60" in page
    address = last
    while address:
        page = await hall.sees(address)
        back = numbers(page) + back
        address = link(page, "prev")
    assert back == expected


async def test_the_language_is_the_addresss_or_the_browsers(hall: Hall) -> None:
    await hall.promise(DOGS)
    assert '<html lang="en"' in await hall.sees("/board", **{"Accept-Language": "fr, en;q=0.5, zh;q=0.4"})
    chinese = await hall.sees("/board", **{"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"})
    assert '<html lang="zh-Hans"' in chinese and "我们的承诺" in chinese and "每周星期六、星期日" in chinese
    said = await hall.sees("/board?lang=en&kind=recurring", **{"Accept-Language": "zh"})
    assert '<html lang="en"' in said
    assert 'href="/board?kind=recurring&amp;lang=zh-Hans" lang="zh-Hans"' in said, "the switch keeps what is shown"


@pytest.mark.parametrize(
    "query",
    ["kind=all", "state=waiting", "state=x", "area=nowhere", "after=7", "after=published-x", "after=waiting-3",
     "after=published-" + "9" * 40, "lang=%3Cb%3E", "lang=xx"],
)  # fmt: skip
async def test_a_wrong_address_is_told_kindly(hall: Hall, query: str) -> None:
    status, page = await hall.get(f"/board?{query}")
    assert status == 400 and "This address is not quite right" in page and 'href="/board"' in page


async def test_what_is_not_there_is_told_in_the_same_dress(hall: Hall) -> None:
    for path in ("/board/7", "/board/99999999999999999999999", "/board/x", "/nowhere", "/board/photos/1-1-abc"):
        status, page = await hall.get(path)
        assert status == 404 and "There is nothing here" in page and "/board/board.css" in page, path
    status, page = await hall.get("/nowhere?lang=zh-Hans")
    assert status == 404 and "这里什么也没有" in page and "/board?lang=zh-Hans" in page


async def test_a_database_that_cannot_be_read_is_told(hall: Hall) -> None:
    path = hall.database.path
    path.rename(path.with_name("away.db"))
    status, page = await hall.get("/board?screen=1")
    assert status == 503 and "cannot be read just now" in page
    assert await hall.turns_to("/board?screen=1") == "15; url=/board?screen=1", "the hall tries again by itself"
    assert await hall.turns_to("/board") is None
    path.with_name("away.db").rename(path)
    assert numbers(await hall.sees()) == []


async def test_the_board_in_the_hall_turns_its_pages_and_begins_again(hall: Hall) -> None:
    for number in range(6):
        await hall.promise(f"Promise {number}")
    first, turns = await hall.sees("/board?screen=1&lang=en"), await hall.turns_to("/board?screen=1&lang=en")
    assert turns is not None and numbers(first) == [1, 2, 3, 4] and "Page 1 of 2" in first
    following = turns.removeprefix("15; url=")
    second = await hall.sees(following)
    assert numbers(second) == [5, 6] and "Page 2 of 2" in second
    assert await hall.turns_to(following) == "15; url=/board?screen=1&lang=en"
    assert await hall.turns_to("/board?lang=en") is None


async def test_on_paper_all_are_on_one_page_with_the_day(hall: Hall) -> None:
    for number in range(30):
        await hall.promise(f"Promise {number}", who=await hall.run(lambda tx: promises.pledger(tx, "N")))
    page = await hall.sees("/board?print=1")
    assert len(numbers(page)) == 30 and "As it stands on Monday, 2 March 2026" in page


@pytest.mark.parametrize(("language", "said"), [("en", "Maple Court · As it stands on Monday, 2 March 2026"),
                                                ("zh-Hans", "枫林苑 · 截至2026年3月2日星期一")])  # fmt: skip
async def test_each_printed_sheet_is_dated_by_a_style_no_name_can_break(hall: Hall, language: str, said: str) -> None:
    page = await hall.sees(f"/board?print=1&lang={language}")
    assert f'href="/board/sheet.css?lang={language}"' in page
    style = await hall.sees(f"/board/sheet.css?lang={language}")
    found = re.fullmatch(r'@page { @bottom-left { content: "((?:\\[0-9a-f]{6})*)"; } }\n', style)
    assert found is not None, style
    assert "".join(chr(int(each, 16)) for each in found[1].split("\\")[1:]) == said


async def test_one_promise_has_a_page_of_its_own(hall: Hall) -> None:
    number = await hall.promise(DOGS)
    page = await hall.sees(f"/board/{number}")
    assert f'<h1 class="words"><bdi>{DOGS}</bdi></h1>' in page
    assert f'href="/board/{number}?lang=zh-Hans"' in page


async def test_browsers_are_told_the_rules(hall: Hall) -> None:
    number = await hall.promise(DOGS)
    for path in ("/board", f"/board/{number}", "/nowhere", "/board?kind=x", "/board/board.css", "/board/bot.svg", "/"):
        async with hall.session.get(hall.address + path, allow_redirects=False) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy and "unsafe" not in policy and "script" not in policy, path
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
    page = await hall.sees()
    assert "<script" not in page and "style=" not in page and "<style" not in page, "nothing the policy would refuse"


async def test_who_has_it_already_gets_no_body_and_style_is_kept(hall: Hall) -> None:
    await hall.promise(DOGS)
    async with hall.session.get(hall.address + "/board") as response:
        tag, vary = response.headers["ETag"], response.headers["Vary"]
        assert response.headers["Cache-Control"] == "no-cache" and vary == "Accept-Language"
        style = re.search(r'href="(/board/board\.css\?[0-9a-f]+)"', await response.text())
    async with hall.session.get(hall.address + "/board", headers={"If-None-Match": f'W/{tag}, "x"'}) as response:
        assert response.status == 304 and await response.text() == ""
    await hall.promise("Another one")
    async with hall.session.get(hall.address + "/board", headers={"If-None-Match": tag}) as response:
        assert response.status == 200 and response.headers["ETag"] != tag
    assert style is not None
    async with hall.session.get(hall.address + style[1]) as response:
        assert "immutable" in response.headers["Cache-Control"] and response.content_type == "text/css"
    async with hall.session.get(hall.address + "/board/board.css?0") as response:
        assert "immutable" not in response.headers["Cache-Control"], "an old address must not keep a new style"


async def test_the_way_there(hall: Hall) -> None:
    assert 'href="/board?lang=en"' in await hall.sees("/?lang=en")
    async with hall.session.get(hall.address + "/board/", allow_redirects=False) as response:
        assert response.headers["Location"] == "/board"


async def test_pages_only_read(hall: Hall) -> None:
    await hall.promise(DOGS)
    for method in ("POST", "PUT", "DELETE"):
        async with hall.session.request(method, hall.address + "/board") as response:
            assert response.status == 405
