"""Whether what was read of an update is as our own words say: text where text belongs, numbers where numbers do.

Telegram always sends so. What comes otherwise is set aside as it came, and nothing that handles it has to ask. A field
that is added to `handlers/kit/incoming.py` is looked at by its type, without a word here.
"""

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from handlers.kit.incoming import Incoming

LARGEST = 2**63
"""Beyond it no number can be kept."""
Fits = Callable[[Any], bool]


class Unreadable(ValueError):
    """Something in an update is not of its kind; the text names the field."""


def check(incoming: Incoming) -> None:
    """Raises Unreadable."""
    for name, fits in _fields(Incoming):
        if not fits(getattr(incoming, name)):
            raise Unreadable(name)


@cache
def _fields(kind: type) -> list[tuple[str, Fits]]:
    hints = get_type_hints(kind)
    return [(each.name, _fits(hints[each.name])) for each in fields(kind)]


@cache
def _fits(kind: Any) -> Fits:
    if get_origin(kind) is UnionType:
        among = [_fits(each) for each in get_args(kind)]
        return lambda value: any(fits(value) for fits in among)
    if get_origin(kind) in (list, frozenset):
        outer, inner = get_origin(kind), _fits(get_args(kind)[0])
        return lambda value: isinstance(value, outer) and all(map(inner, value))
    if is_dataclass(kind):
        assert isinstance(kind, type)
        inside = _fields(kind)
        return lambda value: type(value) is kind and all(fits(getattr(value, name)) for name, fits in inside)
    return _PLAIN.get(kind) or _other(kind)


def _other(kind: Any) -> Fits:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: isinstance(value, kind)
    return callable  # how to read it anew


_PLAIN: dict[Any, Fits] = {
    int: lambda value: type(value) is int and -LARGEST <= value < LARGEST,
    float: lambda value: type(value) in (int, float) and math.isfinite(value),
    bool: lambda value: type(value) is bool,
    str: lambda value: isinstance(value, str),
    datetime: lambda value: isinstance(value, datetime),
    NoneType: lambda value: value is None,
}
