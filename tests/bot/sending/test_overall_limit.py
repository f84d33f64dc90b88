"""The limit of one second is used to the last message, and never passed, however long the network takes."""

import heapq
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.sending.overall_limit import CATCH_UP, MARGIN, Going, OverallLimit
from tests.support import Seconds

RATE = 30
Wanted = list[tuple[float, bool]]


def sends(wanted: Wanted, latency: Callable[[int], float]) -> tuple[list[float], list[float]]:
    """All of these, each as soon as it may go from when it is wanted on; returns when each was sent and answered."""
    now = Seconds()
    limit = OverallLimit(RATE, now)
    flying: list[tuple[float, int, Going]] = []
    sent, answered = [], []
    for number, (at, evenly) in enumerate(wanted):
        now.at = max(now.at, 1000.0 + at)
        while True:
            free = max(now.at, limit.free(1, evenly))
            if not flying or flying[0][0] > free:
                break
            landing, _, going = heapq.heappop(flying)
            now.at = max(now.at, landing)
            limit.landed(going)
        now.at = free
        going = limit.take(free, 1, evenly)
        sent.append(free)
        answered.append(free + latency(number))
        heapq.heappush(flying, (answered[-1], number, going))
    return sent, answered


def most_in_a_second(times: list[float]) -> int:
    ordered = sorted(times)
    return max(sum(each <= other < each + 0.999999 for other in ordered) for each in ordered)


@given(
    st.lists(st.floats(0.0, 2.0), min_size=1, max_size=150), st.lists(st.floats(0.0, MARGIN), min_size=1, max_size=9)
)
def test_never_more_than_the_limit_arrive_within_a_second(begins: list[float], latencies: list[float]) -> None:
    wanted = [(each, number % 3 > 0) for number, each in enumerate(sorted(begins))]
    sent, answered = sends(wanted, lambda number: latencies[number % len(latencies)])
    # Telegram may count each at any moment in between: the first of a second late, those after it soon.
    for each in answered:
        assert sum(each <= other < each + 0.999999 for other in sent) <= RATE
    assert most_in_a_second(sent) <= RATE


def test_a_network_that_answers_soon_is_used_to_98_percent() -> None:
    sent, _ = sends([(0.0, True)] * 1000, lambda _number: 0.008)
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= 0.98 * RATE


def test_one_that_takes_long_costs_no_more_than_the_margin() -> None:
    sent, _ = sends([(0.0, True)] * 1000, lambda _number: 0.4)
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= RATE / (1 + MARGIN) - 0.5


def test_what_many_get_leaves_room_for_who_is_answered_at_any_moment() -> None:
    """Sent as soon as it may go, all of a second would go at its beginning, and an answer would wait for the next."""
    now = Seconds()
    limit = OverallLimit(RATE, now)
    waits = []
    for number in range(20 * RATE):
        at = max(now.at, limit.free(1, evenly=True))
        now.at = at
        limit.landed(limit.take(at, 1, evenly=True))
        if number % 7 == 0:
            waits.append(max(0.0, limit.free() - now.at))
    assert max(waits) < (CATCH_UP + 2) / RATE
