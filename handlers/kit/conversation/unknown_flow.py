"""Conversations of a flow that is none any more, after a change of the program: nobody is locked out by one.

It ends with a sentence, and whoever had written something in it gets their words back.
"""

import re
from collections.abc import Iterator
from typing import Any

from domain.core.parts import PartKind
from handlers.kit.conversation import question
from handlers.kit.parts import quoted, quoted_on
from handlers.kit.texts import paragraphs
from handlers.kit.update_context import UpdateContext
from services import drafts
from storage.core import conversations
from storage.core.conversations import Conversation, ConversationState
from storage.reports.reports import NewPart

_CODE = re.compile(r"[A-Za-z0-9_:.+-]{0,40}")
"""What a draft holds beside words: codes, numbers, days, hours."""


def end(ctx: UpdateContext, conversation: Conversation) -> None:
    """Close it, say so to whoever it was, and give back what they had written."""
    question.strip(ctx, conversation)
    conversation.state = ConversationState.ENDED
    conversations.save(ctx.tx, conversation)
    drafts.ended(ctx.tx, conversation.id)
    if ctx.conversation is not None and ctx.conversation.id == conversation.id:
        ctx.conversation = None
    words = [NewPart(PartKind.TEXT, text=each) for each in dict.fromkeys(_words(conversation.draft))]
    say = ctx.say
    ctx.send(
        paragraphs(
            say(
                "What you had begun here cannot be finished any more, because I was changed meanwhile. Nothing of it "
                "was sent."
            ),
            say("This is what you had written. To send it, please write it to me once more:") if words else None,
            quoted(words) if words else None,
        )
    )
    for rest in quoted_on(words):
        ctx.send(rest)


def _words(value: Any, name: str = "") -> Iterator[str]:
    """Whatever in a draft a person has written, in its order; how a flow kept it is not known any more."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _words(each, str(key))
    elif isinstance(value, list):
        for each in value:
            yield from _words(each, name)
    elif isinstance(value, str) and not name.startswith("_") and not (name.endswith("_id") or _CODE.fullmatch(value)):
        yield value
