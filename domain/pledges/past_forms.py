"""How English verbs read once they are done: of "sing", "sang" and "sung"."""

from collections.abc import Iterable

_IRREGULAR = {
    "be": "was were been", "begin": "began begun", "bind": "bound", "blow": "blew blown", "break": "broke broken",
    "bring": "brought", "build": "built", "buy": "bought", "catch": "caught", "choose": "chose chosen",
    "come": "came", "cut": "cut", "deal": "dealt", "dig": "dug", "do": "did done", "draw": "drew drawn",
    "drive": "drove driven", "eat": "ate", "feed": "fed", "find": "found", "fly": "flew flown",
    "freeze": "froze frozen", "get": "got", "give": "gave given", "go": "went gone", "grind": "ground",
    "grow": "grew grown", "hang": "hung", "hear": "heard", "hold": "held", "keep": "kept", "knit": "knit knitted",
    "know": "knew", "lay": "laid", "lead": "led", "leave": "left", "lend": "lent", "light": "lit", "make": "made",
    "meet": "met", "mow": "mowed mown", "pay": "paid", "put": "put", "read": "read", "ride": "rode ridden",
    "ring": "rang rung", "run": "ran", "see": "saw seen", "sell": "sold", "send": "sent", "set": "set",
    "sew": "sewed sewn", "shake": "shook", "shine": "shone", "show": "showed shown", "sing": "sang sung",
    "sit": "sat", "sow": "sowed sown", "speak": "spoke spoken", "spend": "spent", "stand": "stood", "sweep": "swept",
    "swim": "swam swum", "take": "took taken", "teach": "taught", "tell": "told", "think": "thought",
    "throw": "threw thrown", "wear": "wore worn", "weave": "wove woven", "wind": "wound", "write": "wrote written",
}  # fmt: skip
_NO_DEEDS = frozenset({"need", "plan", "promise", "want", "try", "know", "think", "in", "on", "at", "the", "a", "be"})
_SHORT_VOWELS = frozenset("aeiou")


def past_forms(words: Iterable[str]) -> frozenset[str]:
    """The past tenses and participles the words have, if they are verbs; lower case in and out."""
    return frozenset(form for word in words if word not in _NO_DEEDS for form in _forms(word))


def _forms(word: str) -> list[str]:
    if word in _IRREGULAR:
        return _IRREGULAR[word].split()
    if len(word) < 3:
        return []
    if word.endswith("e"):
        return [f"{word}d"]
    if word.endswith("y") and word[-2] not in _SHORT_VOWELS:
        return [f"{word[:-1]}ied"]
    return [f"{word}ed", f"{word}{word[-1]}ed"]
