"""What holds for every flow there is, and for those to come."""

from pathlib import Path

import pytest

from handlers import routes
from handlers.kit.conversation.engine import engine
from handlers.kit.conversation.flow import Flow
from handlers.notices import Notices
from tests.support import make_setup


@pytest.fixture(autouse=True)
def _all_flows(tmp_path: Path) -> None:
    assert routes  # which brings every flow in, also where this file runs alone
    Notices(make_setup(tmp_path))


def _asks_only_what_can_be_left(flow: Flow) -> bool:
    asked = [step for step in flow.steps if not step.optional]
    return flow.summary is None and bool(asked) and all(step.name in flow.skippable for step in asked)


def test_a_flow_of_nothing_but_optional_questions_lapses() -> None:
    """Else words written weeks later would be their answer."""
    found = [engine.flow(name) for name in sorted(engine.names)]
    optional = [flow.name for flow in found if _asks_only_what_can_be_left(flow)]
    assert len(optional) >= 5
    assert [name for name in optional if not engine.flow(name).may_lapse] == []


def test_the_last_words_of_a_question_that_lapses_are_known() -> None:
    """Where "Cancel" means more than leaving it, what is said when nobody goes on is another thing."""
    assert engine.flow("repair_done").lapsed is not None
