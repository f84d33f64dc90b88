"""The words by which places are named: an index over a community's areas, so that a text is compared with those few
that may be in it, and not with each of thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from domain.community import Area, Community
from domain.language.cache_by_identity import made_once
from domain.language.letters import beginning
from domain.language.numerals import in_digits
from domain.language.phrases import is_unspaced, outermost, spans
from domain.places.elsewhere import is_elsewhere
from domain.places.same_names import SAME, SPELLED

Designator = tuple[str, str]
"""What kind of numbered thing, and which: ("building", "3")."""

RANKS = {"building": 1, "dormitory": 1, "unit": 2, "floor": 3, "room": 4}
"""Wider ones first: a stairwell is in a building, and not the other way round."""

_ORDINALS = dict(zip(("first", "second", "third", "fourth", "fifth", "sixth"), "123456", strict=True))
_NTH = rf"{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)"
# What people call a numbered house or stairwell, so that "bldg 3", "3栋" and "三号楼" find "Building 3".
_NO = r"\.? ?(?:(?:no\.?|number|nr\.?) ?)?#? ?"
_KINDS = {
    "building": re.compile(
        rf"\b(?:buildings?|bldg|blocks?|towers?|house){_NO}(\d{{1,4}})(?!\d|(?:st|nd|rd|th)\b)"
        r"|(?<!\d)(\d{1,4}) ?(?:[号號] ?[楼樓]|#|栋|棟|幢|座|[号號](?=\d{1,3} ?(?:单元|單元|门洞)))"
        r"|\bno\.? ?(\d{1,4})(?=,? (?:stairwell|staircase|entrance|unit)\b)"
    ),
    "dormitory": re.compile(
        rf"\b(?:dormitory|dorm|hall){_NO}(\d{{1,4}})(?!\d)"
        r"|(?<!\d)(\d{1,4}) ?[号#號栋]? ?(?:宿舍|公寓)"
        r"|(?:宿舍|公寓) ?(\d{1,4}) ?[号#號栋][楼樓]?"
    ),
    "unit": re.compile(
        rf"\b(?:stairwells?|staircases?|stairs?|entrances?|units?){_NO}(\d{{1,3}})"
        r"(?!\d|(?:st|nd|rd|th)\b| ?(?:people|times))"
        rf"|\b(?:the )?({_NTH}) (?:stairwell|staircase|stairs?|entrance)\b(?! (?:of|in) (?:the )?\d)"
        r"|(?<=[楼栋幢]) ?(\d{1,2}) ?(?:号?门(?![牌口面诊店])|门洞)"
        r"|\b(?:stairwell|staircase|entrance|unit) ([b-h])(?![\w'])"
        r"|(?<!\d)(\d{1,3}) ?(?:单元|單元|门洞|门栋)|(?<![a-z])([a-h]) ?(?:单元|單元|门洞)"
    ),
    "floor": re.compile(
        rf"\b(?:floor|level|storey){_NO}(\d{{1,3}})(?!\d)|(?<!\d)(\d{{1,3}})(?:st|nd|rd|th) floor\b"
        r"|(?<!\d)(\d{1,3}) ?[层層楼樓](?![上下]?[栋座])"
    ),
    "room": re.compile(rf"\b(?:room|flat|apartment|apt){_NO}(\d{{1,5}})(?!\d)|(?<!\d)(\d{{1,5}}) ?(?:室|号房|房间)"),
}
_BETWEEN = r" ?(?:[、,和与或及跟/]|或者|[到至~]) ?"
_ENDS = r"(?= (?:is|are|has|have)\b|[.,;:!?)]|$)"
_OTHERS = {
    "building": re.compile(
        rf"\b(?:buildings?|blocks?|towers?) \d{{1,3}}(?:, ?\d{{1,3}}){{0,4}},? ?(?:and|or|&|to|\+|/)"
        rf" ?(\d{{1,3}}){_ENDS}"
        rf"|(?<![\d、])(\d{{1,3}})(?=(?:{_BETWEEN}\d{{1,3}}){{1,4}} ?(?:[号號][楼樓]|栋|棟|幢))"
    ),
    "unit": re.compile(
        rf"\b(?:stairwells?|staircases?|entrances?|units?) \d{{1,3}} ?(?:and|or|&|to) ?(\d{{1,3}}){_ENDS}"
        rf"|(?<![\d、])(\d{{1,3}})(?={_BETWEEN}\d{{1,3}} ?(?:单元|單元))"
    ),
}
"""The other one of 1、2号楼 and "building 1 or 2": neither alone is meant."""
_MANY = "[一二两三四五六七八九十\\d]{1,3}"
_COUNTED = re.compile(
    rf"两 ?(?=[栋棟幢座])|(?<=[这那有每哪]){_MANY}(?=[栋棟幢]楼)|(?<=[共前后另]){_MANY}(?=[栋棟幢])"
    rf"|(?<![\d一二三四五六七八九十第]){_MANY}(?=[栋棟幢]楼(?:都|之间|中间))"
)
"""So many houses, and none by its number: 两栋楼之间, 这三栋楼. The second one is 二栋."""
_TWO_NUMBERS = re.compile(r"(?<=[一二三四五六七八九十日天])(?=[\d０-９])|(?<=[\d０-９])(?=[一二三四五六七八九十])")
"""周一3号楼 is no thirteenth one."""
_ROOM = re.compile(r"(?<![\d\-/.:])(\d{1,3})-(\d{1,2})-\d{2,5}(?![\d\-])")
_NAMED_DASHED = re.compile(r"\b(?:building|block|bldg|tower|house) (\d{1,2})-(\d{1,2})(?![\d-])")
_FIRST_DASHED = re.compile(
    r"(\d{1,2})-(\d{1,2})(?:(?=, ?[^\d\s])|(?=,? (?:the )?\w{1,10} floor\b)"
    r"|(?=[\u3400-\u9fff])(?![月日号點点天个人次分元块年时晚早上下小米斤到至比胜负赢输平]))"
)
"""At the beginning, and what is there follows: "3-2, ground floor", 3-1的扶手."""
_DASHED = re.compile(r"(\d{1,3})-(\d{1,2})")
_LETTER = re.compile(r"(?<![a-z])[a-h](?![a-z])")
_SPELLED = tuple((re.compile(pattern), instead) for pattern, instead in SPELLED)
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Mention:
    """Something in a text that names places, or would if there were such a one: `codes` may be empty."""

    start: int
    end: int
    text: str
    """All that was written, in digits."""
    words: str
    codes: tuple[str, ...]
    designator: Designator | None

    @property
    def rank(self) -> int:
        """How narrow the thing is; 0 for a place called by its name."""
        return RANKS[self.designator[0]] if self.designator else 0

    def joined(self, other: Mention) -> Mention:
        """The same words, read in another way as well: "building 3" is a name, and a number of a kind."""
        codes = tuple(dict.fromkeys((*self.codes, *other.codes)))
        return replace(self, codes=codes, designator=self.designator or other.designator)


@dataclass(eq=False)
class PlaceWords:
    """A community's areas by the words that name them. Compared by identity."""

    order: dict[str, Area] = field(default_factory=dict)
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Each area's code → the codes from the top of the tree down to it."""
    kinds_in: dict[str, set[str]] = field(default_factory=dict)
    """Each area's code → what kinds of numbered things there are in it."""
    kinds: set[str] = field(default_factory=set)
    """What kinds of numbered things there are anywhere."""
    _labels: dict[str, dict[str, None]] = field(default_factory=dict)
    _numbers: dict[Designator, dict[str, None]] = field(default_factory=dict)
    own: str = ""
    """All that the community and its places are called, folded."""
    _words: set[str] = field(default_factory=set)
    """Codes that are words: "south" names an area where it is all that is said."""
    _spaced: dict[str, list[str]] = field(default_factory=dict)
    _unspaced: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, community: Community) -> PlaceWords:
        """The index of a community."""
        made = cls()
        for area in community.areas:
            made._add(area, ())
        made.own = "\n".join((*(text.casefold() for _, text in community.name.texts), *made._labels))
        made._add_same_names()
        for label in made._labels:
            tokens = _TOKEN.findall(label)
            if is_unspaced(label) or not tokens:
                made._unspaced.setdefault(label[:1], []).append(label)
            else:
                # By its last word: "building 3" is one of a few that end in 3, and of hundreds that begin alike.
                made._spaced.setdefault(tokens[-1], []).append(label)
        return made

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """What of the beginning of a text names a place, in its order."""
        return _mentions(self, beginning(text))

    def find(self, folded: str) -> Iterator[Mention]:
        """All that names a place in a text written in digits, also what lies within longer names."""
        starts = set(folded)
        tokens = {each for token in _TOKEN.findall(folded) for each in (token, token.removesuffix("s"))}
        labels = [label for token in tokens for label in self._spaced.get(token, ())]
        labels += [label for first, found in self._unspaced.items() if first in starts for label in found]
        for label in labels:
            if label in self._words and label != folded:
                continue
            several = [*spans(folded, f"{label}s")] if " " in label else []  # "the bike sheds"
            for start, end in [*spans(folded, label), *several]:
                yield Mention(start, end, folded, folded[start:end], tuple(self._labels[label]), None)
        for start, end, designator, words in designators(folded):
            yield Mention(start, end, folded, words, tuple(self._numbers.get(designator, ())), designator)

    def _add(self, area: Area, above: tuple[str, ...]) -> None:
        self.order[area.code] = area
        self.paths[area.code] = path = (*above, area.code)
        self.kinds_in.setdefault(area.code, set())
        names = [text for _, text in area.name.texts]
        for label in [*names, *area.aliases, area.code]:
            self._labels.setdefault(spelled(label), {})[area.code] = None
        if area.code.isalpha() and spelled(area.code) not in {spelled(each) for each in (*names, *area.aliases)}:
            self._words.add(spelled(area.code))
        for name in names:
            for _, _, designator, _ in designators(spelled(name)):
                self._numbers.setdefault(designator, {})[area.code] = None
                self.kinds.add(designator[0])
                for code in path[:-1]:
                    self.kinds_in[code].add(designator[0])
        for child in area.children:
            self._add(child, path)

    def _add_same_names(self) -> None:
        """Other names for what one area alone is called."""
        for row in (tuple(map(spelled, each)) for each in SAME):
            owners = {code for name in row for code in self._labels.get(name, ())}
            for name in row if len(owners) == 1 else ():
                self._labels.setdefault(name, dict.fromkeys(owners))


