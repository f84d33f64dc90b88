"""Which of the reports nearby speak of the same thing: words compared by the letters they are made of, so that forms of
a word and Chinese without spaces count as well. Rare bits weigh more than those everybody uses.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import log, sqrt

from domain.language.letters import beginning, normalized

THRESHOLD = 0.25
BEGINNING = 4  # letters that forms of a word have in common
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
    "[一二三四五六七八九十]{0,4}(?:号楼|单元|栋|幢|楼层)|[的了在是有我们你请着就也都还又很太不没坏吗呢吧啊]"
)


def alike(
    words: str, others: Iterable[tuple[int, str]], most: int, threshold: float = THRESHOLD, *, usual: int | None = None
) -> list[int]:
    """The ids of those `others` (id, words) that speak of what `words` speaks of, the most alike first.

    The first `usual` of them tell what everybody says, where the rest was chosen for what it shares; else all do.
    """
    wanted = bits(beginning(words, COMPARED))
    known = [(number, bits(beginning(text, COMPARED))) for number, text in others]
    heard = [found for _, found in known[:usual]]
    shared = [wanted.keys() & found.keys() for _, found in known]
    # How much a bit weighs that so many have: smoothed inverse document frequency, never under 1.
    weight = [log((2 + len(heard)) / (1 + count)) + 1 for count in range(len(heard) + 1)]
    had = Counter(chain.from_iterable(shared[:usual]))
    length = _length(count * weight[had[bit]] for bit, count in wanted.items())
    # Many are compared while somebody waits, so first what can be seen from the shared bits alone: their part of the
    # mark, over the least the other's length can be.
    near = []
    for (number, found), common in zip(known, shared, strict=True):
        if len(common) * 6 >= min(len(wanted), len(found)) > 0:
            part = sum(wanted[bit] * found[bit] * weight[had[bit]] ** 2 for bit in common)
            if part >= threshold * length * sqrt(len(found)):
                near.append((number, found, part))
    if not near:
        return []
    had = Counter(chain.from_iterable(heard))
    marked = [
        (part / (length * _length(count * weight[had.get(bit, 0)] for bit, count in found.items())), number)
        for number, found, part in near
    ]
    marked = [(mark, number) for mark, number in marked if mark >= threshold]
    return [number for _, number in sorted(marked, reverse=True)[:most]]


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights))


def keys(text: str, most: int) -> list[str]:
    """What a text may be found by, each once, the first of it: pairs of Chinese letters, the beginnings of words."""
    found: dict[str, None] = {}
    for chinese, word in _RUNS.findall(_plain(beginning(text, COMPARED))):
        if len(chinese) > 1:
            found.update(dict.fromkeys(_rows(chinese, 2)))
        elif word and word not in _IDLE:
            found[word[:BEGINNING]] = None
    return list(found)[:most]


@lru_cache(maxsize=2048)  # some eight megabytes
def bits(text: str) -> Counter[str]:
    """What a text is made of: letters and pairs of Chinese, three letters in a row of words."""
    found: Counter[str] = Counter()
    for chinese, word in _RUNS.findall(_plain(text)):
        if chinese:
            found.update(chinese)
            found.update(_rows(chinese, 2))
        elif word not in _IDLE:
            found.update(_rows(f" {word} ", 3))
    return found


def _plain(text: str) -> str:
    return _IDLE_CHINESE.sub(" ", normalized(text).casefold())


def _rows(text: str, length: int) -> Sequence[str]:
    return [text[at : at + length] for at in range(len(text) - length + 1)]
