"""Whether what was written for a name is one. A doubt is asked about, and decides nothing."""

import re

from domain.community import Community
from domain.reports.suggest import suggest_category

LONGEST = 40
MOST_WORDS = 6
MOST_CHARACTERS = 12
"""So long is a name in a writing without spaces, with where its person lives: 住在3号楼的王阿姨."""
FEW_WORDS, FEW_CHARACTERS = 3, 4
"""From here on a word that no name has, or one of a category's, makes a sentence of it."""
_UNSPACED = re.compile("[\u3400-\u9fff]")
_STOPS = re.compile("[!?。！？；;，、\n]|[^\\W\\d_]{4}\\.")
_SAID = frozenset(
    (
        *("is", "are", "was", "were", "has", "have", "had", "isn't", "aren't", "does", "doesn't", "do", "not", "no"),
        *("cannot", "can't", "please", "there", "it", "my", "we", "i", "they", "says", "broken", "dark", "since"),
    )
)
_SAID_UNSPACED = ("坏", "漏", "不", "没", "了", "请", "有人", "吗", "呢", "怎么", "被", "在修")


def reads_like_a_sentence(words: str, community: Community) -> bool:
    """Whether these words, on one line, are rather what somebody has to say than what they are called."""
    if len(words) > LONGEST or _STOPS.search(words):
        return True
    unspaced = len(_UNSPACED.findall(words))
    spaced = words.casefold().replace("\u2019", "'").split()
    if unspaced:
        if unspaced > MOST_CHARACTERS:
            return True
        few = unspaced >= FEW_CHARACTERS
        said = any(each in words for each in _SAID_UNSPACED)
    else:
        if len(spaced) > MOST_WORDS:
            return True
        few = len(spaced) >= FEW_WORDS
        said = not _SAID.isdisjoint(spaced)
    return few and (said or suggest_category(words, community.categories) is not None)
