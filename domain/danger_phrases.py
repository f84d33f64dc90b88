"""What a word list of a danger may hold: a plain word or phrase, or several that stand near each other.

`stuck/trapped + lift/elevator` is found where one of the first and one of the second stand in the same sentence, in
either order, not too far apart. `@person` stands for whoever it may happen to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.phrases import fold, is_unspaced, perhaps, remove, spans

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
    "员工 病号 一家人 两口子 的人 人家 伤者 女人 男人 年轻人 病人 小伙 姑娘 她 他"
)
PEOPLE = (*_PEOPLE.split(), *_PEOPLE_CHINESE.split())
REACH, REACH_UNSPACED = 50, 14
"""Letters between the words of one entry: about nine words, or a clause of Chinese."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Near:
    """Groups of words, one of each of which stands near one of the first."""

    groups: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, entry: str) -> Near:
        """Read `a/b + c/d`."""
        return cls(tuple(_words(group) for group in entry.split(" + ")))

    def may_be_in(self, text: str) -> bool:
        """Whether it is worth looking more closely."""
        return all(perhaps(text, group) for group in self.groups)

    def find(self, sentence: str) -> Span | None:
        """Where it is first found: where the first group's word stands."""
        found = [
            sorted({span for word in perhaps(sentence, group) for span in spans(sentence, word)})
            for group in self.groups
        ]
        return next((span for span in found[0] if all(_near(sentence, span, others) for others in found[1:])), None)


@dataclass(frozen=True)
class Phrases:
    """A list of words, folded and sorted by kind."""

    plain: tuple[str, ...]
    near: tuple[Near, ...]

    @classmethod
    def of(cls, entries: Iterable[str]) -> Phrases:
        """Sort a list. Longer ones first: "gas meter reading" goes before "gas meter" leaves half of it behind."""
        entries = list(entries)
        plain = dict.fromkeys(fold(entry) for entry in entries if not is_near(entry))
        near = dict.fromkeys(Near.of(fold(entry)) for entry in entries if is_near(entry))
        return cls(tuple(sorted(plain, key=len, reverse=True)), tuple(near))

    def that_may_be_in(self, text: str) -> Phrases:
        """Those worth looking for in the sentences of a text: mostly none."""
        return Phrases(tuple(perhaps(text, self.plain)), tuple(each for each in self.near if each.may_be_in(text)))

    def __bool__(self) -> bool:
        return bool(self.plain or self.near)

    def find(self, sentence: str) -> list[Span]:
        """Where each stands in a sentence."""
        found = [span for phrase in self.plain for span in spans(sentence, phrase)]
        return [*found, *(span for each in self.near if (span := each.find(sentence)) is not None)]

    def remove_plain(self, sentence: str) -> str:
        """The sentence with the plain ones taken out, gaps left in their places."""
        for phrase in self.plain:
            sentence = remove(sentence, phrase)
        return sentence


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
