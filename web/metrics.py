"""What Prometheus is told: counts since the start, and how things are at the moment it asks. Numbers only."""

import math

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.health import Doctor, Health
from web.watching import may_watch, refuse

HANDLING = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0, 10.0)


class Metrics:
    """Counts what the parts tell it. A call costs a microsecond or two: it stands beside every update."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        received = self._counter("updates_received", "Updates Telegram handed over", "kind")
        self._new, self._repeated = received.labels("new"), received.labels("repeated")
        handled = self._counter("updates_handled", "Updates handled", "outcome")
        self._done, self._quarantined = handled.labels("done"), handled.labels("quarantined")
        self._seconds = Histogram(
            "resident_voices_update_seconds",
            "Time to handle an update, from reading its row to the next",
            registry=self.registry,
            buckets=HANDLING,
        )
        self._outcomes = self._counter("deliveries", "Attempts to send, by what became of them", "outcome")
        self._posts = self._counter("webhook_posts", "Posts to the webhook, by the status they were answered", "status")

    def received(self, given: int, new: int) -> None:
        """So many updates were stored; the others were there already."""
        self._new.inc(new)
        self._repeated.inc(given - new)

    def handled(self, seconds: float, quarantined: bool) -> None:
        """An update was handled, or set aside."""
        (self._quarantined if quarantined else self._done).inc()
        self._seconds.observe(seconds)

    def delivered(self, outcome: str) -> None:
        """An attempt to send has ended so."""
        self._outcomes.labels(outcome).inc()

    def answered(self, status: int) -> None:
        """A post to the webhook was answered so."""
        self._posts.labels(str(status)).inc()

    def _counter(self, name: str, meaning: str, label: str) -> Counter:
        return Counter(f"resident_voices_{name}", meaning, [label], registry=self.registry)


class Gauges:
    """How things are; set when somebody asks."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._inbox = self._gauge("inbox_waiting", "Updates stored and not yet handled")
        self._inbox_lag = self._gauge("inbox_lag_seconds", "How long the oldest of them has waited")
        self._outbox = self._gauge("outbox_waiting", "Messages to be sent now")
        self._outbox_lag = self._gauge("outbox_lag_seconds", "How long the oldest of them has waited, but broadcasts")
        self._tick_lag = self._gauge("tick_lag_seconds", "Time since the last tick")
        self._quarantined = self._gauge("quarantined", "Updates set aside; /quarantine shows them")
        self._storage = self._gauge("storage_fails", "1 while something cannot be written")
        self._healthy = self._gauge("healthy", "1 while /healthz answers 200")
        ProcessCollector(registry=registry)

    def set(self, health: Health) -> None:
        """Take over what was found; what could not be read is no number."""
        found = health.lags
        self._inbox.set(found.inbox_waiting if found else math.nan)
        self._inbox_lag.set(health.inbox_seconds if found else math.nan)
        self._outbox.set(found.outbox_waiting if found else math.nan)
        self._outbox_lag.set(health.outbox_seconds if found else math.nan)
        self._quarantined.set(found.quarantined if found else math.nan)
        self._tick_lag.set(health.tick_seconds)
        self._storage.set(health.storage_fails)
        self._healthy.set(not health.wrong)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(f"resident_voices_{name}", meaning, registry=self._registry)


def route(metrics: Metrics, doctor: Doctor, token: str | None) -> Route:
    """`/metrics`, in Prometheus' own text form, to those who show the token."""
    gauges = Gauges(metrics.registry)

    async def answer(request: Request) -> Response:
        if not may_watch(request, token):
            return refuse(token)
        gauges.set(await doctor.check())
        return Response(generate_latest(metrics.registry), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    return Route("/metrics", answer)
