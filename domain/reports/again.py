"""Words that sound as if something was so again: they only make the bot ask, and decide nothing."""

import re

LOOKED_AT = 500
"""So many letters of what was said are looked at."""
_WORDS = re.compile(
    r"\b(?:again|anew|still|once more|not fixed|isn'?t fixed|unfixed|came back|is back|back again|same problem|"
    r"reopen|re-open)\b"
)
_CHINESE = (
    "又", "再次", "再一次", "还是", "还没", "仍", "依然", "复发", "没修好", "没有修好", "没解决", "没有解决", "老样子",
    "重新打开", "重新办理",
)  # fmt: skip


def sounds_like_again(words: str) -> bool:
    """Whether the words speak of something that is so once more: "It is broken again", "又坏了"."""
    text = words[:LOOKED_AT].casefold().replace("\u2019", "'")
    return _WORDS.search(text) is not None or any(each in text for each in _CHINESE)
