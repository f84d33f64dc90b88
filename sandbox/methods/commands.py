"""What the bot tells of itself: name, descriptions, commands."""

import json
import re

from sandbox import refusals
from sandbox.call import Call
from sandbox.methods.registry import answers
from sandbox.shapes import Json

_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
MOST_COMMANDS = 100


@answers("getMe")
def get_me(call: Call) -> Json:
    """The bot as BotFather knows it."""
    bot = call.bot
    return {
        **bot.user,
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": bot.can_read_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _language(call: Call) -> str:
    code = call.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise refusals.LANGUAGE_INVALID
    return code


def _scope(call: Call) -> str:
    """The scope as canonical JSON: what a list of commands is filed under."""
    given = call.json("scope", refusals.SCOPE_NOT_JSON)
    if given is None:
        given = {"type": "default"}
    if not isinstance(given, dict):
        raise refusals.SCOPE_NOT_JSON
    kind = given.get("type")
    if not isinstance(kind, str) or kind not in _SCOPES:
        raise refusals.SCOPE_UNSUPPORTED
    scope: Json = {"type": kind}
    for name in _SCOPES[kind]:
        value = str(given.get(name, "")).strip()
        if not re.fullmatch(r"-?\d{1,20}", value):
            raise refusals.CHAT_NOT_FOUND if name == "chat_id" else refusals.INVALID_USER_ID
        scope[name] = int(value)
    if "chat_id" in scope:
        call.chat_by_id(scope["chat_id"])
    return json.dumps(scope)


@answers("setMyCommands")
def set_my_commands(call: Call) -> bool:
    """The commands offered in a scope to those who speak a language."""
    given = call.json("commands", refusals.COMMANDS_NOT_JSON) or []
    if not isinstance(given, list):
        raise refusals.COMMANDS_NO_ARRAY
    key = (_scope(call), _language(call))
    commands = [_command(one) for one in given]
    if len(commands) > MOST_COMMANDS:
        raise refusals.COMMANDS_TOO_MUCH
    if commands:
        call.bot.commands[key] = commands
    else:
        call.bot.commands.pop(key, None)
    call.world.events.emit("commands", bot=call.bot.id)
    return True


def _command(given: object) -> Json:
    if not isinstance(given, dict):
        raise refusals.COMMAND_NO_OBJECT
    command, description = given.get("command"), given.get("description")
    if not isinstance(command, str) or not re.fullmatch(r"/?[a-z0-9_]{1,32}", command):
        raise refusals.COMMAND_INVALID
    if not isinstance(description, str) or not 1 <= len(description.strip()) <= 256:
        raise refusals.COMMAND_DESCRIPTION_INVALID
    return {"command": command.lstrip("/"), "description": description.strip()}


@answers("getMyCommands")
def get_my_commands(call: Call) -> list[Json]:
    """The commands of exactly that scope and language."""
    return call.bot.commands.get((_scope(call), _language(call)), [])


@answers("deleteMyCommands")
def delete_my_commands(call: Call) -> bool:
    """Take a list away; wider ones are offered in its place."""
    call.bot.commands.pop((_scope(call), _language(call)), None)
    call.world.events.emit("commands", bot=call.bot.id)
    return True


def _set_words(call: Call, kept: dict[str, str], name: str, longest: int, refusal: refusals.Refusal) -> bool:
    code, words = _language(call), call.text(name).strip()
    if len(words) > longest:
        raise refusal
    if words:
        kept[code] = words
    else:
        kept.pop(code, None)
    call.world.events.emit("commands", bot=call.bot.id)
    return True


@answers("setMyName")
def set_my_name(call: Call) -> bool:
    """The bot's name for those who speak a language."""
    return _set_words(call, call.bot.names, "name", 64, refusals.NAME_INVALID)


@answers("getMyName")
def get_my_name(call: Call) -> Json:
    """The name for a language, else the common one."""
    names = call.bot.names
    return {"name": names.get(_language(call)) or names.get("") or call.bot.name}


@answers("setMyDescription")
def set_my_description(call: Call) -> bool:
    """What an empty chat with the bot shows."""
    return _set_words(call, call.bot.descriptions, "description", 512, refusals.DESCRIPTION_TOO_LONG)


@answers("getMyDescription")
def get_my_description(call: Call) -> Json:
    """The description for a language, else the common one."""
    known = call.bot.descriptions
    return {"description": known.get(_language(call)) or known.get("", "")}


@answers("setMyShortDescription")
def set_my_short_description(call: Call) -> bool:
    """What the bot's profile shows."""
    kept = call.bot.short_descriptions
    return _set_words(call, kept, "short_description", 120, refusals.SHORT_DESCRIPTION_TOO_LONG)


@answers("getMyShortDescription")
def get_my_short_description(call: Call) -> Json:
    """The short description for a language, else the common one."""
    known = call.bot.short_descriptions
    return {"short_description": known.get(_language(call)) or known.get("", "")}


@answers("setChatMenuButton")
def set_chat_menu_button(call: Call) -> bool:
    """Accepted; the page shows the list of commands in any case."""
    if call.has("chat_id"):
        call.chat()
    return True


@answers("getChatMenuButton")
def get_chat_menu_button(call: Call) -> Json:
    """Always the list of commands."""
    if call.has("chat_id"):
        call.chat()
    return {"type": "commands"}
