"""Who lives and works in the district. Names are invented."""

from datetime import date, datetime, time, timedelta
from itertools import product
from random import Random
from typing import Any

from demo.replay import Replay
from domain.calendar.local_time import instant
from domain.people.rights import Role
from storage.people.people import Person
from storage.reports.reports import NewPart


class Cast:
    """Its people, and what they say in their language."""

    def __init__(self, past: Replay, data: dict[str, Any], language: str, random: Random) -> None:
        self.language = language
        self._zone = past.setup.community.zone
        self.names = [
            title.format(name) for title, name in product(data["called"][language], data["surnames"][language])
        ]
        random.shuffle(self.names)
        code = "en" if language == "en" else "zh_Hans"

        def several(count: int, *roles: Role) -> list[Person]:
            return [past.meet(self.names[number % len(self.names)], code, *roles) for number in range(count)]

        self.staff = several(3, Role.STAFF)
        self.head = past.meet(self.names[-1], code, Role.LEAD)
        self.residents = several(data["residents"])
        self.representatives = several(data["representatives"], Role.REPRESENTATIVE)
        self.leads = several(data["leads"], Role.REPRESENTATIVE)
        self.volunteers = several(data["volunteers"], Role.VOLUNTEER)

    def words(self, told: dict[str, Any]) -> str:
        """A text of the data, as these people say it."""
        return str(told[self.language])

    def words_of(self, told: dict[str, Any]) -> list[str]:
        """Several texts of the data, one of which they say."""
        return list(told[self.language])

    def parts(self, words: str) -> list[NewPart]:
        """The same as it comes from a chat."""
        return [NewPart("text", text=words)]

    def on(self, day: date, minute: int) -> datetime:
        """That minute of a local day."""
        return instant(datetime.combine(day, time(0)) + timedelta(minutes=minute), self._zone)


def days(first: date, last: date) -> list[date]:
    """Each day from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def month(name: str) -> list[date]:
    """The days of a month such as 2023-02."""
    first = date.fromisoformat(f"{name}-01")
    after = (first + timedelta(days=32)).replace(day=1)
    return days(first, after - timedelta(days=1))
