"""Each event is kept under a name of its own, whatever its class is called."""

from typing import Any, ClassVar

import pytest

from domain.events import Event, ReportTaken, TwoOfOneName, from_record, kinds


def root() -> Any:
    """What events of a test are made from. No Event itself: those of a bot that starts meanwhile are its own alone."""

    class Root:
        kind = Event.kind

    return Root


def test_an_event_is_kept_under_its_name_and_not_that_of_its_class() -> None:
    of = root()

    class Lit(of):  # type: ignore[misc]
        KIND: ClassVar[str] = "LampLit"

    assert kinds(of) == {"LampLit": Lit}
    assert Lit().kind == "LampLit"


def test_two_events_of_one_name_are_refused() -> None:
    of = root()

    class Out(of):  # type: ignore[misc]
        KIND: ClassVar[str] = "LampOut"

    class Dark(of):  # type: ignore[misc]
        KIND: ClassVar[str] = "LampOut"

    with pytest.raises(TwoOfOneName, match=r"under the name 'LampOut': .*Out and .*Dark"):
        kinds(of)
    assert Out is not Dark


def test_an_event_without_a_name_of_its_own_is_refused() -> None:
    of = root()

    class Named(of):  # type: ignore[misc]
        KIND: ClassVar[str] = "LampNamed"

    class Nameless(Named):
        pass

    with pytest.raises(TwoOfOneName, match="Nameless has no KIND of its own"):
        kinds(of)
    assert Nameless.__mro__


def test_every_event_comes_back_by_its_name() -> None:
    assert kinds()["report.taken"] is ReportTaken
    assert from_record("report.taken", "report:3", 1, {"assignee": 1}) == ReportTaken(report=3, actor=1, assignee=1)
    assert from_record("EventOfOld", "report:3", 1, {}) is None
