"""Finding reports by a number or words.

Everything that was said about a report finds it, and the names of its place.
"""

from collections.abc import Sequence
from datetime import timedelta

from domain.community import Community
from domain.core.subjects import written_number
from domain.language.search_words import indexed, phrases_in
from domain.people.rights import Action, require
from domain.reports.part_purposes import PartPurpose
from domain.reports.similar import keys
from storage.core.database import Transaction
from storage.people.people import Person
from storage.reports import nearby, reports
from storage.reports.reports import Part, Report
from storage.staff_room import search

OFFERED_BY = 40
"""Words by which a report is offered to whoever reports the same."""
CHUNK = 20
"""Reports put into the search at once: about as long as a batch of updates takes, since somebody may be waiting."""
FOR_WHO_ASKS = 100
"""... and when somebody searches, who should find them."""
NEXT_CHUNK = timedelta(seconds=1)


def put_in(tx: Transaction, community: Community, limit: int = CHUNK) -> None:
    """Let the reports that wait be found, `limit` of them; the others shortly afterwards."""
    waiting = search.waiting(tx, limit)
    for number in waiting:
        report = reports.by_id(tx, number)
        if report is not None:
            parts = reports.parts(tx, number)
            search.put(tx, number, _words(community, report, parts))
            _offer(tx, report, parts)
    if len(waiting) == limit:
        search.plan(tx, NEXT_CHUNK)


def find(
    tx: Transaction, community: Community, actor: Person, words: str, before: int | None, limit: int
) -> list[Report]:
    """What is found, danger first, then the newest; on the first page (`before` None) the report of that number before
    all. `before`: only what comes behind that one.

    Raises NotAllowed for who may not look things up.
    """
    require(actor.roles, Action.LOOK_UP)
    put_in(tx, community, FOR_WHO_ASKS)  # what was said a moment ago is found as well
    found = search.find(tx, phrases_in(words), reports.by_id(tx, before) if before is not None else None, limit)
    if before is not None:
        return found
    number = written_number(words)
    report = reports.by_id(tx, number) if number is not None else None
    return found if report is None else [report, *(each for each in found if each.id != report.id)]


def _offer(tx: Transaction, report: Report, parts: Sequence[Part]) -> None:
    """Who reports the same nearby is offered to join it, as long as that can be."""
    if not report.state.is_open or report.about_person:
        nearby.forget(tx, report.id)
        return
    said = [part.text for part in parts if part.text and part.purpose == PartPurpose.REPORT]
    places = [nearby.area(report.area)] if report.area else []
    places += [nearby.kind(report.category)] if report.category else []
    words = keys(" ".join(text for text in (report.title, report.heard, *said) if text), OFFERED_BY)
    nearby.put(tx, report.id, places, words)


def _words(community: Community, report: Report, parts: Sequence[Part]) -> str:
    said = [part.text for part in parts if part.text and part.purpose != PartPurpose.EARLIER and not _was_off(part)]
    areas = community.path(report.area) if report.area else []
    names = [text for area in areas for _, text in area.name.texts]
    category = community.category(report.category) if report.category else None
    kinds = [text for _, text in category.name.texts] if category else []
    about = [text for text in (report.title, report.heard, report.place, report.handed_to) if text]
    # Each text by itself: the last letter of one and the first of the next make no pair.
    return " ".join(indexed(text) for text in (*about, *names, *kinds, *said))


def _was_off(part: Part) -> bool:
    """Whether it was said of a danger and was about something else (services/reports/dangers.py)."""
    return part.purpose == PartPurpose.ADDITION and part.taken_back_at is not None


def remember(tx: Transaction, actor: Person, words: str) -> int:
    """Keep what was searched for, so that other pages of it can be read; the number to ask for them by."""
    return search.remember(tx, actor.id, words)
