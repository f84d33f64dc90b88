"""What is noted of the hotline: an official figure, counted by somebody else."""

from dataclasses import dataclass
from typing import ClassVar

from domain.events.base import Event


@dataclass(frozen=True, kw_only=True)
class HotlineCounted(Event, kind="hotline.counted"):
    """So many `complaints` to the hotline in a month (202511: November 2025), as an office says; `before`: until now.

    The actor typed it; None: it was imported on the server.
    """

    subject_kind: ClassVar[str] = "hotline"
    hotline: int
    complaints: int
    before: int | None = None
