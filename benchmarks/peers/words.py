"""What both peers say: word for word what the bot says in the script, so that all three send the same."""

import html
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Draft = dict[str, Any]
Row = list[tuple[str, str]]
"""Buttons beside each other: label and data."""

ZONE = ZoneInfo("Asia/Shanghai")
TOPIC = "Repairs and roads"
MAIN_KEYBOARD = [["Say what is wrong"], ["My reports", "Help"]]
HELLO = """<b>Hello! This is Maple Court.</b>

Tell me what is wrong in the neighbourhood: write it, speak it, or send a photo. The staff read it and answer here. \
A report is closed only when you say that it is fixed.

What you send here is kept by this community and read by its staff. Your name is on no report; the staff can look it \
up when they must, and that is recorded. Other residents see nothing of it.

If anybody is in danger, call at once: 110 (Police), 119 (Fire and rescue), 120 (Ambulance), 12356 (Somebody to talk \
to, day and night)"""
ASK_WORDS = """What is wrong? Write it in your own words, speak a voice message, or send a photo.

Nothing is sent before you say so."""
ASK_PLACE = "Where is it? Tap a place, write it in your own words, or share your location (paper clip, Location)."
ASK_KIND = "What is it about?"

KINDS = {
    "stalls": "Stalls and blocking",
    "roads": "Pavement and roads",
    "lighting": "Lighting",
    "noise": "Noise",
    "water": "Water and pipes",
}
HINTS = {"lighting": ("light", "lamp", "bulb", "dark"), "roads": ("pavement", "road", "paving", "pothole")}
PLACES = {
    "": {
        "north": "North side",
        "south": "South side",
        "north-gate": "North gate",
        "market": "Night market street",
        "garden": "Garden and playground",
        "parking": "Car park",
    },
    "north": {"b1": "Building 1", "b2": "Building 2", "b3": "Building 3"},
    "b1": {"b1-1": "Stairwell 1", "b1-2": "Stairwell 2"},
}


def take_words(draft: Draft, text: str) -> None:
    """Keep what was written, and guess its kind unless one was chosen."""
    draft["words"] = text
    if "kind" not in draft or draft.get("guessed"):
        found = (kind for kind, hints in HINTS.items() if any(hint in text.lower() for hint in hints))
        draft["kind"], draft["guessed"] = next(found, None), True


def words_buttons(changing: bool) -> list[Row]:
    """Under the question for words."""
    return [[("Back", "back")]] if changing else [[("Cancel", "cancel")]]


def place_buttons(inside: str) -> list[Row]:
    """The places inside of one."""
    rows: list[Row] = [[(name, f"place:{code}")] for code, name in PLACES[inside].items()]
    if inside:
        rows.append([(f"Just “{_name(inside)}”", f"place:={inside}")])
    return [*rows, [("Back", "back")]]


def kind_buttons() -> list[Row]:
    """The kinds."""
    return [
        *([(name, f"kind:{code}")] for code, name in KINDS.items()),
        [("More (1 of 2)", "more")],
        [("Back", "back")],
    ]


def summary(draft: Draft) -> str:
    """What would be sent."""
    kind = KINDS.get(draft.get("kind") or "", "not chosen yet")
    guess = " (my guess)" if draft.get("guessed") and draft.get("kind") else ""
    return f"""<b>NOT SENT YET</b>

<blockquote>{html.escape(draft["words"], quote=False)}</blockquote>
Kind: {kind}{guess}
Place: {place_name(draft.get("place"))}

You can send it like this. Or write more, speak, or send a photo: I will add it."""


def summary_buttons(draft: Draft) -> list[Row]:
    """Under the summary."""
    return [
        [("Send it like this", "send")],
        [("Write it again", "change:words")],
        [("Change the kind" if draft.get("kind") else "Choose a kind", "change:kind")],
        [("Change the place" if draft.get("place") else "Say where it is", "change:place")],
        [("Cancel", "cancel")],
    ]


def status(draft: Draft, number: int) -> str:
    """What the resident sees from then on."""
    return f"""<b>No. {number}: Received</b>
{_about(draft)}

What happens next: the staff read it and write to you here.
We mean to have it done by {_deadline():%A, %-d %B}.

To add something or to ask, hold your finger on this message and tap “Reply”."""


def staff_card(draft: Draft, number: int) -> str:
    """What the staff see."""
    return f"""<b>No. {number} · NEW</b>
{_about(draft)}

In charge: nobody yet
Sent: {datetime.now(ZONE):%A, %-d %B, %H:%M}
By: {_deadline():%A, %-d %B, %H:%M}"""


def staff_buttons(number: int) -> list[Row]:
    """Under the staff's card."""
    pairs = (("Take", "Start"), ("Resolve", "Title"), ("Answer", "Who?"), ("Kind", "Place"))
    return [[(label, f"v:{number}:{label.lower()}") for label in pair] for pair in pairs]


def place_name(code: str | None) -> str:
    """A place with all it lies in."""
    names = []
    while code:
        names.append(_name(code))
        code = next((outer for outer, inner in PLACES.items() if code in inner), None)
    return ", ".join(reversed(names)) or "not given yet"


def _name(code: str) -> str:
    return next(inner[code] for inner in PLACES.values() if code in inner)


def _about(draft: Draft) -> str:
    return f"""<blockquote>{html.escape(draft["words"], quote=False)}</blockquote>
Kind: {KINDS.get(draft.get("kind") or "", "not chosen yet")}
Place: {place_name(draft.get("place"))}"""


def _deadline() -> datetime:
    return datetime.now(ZONE) + timedelta(days=7)
