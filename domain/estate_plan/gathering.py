"""What is shown at which place of the plan: each report at the smallest placed area around it, the others below."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from domain.community import Community
from domain.estate_plan.spots import Spot
from domain.public_reports.shown import areas

DAYS_SHOWN = 30
"""What is fixed is shown for so many days: long enough to be noticed by those who pass by, and no longer."""
ELSEWHERE = ""
"""Stands for reports of which no area may be named."""


class Reported(Protocol):
    """A report everybody may see: where it is."""

    @property
    def area(self) -> str | None: ...


R = TypeVar("R", bound=Reported)


@dataclass(frozen=True)
class Gathered(Generic[R]):
    """Reports by the area at which they are shown: on the plan, and below it."""

    on_plan: Mapping[str, list[R]] = field(default_factory=dict)
    below: Mapping[str, list[R]] = field(default_factory=dict)


def gathered(community: Community, placed: Mapping[str, Spot], reports: Iterable[R]) -> Gathered[R]:
    """Gather reports, in the order of the community file; of one area they keep the order they came in.

    No area counts that may not be named, because few live there: what is in it is shown at the one around it.
    """
    at: dict[str | None, tuple[str, bool]] = {}
    on_plan: dict[str, list[R]] = {area.code: [] for area in community.all_areas()}
    below: dict[str, list[R]] = {code: [] for code in (*(area.code for area in community.areas), ELSEWHERE)}
    for report in reports:
        if report.area not in at:
            at[report.area] = _where(community, placed, report.area)
        code, is_placed = at[report.area]
        (on_plan if is_placed else below)[code].append(report)
    return Gathered({c: found for c, found in on_plan.items() if found}, {c: f for c, f in below.items() if f})


def _where(community: Community, placed: Mapping[str, Spot], area: str | None) -> tuple[str, bool]:
    named = [each.code for each in areas(community, area)]
    found = next((code for code in reversed(named) if code in placed), None)
    return (found, True) if found is not None else (named[0] if named else ELSEWHERE, False)
