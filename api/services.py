"""What the operations share: made once at start, passed on, never global."""

import time
from datetime import datetime, timedelta

from api.blobs import Blobs
from api.event_stream import Streams
from api.figures import Installation
from api.scanner import ClamAv, Scanner
from api.settings import Settings
from api.tracing import Tracer
from domain.credentials.remembering import Remembered
from domain.database import Database, utc_now
from domain.rate_limits.commands import Blocks
from domain.scenarios.process import Solvers
from domain.sealing import Sealer
from domain.standby import Standby
from domain.tokens.keys import KeyRing


class Clock:
    """The database's clock as last measured: for what is shown, so that two nodes show the same. It decides nothing."""

    REFRESH_SECONDS = 30.0

    def __init__(self) -> None:
        self._offset = timedelta(0)
        self._measured = float("-inf")

    def now(self) -> datetime:
        """The present instant by the database, give or take the time of one round trip."""
        return utc_now() + self._offset

    @property
    def is_due(self) -> bool:
        """Whether it should be measured again."""
        return time.monotonic() - self._measured > self.REFRESH_SECONDS

    async def measure(self, db: Database) -> None:
        """Compare the two clocks."""
        async with db.bare() as tx:
            self._offset = await tx.now() - utc_now()
        self._measured = time.monotonic()


class Services:
    """The parts that `create_app` was given."""

    __slots__ = (
        "blobs",
        "blocks",
        "clock",
        "db",
        "installation",
        "key_ring",
        "remembered",
        "scanner",
        "sealer",
        "settings",
        "solvers",
        "standby",
        "streams",
        "tracer",
    )

    def __init__(
        self, settings: Settings, db: Database, sealer: Sealer, blobs: Blobs, clock: Clock, tracer: Tracer | None = None
    ) -> None:
        self.settings = settings
        self.db = db
        self.standby: Standby | None = None
        """For operations that are marked `may_lag`."""
        self.sealer = sealer
        self.blobs = blobs
        self.clock = clock
        self.key_ring = KeyRing()
        self.remembered = Remembered()
        self.solvers = Solvers(settings.solvers)
        self.streams = Streams(settings, db)
        self.installation = Installation(db)
        self.scanner: Scanner | None = ClamAv(settings.clamav) if settings.clamav else None
        self.tracer = tracer
        self.blocks = Blocks()
