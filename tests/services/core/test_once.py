"""What is done once for each new value; and the marks by which a press says which line it is about."""

from services.core import once
from services.core.line_marks import mark
from storage.core.database import Transaction
from tests.support import in_transaction


@in_transaction
def test_a_value_is_new_until_it_is_the_one_that_is_kept(tx: Transaction) -> None:
    assert once.is_new(tx, "commands:en", "a, b") and not once.is_new(tx, "commands:en", "a, b")
    assert once.is_new(tx, "commands:zh", "a, b"), "each key has its own"
    assert once.is_new(tx, "commands:en", "a") and once.is_new(tx, "commands:en", "a, b"), "also one that was before"


def test_a_mark_is_a_lines_own_and_stays_the_same() -> None:
    assert mark("灯坏了") == mark("灯坏了") != mark("灯不亮")
    assert 0 <= mark("Dark" * 1000) < 2**32, "short enough for a button"
