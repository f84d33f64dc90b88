"""Instants as text: what is earlier sorts earlier, whatever zone it was said in."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from storage.core.instants import from_text, from_text_or_none, to_text

ZONES = st.sampled_from([UTC, ZoneInfo("Asia/Shanghai"), ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")])
INSTANTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 30), timezones=ZONES)


@given(INSTANTS, INSTANTS)
def test_order_as_text_is_order_in_time(one: datetime, other: datetime) -> None:
    assert (to_text(one) < to_text(other)) == (one.astimezone(UTC) < other.astimezone(UTC))
    assert len(to_text(one)) == len(to_text(other)) == 27


@given(INSTANTS)
def test_nothing_is_lost_on_the_way(instant: datetime) -> None:
    back = from_text(to_text(instant))
    assert back == instant.astimezone(UTC) and back.tzinfo is UTC


def test_as_it_looks() -> None:
    assert to_text(datetime(2026, 12, 5, 19, tzinfo=ZoneInfo("Asia/Shanghai"))) == "2026-12-05T11:00:00.000000Z"
    assert from_text_or_none(None) is None
