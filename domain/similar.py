"""Which of the voices nearby speak of the same thing: words compared by the letters they are made of, so that forms of
a word and Chinese without spaces count as well. Rare bits weigh more than those everybody uses.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import log, sqrt

THRESHOLD = 0.25
COMPARED = 400  # letters: what it is about is said at the beginning
_RUNS = re.compile(r"([\u3400-\u4dbf\u4e00-\u9fff]+)|([^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+)")
# Where something is counts by itself; what everybody says of everything tells nothing apart.
_IDLE_WORDS = (
    "a an the is are was were be been being has have had do does not no of in on at to for from by with and or but it "
    "its this that there here my our your we i you they since still again now very too so please building "
    "floor block number room broken works working doesn don isn t s out"
)
_IDLE = frozenset(_IDLE_WORDS.split())
_IDLE_CHINESE = re.compile(
    "[一二三四五六七八九十]*(?:号楼|单元|栋|幢|楼层)|[的了在是有我们你请着就也都还又很太不没坏吗呢吧啊]"
)


def alike(words: str, others: Iterable[tuple[int, str]], most: int, threshold: float = THRESHOLD) -> list[int]:
    """The ids of those `others` (id, words) that speak of what `words` speaks of, the most alike first."""
    wanted = bits(words[:COMPARED])
    known = [(number, bits(text[:COMPARED])) for number, text in others]
    if not wanted or not known:
        return []
    spread = Counter(bit for _, found in known for bit in found)
    total = len(known) + 1

    def weighed(found: Counter[str]) -> dict[str, float]:
        return {bit: count * (log((1 + total) / (1 + spread[bit])) + 1) for bit, count in found.items()}

    mine = weighed(wanted)
    length = _length(mine.values())
    marked = []
    for number, found in known:
        # Cheap to see; most of three hundred need no more.
        if len(wanted.keys() & found.keys()) * 6 < min(len(wanted), len(found)):
            continue
        theirs = weighed(found)
        shared = sum(weight * theirs[bit] for bit, weight in mine.items() if bit in theirs)
        marked.append((shared / (length * _length(theirs.values())), number))
    marked = [(mark, number) for mark, number in marked if mark >= threshold]
    return [number for _, number in sorted(marked, reverse=True)[:most]]


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights))


@lru_cache(maxsize=1024)
def bits(text: str) -> Counter[str]:
    """What a text is made of: letters and pairs of Chinese, three letters in a row of words."""
    found: Counter[str] = Counter()
    plain = _IDLE_CHINESE.sub(" ", unicodedata.normalize("NFKC", text).casefold())
    for chinese, word in _RUNS.findall(plain):
        if chinese:
            found.update(chinese)
            found.update(_rows(chinese, 2))
        elif word not in _IDLE:
            found.update(_rows(f" {word} ", 3))
    return found


def _rows(text: str, length: int) -> Sequence[str]:
    return [text[at : at + length] for at in range(len(text) - length + 1)]
