"""What people do, as Telegram tells it."""

import time
from typing import Any

from benchmarks.stand_in import StandIn

Json = dict[str, Any]


def said(stand_in: StandIn, person: int, words: str) -> Json:
    """A message somebody writes in their private chat."""
    user = _user(person)
    message: Json = {
        "message_id": stand_in.next_message(person),
        "from": user,
        "chat": {"id": person, "type": "private", "first_name": user["first_name"]},
        "date": int(time.time()),
        "text": words,
    }
    if words.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}]
    return message


def pressed(stand_in: StandIn, person: int, screen: Json, words: str, number: str) -> Json:
    """A press of the button that begins with `words`, under the message `screen`. Raises LookupError without it."""
    stand_in.asker[number] = person
    data = _button(screen, words)
    return {"id": number, "from": _user(person), "chat_instance": "1", "data": data, "message": screen}


def _user(person: int) -> Json:
    return {"id": person, "is_bot": False, "first_name": f"Person {person}", "language_code": "en"}


def _button(message: Json, words: str) -> str:
    for row in message["reply_markup"]["inline_keyboard"]:
        for button in row:
            if button["text"].startswith(words) and "callback_data" in button:
                data: str = button["callback_data"]
                return data
    raise LookupError(f"no button {words!r} under {message['text']!r}")
