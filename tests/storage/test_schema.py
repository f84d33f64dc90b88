"""A change of the schema is seen in the review, not only in SQL."""

from tests.storage import schema


def test_the_schema_is_the_one_in_the_file() -> None:
    kept = schema.FILE.read_text(encoding="utf-8")
    assert schema.as_made() == kept, "`python -m tests.storage.schema` writes it anew; then look at what changed"
