"""HTTP to the Bot API, on aiohttp, in the three kinds of failure that delivery must tell apart.

python-telegram-bot's own class wraps httpx and hides whether a request was sent; it also costs three times the CPU
(docs/architecture.md). This one serves PTB's `Bot` (start-up, typed objects) and, by `call`, intake and delivery.
"""

import contextvars
import json
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

INSIDE_UPDATE: contextvars.ContextVar[bool] = contextvars.ContextVar("inside_update", default=False)

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0


class NotSent(Exception):
    """No connection: Telegram has not seen the request."""


class Uncertain(Exception):
    """Sent, and no answer came: it may have been carried out."""


class Refused(Exception):
    """Telegram answered no, in its own words; `parameters` may hold retry_after or a new chat id."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}


Upload = tuple[str, bytes]
"""A file to upload: its name and its bytes."""


class Request(BaseRequest):
    """One pool of connections to the Bot API server at `base_url` (such as https://api.telegram.org) for one token."""

    def __init__(self, base_url: str, token: str, proxy: str | None = None) -> None:
        self._root = f"{base_url.rstrip('/')}/bot{token}/"
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=128, keepalive_timeout=60))

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self,
        method: str,
        parameters: dict[str, Any] | None = None,
        files: dict[str, Upload] | None = None,
        read_timeout: float = READ_TIMEOUT,
    ) -> Any:
        """Call a Bot API method and return its `result`.

        `parameters` are sent as JSON, or beside `files` as multipart. Raises NotSent, Uncertain, Refused.
        """
        data: Any
        headers = {"Content-Type": "application/json"}
        if files:
            form = aiohttp.FormData()
            for name, value in (parameters or {}).items():
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
            for name, (file_name, content) in files.items():
                form.add_field(name, content, filename=file_name)
            data, headers = form, {}
        else:
            data = json.dumps(parameters or {}).encode()
        status, payload = await self._exchange("POST", self._root + method, data, headers, read_timeout)
        try:
            answer = json.loads(payload)
            if answer["ok"]:
                return answer["result"]
            description, given = str(answer.get("description", "")), answer.get("parameters")
        except (ValueError, KeyError, TypeError):
            # Not the Bot API's words: a proxy or a captive portal in between.
            description, given = f"not an answer of the Bot API (HTTP {status})", None
            if status < 400:
                raise Uncertain(description) from None
        raise Refused(status, description, given)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB's signature
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """PTB's door: its `Bot` calls this. Errors become PTB's own."""
        timeout = READ_TIMEOUT if isinstance(read_timeout, type(BaseRequest.DEFAULT_NONE)) else read_timeout
        data: Any = None
        headers: dict[str, str] = {}
        if request_data is not None and request_data.multipart_data:
            form = aiohttp.FormData()
            for name, value in request_data.json_parameters.items():
                form.add_field(name, value)
            for name, (file_name, content, content_type) in request_data.multipart_data.items():
                form.add_field(name, content, filename=file_name, content_type=content_type)
            data = form
        elif request_data is not None:
            data, headers = request_data.json_payload, {"Content-Type": "application/json"}
        try:
            return await self._exchange(method, url, data, headers, timeout)
        except NotSent as error:
            raise NetworkError(str(error)) from error
        except Uncertain as error:
            raise TimedOut(str(error)) from error

    async def _exchange(
        self, method: str, url: str, data: Any, headers: dict[str, str], read_timeout: float | None
    ) -> tuple[int, bytes]:
        if INSIDE_UPDATE.get():
            # A send from inside a handler would not be undone with its update: write to the outbox instead.
            raise RuntimeError("no network inside an update: write to the outbox")
        if self._session is None:
            await self.initialize()
            assert self._session is not None
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT, sock_read=read_timeout)
        try:
            async with self._session.request(
                method,
                url,
                data=data,
                headers=headers,
                timeout=timeout,
                proxy=self._proxy,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            # The words of aiohttp carry the address with the token in it.
            raise NotSent(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Uncertain(f"no answer ({type(error).__name__})") from None
