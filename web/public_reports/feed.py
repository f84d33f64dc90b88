"""The newest of the list as an Atom feed (RFC 4287), of everywhere or of one area.

What changed on a day is dated to its beginning: nobody learns from a feed at which minute a neighbour said something.
"""

import re
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from domain.calendar.local_time import instant
from storage.core.database import Transaction
from storage.public_reports import entries
from storage.public_reports.entries import EVERY
from web import pages
from web.page_cache import Made
from web.public_reports.asked import FEED, PATH, Asked
from web.public_reports.page_writing import SIZE
from web.public_reports.report_cards import ReportCard, ReportSite, cards

KIND = "application/atom+xml; charset=utf-8"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(tx: Transaction, site: ReportSite, asked: Asked) -> Made:
    """The feed."""
    say = site.speaker(asked.language)
    found, _ = entries.page(tx, asked.area or EVERY, EVERY, EVERY, SIZE)
    made = cards(tx, site, asked.language, found, 0)
    area = site.community.area(asked.area) if asked.area else None
    community = say.words(site.community.name)
    what = say.label("What was reported")
    newest = max((each.changed_on for each in made), default=None) or _first_day(tx, site)
    values = {
        "lang": asked.said or asked.language.replace("_", "-"),
        "id": _id(site, f"feed/{asked.area or ''}"),
        "title": _plain(f"{what} · {community}" + (f" · {say.words(area.name)}" if area else "")),
        "author": _plain(community),
        "updated": _stamp(site, newest),
        "here": _absolute(site, asked.address(FEED)),
        "page": _absolute(site, asked.address(PATH)),
        "entries": [_entry(site, asked, each) for each in made],
    }
    return pages.write("reports.atom", values)


def _entry(site: ReportSite, asked: Asked, card: ReportCard) -> dict[str, Any]:
    said = [card.stands, card.reason, card.kind, card.place, card.days]
    return {
        "id": _id(site, card.code),
        "title": _plain(card.title),
        "updated": _stamp(site, card.changed_on),
        "page": _absolute(site, asked.elsewhere(f"{PATH}/{card.code}")),
        "state": card.state.value,
        "stands": _plain(card.stands),
        "summary": _plain(" · ".join(each for each in said if each)),
    }


def _first_day(tx: Transaction, site: ReportSite) -> date:
    return instant(datetime.combine(tx.now.date(), time()), site.community.zone).date()


def _id(site: ReportSite, name: str) -> str:
    """The same for ever, wherever the pages are: made of the bot's name, which does not change."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'https://t.me/{site.bot}/reports/{name}')}"


def _stamp(site: ReportSite, day: date) -> str:
    return instant(datetime.combine(day, time()), site.community.zone).isoformat()


def _absolute(site: ReportSite, address: str) -> str:
    return f"{site.address or ''}{address}"


def _plain(text: str) -> str:
    """Without what XML has no place for."""
    return _NO_XML.sub("", text)
