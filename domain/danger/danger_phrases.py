"""What a word list of a danger may hold: a plain word or phrase, or several that stand near each other.

`stuck/trapped + lift/elevator` is found where one of the first and one of the second stand in the same sentence, in
either order, not too far apart. `@person` stands for whoever it may happen to.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.danger.only_a_cry import MARK, cries, is_all, only_cries
from domain.language.phrases import UNSPACED, fold, is_unspaced, remove, spans

PERSON = "@person"
_PEOPLE = (
    "person people man men woman women child children kid kids boy boys girl girls baby toddler student "
    "students pensioner elderly mother father mum mom dad mama papa grandmother grandfather grandma grandpa "
    "granny son daughter husband wife brother sister uncle aunt neighbour neighbor neighbours neighbors "
    "resident residents tenant worker workers workman cleaner caretaker guard cyclist pedestrian passer-by "
    "visitor passenger passengers lady gentleman teenager teenagers youth youths pupil pupils elder elders "
    "grandson granddaughter nephew niece guest guests driver customer employee patient couple family families "
    "friend roommate classmate teacher someone somebody anybody he she they me him her them us"
)
_PEOPLE_CHINESE = (
    "老人 老头 老太 大爷 大妈 大叔 大娘 爷爷 奶奶 外公 外婆 姥姥 姥爷 阿姨 叔叔 妈 爸 父亲 母亲 老公 老婆 丈夫 "
    "妻子 老伴 儿子 女儿 孩子 小孩 娃 宝宝 婴儿 男孩 女孩 男子 女子 男的 女的 男生 女生 学生 同学 室友 老师 "
    "邻居 住户 居民 工人 保安 保洁 师傅 快递员 外卖员 路人 行人 乘客 村民 有人 个人 老奶奶 孕妇 骑手 司机 客人 "
    "员工 病号 一家人 两口子 的人 人家 伤者 女人 男人 年轻人 病人 小伙 姑娘 她 他 "
    "俺娘 俺爹 老娘 老爹 婆婆 公公 阿婆 阿公 岳母 岳父 弟弟 妹妹 哥哥 姐姐 孙子 孙女"
)
PEOPLE = (*_PEOPLE.split(), *_PEOPLE_CHINESE.split())
REACH, REACH_UNSPACED = 50, 14
"""Letters between the words of one entry: about nine words, or a clause of Chinese."""

_SPACED = re.compile(f"[^\\W_{UNSPACED}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]+")

Span = tuple[int, int]


def clues(folded: str) -> set[str]:
    """What of a text shows which phrases may be in it: its words, and letters and pairs of scripts without spaces.

    Most of some two thousand phrases are in no text. They are looked up by how they begin, not each in the text.
    """
    found = set(_SPACED.findall(folded))
    for run in _UNSPACED.findall(folded):
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def _clue(phrase: str) -> str:
    """The clue by which a phrase is looked up: its first word, or its first two letters."""
    word = _SPACED.match(phrase)
    if word is None:
        run = _UNSPACED.match(phrase)
        return run[0][:2] if run else ""
    return "" if is_unspaced(phrase) else word[0]


@dataclass(frozen=True)
class Words:
    """Words and phrases by their clues; under the empty one those that have none."""

    by_clue: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Words:
        """Sort folded phrases."""
        found: dict[str, tuple[str, ...]] = {}
        for phrase in phrases:
            found[_clue(phrase)] = (*found.get(_clue(phrase), ()), phrase)
        return cls(found)

    def may_be_in(self, shown: set[str]) -> bool:
        """Whether any may be in a text with these clues."""
        return "" in self.by_clue or not self.by_clue.keys().isdisjoint(shown)

    def among(self, shown: set[str]) -> list[str]:
        """Those that may be in a text with these clues."""
        found = [phrase for clue in self.by_clue.keys() & shown for phrase in self.by_clue[clue]]
        return [*found, *self.by_clue.get("", ())]


@dataclass(frozen=True)
class Near:
    """Groups of words, one of each of which stands near one of the first."""

    groups: tuple[Words, ...]

    @classmethod
    def of(cls, entry: str) -> Near:
        """Read `a/b + c/d`."""
        return cls(tuple(Words.of(_words(group)) for group in entry.split(" + ")))

    def find(self, sentence: str, shown: set[str]) -> Span | None:
        """Where it is first found: where the first group's word stands."""
        found = self._stand(sentence, shown)
        return next((span for span in found[0] if all(_near(sentence, span, others) for others in found[1:])), None)

    def behind_the_first(self, sentence: str, shown: set[str]) -> list[Span]:
        """Where the words of all groups but the first stand, near one of the first with which all are found."""
        first, *others = self._stand(sentence, shown)
        whole = [span for span in first if all(_near(sentence, span, other) for other in others)]
        return [span for other in others for span in other if whole and _near(sentence, span, whole)]

    def _stand(self, sentence: str, shown: set[str]) -> list[list[Span]]:
        """Where each group's words stand, in order."""
        return [
            sorted({span for word in group.among(shown) for span in spans(sentence, word)}) for group in self.groups
        ]


