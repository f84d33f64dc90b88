"""A change of the schema is seen in the review, not only in SQL."""

from tests import golden
from tests.storage import schema

ADVICE = """
What the migrations make has changed. A migration that has landed is never edited: put what was changed in it back, and
write the next one. If the schema is meant, `python -m tests.golden` writes it down; then look at what changed.
"""


def test_the_schema_is_the_one_in_the_file() -> None:
    assert schema.as_made() == golden.section(golden.SCHEMA), ADVICE
