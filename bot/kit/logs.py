"""One line per event, on standard error; never a token, a telephone number, an address or message text."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.kit.redaction import HIDDEN, PRIVATE_KEYS, error_words, redact, traceback_words, without_speech

# At INFO these write every address they call, and the token is a part of it.
_TALKATIVE = ("httpx", "httpcore", "telegram", "apscheduler", "aiohttp", "asyncio", "aiosqlite")


def configure_logs(
    *, as_json: bool | None = None, stream: TextIO | None = None, secrets: Iterable[str] = (), level: int = logging.INFO
) -> None:
    """Set up structlog and the standard library's logging, once, before anything is logged.

    `as_json` is decided by the stream when None: key=value where a person looks on, JSON otherwise. `secrets`
    are texts that must never come out (the token, the proxy's address).
    """
    stream = stream or sys.stderr
    if as_json is None:
        as_json = not stream.isatty()
    hide = _Hide(tuple(secret for secret in secrets if secret))
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _error_in_one_line,
        _no_private_fields,
        # Last, so that nothing added on the way escapes it; and before the line reaches anybody's handler.
        hide,
    ]
    writer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if as_json
        else structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        _OneLine(
            hide,
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, writer],
            keep_exc_info=False,
        )
    )
    # None of our lines says from where in the code it comes: looking it up costs a third of a line ("Optimization" in
    # Python's logging HOWTO).
    logging._srcfile = None
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _unhandled


class _Hide:
    """Redacts every value of an event, however deep."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._secrets = secrets

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        return {redact(str(key), self._secrets): self._hidden(value) for key, value in event.items()}

    def text(self, text: str) -> str:
        return redact(text, self._secrets)

    def _hidden(self, value: Any) -> Any:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, dict):
            return {
                redact(str(key), self._secrets): HIDDEN if key in PRIVATE_KEYS else self._hidden(inner)
                for key, inner in value.items()
            }
        if isinstance(value, list | tuple | set | frozenset):
            return [self._hidden(inner) for inner in value]
        if isinstance(value, BaseException):
            return self.text(traceback_words(value))
        return self.text(without_speech(str(value)))


class _OneLine(structlog.stdlib.ProcessorFormatter):
    """Also redacts what could not be formatted as an event, and keeps it on one line."""

    def __init__(self, hide: _Hide, **options: Any) -> None:
        super().__init__(**options)
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        """One log record as the line to write."""
        try:
            line = super().format(record)
        except Exception as error:
            # Left alone, logging would print the arguments just as they are.
            line = json.dumps({"event": f"unwritable line of {record.name}", "error": error_words(error)})
        return self._hide.text(line).replace("\n", " ")


def _error_in_one_line(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Tell an exception by its kind and place: a formatted traceback may quote what a person wrote."""
    given = event.pop("exc_info", None)
    if given:
        error = given if isinstance(given, BaseException) else None
        if isinstance(given, tuple):
            error = given[1]
        elif error is None:
            error = sys.exc_info()[1]
        if error is not None:
            event["error"] = traceback_words(error)
    record = event.get("_record")
    if record is not None and record.exc_info and "error" not in event and record.exc_info[1] is not None:
        event["error"] = traceback_words(record.exc_info[1])
    return event


def _no_private_fields(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    return {key: HIDDEN if key in PRIVATE_KEYS else value for key, value in event.items()}


def _unhandled(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """The interpreter's own last words would hold the address that was called, with the token in it."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    structlog.get_logger("bot").critical("stopped by an error", exc_info=error)
