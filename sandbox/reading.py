"""A request's parameters, in all the forms in which the Bot API takes them.

Query string, urlencoded form, multipart form, or JSON object; GET as well as POST.
"""

from __future__ import annotations

import json

from starlette.datastructures import UploadFile
from starlette.requests import Request

from sandbox import refusals
from sandbox.call import Upload
from sandbox.shapes import Json

LARGEST_PART = 50 * 1024 * 1024
"""Bytes of one part of a form: what a bot may upload."""


async def read_parameters(request: Request) -> tuple[Json, dict[str, Upload]]:
    """Arguments and uploaded files. Raises Refusal for what cannot be read."""
    arguments: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    uploads: dict[str, Upload] = {}
    if kind in ("multipart/form-data", "application/x-www-form-urlencoded"):
        async with request.form(max_fields=1000, max_files=100, max_part_size=LARGEST_PART) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    uploads[name] = Upload(value.filename or "", await value.read(), value.content_type)
                else:
                    arguments[name] = value
        return arguments, uploads
    body = await request.body()
    if kind == "application/json" and body.strip():
        try:
            given = json.loads(body)
        except ValueError:
            raise refusals.NOT_JSON from None
        if not isinstance(given, dict):
            raise refusals.NOT_AN_OBJECT
        arguments |= {name: value for name, value in given.items() if value is not None}
    return arguments, uploads
