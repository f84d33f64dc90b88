"""Sending files, places and contacts."""

from __future__ import annotations

import io
import wave

from sandbox.call import Upload
from sandbox.people.pressing import contact_fields, location_fields
from sandbox.people.registry import people_can, where, who, words
from sandbox.people.writing import caption_fields, speak
from sandbox.refusals import Problem
from sandbox.shapes import Json
from sandbox.world import World

INVENTED_SIZE = (1280, 960)
"""Of a photo that is neither JPEG nor PNG: tests need not draw one."""
KINDS = ("photo", "voice", "video", "video_note", "document", "audio")


@people_can("location")
def location(world: World, body: Json) -> Json:
    """Share a place."""
    return speak(world, body, {"location": location_fields(body)})


@people_can("contact")
def contact(world: World, body: Json) -> Json:
    """Share a contact."""
    return speak(world, body, {"contact": contact_fields(body)})


@people_can("upload")
def upload(world: World, body: Json) -> Json:
    """Send a file; the body's `file` is an Upload. Parts with the same `album` belong together."""
    kind = words(body, "kind")
    if kind not in KINDS:
        raise Problem(f"There is no kind {kind!r}; there are: {', '.join(KINDS)}.")
    file = body.get("file")
    if not isinstance(file, Upload) or not file.content:
        raise Problem("The file is missing or empty.")
    content = media_fields(world, kind, file, body.get("duration"))
    if kind != "video_note":
        content |= caption_fields(body.get("caption"))
    if body.get("album"):
        content["media_group_id"] = _album(world, body)
    return speak(world, body, content)


def _album(world: World, body: Json) -> str:
    person = who(world, body)
    key = f"{person.id} {where(world, person, body).id} {body['album']}"
    return world.albums.setdefault(key, world.big_number())


def media_fields(world: World, kind: str, file: Upload, duration: object) -> Json:
    """Keep a file and give it as a message's field. A photo that is no picture gets an invented size."""
    if kind == "photo":
        try:
            return {"photo": world.files.add_photo(file.content)}
        except ValueError:
            return {"photo": world.files.add_photo(file.content, INVENTED_SIZE)}
    details: Json = {} if kind == "document" else {"duration": _duration(duration, file.content)}
    if kind == "video_note":
        details["length"] = 240
    elif kind == "video":
        details |= {"width": 640, "height": 360}
    return world.files.media_of(world.files.add(kind, file.content, file.name or None, file.mime_type, details))


def _duration(given: object, content: bytes) -> int:
    try:
        return max(0, round(float(str(given))))
    except ValueError:
        pass
    try:
        with wave.open(io.BytesIO(content)) as sound:
            seconds: float = sound.getnframes() / sound.getframerate()
        return round(seconds)
    except (wave.Error, EOFError):
        return 3
