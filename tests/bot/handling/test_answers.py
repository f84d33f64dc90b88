"""Answers to presses: tried once more where the connection broke, while whoever pressed still looks; never after."""

from typing import Any

import pytest

from bot.handling import answers
from bot.handling.answers import Answers
from bot.kit.request import NotSent, Request
from handlers.kit.update_context import CallbackAnswer
from tests.bot.stand_in import Drop, No, StandIn


async def sent(request: Request) -> None:
    """Answer a press, and wait until nothing more is tried."""
    them = Answers(request)
    them.send(CallbackAnswer("7", "Taken."))
    await them.settle(5)


async def test_a_broken_connection_is_tried_once_more(telegram: StandIn, request_: Request) -> None:
    telegram.will("answerCallbackQuery", Drop(after=False))
    await sent(request_)
    assert [each["text"] for each in telegram.of("answerCallbackQuery")] == ["Taken.", "Taken."]


async def test_once_and_no_more(telegram: StandIn, request_: Request) -> None:
    telegram.will("answerCallbackQuery", Drop(after=False), Drop(after=False), Drop(after=False))
    await sent(request_)
    assert len(telegram.of("answerCallbackQuery")) == 2


async def test_no_connection_is_tried_once_more(
    telegram: StandIn, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    await telegram.stop()
    call = request_.call

    async def call_and_start(*given: Any) -> Any:
        try:
            return await call(*given)
        except NotSent:
            await telegram.start()
            raise

    monkeypatch.setattr(request_, "call", call_and_start)
    them = Answers(request_)
    them.send(CallbackAnswer("7", "Taken."))
    await them.settle(5)
    assert len(telegram.of("answerCallbackQuery")) == 1


async def test_a_refusal_is_an_answer(telegram: StandIn, request_: Request) -> None:
    telegram.will("answerCallbackQuery", No(400, "Bad Request: query is too old"))
    await sent(request_)
    assert len(telegram.of("answerCallbackQuery")) == 1


async def test_what_is_not_fresh_is_let_go(
    telegram: StandIn, request_: Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "FRESH_SECONDS", 0.1)
    telegram.will("answerCallbackQuery", Drop(after=False))
    await sent(request_)
    assert len(telegram.of("answerCallbackQuery")) == 1
