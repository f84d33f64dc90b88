"""The Bot API's methods. Each module registers its own; `sandbox.methods.registry` finds them by name."""

from sandbox.methods import callbacks, chats, commands, editing, media, messages, topics, updates

__all__ = ["callbacks", "chats", "commands", "editing", "media", "messages", "topics", "updates"]
