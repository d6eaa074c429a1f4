"""What a server counts of itself, for `/metrics`."""

from bisect import bisect_left
from collections import Counter as Counts
from collections.abc import Sequence
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
"""Of the time to answer, in seconds."""
MOST_HELD = 4096
"""Times of one operation that are added up at once, however late anybody asks."""


class Metrics:
    """What the server counts.

    Requests are added up in plain numbers first and go into the library's once a second, or before its text is made: its
    counters cost as much of the processor for each request as the rest of the edge.

    With `folder` the processes of one server keep their counts there, and each shows the sum of all; the library reads
    PROMETHEUS_MULTIPROC_DIR itself when it is first imported, which is why the supervising process sets it.
    """

    def __init__(self, registry: CollectorRegistry, folder: Path | None = None) -> None:
        self._registry, self._folder = registry, folder
        self.requests = Counter(
            "jembatan_requests_total", "Requests answered.", ["operation", "method", "status"], registry=registry
        )
        self.seconds = Histogram(
            "jembatan_request_seconds",
            "Time to answer.",
            ["operation"],
            buckets=BUCKETS,
            registry=registry,
        )
        self.in_flight = Gauge(
            "jembatan_requests_in_flight", "Requests under way.", registry=registry, multiprocess_mode="livesum"
        )
        self.connections = Gauge(
            "jembatan_pool_connections",
            "Connections to the database.",
            ["kind"],
            registry=registry,
            multiprocess_mode="livesum",
        )
        self.streams = Gauge(
            "jembatan_streams", "Followers of the feed.", registry=registry, multiprocess_mode="livesum"
        )
        self._answered: dict[tuple[str, str, int], int] = {}
        self._took: dict[str, list[float]] = {}
        self._under_way = 0
        self.shed = Counter("jembatan_requests_shed_total", "Requests refused as too many.", registry=registry)

    def answered(self, operation: str, method: str, status: int, seconds: float) -> None:
        """One request was."""
        key = (operation, method, status)
        self._answered[key] = self._answered.get(key, 0) + 1
        took = self._took.get(operation)
        if took is None:
            took = self._took[operation] = []
        took.append(seconds)
        if len(took) >= MOST_HELD:
            self.settle()

    def under_way(self, count: int) -> None:
        """So many requests are being answered."""
        self._under_way = count

    def settle(self) -> None:
        """Put what was added up where everybody sees it."""
        answered, self._answered = self._answered, {}
        for (operation, method, status), count in answered.items():
            self.requests.labels(operation, method, str(status)).inc(count)
        took, self._took = self._took, {}
        for operation, all_seconds in took.items():
            _observe(self.seconds.labels(operation), all_seconds)
        self.in_flight.set(self._under_way)

    def sample(self, usage: tuple[int, int, int], streams: int) -> None:
        """Note what is a state and no count: connections (in use, open, at most), and followers."""
        for kind, value in zip(("in_use", "open", "limit"), usage, strict=True):
            self.connections.labels(kind).set(value)
        self.streams.set(streams)
        self.settle()

    def text(self) -> bytes:
        """All counts in Prometheus's text format; those of other processes as they were a second ago at most."""
        self.settle()
        if self._folder is None:
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody, path=str(self._folder))  # type: ignore[no-untyped-call]  # the library has no types there
        return generate_latest(everybody)


def _observe(kept: Histogram, seconds: Sequence[float]) -> None:
    """As `kept.observe` would one by one, which writes a sum and a count for each."""
    kept._sum.inc(sum(seconds))  # noqa: SLF001  the library takes one at a time
    for place, count in Counts(bisect_left(BUCKETS, one) for one in seconds).items():
        kept._buckets[place].inc(count)  # noqa: SLF001
