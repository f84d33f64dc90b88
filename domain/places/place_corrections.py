"""Which place somebody in danger means who has said where it is, and now names another: "the lamp at the north gate is
dark, too", "I wait at the gate" and "no, it is building 2" all name one.
"""

import re

from domain.community import Area, Community
from domain.language.letters import LOOKED_AT, normalized
from domain.places.place_words import place_words
from domain.places.places import find_areas

_CORRECTION = re.compile(
    r"\b(?:wrong (?:building|stairwell|place|address|number)|correction|i meant?|my mistake|typo|mistyped)\b"
    r"|(?:说|写|打|弄|搞|发|讲|报)错|错了|不对|更正|纠正|应该是|其实是|改成|改为|而是"
)
# What stands around a place that is all somebody says.
_BESIDE = re.compile(
    r"\b(?:no|not|sorry|oh|it|it's|its|is|this|that|at|in|on|of|the|and|address|place|flat|room|floor|please|actually)\b"
    r"|(?:不好意思|对不起|地址|地点|位置|这里|号房|房间|就|是|在|的|室|房|层|户|号|哦|啊|呢)|[\W\d_]"
)


def place_instead(text: str, community: Community, known: str | None) -> Area | None:
    """The one area that `text` names and that counts from now on, where the area with the code `known` did so far
    (None: a place without a code, such as a point that was shared).

    It does when it lies within the known one, when a house is named after a gate or a square, when the words correct
    what was said, or are nothing but a place. Else None: what was said of where somebody is in danger is not lost by
    what they mention afterwards.
    """
    areas = find_areas(text, community)
    if len(areas) > 1 and known is not None:
        # "stairwell 1", which every building has, after "building 4".
        areas = tuple(each for each in areas if known in place_words(community).paths[each.code])
    if len(areas) != 1 or areas[0].code == known:
        return None
    if _CORRECTION.search(normalized(text[:LOOKED_AT]).casefold()):
        return areas[0]
    paths = place_words(community).paths
    around, found = paths.get(known, ()) if known is not None else (), paths[areas[0].code]
    if areas[0].code in around:
        return None  # "building 3" after "building 3, stairwell 2"
    more_exact = len(found) > len(around) and (known in found or len(around) == 1)
    return areas[0] if more_exact or _is_bare(text, community) else None


def _is_bare(text: str, community: Community) -> bool:
    mentions = place_words(community).mentions(text)
    if not mentions:
        return False
    rest, end = [], 0
    for each in mentions:
        rest.append(each.text[end : each.start])
        end = max(end, each.end)
    rest.append(mentions[0].text[end:])
    return not _BESIDE.sub("", " ".join(rest).casefold().replace("\u2019", "'")).strip()
