"""Whether a sentence speaks of something that is so now.

Else it is long over, may be one day, happens every week, or is not so at all: "last year there was a fire", "if a fire
breaks out", "every time it rains", "no smoke".
"""

import re


def _words(english: str, chinese: str) -> re.Pattern[str]:
    """One expression for words of both languages; English ones are whole."""
    return re.compile(rf"\b(?:{english})\b|{chinese}")


_PAST = _words(
    r"yesterday|last (?:night|week|weekend|month|year|spring|summer|autumn|winter|time)"
    r"|last (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:days?|weeks?|months?|years?) ago|the other day|in the past"
    r"|used to|previously|(?:in|of|since) (?:19|20)\d\d",
    "去年|前年|上个?月|上个?星期|上周|上次|上回|之前|以前|曾经|前几天|前两天|昨天|昨晚|昨夜|前天|前阵子"
    "|(?:年|个月|天|周)前|当年|那年|那次",
)
_HABIT = _words(
    r"every (?:day|evening|night|morning|week|weekend|month|summer|winter|year|few|time|rain)"
    r"|each (?:day|evening|night|week|time|winter|summer)|always|often|regularly|constantly|usually|sometimes|whenever"
    r"|again and again",
    "每天|每晚|每次|每到|每逢|每周|每年|经常|总是|老是|常常|天天|一下雨就|一到(?:晚|夏|冬|雨|周|节|夜)|有时|偶尔|时常",
)
_STILL = _words(
    r"now|again(?! and)|right away|at the moment|currently|at once|help|hurry|quick|quickly|since"
    r"|(?:is|are) still (?:on fire|burning|smoking|rising|trapped|stuck|inside|coming|in there)",
    "现在|正在|还在|又|再次|今天|刚才|刚刚|一直|至今|此刻|快来|救命|快点|赶紧|马上|眼下",
)
_IMAGINED = re.compile(
    r"^(?:and |but |so |or |then |please )?(?:what )?(?:if|in case|suppose|imagine|should|before|until|unless"
    r"|when it|when there is|when you)\b"
    r"|\b(?:in case (?:of|there)|case of|what if|even if|risk of|danger of|afraid of|fear of|fears|worried about"
    r"|if (?:there|a|an|the|it|something|somebody|someone|anything|one day)"
    r"|(?:could|might|may|would|can|will)(?: \w+){0,2} (?:catch|start|cause|break out|lead|spread|go up)"
    r"|worry about|prevent|prevents|prevention of|avoid|against|protect|safe from)\b"
    r"|如果|要是|万一|假如|一旦|倘若|若是|以防|防止|预防|避免|以免|免得|(?<!可)怕|担心|恐怕|容易|可能会|会不会|可能引|易引"
    r"|隐患|严禁|禁止|(?:注意|小心|当心)防?$"
)
_DENIED = re.compile(
    r"\b(?:no|not|never|without|isn't|wasn't|nobody(?: is)?|no one(?: is)?|nothing(?: is)?|no longer"
    r"|not (?:a|on|any|been))(?: any| a| the| real| actual| sign of)? ?$"
    r"|(?:没有|没|并未|未|无|不是|没发生|未发生|没有发生|没出现|不|(?<![委协社晚聚开宴议大工学机商年])会) ?$"
)
_CLAUSE = re.compile(r"[,:、(]")
_FAR = 150
"""Letters: what is farther away says nothing of it, however long a sentence without an end is."""
_SHORT = 18
"""Letters: "last summer," is no clause of its own, and belongs to what follows."""


def is_not_now(sentence: str, start: int) -> bool:
    """Whether what stands at `start` in a folded sentence is over, imagined, usual or denied there.

    Only words of the same clause count, and of a short one before it; any word that says "now" outweighs them.
    """
    sentence, start = sentence[max(0, start - _FAR) : start + _FAR], min(start, _FAR)
    begins, ends = _clause(sentence, start)
    before, clause = sentence[begins:start], sentence[begins:ends]
    if _DENIED.search(before[-20:]):
        return True
    if _STILL.search(sentence):
        return False
    imagined = _CLAUSE.split(before)[-1].lstrip()
    return bool(_PAST.search(clause) or _HABIT.search(clause) or _IMAGINED.search(imagined))


def _clause(sentence: str, start: int) -> tuple[int, int]:
    marks = [found.start() for found in _CLAUSE.finditer(sentence)]
    begins = max((mark + 1 for mark in marks if mark < start), default=0)
    before = max((mark + 1 for mark in marks if mark < begins - 1), default=0)
    if begins and begins - before <= _SHORT:
        begins = before
    return begins, min((mark for mark in marks if mark >= start), default=len(sentence))
