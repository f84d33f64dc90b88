"""A few hundred steps in any order; and that what is broken is found.

`python -m tests.machine --steps 10000` goes further.
"""

import pytest

from services.reports import taking_back
from storage.core.database import Transaction
from tests.machine.__main__ import run
from tests.machine.machine import EstateMachine

SEED = 3


@pytest.mark.slow
def test_nothing_breaks_in_whichever_order() -> None:
    run(250, SEED)
    assert EstateMachine.steps >= 250
    assert EstateMachine.refused < EstateMachine.steps, "not all of it was refused"


def test_what_is_broken_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def half(tx: Transaction, _actor: object, number: int, *_more: object) -> None:
        tx.execute("/* ours */ UPDATE reports SET state = 'withdrawn' WHERE id = ?", (number,))

    monkeypatch.setattr(taking_back, "take_back", half)
    with pytest.raises(AssertionError, match="withdrawn"):
        run(1500, SEED, shortens=False)
