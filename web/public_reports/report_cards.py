"""A report as a page shows it: staff's title, where it stands, and nothing of a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.community import Community
from domain.public_reports import shown
from domain.public_reports.shown import PublicState
from services.public_reports import access
from services.reports import declining
from speech import public_reports
from speech.speaker import PlainSpeaker, clean
from storage.core import page_files
from storage.core.database import Transaction
from storage.public_reports import photos, titles
from storage.public_reports.entries import Entry
from storage.public_reports.photos import Photo
from storage.public_reports.titles import Title
from web.site import Site


class ReportSite(Site):
    """What the pages of reports are made from."""


@dataclass(frozen=True)
class Picture:
    """A photo: its address, and what it is in words."""

    address: str
    words: str


@dataclass(frozen=True)
class ReportCard:
    """What a template writes down. `state` is said in words and explained; `code` is its public address."""

    code: str
    title: str
    state: PublicState
    stands: str
    explained: str
    reason: str | None
    kind: str | None
    place: str | None
    reported: str
    days: str
    changed_on: date
    pictures: Sequence[Picture]


@dataclass(frozen=True)
class Writer:
    """Writes cards in one language, as everybody may read them."""

    say: PlainSpeaker
    community: Community
    now: datetime
    pictures: Mapping[int, Sequence[Picture]]
    reasons: Mapping[int, str | None]

    def card(self, entry: Entry, title: Title) -> ReportCard | None:
        """The card of one; None where it may not be shown (any more)."""
        report, say = entry.report, self.say
        stands = shown.state(report.state)
        if stands is None or not access.fit(self.community, report):
            return None
        kind = self.community.category(report.category) if report.category else None
        days = shown.days(self.community, report.created_at, report.closed_at, self.now)
        return ReportCard(
            code=entry.code,
            title=clean(title.in_(say.language)),
            state=stands,
            stands=public_reports.state(say, stands),
            explained=public_reports.explained(say, stands),
            reason=self.reasons.get(report.id),
            kind=say.words(kind.name) if kind else None,
            place=public_reports.place(say, shown.areas(self.community, report.area)),
            reported=say.day(report.created_at, self.now),
            days=public_reports.days(say, days, closed=report.closed_at is not None),
            changed_on=entry.changed_on,
            pictures=self.pictures.get(report.id, ()),
        )


def cards(
    tx: Transaction, site: ReportSite, language: str, entries: Sequence[Entry], most_photos: int
) -> list[ReportCard]:
    """The cards of these reports, each with some of its photos."""
    say, community = site.speaker(language), site.community
    worded = titles.some(tx, [each.report.public_title for each in entries if each.report.public_title is not None])
    pictures = {}
    if access.shows_photos(community) and most_photos:
        pictures = {each.report.id: _pictures(tx, site, say, each.report.id, most_photos) for each in entries}
    declined = [each.report.id for each in entries if shown.state(each.report.state) is PublicState.DECLINED]
    reasons = {number: _reason(tx, site, say, number) for number in declined}
    writer = Writer(say, community, tx.now, pictures, reasons)
    found = ((each, worded.get(each.report.public_title or 0)) for each in entries)
    made = (writer.card(each, title) for each, title in found if title is not None)
    return [card for card in made if card is not None]


def _reason(tx: Transaction, site: ReportSite, say: PlainSpeaker, number: int) -> str | None:
    why = declining.reason(tx, number)
    return public_reports.reason(say, site.community, why[1]) if why is not None else None


def _pictures(tx: Transaction, site: ReportSite, say: PlainSpeaker, report: int, most: int) -> list[Picture]:
    """Those whose file has come."""
    named = [_name(each) for each in photos.shown(tx, report, most)]
    here = [name for name in named if (site.photos / name).is_file()]
    if len(here) == 1:
        return [Picture(f"/reports/photos/{here[0]}", say.label("Photo of what is reported"))]
    return [
        Picture(f"/reports/photos/{name}", say.label("Photo {number} of what is reported", number=place))
        for place, name in enumerate(here, 1)
    ]


def _name(photo: Photo) -> str:
    """Nothing in it tells which report it is of: each photo is an owner of its own."""
    return page_files.name(photo.id, photo.id, photo.file_id)
