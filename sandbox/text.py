"""Text as Telegram keeps it: cleaned, with entities counted in UTF-16 units.

Source: clean_input_string and fix_formatted_text of tdlib/td.
"""

import re

from sandbox.shapes import Json

_CONTROL = dict.fromkeys([*range(10), 11, 12, *range(14, 32)], " ")
# Line and paragraph separators, and the marks that turn the direction of writing, are taken out.
_REMOVED = dict.fromkeys([13, *range(0x2028, 0x202F), 0x333, 0x33F, 0x30A], None)
_CLEANING: dict[int, str | None] = {**_CONTROL, **_REMOVED}

_URL = re.compile(
    r"(?<![\w@./])(?:https?://[^\s<>\"]+"
    r"|(?:[a-z0-9-]+\.)+(?:com|org|net|me|info|io|cn|ru|de)(?:/[^\s<>\"]*)?(?![\w.]))",
    re.IGNORECASE,
)
# In the order in which Telegram looks for them: what was found first keeps its place.
_FOUND = (
    ("url", _URL),
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{6,18}\d(?!\w)")),
)


def clean(text: str) -> str:
    """The text without what Telegram never keeps; control characters become spaces."""
    return text.translate(_CLEANING)


def length(text: str) -> int:
    """How many UTF-16 units a text has: what offsets and lengths of entities count."""
    return len(text.encode("utf-16-le")) // 2


def find_entities(text: str, taken: list[Json]) -> list[Json]:
    """What Telegram itself marks in a text: links, mentions, commands, numbers. `taken` ones keep their place."""
    if not any(mark in text for mark in "@/#+.:"):
        return taken
    found = list(taken)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            words = match.group().rstrip(".,;:!?)'") if kind == "url" else match.group()
            entity: Json = {"type": kind, "offset": length(text[: match.start()]), "length": length(words)}
            if not any(_overlap(entity, other) for other in found if other["type"] not in _HARMLESS):
                found.append(entity)
    return in_order(found)


# Inside of these Telegram still marks links and commands.
_HARMLESS = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
)


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])


def in_order(entities: list[Json]) -> list[Json]:
    """As Telegram lists them: by place, the longer first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take blanks off both ends, and fit the entities to what is left. A marked blank at the start stays."""
    first = min((entity["offset"] for entity in entities), default=length(text))
    leading = min(len(text) - len(text.lstrip(" \n")), first)
    # Blanks are single units, so characters and units count alike up to here.
    text = text[leading:].rstrip(" \n")
    total = length(text)
    fitted = []
    for entity in entities:
        offset = entity["offset"] - leading
        size = min(entity["length"], total - offset)
        if offset >= 0 and size > 0:
            fitted.append({**entity, "offset": offset, "length": size})
    return text, fitted


def formatted(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """A text as it is kept, from one already cleaned: trimmed, and with all entities found in it."""
    text, entities = trim(text, in_order(entities))
    return text, find_entities(text, entities)


def typed(text: str) -> tuple[str, list[Json]]:
    """A text as a person's telephone sends it."""
    return formatted(text.replace("\r", "").translate(_CONTROL), [])
