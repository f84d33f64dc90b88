"""Which events carry somebody's words on to others: those are what a block stops (storage/core/events.py)."""

from dataclasses import fields

import pytest

from domain import events
from domain.events import Event

WORDS = {"part", "parts", "words", "text", "title", "place", "heard", "reason", "wording", "checkin", "proof"}
"""Fields that hold words, or the ids of what holds them."""
NOBODYS_WORDS = {
    # The program's own, or decided about words that went their way before.
    "GroupLost": "reason", "GroupClosed": "reason", "MessageNotNow": "reason",
    "MessageRefused": "reason", "PersonUnreachable": "reason", "RepairReleased": "reason",
    "ReportHeardDrafted": "part", "ReportAnswerTakenBack": "parts",
    "PledgePublished": "wording", "PledgeCheckedIn": "checkin", "PledgeCheckInUndone": "checkin",
    "PledgeProofReleased": "checkin", "PhotoConsentAsked": "part", "PhotoConsentAnswered": "part",
}  # fmt: skip


def kinds(of: type[Event] = Event) -> list[type[Event]]:
    """All events there are."""
    ours = [each for each in of.__subclasses__() if each.__module__.startswith("domain.")]
    found = [each for each in ours if not each.__name__.endswith("Event")]
    for each in of.__subclasses__():
        found += kinds(each)
    return found


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_an_event_with_words_says_so_or_is_named_here(kind: type[Event]) -> None:
    held = WORDS & {field.name for field in fields(kind)}
    if held and kind.__name__ not in NOBODYS_WORDS:
        assert kind.says, f"{kind.__name__} holds {held}: does it carry its actor's words on?"
    if kind.__name__ in NOBODYS_WORDS:
        assert not kind.says and NOBODYS_WORDS[kind.__name__] in held


def test_danger_passes_and_so_does_what_is_done_without_a_word() -> None:
    assert events.ReportAdded(actor=1, report=1, parts=(3,)).carries_words
    assert not events.ReportAdded(actor=1, report=1, parts=(3,), danger="fire").carries_words
    assert not events.ReportWithdrawn(actor=1, report=1, parts=()).carries_words
    assert events.RepairMessagePassed(actor=1, repair=1, to=2).carries_words
    assert not events.ReportConfirmed(actor=1, report=1, round=1).carries_words


def test_events_hold_no_free_words() -> None:
    """They are never changed, so what somebody wrote stands in parts, where it can be changed and taken out."""
    words_of_people = {"words", "text", "title", "place", "heard", "name", "note"}
    for kind in kinds():
        assert not words_of_people & {field.name for field in fields(kind)}, kind.__name__
    reasons = {kind.__name__ for kind in kinds() if "reason" in {field.name for field in fields(kind)}}
    own = {name for name, held in NOBODYS_WORDS.items() if held == "reason"}
    assert reasons <= own, "the program's own: codes, and what Telegram said"


def test_an_event_of_before_that_held_more_is_read() -> None:
    read = events.from_record("report.titled", "report:3", 1, {"title": "Lamp"})
    assert read == events.ReportTitled(actor=1, report=3)
