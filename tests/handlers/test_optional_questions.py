"""What holds for every flow there is, and for those to come."""

from handlers.kit.conversation.flow import Flow
from tests.support import FEATURES


def _asks_only_what_can_be_left(flow: Flow) -> bool:
    asked = [step for step in flow.steps if not step.optional]
    return flow.summary is None and bool(asked) and all(step.name in flow.skippable for step in asked)


def test_a_flow_of_nothing_but_optional_questions_lapses() -> None:
    """Else words written weeks later would be their answer."""
    optional = [flow.name for flow in FEATURES.flows.values() if _asks_only_what_can_be_left(flow)]
    assert len(optional) >= 5
    assert [name for name in optional if not FEATURES.flows[name].may_lapse] == []


def test_the_last_words_of_a_question_that_lapses_are_known() -> None:
    """Where "Cancel" means more than leaving it, what is said when nobody goes on is another thing."""
    assert FEATURES.flows["repair_done"].lapsed is not None
