"""What can be taken out of the database as a file: which things, of which time and place, in which form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.core.stored import Stored
from domain.figures.periods import FIRST_YEAR, LAST_YEAR, Length, NoSuchPeriod, containing

STUCK_AFTER = timedelta(days=7)
"""A repair that was asked for so long ago and is not done is stuck; so is one to which nobody could come."""


class What(Stored, StrEnum, kept_in="exports: what, in buttons, events and scheduled_tasks.data"):
    """Of what there is a row for each."""

    REPORTS = "reports"
    REPAIRS = "repairs"
    PLEDGES = "pledges"
    PROJECTS = "projects"
    OPEN = "open"  # the open list: all that is open, without a word of residents


class Form(Stored, StrEnum, kept_in="exports: kind of file, in buttons, events and scheduled_tasks.data"):
    """What kind of file."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


FORMS: dict[What, tuple[Form, ...]] = {
    **dict.fromkeys((What.REPORTS, What.REPAIRS, What.PLEDGES, What.PROJECTS), (Form.XLSX, Form.CSV)),
    What.OPEN: (Form.PDF, Form.XLSX, Form.CSV),
}
"""The kinds of files there are of each."""


class Stretch(Stored, StrEnum, kept_in="buttons of exports: time"):
    """The times a button offers."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    ALL = "all"

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Its first day and its last; None is open."""
        if self is Stretch.ALL:
            return None, None
        of_month = self in (Stretch.THIS_MONTH, Stretch.LAST_MONTH)
        period = containing(today, Length.MONTH if of_month else Length.YEAR)
        if self in (Stretch.LAST_MONTH, Stretch.LAST_YEAR):
            period = period.one_before()
        return period.first, period.last


@dataclass(frozen=True)
class Wanted:
    """An order. `first` and `last` are local days, both included, on which a thing began: was sent, asked for, made.

    `area`: a code; what is in it or in what lies in it. `personal`: with what people wrote, and who they are.
    Raises ValueError for what there is not; NoSuchPeriod where it ends before it begins.
    """

    what: What
    form: Form
    first: date | None = None
    last: date | None = None
    area: str | None = None
    personal: bool = False

    def __post_init__(self) -> None:
        if self.form not in FORMS[self.what]:
            raise ValueError(f"of {self.what} there is no {self.form}")
        if self.what is What.OPEN and (self.personal or self.first or self.last):
            raise ValueError("the open list is of now, and names nobody")
        given = [each for each in (self.first, self.last) if each is not None]
        if any(not FIRST_YEAR <= each.year <= LAST_YEAR for each in given) or given != sorted(given):
            raise NoSuchPeriod

    @property
    def name(self) -> str:
        """What its file is called, without the ending."""
        days = [each.isoformat() for each in (self.first, self.last) if each is not None]
        return "-".join(
            [self.what, *([self.area] if self.area else []), *days, *(["personal"] if self.personal else [])]
        )

    def as_json(self) -> dict[str, Any]:
        """For the record."""
        days = {"first": self.first and self.first.isoformat(), "last": self.last and self.last.isoformat()}
        return {**asdict(self), **days}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Wanted:
        """What `as_json` wrote. Raises ValueError for what is none."""
        days = {name: date.fromisoformat(values[name]) if values[name] else None for name in ("first", "last")}
        return cls(**{**values, **days, "what": What(values["what"]), "form": Form(values["form"])})
