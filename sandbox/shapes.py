"""The plain shapes everything here is made of."""

from typing import Any

Json = dict[str, Any]
"""A JSON object, as it goes over the wire."""

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
"""The sender Telegram shows for every administrator who writes anonymously."""
