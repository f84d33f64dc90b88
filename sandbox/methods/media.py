"""Sending files, alone and in albums, and fetching them."""

from __future__ import annotations

import re
from typing import Any

from sandbox import refusals
from sandbox.call import Call, Upload
from sandbox.files import LARGEST_DOWNLOAD, StoredFile, picture_size
from sandbox.methods.registry import answers
from sandbox.outgoing import put, read_caption, read_destination, require_may_send, send, take_turn
from sandbox.shapes import Json

_NAMES = {"photo": "Photo", "voice": "VoiceNote", "video": "Video", "video_note": "VideoNote", "audio": "Audio"}
_ALBUM_KINDS = frozenset({"photo", "video", "document", "audio"})
_NOT_IN_ALBUMS = frozenset({"animation"})
_LARGEST_SIDE_SUM = 10_000
_LARGEST_RATIO = 20


def _read_media(call: Call, kind: str, value: Any, upload: Upload | None, details: Json) -> Json:
    """The message's field for a file: uploaded now, or known by its file_id. Raises Refusal."""
    if upload is None and isinstance(value, str) and value.startswith("attach://"):
        upload = call.uploads.get(value.removeprefix("attach://"))
    if upload is not None:
        return _uploaded(call, kind, upload, details)
    if not isinstance(value, str) or not value:
        raise refusals.no_file(kind.replace("_", " "))
    if re.match(r"(?i)https?://", value):
        raise refusals.NO_HTTP_HERE
    known = call.world.files.by_id(value)
    if known is None:
        raise refusals.WRONG_PADDING if len(value) % 4 == 1 else refusals.WRONG_REMOTE_ID
    if known.kind != kind:
        raise refusals.wrong_kind(_NAMES.get(known.kind, "Document"), _NAMES.get(kind, "Document"))
    return call.world.files.media_of(known)


def _uploaded(call: Call, kind: str, upload: Upload, details: Json) -> Json:
    if not upload.content:
        raise refusals.FILE_EMPTY
    if kind == "photo":
        try:
            width, height = picture_size(upload.content)
        except ValueError:
            raise refusals.IMAGE_UNREADABLE from None
        ratio = max(width, height) / max(1, min(width, height))
        if width + height > _LARGEST_SIDE_SUM or ratio > _LARGEST_RATIO:
            raise refusals.IMAGE_DIMENSIONS
        return {"photo": call.world.files.add_photo(upload.content)}
    stored = call.world.files.add(kind, upload.content, upload.name or None, upload.mime_type, details=details)
    return call.world.files.media_of(stored)


def _details(call: Call, kind: str) -> Json:
    details: Json = {}
    if kind != "document":
        details["duration"] = call.integer("duration", 0, 0)
    if kind == "video_note":
        details["length"] = call.integer("length", 240, 1, 640)
    if kind == "video":
        details |= {"width": call.integer("width", 640, 1), "height": call.integer("height", 360, 1)}
    if kind == "audio":
        details |= {name: call.text(name) for name in ("performer", "title") if call.has(name)}
    return details


def _send_file(call: Call, kind: str) -> Json:
    value, upload = call.arguments.get(kind), call.uploads.get(kind)
    if upload is None and not value:
        raise refusals.no_file(kind.replace("_", " "))
    caption = {} if kind == "video_note" else read_caption(call)
    to = read_destination(call)
    media = _read_media(call, kind, value, upload, _details(call, kind))
    if kind in ("photo", "video") and call.flag("has_spoiler"):
        caption["has_media_spoiler"] = True
    refuses_voices = to.chat.is_private and call.world.people[to.chat.id].refuses_voices
    if kind in ("voice", "video_note") and refuses_voices:
        raise refusals.VOICE_FORBIDDEN
    return send(call, to, media | caption)


@answers("sendPhoto")
def send_photo(call: Call) -> Json:
    """A picture."""
    return _send_file(call, "photo")


@answers("sendVoice")
def send_voice(call: Call) -> Json:
    """A voice note."""
    return _send_file(call, "voice")


@answers("sendVideo")
def send_video(call: Call) -> Json:
    """A video."""
    return _send_file(call, "video")


@answers("sendVideoNote")
def send_video_note(call: Call) -> Json:
    """A round video."""
    return _send_file(call, "video_note")


@answers("sendAudio")
def send_audio(call: Call) -> Json:
    """Music."""
    return _send_file(call, "audio")


@answers("sendDocument")
def send_document(call: Call) -> Json:
    """Any file."""
    return _send_file(call, "document")


@answers("sendMediaGroup")
def send_media_group(call: Call) -> list[Json]:
    """An album of two to ten; each part is a message, and each counts for the limits."""
    given = call.json("media", refusals.MEDIA_NOT_JSON)
    if given is None:
        raise refusals.ALBUM_EMPTY
    if not isinstance(given, list):
        raise refusals.MEDIA_NO_ARRAY
    if not given:
        raise refusals.ALBUM_EMPTY
    if len(given) > 10:
        raise refusals.ALBUM_TOO_LONG
    to = read_destination(call, with_markup=False)
    parts = [read_input_media(call, one) for one in given]
    kinds = {kind for kind, _ in parts}
    for alone in ("document", "audio"):
        if alone in kinds and len(kinds) > 1:
            raise refusals.album_mixed(alone)
    require_may_send(call, to.chat, *(content for _, content in parts))
    take_turn(call, to.chat, len(parts))
    together = {"media_group_id": call.world.big_number()} if len(parts) > 1 else {}
    return [put(call, to, content | together) for _, content in parts]


def read_input_media(call: Call, given: Any) -> tuple[str, Json]:
    """An InputMedia: its kind, and the fields of a message that shows it. Raises Refusal."""
    if not isinstance(given, dict) or not isinstance(given.get("media"), str) or not given["media"]:
        raise refusals.MEDIA_MISSING
    name = given["media"].removeprefix("attach://")
    if name != given["media"] and name not in call.uploads:
        raise refusals.MEDIA_MISSING
    kind = given.get("type")
    if kind not in _ALBUM_KINDS:
        raise refusals.media_type(kind, known=kind in _NOT_IN_ALBUMS)
    # A part has the same fields as the method for its kind: read it the same way.
    part = Call(call.world, call.bot, call.method, given, call.uploads, call.perform)
    return kind, _read_media(part, kind, given["media"], None, _details(part, kind)) | read_caption(part)


@answers("getFile")
def get_file(call: Call) -> Json:
    """Where a file can be fetched."""
    if not call.has("file_id"):
        raise refusals.NO_FILE_ID
    file: StoredFile | None = call.world.files.by_id(call.text("file_id"))
    if file is None:
        raise refusals.INVALID_FILE_ID
    if file.size > LARGEST_DOWNLOAD:
        raise refusals.FILE_TOO_BIG
    return {**file.reference(), "file_path": file.path}