def designators(folded: str) -> Iterator[tuple[int, int, Designator, str]]:
    """The numbered things that a text written in digits speaks of: where, which, and how they are called there."""
    for kind, pattern in _OTHERS.items():
        for found in pattern.finditer(folded):
            number = next(filter(None, found.groups()))
            # Only itself: what stands within longer names is not looked at.
            yield *found.span(found.lastindex or 0), (kind, _number(number)), number
    for kind, pattern in _KINDS.items():
        for found in pattern.finditer(folded):
            number = next(filter(None, found.groups()))
            words = (
                found[0]
                if len(number) > 1 or number.isdecimal()
                else _LETTER.sub(lambda letter: letter[0].upper(), found[0])
            )
            yield found.start(), found.end(), (kind, _number(number)), words
    # "3-2" may also be a score or a time, so it counts with a room or when nothing else was typed.
    alone = _DASHED.fullmatch(folded) or _FIRST_DASHED.match(folded)
    rooms = [alone] if alone else [*_ROOM.finditer(folded), *_NAMED_DASHED.finditer(folded)]
    for room in rooms:
        if room:
            yield room.start(1), room.end(1), ("building", _number(room[1])), room[0]
            yield room.start(2), room.end(2), ("unit", _number(room[2])), room[0]
    if folded.isdecimal() and len(folded) <= 4:
        yield 0, len(folded), ("building", _number(folded)), folded
        yield 0, len(folded), ("dormitory", _number(folded)), folded


