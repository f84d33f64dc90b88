"""The weights of kinds and trades that come with the program, as they were learned."""

import pytest

from bot.community.kind_lists import KINDS, TRADES, learned
from scripts import kind_weights


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every feature the program finds in what it learned from."""
    lines = [*kind_weights.cases("en", KINDS), *kind_weights.cases("zh", KINDS), *kind_weights.plain(KINDS)]
    return {kind_weights.BIAS}.union(*(found for _, _, found in lines))


@pytest.mark.parametrize("table", [KINDS, TRADES])
def test_no_weight_is_of_a_feature_that_is_never_found(known: set[str], table: str) -> None:
    """Where another way of taking a text apart was learned from, most weights would never be asked for."""
    assert set(learned(table).weights) <= known, "run scripts/kind_weights.py"
