"""What is kept goes by names of its own, which stay when the program calls things something else."""

from enum import Enum
from typing import Any, ClassVar, TypeVar

E = TypeVar("E", bound=Enum)


class Stored:
    """Mixed into an enum whose values are kept: in a table, a draft, a button or a link.

    `kept_in` says where, such as `outbox.action`. A value is never changed or used for something else; one that is
    needed no more may still come back in a row, a button or a backup. tests/golden.txt has them all.
    """

    kept_in: ClassVar[str]

    def __init_subclass__(cls, kept_in: str = "", **others: Any) -> None:
        super().__init_subclass__(**others)
        if kept_in:
            cls.kept_in = kept_in


def known(value: str | None, otherwise: E) -> E:
    """The member of `otherwise`'s enum that is kept as `value`; `otherwise` for a name that is none any more.

    For what says more about a thing, such as how soon it is wanted: it must not lock out whoever the thing is about.
    """
    try:
        return type(otherwise)(value)
    except ValueError:
        return otherwise
