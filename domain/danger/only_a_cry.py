"""A message that is one cry and no more: "gas!!!", "smoke, building 3, hurry", 有刀.

In a sentence such words are harmless too often to be looked for: a gas bill, the smoke of a barbecue, a knife for sale.
Alone, with nothing beside them but a call or a place, they are what somebody writes who has no time for a sentence.
"""

import re

from domain.language.phrases import fold, spans

MARK = "= "
"""What an entry of a word list begins with that has to be all of a message: `= gas`."""
SHOUTED = "!!"
"""At the end of such an entry: only with two exclamation marks or more, as `= help!!`."""
LONGEST = 80
"""Letters: a longer message says more than a cry."""

_SIGNS = re.compile(r"[^\w'🆘]+|_")
_BESIDE = re.compile(
    r"\b(?:help|please|pls|plz|quick|quickly|hurry|fast|asap|urgent|emergency|now|here|there|it|is|are|there's|in|inside"
    r"|at|on|from|to|near|the|a|an|my|our|of|omg|god|oh|come|someone|somebody|everyone|everybody|call|send|get"
    r"|we|i|need|lots|lot|so|much|real|really|again|building|bldg|block|house|tower|stairwell|staircase|stairs|unit"
    r"|entrance|floor|floors|room|flat|apartment|apt|hall|hallway|corridor|lobby|landing|kitchen|bathroom|bedroom|lift"
    r"|elevator|basement|cellar|garage|roof|balcony|attic|first|second|third|fourth|fifth|ground|top|next|door|upstairs"
    r"|downstairs|gate|one|two|three|four|five|six|seven|eight|nine|ten|[a-f]|[a-z]?\d{1,4}(?:st|nd|rd|th)?)\b"
    r"|快来人|来人|快来|快点|快|赶紧|救命|救人|救我|啊|呀|哪|这里|这儿|那里|有人|有|好大|好多|好浓|很大|很浓|到处都是"
    r"|都是|全是|请|我家|家里|屋里|楼道里?|楼梯间?|走廊|厨房|厕所|阳台|地下室|车库|电梯|楼上|楼下|楼顶|隔壁|门口|里面|里|在"
    r"|[东南西北]?门|[零一二三四五六七八九十百\d]{1,5}(?:号楼|[号栋幢座层楼室]|单元)?|号楼|单元"
)


def only_cries(text: str, cry: str) -> bool:
    """Whether a folded message is this folded cry, once or more, and says nothing beside it but calls and places."""
    if len(text) > LONGEST or "?" in text:
        return False
    word, shouted = cry.removesuffix(SHOUTED), cry.endswith(SHOUTED)
    if shouted and SHOUTED not in text:
        return False
    told = _SIGNS.sub(" ", text)
    found = spans(told, word)
    if not found:
        return False
    for start, end in reversed(found):
        told = f"{told[:start]} {told[end:]}"
    return not _BESIDE.sub(" ", told).strip()


def is_all(text: str, cry: str) -> bool:
    """Whether a folded message is this folded cry and nothing else at all."""
    return _SIGNS.sub(" ", text).strip() == cry


def cries(entries: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Those entries of a list that have to be all of a message, folded and without their mark."""
    return tuple(dict.fromkeys(fold(each.removeprefix(MARK)) for each in entries if each.startswith(MARK)))
