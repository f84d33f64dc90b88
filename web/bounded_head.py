"""HTTP read by httptools, with a bound on what comes before a body: the parser itself collects without end."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024
"""Addresses and headers of one request. Browsers and proxies keep to 8 to 16 KB."""


class BoundedHead(HttpToolsProtocol):
    """Closes the connection of whoever goes on sending headers."""

    _in_head = True
    _head = 0

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head = True

    def on_headers_complete(self) -> None:
        """What comes now is the body, which whoever reads it bounds."""
        self._in_head = False
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Some bytes came."""
        super().data_received(data)
        self._head = self._head + len(data) if self._in_head else 0
        if self._head > HEAD_BYTES:
            self.transport.abort()
