"""What is read from a kept name that is none any more."""

import pytest

from domain.core.stored import known
from domain.pledges.pledges import Outcome
from domain.repairs.repairs import Urgency


@pytest.mark.parametrize("value", ["urgency_of_old", "", None, "NOW"])
def test_a_name_that_is_none_any_more_reads_as_what_was_said_otherwise(value: str | None) -> None:
    assert known(value, Urgency.TODAY) is Urgency.TODAY


def test_a_name_that_is_one_reads_as_itself() -> None:
    assert [known(each.value, Outcome.NOT_REPORTED) for each in Outcome] == list(Outcome)
