"""Keeps tokens, telephone numbers and people's words out of whatever the program writes about itself."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from domain.language.letters import visible

HIDDEN = "[hidden]"

_SPEECH = frozenset({"text", "caption", "words", "note", "title", "question", "answer", "draft", "body", "payload"})
_PEOPLE = frozenset({"name", "first_name", "last_name", "username", "phone", "phone_number", "contact"})
_PLACES = frozenset({"address", "location", "latitude", "longitude"})
PRIVATE_KEYS = _SPEECH | _PEOPLE | _PLACES | {"token", "bot_token"}
"""Fields of a log line that would hold what people wrote or who they are: their values are never written."""

_TOKEN = re.compile(r"(?<!\d)(?:bot)?\d{2,}(?::|%3[Aa])[A-Za-z0-9_-]{10,}")
_BETWEEN = r"[\s().,/\u00b7\u2022\u2027\u2010-\u2015\u2212-]{0,3}"
_PHONE = re.compile(
    rf"(?:[+\uff0b]{_BETWEEN}|(?<!\d)00(?=[1-9]))\d(?:{_BETWEEN}\d){{6,20}}"  # with the code of its country
    r"|(?<![\w.:-])\d{3,4}[ \u00b7\u2010-\u2015-]\d{3,4}[ \u00b7\u2010-\u2015-]\d{4}(?![\w.:-])"  # in groups
    r"|(?<!\d)1[3-9]\d{9}(?!\d)"  # a Chinese mobile phone; no number of Telegram's or ours has eleven digits like it
)
"""Other digits in a row are numbers of updates, people, chats and messages, which logs are to tell."""
_PASSWORD_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]+@")
_QUOTED = re.compile(r"(\"|').*?\1", re.DOTALL)

_QUOTING_REFUSAL = re.compile(r"(can't parse entities).*", re.DOTALL)

_LONGEST_MESSAGE = 300
_CODE_ERRORS = (AttributeError, ImportError, NameError, AssertionError, NotImplementedError, RuntimeError)
"""Their words are about the program, never about what was said to it."""
_OWN_ROOMS = frozenset({"bot", "handlers", "web", "services", "domain", "storage"})
_ROOT = f"{Path(__file__).resolve().parents[2].as_posix()}/"
_QUIET_ROOMS = frozenset({"sqlite3", "aiosqlite", "aiohttp", "apscheduler"})


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without anything that looks like a token or telephone number, nor any of the `secrets`."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    # Most values have nothing of the kind, and each line has many: the expressions are asked where they may find any.
    if ":" in text or "%3" in text:
        text = _TOKEN.sub(HIDDEN, text)
    if "@" in text:
        text = _PASSWORD_IN_ADDRESS.sub(HIDDEN + "@", text)
    return _PHONE.sub(HIDDEN, text if text.isascii() else visible(text))


def without_speech(text: str) -> str:
    """One value of an event, in one line, without what Telegram repeats of a message it could not read."""
    line = " ".join(text.split())
    return _QUOTING_REFUSAL.sub(r"\1", line) if "parse entities" in line else line


def error_words(error: BaseException) -> str:
    """An error in one line. What libraries say of their input may quote a person, so it is left out."""
    name = type(error).__name__
    room = type(error).__module__.partition(".")[0]
    words = " ".join(str(error).split())
    if room == "telegram":
        # "Bad Request: can't parse entities: unsupported start tag "…"" quotes the message.
        words = _QUOTED.sub("'…'", words)
    elif not (isinstance(error, (*_CODE_ERRORS, OSError)) or room in _OWN_ROOMS | _QUIET_ROOMS):
        words = ""
    return f"{name}: {words[:_LONGEST_MESSAGE]}" if words else name


def traceback_words(error: BaseException) -> str:
    """Where an error came from, in one line, the place it was raised last; its causes follow."""
    told = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        told.append(f"{error_words(one)} at {_places(one.__traceback__)}")
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return " | because of ".join(told)


def _places(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames) or "nowhere"


def _short(filename: str) -> str:
    """One of our own from its floor on, so that two of one name are told apart; else the last folder and the name."""
    path = filename.replace("\\", "/")
    inside = path.removeprefix(_ROOT)
    return inside if inside != path and not inside.startswith(".") else "/".join(path.split("/")[-2:])
