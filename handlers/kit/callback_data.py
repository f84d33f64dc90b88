"""What a button carries: for each family of buttons a class of typed fields, packed into at most 64 bytes.

    class Offer(CallbackData, prefix="ro"):
        repair: int
        answer: OfferAnswer          # a StrEnum

    Offer(12, OfferAnswer.TAKE).pack()    # "ro:12:take"
    Offer.unpack("ro:12:take")            # raises InvalidCallbackData for anything else than what pack() makes

A field is an `int` (from 0 on, at most 15 digits; `Annotated[int, range(7)]` narrows it), a `StrEnum`, an `int` or else
a `StrEnum`, a `date`, or a `str` (ASCII; a colon only in the last field). `Annotated[int | None, BEHIND]` stands behind
the field before it, after "=", and is left out when it is None: `show=17`. `Annotated[int, ADDED_LATER] = 0` may be
missing at the end, because there are buttons in chats from before there was that field; a default alone is only for
those who pack.

Packed values are out there in chats: they stay as they are, byte for byte.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, ClassVar, Self, dataclass_transform, get_args, get_origin, get_type_hints

DATA_LIMIT = 64
MOST_DIGITS = 15
BEHIND = object()
"""Marks a field that stands behind the one before it, after "="."""
ADDED_LATER = object()
"""Marks a field that older buttons do not have: they are read with its default."""


class InvalidCallbackData(ValueError):
    """A button said what no button of ours says: it comes from the client, which may be anybody's own."""


class YesNo(StrEnum):
    """The answer to a question with two buttons."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class _Field:
    name: str
    read: Callable[[str], Any]
    """Raises ValueError."""
    is_behind: bool
    may_miss: bool


@dataclass_transform(frozen_default=True)
class CallbackData:
    """The data of one family of buttons; see above for what its fields may be."""

    prefix: ClassVar[str]
    _groups: ClassVar[tuple[tuple[_Field, _Field | None], ...]]
    """The fields between colons, each with the one behind it."""

    def __init_subclass__(cls, *, prefix: str) -> None:
        super().__init_subclass__()
        dataclass(frozen=True)(cls)
        cls.prefix = prefix
        hints = get_type_hints(cls, include_extras=True)
        found = [_field(each.name, hints[each.name]) for each in fields(cls)]  # type: ignore[arg-type]
        following = [*found[1:], None]
        cls._groups = tuple(
            (each, behind if behind is not None and behind.is_behind else None)
            for each, behind in zip(found, following, strict=True)
            if not each.is_behind
        )

    def pack(self) -> str:
        """What the button carries. Raises ValueError when that would be too long, or be read as something else."""
        data = self.prefix
        for field, behind in self._groups:
            data += f":{getattr(self, field.name)}"
            if behind is not None and (value := getattr(self, behind.name)) is not None:
                data += f"={value}"
        if len(data) > DATA_LIMIT:
            raise ValueError(f"callback data over {DATA_LIMIT} bytes: {data}")
        try:
            is_same = type(self).unpack(data) == self
        except InvalidCallbackData:
            is_same = False
        if not is_same:
            raise ValueError(f"callback data that cannot be read again: {data}")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self:
        """What a pressed button carries. Raises InvalidCallbackData when `pack` would not have made it so."""
        prefix, *words = data.split(":", len(cls._groups))
        if prefix != cls.prefix or not data.isascii() or len(data) > DATA_LIMIT:
            raise InvalidCallbackData
        values: dict[str, Any] = {}
        for at, (field, behind) in enumerate(cls._groups):
            if at >= len(words):
                if not field.may_miss:
                    raise InvalidCallbackData
                continue
            word, mark, rest = words[at].partition("=") if behind is not None else (words[at], "", "")
            try:
                values[field.name] = field.read(word)
                if behind is not None:
                    values[behind.name] = behind.read(rest) if mark else None
            except ValueError as error:
                raise InvalidCallbackData from error
        return cls(**values)


def number_in(text: str) -> int | None:
    """A number as we write it into buttons and links: digits of ours, and few enough that reckoning with it stays in
    what the database can hold (a page times its length, for example). None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def number_from(text: str) -> int:
    """A number out of a `str` that a button carries. Raises InvalidCallbackData when it is none."""
    number = number_in(text)
    if number is None:
        raise InvalidCallbackData
    return number


def _field(name: str, hint: Any) -> _Field:
    """How a field of that type is read. Raises TypeError for a type that no button carries."""
    marks: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        marks = tuple(rest)
    is_behind, may_miss = BEHIND in marks, ADDED_LATER in marks
    if is_behind:
        hint = next(each for each in get_args(hint) if each is not type(None))
    among = next((mark for mark in marks if isinstance(mark, range)), None)
    if hint is int:
        return _Field(name, number_from if among is None else lambda text: _number_of(text, among), is_behind, may_miss)
    if isinstance(hint, UnionType):
        _, words = get_args(hint)
        return _Field(name, lambda text: number_from(text) if text.isdecimal() else words(text), is_behind, may_miss)
    if hint is date:
        return _Field(name, _day, is_behind, may_miss)
    if hint is str or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return _Field(name, hint, is_behind, may_miss)
    raise TypeError(f"{name}: no button carries {hint}")


def _number_of(text: str, among: range) -> int:
    found = number_from(text)
    if found not in among:
        raise ValueError(text)
    return found


def _day(text: str) -> date:
    found = date.fromisoformat(text)
    if found.isoformat() != text:  # Python reads 20261126 and 2026-W48-4 too
        raise ValueError(text)
    return found
