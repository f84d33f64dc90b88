"""Which of the voices nearby speak of the same thing: words compared by the letters they are made of, so that forms of
a word and Chinese without spaces count as well. Rare bits weigh more than those everybody uses.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
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
    common = [wanted.keys() & found.keys() for _, found in known]
    weights = _weights(common, len(known))
    length = _length(count * weights.get(bit, _heaviest(len(known))) for bit, count in wanted.items())
    # Three hundred are compared while somebody waits, so first what can be seen from the shared bits alone: their part
    # of the mark, over the least the other's length can be.
    near = []
    for (number, found), bits_shared in zip(known, common, strict=True):
        if len(bits_shared) * 6 >= min(len(wanted), len(found)) > 0:
            shared = sum(wanted[bit] * found[bit] * weights[bit] ** 2 for bit in bits_shared)
            if shared >= threshold * length * sqrt(len(found)):
                near.append((number, found, shared))
    if not near:
        return []
    weights = _weights((found for _, found in known), len(known))
    marked = [
        (shared / (length * _length(count * weights[bit] for bit, count in found.items())), number)
        for number, found, shared in near
    ]
    marked = [(mark, number) for mark, number in marked if mark >= threshold]
    return [number for _, number in sorted(marked, reverse=True)[:most]]


def _weights(texts: Iterable[Iterable[str]], total: int) -> dict[str, float]:
    """How much each bit of the texts weighs: smoothed inverse document frequency, never under 1."""
    return {bit: log((2 + total) / (1 + count)) + 1 for bit, count in Counter(chain.from_iterable(texts)).items()}


def _heaviest(total: int) -> float:
    return log(2 + total) + 1


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights))


@lru_cache(maxsize=4096)
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