def spelled(text: str) -> str:
    """A text folded, in digits, and with names of places written in one way."""
    folded = in_digits(text)
    for pattern, instead in _SPELLED:
        folded = pattern.sub(instead, folded)
    return folded


def _number(written: str) -> str:
    written = _ORDINALS.get(written, written)
    return re.sub(r"(?:st|nd|rd|th)$", "", written).lstrip("0") or "0"


@lru_cache(maxsize=1024)
def _mentions(index: PlaceWords, text: str) -> tuple[Mention, ...]:
    """Kept for a while: the parts of a draft are asked for again with each part that comes."""
    written = _TWO_NUMBERS.sub(" ", _COUNTED.sub("几", text)).strip()
    folded = spelled(written)
    found = list(index.find(folded))
    outer = {
        (start, end)
        for start, end in outermost((each.start, each.end) for each in found)
        if not is_elsewhere(
            folded,
            start,
            end,
            written,
            own=index.own,
            numbered=any(each.designator and (each.start, each.end) == (start, end) for each in found),
            code=folded[start:end] in index.order,
        )
    }
    joined: dict[tuple[int, int], Mention] = {}
    for each in found:
        span = (each.start, each.end)
        if span in outer:
            known = joined.get(span)
            joined[span] = each if known is None else known.joined(each)
    return tuple(sorted(joined.values(), key=lambda each: each.start))


@made_once
def place_words(community: Community) -> PlaceWords:
    """The index of a community."""
    return PlaceWords.of(community)
