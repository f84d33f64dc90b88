"""What can happen to the estate's own plan."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class PlanEvent(Event):
    subject_kind: ClassVar[str] = "plan"
    plan: int
    """The number of its picture."""


@dataclass(frozen=True, kw_only=True)
class PlanPictureMade(PlanEvent, kind="plan.picture_made"):
    """The plan has a new picture. `places_stay`: an earlier one had its shape, so areas are where they were."""

    places_stay: bool


@dataclass(frozen=True, kw_only=True)
class PlanPictureRemoved(PlanEvent, kind="plan.picture_removed"):
    """An admin took the picture down."""


@dataclass(frozen=True, kw_only=True)
class PlanAreaPlaced(PlanEvent, kind="plan.area_placed"):
    """An area is at this place of the picture: in percent from the left and from the top."""

    area: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class PlanAreaRemoved(PlanEvent, kind="plan.area_removed"):
    """An area has no place on the picture any more."""

    area: str
