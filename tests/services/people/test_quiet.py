"""Quiet hours: whose count, what makes no sound, and choosing one's own."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.calendar.quiet import NO_QUIET_HOURS, QuietHours
from domain.community import Community
from domain.events import PreferenceChosen
from services.people import quiet
from storage.core.database import Transaction
from storage.people import people
from tests.support import in_transaction, last_events, person


def shanghai(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC) - timedelta(hours=8)


@in_transaction
def test_ones_own_hours_count_and_the_communitys_for_all_others(tx: Transaction, community: Community) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    quiet.choose(tx, mei, QuietHours(12, 14))
    last_events(tx, PreferenceChosen(actor=mei.id, person=mei.id, code="quiet", value="12-14"))
    mei = people.by_id(tx, mei.id)
    assert quiet.hours_of(mei, community) == QuietHours(12, 14)
    assert quiet.hours_of(bo, community) == community.care.quiet
    noon, evening = shanghai(12), shanghai(23)
    assert quiet.allowed_from(noon, community, mei) == shanghai(14) and quiet.allowed_from(noon, community, bo) == noon
    assert quiet.allowed_from(evening, community, mei) == evening
    for anybody in (bo, None):
        assert quiet.allowed_from(evening, community, anybody) == shanghai(8) + timedelta(days=1)


@in_transaction
def test_back_to_the_communitys_or_to_none(tx: Transaction, community: Community) -> None:
    mei = person(tx, "Mei")
    quiet.choose(tx, mei, NO_QUIET_HOURS)
    evening = shanghai(23)
    assert quiet.allowed_from(evening, community, people.by_id(tx, mei.id)) == evening
    quiet.choose(tx, mei, None)
    last_events(tx, PreferenceChosen(actor=mei.id, person=mei.id, code="quiet", value=None))
    assert quiet.hours_of(people.by_id(tx, mei.id), community) == community.care.quiet


@pytest.mark.parametrize(("hour", "hushed"), [(12, False), (23, True)])
@in_transaction
def test_what_others_cause_makes_no_sound_and_what_answers_them_does(
    tx: Transaction, community: Community, hour: int, hushed: bool
) -> None:
    mei, bo = person(tx, "Mei"), person(tx, "Bo")
    tx.now = shanghai(hour)
    assert mei.telegram_id is not None
    assert quiet.hushed(tx, community, mei.telegram_id, None) is hushed
    assert quiet.hushed(tx, community, mei.telegram_id, bo.id) is hushed
    assert not quiet.hushed(tx, community, mei.telegram_id, mei.id), "they are awake"
    assert not quiet.hushed(tx, community, 999, None), "a group, or somebody nobody knows"
