"""Words that nobody else says, and where people can write: each place has its own, or a reason why it has none.

A new flow, question or way to reply has to be named here, else tests/e2e/personal_data/test_canaries.py fails.
"""

from collections.abc import Iterator

from handlers.kit.conversation.steps import Choose
from handlers.kit.joined_features import Features

OWN = (
    "name", "username", "words", "addition", "caption", "file", "reason", "heard", "title", "note", "objection",
    "withdrawal", "repair", "address", "home", "relay", "still", "pledge", "whynot", "proof", "notice", "project",
    "search", "draft", "block", "asked", "done", "mistake", "correction", "spot", "place", "lives", "besides",
    "which", "more", "renamed",
)  # fmt: skip
"""Of a resident, in all that is no danger (test_canaries.py)."""
OF_DANGER = ("maybe", "no", "silent", "rung", "where", "machine", "later")
"""Of somebody in danger, or who may be (test_danger_canaries.py)."""
OF_OTHERS = (
    "recorded", "told", "corner", "ringback", "stillwrong", "keeps", "vows", "vouched", "counts", "neighbour", "tap",
    "door", "moved",
)  # fmt: skip
"""Of people without Telegram, whose words others write down (test_canaries_for_others.py)."""
NAMES = (*OWN, *OF_DANGER, *OF_OTHERS)
PHONES = {
    "phone": ("139 0000 1234", "13900001234"),
    "recordphone": ("138 0013 8642", "13800138642"),
    "repairphone": ("021 5555 9753", "02155559753"),
}
"""Numbers, as they are written and as they may be kept."""


def canary(name: str) -> str:
    """The word planted there. All begin differently: the search keeps of a word only what the one before has not."""
    number = NAMES.index(name)
    return f"{chr(97 + number % 26)}{chr(98 + number // 26)}{mark(name)}"


def mark(name: str) -> str:
    """The part of it that is looked for in bytes."""
    return f"zq{name}kv"


def places(features: Features) -> Iterator[str]:
    """Every place where somebody can write or send something of their own, as the program itself names them."""
    for name, flow in features.flows.items():
        if flow.take_extra is not None:
            yield f"flow {name} besides"
        yield from (f"flow {name} {step.name}" for step in flow.steps if type(step) not in CHOSEN and not _chosen(step))
    yield from (f"staff question {name}" for name in features.staff_questions)
    yield from (f"answer {name}" for name in features.answers)
    yield from (f"reply {name}" for name in features.replies)
    yield from (f"reply in the group {name}" for name in features.group_replies)


CHOSEN = (Choose,)


def _chosen(step: object) -> bool:
    return type(step).__name__ in ("Several", "SeveralPlaces", "_Consent", "_Months", "_Whom")


PLANTED = {
    "flow report words": "words", "flow report place": "place", "flow report besides": "draft",
    "flow residence lives": "lives", "answer settings": "lives", "flow take_back besides": "withdrawal",
    "flow repair besides": "besides", "flow whichpledge besides": "more", "staff question place": "spot",
    "flow record name": "recorded", "flow record phone": "recordphone", "flow record words": "told",
    "flow record place": "corner", "flow record besides": "told", "flow pledge whose": "vows",
    "flow repair name": "neighbour", "flow repair phone": "repairphone", "flow repair_move address": "moved",
    "reply word": "addition", "flow reason reason": "reason",
    "flow objection objection": "objection", "flow repair words": "repair",
    "flow repair address": "address", "flow repair home": "home", "flow relay talk": "relay", "reply repair": "relay",
    "flow repair_still words": "still", "flow pledge words": "pledge", "flow whynot why": "whynot",
    "answer pledge_list": "proof", "reply pledge": "proof", "answer broadcast": "notice", "answer thread": "project",
    "flow volunteer phone": "phone", "flow repair_done words": "done", "answer block": "block",
    "staff question heard": "heard", "staff question title": "title", "staff question ask": "asked",
}  # fmt: skip
"""Where it is planted, and which."""
OFFICE = "what staff write, of nobody in particular, is the office's and stays"
NOT_FOR_WORDS = "what is written is read as a day, a number or a place of the community's list"
PASSED_OVER = {
    **dict.fromkeys(("flow repair area", "flow repair_move area", "flow pledge hours",
                     "flow pledge monthday", "flow pledge target", "flow pledge window", "flow pledge by",
                     "flow pledge until", "flow pledge report", "flow milestone day", "flow milestone_move day",
                     "flow departments day", "flow notice time", "staff question until", "staff question same",
                     "flow hotline besides"), NOT_FOR_WORDS),
    **dict.fromkeys(("flow answer words", "flow project title", "flow project goal", "flow project_giving_up reason",
                     "flow milestone title", "flow milestone_move why", "flow project_word words",
                     "flow project_word in_en", "flow project_word in_zh_hans", "flow project_word_correct words",
                     "flow project_delivered words", "flow notice words", "flow notice in_en",
                     "flow notice in_zh_hans", "flow notice_correct words", "flow notice_alone reason",
                     "flow plan_picture picture", "staff question resolve", "staff question handon",
                     "staff question decline", "staff question public", "answer project_photo", "answer department",
                     "reply project_photo", "reply plan_picture", "reply in the group pledge", "flow answer besides",
                     "flow notice besides", "flow notice_correct besides", "flow project_word besides",
                     "flow project_word_correct besides", "flow project_delivered besides"),
                    OFFICE),
}  # fmt: skip
"""Where nothing of one person's is to be planted, and why."""