@dataclass(frozen=True)
class Phrases:
    """A list of words, folded and sorted by kind."""

    plain: Words
    near: Mapping[str, tuple[Near, ...]]
    """By the clues of that group of theirs which has the fewest."""
    cries: tuple[str, ...] = ()
    """Those that have to be all of a message."""

    @classmethod
    def of(cls, entries: Iterable[str]) -> Phrases:
        """Sort a list."""
        entries = list(entries)
        folded = list(dict.fromkeys(fold(entry) for entry in entries if not entry.startswith(MARK)))
        plain = Words.of(entry for entry in folded if not is_near(entry))
        return cls(plain, _by_clue(Near.of(entry) for entry in folded if is_near(entry)), cries(entries))

    def is_cry(self, text: str) -> bool:
        """Whether a folded message is one of the cries and no more."""
        return any(only_cries(text, cry) for cry in self.cries)

    def has_all_of(self, text: str) -> bool:
        """Whether a folded message is one of the cries, and has not even a call or a place beside it."""
        return any(is_all(text, cry) for cry in self.cries)

    def may_be_in(self, shown: set[str]) -> bool:
        """Whether any is worth looking for in a text with these clues."""
        return self.plain.may_be_in(shown) or bool(self._near_among(shown))

    def _near_among(self, shown: set[str]) -> list[Near]:
        found = {id(each): each for clue in self.near.keys() & shown for each in self.near[clue]}
        found |= {id(each): each for each in self.near.get("", ())}
        return [each for each in found.values() if all(group.may_be_in(shown) for group in each.groups)]

    def find(self, sentence: str, shown: set[str]) -> list[Span]:
        """Where each stands in a sentence."""
        found = [span for phrase in self.plain.among(shown) for span in spans(sentence, phrase)]
        near = (each.find(sentence, shown) for each in self._near_among(shown))
        return [*found, *(span for span in near if span is not None)]

    def remove(self, sentence: str, shown: set[str]) -> str:
        """The sentence with them taken out, gaps left in their places; of `a + b` what stands behind the first.

        Longer ones first: "gas meter reading" goes before "gas meter" leaves half of it behind.
        """
        near = {span for each in self._near_among(shown) for span in each.behind_the_first(sentence, shown)}
        sentence = _without(sentence, sorted(near))
        for phrase in sorted(self.plain.among(shown), key=len, reverse=True):
            sentence = remove(sentence, phrase)
        return sentence


def _without(text: str, out: Sequence[Span]) -> str:
    kept, at = [], 0
    for start, end in out:
        kept.append(text[at:start])
        at = max(at, end)
    return "\n".join([*kept, text[at:]])


def _by_clue(near: Iterable[Near]) -> dict[str, tuple[Near, ...]]:
    found: dict[str, tuple[Near, ...]] = {}
    for each in near:
        for clue in min((group.by_clue for group in each.groups), key=len):
            found[clue] = (*found.get(clue, ()), each)
    return found


def is_near(entry: str) -> bool:
    """Whether an entry of a list is several words that stand near each other."""
    return " + " in entry


def empty_groups(entry: str) -> bool:
    """Whether an entry has a group with nothing in it: `lift + `, `a//b`."""
    return any(not word.strip() for group in entry.split("+") for word in group.split("/"))


def _words(group: str) -> tuple[str, ...]:
    words = [word.strip() for word in group.split("/")]
    return tuple(each for word in words for each in (PEOPLE if word == PERSON else (word,)))


def _near(sentence: str, span: Span, others: Sequence[Span]) -> bool:
    """Whether one of the others is near, before or behind, and not a part of the same word."""
    at = bisect_left(others, span)
    for start, end in (*others[max(0, at - 2) : at], *others[at : at + 2]):
        gap = sentence[min(end, span[1]) : max(start, span[0])]
        apart = end <= span[0] or start >= span[1]
        if apart and len(gap) <= (REACH_UNSPACED if is_unspaced(sentence[start:end]) else REACH):
            return True
    return False
