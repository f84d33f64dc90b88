"""Files that people and bots have sent, in memory, under ids shaped like Telegram's."""

from __future__ import annotations

import mimetypes
import random
import string
import struct
from dataclasses import dataclass, field

from sandbox.shapes import Json

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""getFile gives nothing larger."""

# kind → what its ids begin with, the folder of its path, the ending when the file's name has none
_KINDS = {
    "photo": ("AgAC", "photos", ".jpg"),
    "voice": ("AwAC", "voice", ".oga"),
    "video": ("BAAC", "videos", ".mp4"),
    "video_note": ("DQAC", "video_notes", ".mp4"),
    "document": ("BQAC", "documents", ""),
    "audio": ("CQAC", "music", ".mp3"),
}
_MIME_TYPES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "audio": "audio/mpeg",
}
_ALPHABET = string.ascii_letters + string.digits + "-_"
# The boxes Telegram fits a photo's smaller sizes into.
_PHOTO_SIZES = (90, 320, 800)


@dataclass(frozen=True)
class StoredFile:
    """A file's bytes and what is known of them."""

    kind: str
    file_id: str
    file_unique_id: str
    path: str
    content: bytes
    mime_type: str
    name: str | None = None
    details: Json = field(default_factory=dict)
    """What a message tells of it besides: width, height, duration, …"""

    @property
    def size(self) -> int:
        return len(self.content)

    def reference(self) -> Json:
        """The fields with which every media object begins."""
        return {"file_id": self.file_id, "file_unique_id": self.file_unique_id, "file_size": self.size}


class Files:
    """All files, by the three names they are asked for."""

    def __init__(self, randomness: random.Random) -> None:
        self._random = randomness
        self._count = 0
        self._by_id: dict[str, StoredFile] = {}
        self._by_unique_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._photos: dict[str, list[Json]] = {}

    def clear(self) -> None:
        """Forget all files."""
        for index in (self._by_id, self._by_unique_id, self._by_path):
            index.clear()
        self._photos.clear()

    def add(
        self,
        kind: str,
        content: bytes,
        name: str | None = None,
        mime_type: str | None = None,
        details: Json | None = None,
    ) -> StoredFile:
        """Keep a file; `details` are its other fields in a message: width, height, duration, …"""
        start, folder, ending = _KINDS[kind]
        if name and "." in name:
            suffix = name[name.rindex(".") :]
            # A file's name comes from outside and becomes part of an address.
            if suffix[1:].isalnum() and suffix.isascii():
                ending = suffix
        path = f"{folder}/file_{self._count}{ending}"
        self._count += 1
        file = StoredFile(
            kind,
            start + self._letters(68),
            "AQAD" + self._letters(11),
            path,
            content,
            _mime_type(kind, name, mime_type),
            name,
            details or {},
        )
        self._by_id[file.file_id] = file
        self._by_unique_id[file.file_unique_id] = file
        self._by_path[path] = file
        return file

    def add_photo(self, content: bytes, size: tuple[int, int] | None = None) -> list[Json]:
        """Keep a picture; gives its sizes as a message's `photo` lists them. Raises ValueError if it is none.

        The smaller sizes have the bytes of the largest: nothing here can shrink a picture. `size` is for content
        that only pretends to be a picture.
        """
        width, height = size or picture_size(content)
        sizes = []
        for box in _PHOTO_SIZES:
            if max(width, height) > box:
                shrink = box / max(width, height)
                sizes.append((max(1, round(width * shrink)), max(1, round(height * shrink))))
        sizes.append((width, height))
        stored = [self.add("photo", content, details={"width": wide, "height": high}) for wide, high in sizes]
        photo = [{**file.reference(), **file.details} for file in stored]
        self._photos |= {file.file_id: photo for file in stored}
        return photo

    def media_of(self, file: StoredFile) -> Json:
        """The field of a message that shows this file."""
        if file.kind == "photo":
            return {"photo": self._photos[file.file_id]}
        media = {**file.reference(), **file.details}
        if file.kind != "video_note":
            media["mime_type"] = file.mime_type
        if file.name and file.kind in ("document", "audio", "video"):
            media["file_name"] = file.name
        return {file.kind: media}

    def by_id(self, file_id: str) -> StoredFile | None:
        """The file with this file_id."""
        return self._by_id.get(file_id)

    def by_unique_id(self, unique_id: str) -> StoredFile | None:
        """The file with this file_unique_id."""
        return self._by_unique_id.get(unique_id)

    def by_path(self, path: str) -> StoredFile | None:
        """The file at the path that getFile tells."""
        return self._by_path.get(path)

    def _letters(self, count: int) -> str:
        return "".join(self._random.choices(_ALPHABET, k=count))


def _mime_type(kind: str, name: str | None, given: str | None) -> str:
    # Whoever uploads often says no more than "bytes"; Telegram looks closer.
    if given and given != "application/octet-stream":
        return given
    return _MIME_TYPES.get(kind) or mimetypes.guess_type(name or "")[0] or "application/octet-stream"


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a JPEG or PNG, read from its head. Raises ValueError for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    raise ValueError("neither JPEG nor PNG")


def _jpeg_size(content: bytes) -> tuple[int, int]:
    position = 2
    while position + 9 <= len(content):
        if content[position] != 0xFF:
            raise ValueError("not a JPEG")
        marker = content[position + 1]
        if marker == 0xFF or marker in range(0xD0, 0xDA):
            position += 1 if marker == 0xFF else 2
            continue
        if marker in range(0xC0, 0xD0) and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return int(width), int(height)
        (length,) = struct.unpack(">H", content[position + 2 : position + 4])
        position += 2 + length
    raise ValueError("a JPEG without a size")
