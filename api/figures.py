"""What `/metrics` tells of the whole installation beside what the processes count: read from the database, seldom."""

import asyncio
import time

import structlog

from api.schema import head
from domain.database import UNAVAILABLE, Database
from domain.figures import queries
from domain.figures.model import Figures

FRESH_SECONDS = 5.0
"""However many ask: a process reads them this often at most."""
WAIT_SECONDS = 2.0

NAMES: dict[str, tuple[str, str]] = {
    "clock_lag": ("jembatan_clock_lag_seconds", "How long the most overdue RFQ has been open after its deadline."),
    "feed_lag": ("jembatan_feed_lag_seconds", "Age of the oldest event that the feed holds back."),
    "webhook_pending": ("jembatan_webhook_pending", "Deliveries that wait, 10000 at most."),
    "webhook_oldest": ("jembatan_webhook_oldest_seconds", "How long the oldest of them waits."),
    "endpoints_behind": ("jembatan_webhook_endpoints_behind", "Endpoints to which events are still to be handed."),
    "endpoints_failing": ("jembatan_webhook_endpoints_failing", "Endpoints that did not take their last message."),
    "endpoints_dead": ("jembatan_webhook_endpoints_dead", "Endpoints switched off because they failed."),
    "uploads_checking": ("jembatan_uploads_checking", "Uploads that came whole and are not judged yet."),
    "standbys": ("jembatan_standbys", "Standbys that stream from the primary."),
}


class Installation:
    """The last figures of one process, and when they were read."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lock = asyncio.Lock()
        self._read_at = float("-inf")
        self._figures: Figures | None = None

    async def text(self) -> bytes:
        """In Prometheus's text format; without the figures while the database does not answer."""
        async with self._lock:
            if time.monotonic() - self._read_at > FRESH_SECONDS:
                self._figures = await self._ask()
                self._read_at = time.monotonic()
            figures = self._figures
        lines = [
            "# HELP jembatan_info The schema that this program needs.",
            "# TYPE jembatan_info gauge",
            f'jembatan_info{{revision="{head()}"}} 1',
            *_gauge(
                "jembatan_database_up", "Whether the figures of the installation could be read.", figures is not None
            ),
        ]
        if figures is not None:
            for field, (name, words) in NAMES.items():
                lines += _gauge(name, words, getattr(figures, field))
        return ("\n".join(lines) + "\n").encode()

    async def _ask(self) -> Figures | None:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await queries.read(self._db)
        except UNAVAILABLE as error:
            structlog.get_logger("jembatan").warning("figures_unavailable", error=type(error).__name__)
            return None


def _gauge(name: str, words: str, value: float) -> list[str]:
    return [f"# HELP {name} {words}", f"# TYPE {name} gauge", f"{name} {float(value):g}"]
