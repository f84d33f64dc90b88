"""How many a notice reaches, and whom: the audience as its writer chose it, in the community as it is now."""

from datetime import datetime

from domain.calendar.local_time import instant
from domain.community import Community
from domain.notices.audience import Audience
from domain.notices.notices import NoticeKind
from storage.core.database import Transaction
from storage.notices import audiences
from storage.notices.audiences import Counts, Wanted


def wanted(community: Community, audience: Audience) -> Wanted:
    """The audience with all that lies in its areas."""
    since = audience.since
    return Wanted(
        areas=audience.areas_with_parts(community),
        around=audience.areas_around(community),
        roles=audience.roles,
        trades=audience.trades,
        reported=audience.reported,
        since=None if since is None else instant(datetime(since.year, since.month, since.day), community.zone),
    )


def counts(tx: Transaction, community: Community, audience: Audience, kind: NoticeKind, *, urgent: bool) -> Counts:
    """How many it reaches now, and why not the others. What is urgent reaches also those who turned the kind off."""
    return audiences.counts(tx, wanted(community, audience), None if urgent else kind)


def reaches_somebody(
    tx: Transaction, community: Community, audience: Audience, kind: NoticeKind, *, urgent: bool
) -> bool:
    """Whether there is anybody whom it reaches now, or who is asked where they live and may get it then; without
    counting them all."""
    of_kind = None if urgent else kind
    return bool(behind(tx, community, audience, of_kind, 0, 1) or to_be_asked(tx, community, audience, of_kind, 0, 1))


def behind(
    tx: Transaction, community: Community, audience: Audience, kind: NoticeKind | None, after: int, limit: int
) -> list[int]:
    """The next people it reaches, by number behind `after`; without a kind also those who turned some off."""
    return audiences.behind(tx, wanted(community, audience), kind, after, limit)


def to_be_asked(
    tx: Transaction, community: Community, audience: Audience, kind: NoticeKind | None, after: int, limit: int
) -> list[int]:
    """The next people who may live where it goes to, and were never asked where they live; as `behind`."""
    if not audience.areas:
        return []
    return audiences.to_be_asked(tx, wanted(community, audience), kind, after, limit)
