"""The feed of reports: sound Atom, of everywhere or one area, with ids that stay."""

import re
from datetime import datetime
from xml.etree import ElementTree

from services.public_reports import releasing
from services.reports import working
from storage.core.database import Transaction
from tests.web import public_reports as public
from tests.web.conftest import Hall

ATOM = "{http://www.w3.org/2005/Atom}"
FEED = {"id": "1", "title": "1", "updated": "1", "author": "1", "link": "2", "entry": "*"}
ENTRY = {"id": "1", "title": "1", "updated": "1", "link": "1", "category": "1", "summary": "1"}
UUID = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def read(hall: Hall, path: str = "/reports.atom") -> ElementTree.Element:
    """The feed, which must be sound against RFC 4287 as far as ours goes: what it must have, and how often at most."""
    async with hall.session.get(hall.address + path) as response:
        assert response.status == 200 and response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(await response.read())
    assert feed.tag == f"{ATOM}feed"
    _sound(feed, FEED)
    links = {link.get("rel"): link for link in feed.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"} and links["self"].get("type") == "application/atom+xml"
    entries = feed.findall(f"{ATOM}entry")
    for each in entries:
        _sound(each, ENTRY)
        assert each.find(f"{ATOM}link").get("href")  # type: ignore[union-attr]
        assert each.find(f"{ATOM}category").get("term")  # type: ignore[union-attr]
    ids = [text(each, "id") for each in [feed, *entries]]
    assert len(set(ids)) == len(ids) and all(map(UUID.fullmatch, ids))
    return feed


def _sound(element: ElementTree.Element, allowed: dict[str, str]) -> None:
    names = [each.tag.removeprefix(ATOM) for each in element]
    assert set(names) <= set(allowed)
    for name, count in allowed.items():
        assert count == "*" or names.count(name) == int(count), name
    assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
    assert text(element, "title").strip()


def text(element: ElementTree.Element, name: str) -> str:
    found = element.find(f"{ATOM}{name}")
    assert found is not None and found.text is not None
    return found.text


def titles(feed: ElementTree.Element) -> list[str]:
    return [text(each, "title") for each in feed.findall(f"{ATOM}entry")]


async def test_an_empty_feed_is_one(hall: Hall) -> None:
    assert titles(await read(hall)) == []


async def test_it_holds_what_the_list_does(hall: Hall) -> None:
    community = hall.setup.community

    def made(tx: Transaction) -> None:
        public.report(tx, community, hall.wei, "Lamp & bench <b>")
        public.report(tx, community, hall.wei, "The garden wall", area="garden", category="roads")

    await hall.run(made)
    assert titles(await read(hall)) == ["The garden wall", "Lamp & bench <b>"]
    assert titles(await read(hall, "/reports.atom?area=north")) == ["Lamp & bench <b>"]
    assert titles(await read(hall, "/reports.atom?area=south")) == []
    summary = text((await read(hall, "/reports.atom?area=garden"))[-1], "summary")
    assert summary.startswith("Open · ") and "Garden and playground" in summary
    assert (await hall.get("/reports.atom?area=moon"))[0] == 400
    assert "北区" in text(await read(hall, "/reports.atom?area=north&lang=zh-Hans"), "title")


async def test_ids_stay_whatever_becomes_of_it_and_wherever_the_pages_are(hall: Hall) -> None:
    community = hall.setup.community
    number, _ = await hall.run(lambda tx: public.report(tx, community, hall.wei))
    await hall.run(lambda tx: public.report(tx, community, hall.wei, "Another one"))

    async def known() -> dict[str, str]:
        feed = await read(hall)
        return {text(each, "title"): text(each, "id") for each in feed.findall(f"{ATOM}entry")}

    before, feed_id = await known(), text(await read(hall), "id")
    hall.clock.advance(days=2)
    await hall.run(lambda tx: working.take(tx, community, hall.wei, number))
    await hall.run(lambda tx: releasing.take_off(tx, hall.wei, number))
    await hall.run(lambda tx: public.release(tx, community, hall.wei, number, "A lamp by the gate"))
    hall.reports.address = "https://elsewhere.example.org"
    hall.reports.cache.forget()
    assert await known() == before and text(await read(hall), "id") == feed_id
    links = [each.get("href") or "" for each in (await read(hall)).iter(f"{ATOM}link")]
    assert links and all(each.startswith("https://elsewhere.example.org/reports") for each in links)


async def test_what_changed_is_dated_by_the_day_alone(hall: Hall) -> None:
    """Nobody learns from it at which minute a neighbour said something."""
    community = hall.setup.community
    number, _ = await hall.run(lambda tx: public.report(tx, community, hall.wei))

    async def dated() -> datetime:
        entry = (await read(hall)).find(f"{ATOM}entry")
        assert entry is not None
        return datetime.fromisoformat(text(entry, "updated")).astimezone(community.zone)

    first = await dated()
    hall.clock.advance(days=1, hours=2, minutes=17)
    await hall.run(lambda tx: working.take(tx, community, hall.wei, number))
    later = await dated()
    assert (later - first).days == 1 and (later.hour, later.minute, later.second) == (0, 0, 0)
