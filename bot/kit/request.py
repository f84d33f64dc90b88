"""HTTP to the Bot API, on aiohttp, in the three kinds of failure that delivery must tell apart.

python-telegram-bot's own class wraps httpx and hides whether a request was sent; it also costs three times the CPU
(docs/delivery.md). This one serves PTB's `Bot` (start-up, typed objects) and, by `call`, intake and delivery.
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
UPLOAD_TIMEOUT = 300.0


NEVER_CONNECTED = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class NotSent(Exception):
    """No connection: Telegram has not seen the request."""


class Uncertain(Exception):
    """Sent, and no answer came: it may have been carried out."""


class Refused(Exception):
    """Telegram answered no, in its own words; `parameters` may hold retry_after or a new chat id."""

    def __init__(self, code: int, description: str, parameters: object = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters: dict[str, Any] = parameters if isinstance(parameters, dict) else {}

    @property
    def retry_after(self) -> float | None:
        """How many seconds Telegram wants to be left alone, if it says so."""
        seconds = self.parameters.get("retry_after")
        return float(seconds) if isinstance(seconds, int | float) else None

    @property
    def migrated_to(self) -> int | None:
        """The id of the supergroup that a group has become, if that is the reason."""
        later = self.parameters.get("migrate_to_chat_id")
        return later if isinstance(later, int) else None


Upload = tuple[str, bytes]
"""A file to upload: its name and its bytes."""


class Request(BaseRequest):
    """One pool of connections to the Bot API server at `base_url` (such as https://api.telegram.org) for one token."""

    def __init__(self, base_url: str, token: str, proxy: str | None = None) -> None:
        self._root = f"{base_url.rstrip('/')}/bot{token}/"
        self._files = f"{base_url.rstrip('/')}/file/bot{token}/"
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=128, keepalive_timeout=60),
                cookie_jar=aiohttp.DummyCookieJar(),  # the Bot API sets none, and looking costs at each call
            )

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
        # With a file the time to read begins when all is sent; what gets stuck on its way must end, too. Without one a
        # single clock will do: one for each read costs a tenth of the call.
        whole = UPLOAD_TIMEOUT if files else read_timeout
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
        each_read = read_timeout if files else None
        status, payload = await self._exchange("POST", self._root + method, data, headers, each_read, whole)
        try:
            answer = json.loads(payload)
            if answer["ok"]:
                return answer["result"]
            description, given = str(answer.get("description", "")), answer.get("parameters")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Not the Bot API's words: a proxy or a captive portal in between. What it forbids, Telegram does not; only
            # what is too large for it stays too large.
            words = f"not an answer of the Bot API (HTTP {status})"
            if status < 400:
                raise Uncertain(words) from None
            raise Refused(status if status in (413, 429) else 502, words) from None
        raise Refused(status, description, given)

    async def download(self, file_id: str) -> bytes:
        """The bytes of a file somebody sent (Telegram gives bots at most 20 MB). Raises NotSent, Uncertain, Refused."""
        return (await self.download_named(file_id))[1]

    async def download_named(self, file_id: str) -> tuple[str, bytes]:
        """The same, with the path Telegram has it under, such as `photos/file_7.jpg`."""
        file = await self.call("getFile", {"file_id": file_id})
        path = file.get("file_path") if isinstance(file, dict) else None
        if not isinstance(path, str):  # the Bot API may leave it out, for a file that it cannot hand over
            raise Refused(404, "the file has no path")
        status, content = await self._exchange("GET", self._files + path, None, {}, READ_TIMEOUT)
        if status != 200:
            raise Refused(status, "the file cannot be downloaded")
        return path, content

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
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
        self,
        method: str,
        url: str,
        data: Any,
        headers: dict[str, str],
        read_timeout: float | None,
        whole: float | None = None,
    ) -> tuple[int, bytes]:
        if INSIDE_UPDATE.get():
            # A send from inside a handler would not be undone with its update: write to the outbox instead.
            raise RuntimeError("no network inside an update: write to the outbox")
        if self._session is None:
            await self.initialize()
            assert self._session is not None
        timeout = aiohttp.ClientTimeout(total=whole, connect=CONNECT_TIMEOUT, sock_read=read_timeout)
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, proxy=self._proxy, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except NEVER_CONNECTED as error:
            # The words of aiohttp carry the address with the token in it.
            raise NotSent(f"no connection ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Uncertain(f"no answer ({type(error).__name__})") from None
