"""The law of the limits: whatever is sent to whom, Telegram's limits hold, and nobody waits longer than they ask."""

from hypothesis import given
from hypothesis import strategies as st

from bot.sending.limits import GROUP_MESSAGES, GROUP_WINDOW, PRIVATE_BURST, Limiter
from tests.support import Seconds

# Odd numbers are groups. Few chats, so that the limits are met; pauses long enough to empty a window.
STEPS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.0, 0.001, 0.03, 0.2, 1.0, 7.0, 61.0])), max_size=300)


def send_all(steps: list[tuple[int, float]], rate: int) -> list[tuple[float, int]]:
    """Send to these chats, each as soon as the limiter lets it; returns when what went out."""
    seconds = Seconds()
    limiter = Limiter(rate, seconds)
    sent: list[tuple[float, int]] = []
    for chat, pause in steps:
        seconds.at += pause
        wait = limiter.wait(chat, chat % 2 == 0)
        # Nobody is kept longer than the longest limit asks, and when it is over it is over.
        assert 0 <= wait <= GROUP_WINDOW + 1
        seconds.at += wait
        assert limiter.wait(chat, chat % 2 == 0) < 1e-6
        limiter.take(chat, chat % 2 == 0)
        sent.append((seconds.at, chat))
    return sent


def most_in(times: list[float], window: float) -> int:
    return max((sum(start <= time < start + window for time in times) for start in times), default=0)


@given(STEPS, st.sampled_from([1, 5, 30]))
def test_no_limit_is_ever_broken(steps: list[tuple[int, float]], rate: int) -> None:
    sent = send_all(steps, rate)
    assert most_in([time for time, _ in sent], 1.0) <= rate
    for chat in {chat for _, chat in sent}:
        times = [time for time, whose in sent if whose == chat]
        if chat % 2:
            assert most_in(times, GROUP_WINDOW) <= GROUP_MESSAGES
        else:
            for first in range(len(times)):
                for last in range(first, len(times)):
                    # At most five at once, then one a second.
                    assert last - first + 1 <= PRIVATE_BURST + (times[last] - times[first]) + 1e-6


def test_a_quiet_chat_may_burst_and_a_busy_one_goes_on_steadily() -> None:
    times = [time for time, _ in send_all([(0, 0.0)] * 8, 30)]
    assert [round(time - times[0], 3) for time in times] == [0, 0, 0, 0, 0, 1, 2, 3]


def test_one_chats_limit_keeps_nobody_else() -> None:
    limiter = Limiter(30, lambda: 1000.0)
    for _ in range(5):
        limiter.take(2, True)
    assert limiter.wait(2, True) == 1.0
    assert limiter.wait(4, True) == limiter.wait(1, False) == limiter.wait_overall() == 0.0


def test_what_went_out_before_the_start_counts() -> None:
    seconds = Seconds()
    limiter = Limiter(30, seconds)
    for number in range(20):
        limiter.take(1, False, ago=50.0 - number)
    assert 10.0 <= limiter.wait(1, False, urgent=True) <= 10.1
    # Two of the twenty are kept for danger, so that others wait until three have left the minute.
    assert 12.0 <= limiter.wait(1, False) <= 12.1


def test_some_of_a_groups_messages_are_kept_for_what_is_urgent() -> None:
    limiter = Limiter(30, lambda: 1000.0)
    for _ in range(18):
        limiter.take(1, False)
    assert limiter.wait(1, False) > 59.0
    assert limiter.wait(1, False, urgent=True) == 0.0


def test_a_pause_is_kept_to_the_second_and_the_longest_counts() -> None:
    seconds = Seconds()
    limiter = Limiter(0, seconds)
    limiter.pause(2, 7.0)
    limiter.pause(2, 3.0)
    assert (limiter.wait(2, True), limiter.wait(4, True)) == (7.0, 0.0)
    seconds.at += 7.0
    assert limiter.wait(2, True) == 0.0
    limiter.pause_all(30.0)
    assert limiter.wait(4, True) == limiter.wait_overall() == 30.0
    limiter.resume_all()
    assert limiter.wait(4, True) == limiter.wait_overall() == 0.0


def test_without_a_rate_nothing_waits() -> None:
    limiter = Limiter(0, lambda: 1000.0)
    for _ in range(1000):
        limiter.take(1, False)
    assert limiter.wait(1, False) == limiter.wait_overall() == 0.0


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 10), st.sampled_from([0.0, 0.2, 1.0, 7.0, 61.0])), max_size=80
    ),
    st.sampled_from([5, 30]),
)
def test_each_part_of_an_album_counts(steps: list[tuple[int, int, float]], rate: int) -> None:
    seconds = Seconds()
    limiter = Limiter(rate, seconds)
    sent: list[tuple[float, int]] = []
    for chat, count, pause in steps:
        seconds.at += pause
        private = chat % 2 == 0
        seconds.at += limiter.wait(chat, private, count=count)
        assert limiter.wait(chat, private, count=count) < 1e-6
        limiter.take(chat, private, count=count)
        sent += [(seconds.at, chat)] * count
    for chat in {chat for _, chat in sent}:
        times = [time for time, whose in sent if whose == chat]
        if chat % 2:
            assert most_in(times, GROUP_WINDOW) <= GROUP_MESSAGES
        else:
            # An album is more than may go at once; whoever sends one is quiet until that is made up for.
            assert all(
                last - first <= 10 + PRIVATE_BURST + (times[last] - times[first])
                for first in range(len(times))
                for last in range(first, len(times))
            )
    if rate == 30:
        assert most_in([time for time, _ in sent], 1.0) <= rate


def test_an_album_waits_until_a_private_chat_is_quiet_and_is_paid_for_afterwards() -> None:
    seconds = Seconds()
    limiter = Limiter(30, seconds)
    limiter.take(2, True)
    assert limiter.wait(2, True, count=10) == 1.0
    seconds.at += 1.0
    limiter.take(2, True, count=10)
    assert limiter.wait(2, True) == 6.0


def test_an_album_longer_than_a_second_allows_counts_in_the_next_seconds() -> None:
    seconds = Seconds()
    limiter = Limiter(2, seconds)
    limiter.take(1, False, count=10)
    assert 5.0 <= limiter.wait_overall() <= 5.5
