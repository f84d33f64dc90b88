"""Days on which staff are there: the next one, and one that so many of them later comes."""

from datetime import date, timedelta

from domain.calendar.hours import WorkingHours

LOOKED_AHEAD = 366


def working_day_from(hours: WorkingHours, day: date) -> date:
    """That day, or the first working day after it; the day itself where a whole year has none."""
    ahead = (day + timedelta(days=each) for each in range(LOOKED_AHEAD))
    return next((each for each in ahead if hours.is_working_day(each)), day)


def working_days_after(hours: WorkingHours, day: date, count: int) -> date:
    """The working day that comes `count` working days after `day`, which need not be one itself."""
    for _ in range(count):
        day = working_day_from(hours, day + timedelta(days=1))
    return day
