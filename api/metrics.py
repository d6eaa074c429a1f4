"""What a server counts of itself, for `/metrics`."""

from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector


class Metrics:
    """What the server counts.

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
            buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
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
        self.shed = Counter("jembatan_requests_shed_total", "Requests refused as too many.", registry=registry)

    def sample(self, usage: tuple[int, int, int], streams: int) -> None:
        """Note what is a state and no count: connections (in use, open, at most), and followers."""
        for kind, value in zip(("in_use", "open", "limit"), usage, strict=True):
            self.connections.labels(kind).set(value)
        self.streams.set(streams)

    def text(self) -> bytes:
        """All counts in Prometheus's text format."""
        if self._folder is None:
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        MultiProcessCollector(everybody, path=str(self._folder))  # type: ignore[no-untyped-call]  # the library has no types there
        return generate_latest(everybody)
