"""Answering the press of a button."""

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers

LIFE = 150
"""Seconds, by the movable clock, in which a press can be answered."""
LONGEST = 200


@answers("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """End the waiting of a pressed button, with a note or an alert or nothing."""
    query = call.world.callbacks.get(call.text("callback_query_id"))
    if query is None or query.bot != call.bot.id or call.now - query.date > LIFE:
        raise refusals.QUERY_TOO_OLD
    text = call.text("text")
    if len(text) > LONGEST:
        raise refusals.ANSWER_TOO_LONG
    query.answer = {"text": text, "show_alert": call.flag("show_alert"), "url": call.text("url")}
    call.world.events.emit("callback_answer", id=query.id, person=query.person, chat=query.chat, **query.answer)
    return True
