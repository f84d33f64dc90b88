"""Giving a message another file."""

from sandbox import refusals
from sandbox.call import Call
from sandbox.markup import read_inline
from sandbox.methods.editing import edit_content, target
from sandbox.methods.media import read_input_media
from sandbox.methods.registry import answers
from sandbox.outgoing import without
from sandbox.shapes import Json

_REPLACEABLE = ("text", "photo", "video", "document", "audio")
_PICTURES = frozenset({"photo", "video"})


@answers("editMessageMedia")
def edit_message_media(call: Call) -> Json:
    """Another file with its caption; a text may become one. In an album only the album's own kind."""
    given = call.json("media", refusals.MEDIA_NOT_JSON)
    kind, content = read_input_media(call, given)
    keyboard = read_inline(call)
    chat, message = target(call)
    before = next((name for name in _REPLACEABLE if name in message.content), None)
    if before is None:
        raise refusals.NO_MEDIA_TO_EDIT
    if "media_group_id" in message.content and before != kind and not {before, kind} <= _PICTURES:
        raise refusals.ALBUM_KIND_FIXED
    replaced = (*_REPLACEABLE, "entities", "link_preview_options", "caption", "caption_entities")
    kept = without(message.content, *replaced, "show_caption_above_media", "has_media_spoiler", "reply_markup")
    return edit_content(call, chat, message, content | kept, keyboard)
