"""The places somebody spoke of before, as buttons: no two say the same, nor what an area below them says."""

import json
from collections.abc import Sequence
from zlib import crc32

from handlers.kit import wording
from handlers.kit.texts import one_line
from handlers.kit.update_context import UpdateContext

LastPlace = tuple[str | None, str | None]
"""An area's code and typed words."""
LAST = "~"
"""What such a button carries begins so."""


def mark(place: LastPlace) -> str:
    """What tells a place from the others. The same in each process: a button may outlive this one."""
    return str(crc32(json.dumps(place).encode()))


def as_choices(
    ctx: UpdateContext, last: Sequence[LastPlace], below: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """A label and a value for each of `last`. What a button says already, of these or of those `below`, is said at
    more length, or left out."""
    taken, found = {label for label, _ in below}, []
    for each in last:
        label = wording.place_label(ctx.setup.community, ctx.say, *each)
        if label in taken:
            label = _at_length(ctx, each) or label
        if label not in taken:
            taken.add(label)
            found.append((label, LAST + mark(each)))
    return found


def _at_length(ctx: UpdateContext, place: LastPlace) -> str | None:
    code, words = place
    if code is None:
        return None
    area = ctx.setup.community.place_name(code, ctx.say.language)
    if words is None:
        return ctx.say.label("Just “{area}”", area=area)
    return one_line(ctx.say.label("{area} ({words})", area=area, words=words), wording.PLACE_LABEL * 2)
