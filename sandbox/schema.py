"""The Bot API's own description (version 10.0), against which requests and answers are checked.

`bot_api_schema.json` holds `methods` (fields with types and `required`, and what is returned) and `types`.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sandbox.shapes import Json

SCHEMA: Json = json.loads((Path(__file__).parent / "bot_api_schema.json").read_text("utf-8"))
METHODS: dict[str, str] = {name.lower(): name for name in SCHEMA["methods"]}
"""Method names are case-insensitive: lower-cased name → name."""

Check = Callable[[Any, str], list[str]]
"""Takes a value and where it stands; gives what is wrong with it."""

# Counted by Telegram after parsing the markup, which only the method itself can do.
_COUNTED_LATER = frozenset({"text", "caption"})


def check_answer(method: str, result: Any) -> list[str]:
    """What in a method's result is not as the Bot API describes it."""
    return _any_of(tuple(SCHEMA["methods"][method]["returns"]))(result, method)


def check_update(update: Json) -> list[str]:
    """What in an update is not as the Bot API describes it."""
    return _of("Update")(update, "Update")


def check_request(method: str, arguments: Json, uploads: Iterable[str]) -> list[str]:
    """What in a bot's request Telegram would not expect: unknown fields, wrong types, missing fields.

    Values may be strings holding JSON, as in forms; `uploads` are the names of the parts that are files.
    """
    fields = SCHEMA["methods"][method]["fields"]
    sent = set(uploads)
    attached = {name for name in sent if name not in fields}
    wrong = [f"{method}: unknown field {name!r}" for name in arguments if name not in fields]
    for name, field in fields.items():
        if name in sent:
            if "InputFile" not in field["types"]:
                wrong.append(f"{method}: {name!r} is no file")
        elif name in arguments:
            wrong += _check_argument(f"{method}.{name}", arguments[name], field)
        elif field["required"]:
            wrong.append(f"{method}: {name!r} is missing")
    used = json.dumps(arguments, default=str)
    wrong += [f"{method}: the file {name!r} belongs to nothing" for name in attached if f"attach://{name}" not in used]
    return wrong


def _check_argument(where: str, value: Any, field: Json) -> list[str]:
    types = tuple(field["types"])
    if isinstance(value, str) and "String" not in types and "InputFile" not in types:
        try:
            value = json.loads(value)
        except ValueError:
            return [f"{where}: {value[:60]!r} is not {' or '.join(types)}"]
    if "InputFile" in types and isinstance(value, str):
        return []
    if isinstance(value, int) and not isinstance(value, bool) and types == ("String",):
        return [f"{where}: {value!r} is not String"]
    return _any_of(types)(value, where) + _check_length(where, value, field)


def _check_length(where: str, value: Any, field: Json) -> list[str]:
    if "length" not in field or not isinstance(value, str) or where.rpartition(".")[2] in _COUNTED_LATER:
        return []
    least, most, unit = field["length"]
    size = len(value.encode()) if unit == "bytes" else len(value)
    return [] if least <= size <= most else [f"{where}: {size} {unit}, not {least} to {most}"]


@cache
def _any_of(types: tuple[str, ...]) -> Check:
    checks = [_of(name) for name in types]
    if len(checks) == 1:
        return checks[0]

    def check(value: Any, where: str) -> list[str]:
        nearest: list[str] | None = None
        for one in checks:
            wrong = one(value, where)
            if not wrong:
                return []
            if nearest is None or len(wrong) < len(nearest):
                nearest = wrong
        return nearest or []

    return check


@cache
def _of(name: str) -> Check:
    if name in _SIMPLE:
        return _simple(name)
    if name.startswith("Array of "):
        return _array(name.removeprefix("Array of "))
    described = SCHEMA["types"][name]
    if "subtypes" in described:
        return _any_of(tuple(described["subtypes"]))
    return _object(name, described["fields"])


_SIMPLE: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}


def _simple(name: str) -> Check:
    classes = _SIMPLE[name]
    numeric = bool not in classes

    def check(value: Any, where: str) -> list[str]:
        if isinstance(value, classes) and not (numeric and isinstance(value, bool)):
            return []
        return [f"{where}: {_short(value)} is not {name}"]

    return check


def _array(inner: str) -> Check:
    def check(value: Any, where: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{where}: {_short(value)} is not an array"]
        one = _of(inner)
        return [wrong for index, item in enumerate(value) for wrong in one(item, f"{where}[{index}]")]

    return check


def _object(name: str, fields: dict[str, Json]) -> Check:
    # Filled at the first use: types refer to each other and to themselves.
    checks: dict[str, Check] = {}
    required = [field for field, described in fields.items() if described["required"]]

    def check(value: Any, where: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{where}: {_short(value)} is not {name}"]
        if not checks:
            checks.update({field: _any_of(tuple(described["types"])) for field, described in fields.items()})
        wrong = [f"{where}: {name} has no {field!r}" for field in required if field not in value]
        for field, content in value.items():
            one = checks.get(field)
            if one is None:
                wrong.append(f"{where}: {name} knows no {field!r}")
            else:
                wrong += one(content, f"{where}.{field}")
                wrong += _check_length(f"{where}.{field}", content, fields[field])
        return wrong

    return check


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
