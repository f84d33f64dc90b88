"""The Bot API's methods. Each module registers its own; `sandbox.methods.registry` finds them by name."""

from sandbox.methods import (
    callbacks,
    chats,
    commands,
    editing,
    media,
    media_editing,
    messages,
    topics,
    updates,
    webhooks,
)

__all__ = [
    "callbacks",
    "chats",
    "commands",
    "editing",
    "media",
    "media_editing",
    "messages",
    "topics",
    "updates",
    "webhooks",
]
