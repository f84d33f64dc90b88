"""How every public page is sent: its form, the rules it gives browsers, and what they may keep."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from web.browser_rules import RULES
from web.page_cache import Made

HERE = Path(__file__).parent
STYLE = HERE / "static" / "board.css"
ICON = HERE / "static" / "icon.svg"
ASK_EACH_TIME = "no-cache"
"""May be kept, but only shown after asking whether it is still so: what is withdrawn is withdrawn."""
FOR_EVER = "public, max-age=31536000, immutable"
_TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def write(template: str, values: Mapping[str, Any], turn: str | None = None) -> Made:
    """A page; whatever is put in is escaped."""
    return Made.of(_TEMPLATES.get_template(template).render(values), turn)


def send(
    request: Request,
    made: Made,
    status: int = 200,
    kind: str = "text/html; charset=utf-8",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer; without its body for who has it already."""
    given = {**RULES, "Cache-Control": ASK_EACH_TIME, "Vary": "Accept-Language", "ETag": made.tag, **(headers or {})}
    if made.turn is not None:
        given["Refresh"] = made.turn
    known = {each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")}
    if status == 200 and (made.tag in known or "*" in known):
        return Response(status_code=304, headers=given)
    return Response(made.body, status, {**given, "Content-Type": kind})


@cache
def style() -> Made:
    """The one style sheet."""
    return Made.of(STYLE.read_text("utf-8"))


@cache
def icon() -> Made:
    """What a tab shows."""
    return Made.of(ICON.read_text("utf-8"))


@cache
def style_address() -> str:
    """Its address, another one whenever it changes, so that browsers may keep it."""
    return f"/board/board.css?{hashlib.sha256(style().body).hexdigest()[:12]}"
