"""What is sent from memory right after the commit, and kept nowhere: answers to presses.

They end the little clock on a button. One that is lost costs nothing but that, so they are no rows of the outbox. Where
the connection broke it is tried once more, while whoever pressed still looks.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import structlog

from bot.kit.request import NotSent, Refused, Request, Uncertain
from handlers.kit.update_context import CallbackAnswer

FRESH_SECONDS = 10.0
"""So long somebody looks at the button they have pressed."""
PAUSE_SECONDS = 0.2
log = structlog.get_logger()


class Answers:
    """Sends answers to presses, each in a task of its own.

    `written`: waits for the file of what was taken away; while it does not come, an answer says nothing.
    """

    def __init__(self, request: Request, written: Callable[[], Awaitable[bool]] | None = None) -> None:
        self._request = request
        self._written = written
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, answer: CallbackAnswer) -> None:
        """Send it now and forget it."""
        task = asyncio.ensure_future(self._send(answer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self, seconds: float) -> None:
        """Give what is on its way at most that long."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds)
            for task in late:
                task.cancel()

    async def _send(self, answer: CallbackAnswer) -> None:
        parameters: dict[str, object] = {"callback_query_id": answer.query_id}
        if answer.text and (self._written is None or await self._written()):
            parameters |= {"text": answer.text, "show_alert": answer.alert}
        began = time.monotonic()
        try:
            try:
                await self._request.call("answerCallbackQuery", parameters)
            except (NotSent, Uncertain):
                # To answer a press twice does no harm: Telegram refuses the second answer, or shows it anew.
                await asyncio.sleep(PAUSE_SECONDS)
                if time.monotonic() - began >= FRESH_SECONDS:
                    raise
                await self._request.call("answerCallbackQuery", parameters)
        except Refused as error:
            # "query is too old": the press came while we were away. The button's work is done all the same.
            log.debug("press_answer_refused", said=error.description)
        except (NotSent, Uncertain) as error:
            log.debug("press_answer_lost", error=str(error))
        except Exception as error:
            log.error("press_answer_failed", error=type(error).__name__)
