from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.calendar.deadlines import Deadline, Unit
from domain.calendar.hours import Window, WorkingHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = WorkingHours(SHANGHAI, tuple(Window(day, 540, 1080) for day in range(5)))


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI).astimezone(UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("3 days", 3, Unit.DAYS),
        ("1 day", 1, Unit.DAYS),
        ("  8  Working  Hours ", 8, Unit.WORKING_HOURS),
        ("2 working days", 2, Unit.WORKING_DAYS),
        ("12 hours", 12, Unit.HOURS),
        ("3天", 3, Unit.DAYS),
        ("2个工作日", 2, Unit.WORKING_DAYS),
        ("8 个工作小时", 8, Unit.WORKING_HOURS),
    ],
)
def test_deadlines_are_read_as_people_write_them(text: str, amount: int, unit: Unit) -> None:
    deadline = Deadline.parse(text)
    assert deadline == Deadline(amount, unit)
    assert Deadline.parse(str(deadline)) == deadline


@pytest.mark.parametrize("text", ["", "soon", "3", "days", "-1 days", "1.5 days", "3 weeks", "3 days 2 hours"])
def test_what_is_no_deadline_is_refused_with_the_mend(text: str) -> None:
    with pytest.raises(ValueError, match='"3 days"'):
        Deadline.parse(text)


@pytest.mark.parametrize("text", ["0 days", "367 days", "99999 working days"])
def test_deadlines_out_of_all_measure_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        Deadline.parse(text)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("12 hours", local(2026, 11, 28, 5, 0)),
        ("3 days", local(2026, 11, 30, 17, 0)),
        ("2 working hours", local(2026, 11, 30, 10, 0)),
        ("1 working day", local(2026, 11, 30, 18, 0)),
        ("2 working days", local(2026, 12, 1, 18, 0)),
    ],
)
def test_due_from_friday_afternoon(text: str, due: datetime) -> None:
    assert Deadline.parse(text).due(local(2026, 11, 27, 17, 0), OFFICE) == due


def test_a_working_day_begins_to_count_when_work_does() -> None:
    saturday = local(2026, 11, 28, 12, 0)
    assert Deadline.parse("1 working day").due(saturday, OFFICE) == local(2026, 12, 1, 18, 0)


def test_days_keep_the_time_on_the_wall_over_a_clock_change() -> None:
    berlin = WorkingHours.always(ZoneInfo("Europe/Berlin"))
    start = datetime(2027, 3, 27, 8, 0, tzinfo=UTC)  # nine o'clock, the day before summer time
    assert Deadline.parse("1 day").due(start, berlin) == datetime(2027, 3, 28, 7, 0, tzinfo=UTC)
    assert Deadline.parse("24 hours").due(start, berlin) == datetime(2027, 3, 28, 8, 0, tzinfo=UTC)
