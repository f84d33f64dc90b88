"""Texts cut to what Telegram takes: a translation, or many people's words, may be longer than anybody foresaw."""

import re

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_PIECE = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-z-]{1,20})(?![a-z-])[^<>]*>|&#?[a-z0-9]{1,8};|.", re.DOTALL | re.IGNORECASE
)


def fit(html: str, limit: int) -> str:
    """`html` with at most `limit` letters to be seen (as Telegram counts them: UTF-16), its tags closed."""
    if 2 * len(html) <= limit or sum(_width(piece) for piece in _PIECE.finditer(html)) <= limit:
        return html
    kept: list[str] = []
    open_tags: list[str] = []
    left = limit - 1
    for piece in _PIECE.finditer(html):
        left -= _width(piece)
        if left < 0:
            break
        kept.append(piece[0])
        if piece["tag"] and piece["end"]:
            open_tags.pop()
        elif piece["tag"]:
            open_tags.append(piece["tag"])
    return "".join(kept) + "…" + "".join(f"</{tag}>" for tag in reversed(open_tags))


def _width(piece: re.Match[str]) -> int:
    if piece["tag"]:
        return 0
    return 2 if len(piece[0]) == 1 and ord(piece[0]) > 0xFFFF else 1
