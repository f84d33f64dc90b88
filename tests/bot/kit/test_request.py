"""Three kinds of failure that must not be mixed up: never connected, refused, and nobody knows."""

import asyncio
import socket

import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.kit.request import INSIDE_UPDATE, NotSent, Refused, Request, Uncertain
from tests.bot.stand_in import TOKEN, Drop, Late, No, Raw, StandIn


def nobody_listens() -> str:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{found.getsockname()[1]}"


async def test_an_answer(telegram: StandIn, request_: Request) -> None:
    telegram.will("getChat", {"id": 7})
    assert await request_.call("getChat", {"chat_id": 7}) == {"id": 7}
    assert telegram.of("getChat") == [{"chat_id": 7}]


async def test_files_go_beside_the_parameters(telegram: StandIn, request_: Request) -> None:
    await request_.call("sendPhoto", {"chat_id": 7, "reply_markup": {"a": [1]}}, {"photo": ("x.png", b"\x89PNG")})
    assert telegram.of("sendPhoto") == [{"chat_id": "7", "reply_markup": '{"a": [1]}', "photo": b"\x89PNG"}]


@pytest.mark.parametrize("proxy", [None, "proxy"])
async def test_never_connected(telegram: StandIn, proxy: str | None) -> None:
    """Also when it is the proxy that is not there."""
    url = telegram.url if proxy else nobody_listens()
    request = Request(url, TOKEN, nobody_listens() if proxy else None)
    with pytest.raises(NotSent) as caught:
        await request.call("sendMessage", {"chat_id": 7})
    assert TOKEN not in str(caught.value)
    await request.shutdown()


async def test_a_proxy_that_refuses_has_sent_nothing(telegram: StandIn) -> None:
    telegram.will("api.telegram.org:443", Raw(407, "who are you"))
    request = Request("https://api.telegram.org", TOKEN, telegram.url)
    with pytest.raises(NotSent):
        await request.call("sendMessage", {"chat_id": 7})
    await request.shutdown()


@pytest.mark.parametrize("answer", [Drop(), Late(5), Raw(200, "<html>Please log in</html>"), Raw(200, '{"ok": true}'),
                                    Raw(200, "[" * 100_000), Raw(302, "")])  # fmt: skip
async def test_nobody_knows(telegram: StandIn, request_: Request, answer: object) -> None:
    telegram.will("sendMessage", answer)
    with pytest.raises(Uncertain):
        await request_.call("sendMessage", {"chat_id": 7}, read_timeout=0.2)


async def test_refused_in_telegrams_words(telegram: StandIn, request_: Request) -> None:
    telegram.will(
        "sendMessage", No(429, "Too Many Requests", {"retry_after": 3}), No(400, "x", {"migrate_to_chat_id": -100})
    )
    with pytest.raises(Refused) as caught:
        await request_.call("sendMessage", {"chat_id": 7})
    assert (caught.value.code, caught.value.retry_after, caught.value.migrated_to) == (429, 3.0, None)
    with pytest.raises(Refused) as caught:
        await request_.call("sendMessage", {"chat_id": 7})
    assert caught.value.migrated_to == -100


@pytest.mark.parametrize("status", [400, 401, 403, 404, 502])
async def test_what_a_proxy_says_is_not_telegrams_word(telegram: StandIn, request_: Request, status: int) -> None:
    """A portal's 403 blocks nobody, its 404 revokes no token: it is trouble that passes."""
    telegram.will("sendMessage", Raw(status, "<html>no</html>"))
    with pytest.raises(Refused) as caught:
        await request_.call("sendMessage", {"chat_id": 7})
    assert caught.value.code == 502


async def test_odd_refusals_hold_no_surprise(telegram: StandIn, request_: Request) -> None:
    telegram.will("sendMessage", Raw(429, '{"ok": false, "description": null, "parameters": [1]}'))
    with pytest.raises(Refused) as caught:
        await request_.call("sendMessage", {"chat_id": 7})
    assert (caught.value.code, caught.value.retry_after) == (429, None)


async def test_no_network_inside_an_update(telegram: StandIn, request_: Request) -> None:
    """A send from inside a handler would not be undone with its update; also not by way of PTB's own objects."""
    bot = Bot(TOKEN, base_url=f"{telegram.url}/bot", request=request_, get_updates_request=request_)
    token = INSIDE_UPDATE.set(True)
    try:
        with pytest.raises(RuntimeError, match="no network inside an update"):
            await request_.call("sendMessage", {"chat_id": 7})
        with pytest.raises(NetworkError, match="no network inside an update"):
            await bot.send_message(7, "x")
    finally:
        INSIDE_UPDATE.reset(token)
    assert telegram.calls == []
    await bot.send_message(7, "x")
    assert len(telegram.calls) == 1


async def test_ptb_gets_its_own_errors(telegram: StandIn, request_: Request) -> None:
    bot = Bot(TOKEN, base_url=f"{telegram.url}/bot", request=request_, get_updates_request=request_)
    telegram.will("getMe", Drop())
    with pytest.raises(TimedOut):
        await bot.get_me()
    gone = Request(nobody_listens(), TOKEN)
    bot = Bot(TOKEN, base_url=f"{nobody_listens()}/bot", request=gone, get_updates_request=gone)
    with pytest.raises(NetworkError):
        await bot.get_me()
    await asyncio.gather(gone.shutdown())
