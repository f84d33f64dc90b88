"""What any event is."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from domain.core.subjects import subject


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to one subject. `actor` is a person's id, or None when time or the program did it."""

    KIND: ClassVar[str]
    """The name it is kept under, of each class that can happen; it stays when the class is called something else."""
    subject_kind: ClassVar[str]
    says: ClassVar[bool] = False
    """Whether it carries what its actor wrote, photographed or said on to others; of thanks, only that they did."""
    actor: int | None = None

    def __init_subclass__(cls, *, kind: str | None = None, says: bool = False) -> None:
        super().__init_subclass__()
        if kind is not None:
            cls.KIND = kind
        cls.says = says

    @property
    def kind(self) -> str:
        """The name it is kept under."""
        return self.KIND

    @property
    def subject(self) -> str:
        """What it happened to, such as `report:12`."""
        return subject(self.subject_kind, getattr(self, self.subject_kind))

    @property
    def carries_words(self) -> bool:
        """Whether somebody who is blocked may not do it.

        Danger passes always, and where it is, which they are asked (`into`: what had rung); so does what was done
        without a word.
        """
        danger = getattr(self, "danger", None) is not None or getattr(self, "into", None) is not None
        return self.says and not danger and not getattr(self, "rings", False) and getattr(self, "parts", True) != ()

    def data(self) -> dict[str, Any]:
        """Everything else, for the record."""
        left_out = {"actor", self.subject_kind}
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name not in left_out}
