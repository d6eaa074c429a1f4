"""`jembatan work`: the clock that closes what is due, and the outbox that tells the world. Safe to run several times."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from api import resumable, scanning, uploads
from api.services import Services
from api.webhooks.dispatcher import Dispatcher, dispatching
from domain.checkpoints import commands as checkpoints
from domain.checkpoints import keys as audit_keys
from domain.idempotency import commands as idempotency
from domain.invoices import commands as invoices
from domain.openings import commands as openings
from domain.rate_limits import commands as rate_limits
from domain.schedules import commands as schedules
from domain.sealing import KeysMissing

LONGEST_PAUSE = 30.0


class Duty(NamedTuple):
    """Something done every `seconds`; it says how much it did, and goes on at once while there is more."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[int]]


def sealing(services: Services) -> list[Duty]:
    """Making checkpoints, where the key that signs them is."""
    try:
        key = audit_keys.load(services.settings.keys_folder)
    except KeysMissing as error:
        structlog.get_logger("jembatan.work").warning("no_checkpoints", reason=str(error))
        return []
    return [Duty("checkpoint", 5.0, lambda: checkpoints.seal(services.db, key))]


def duties(services: Services, dispatcher: Dispatcher) -> list[Duty]:
    """Everything a worker does."""
    return [
        Duty("clock", 0.25, lambda: openings.tick(services.db)),
        Duty("schedules", 1.0, lambda: schedules.tick(services.db)),
        Duty("invoices", 1.0, lambda: invoices.tick(services.db)),
        Duty("fan_out", 0.25, dispatcher.fan_out),
        Duty("deliver", 0.25, dispatcher.deliver),
        Duty("forget_keys", 60.0, lambda: idempotency.purge(services.db)),
        Duty("forget_rates", 60.0, lambda: rate_limits.purge(services.db)),
        Duty("uploads", 5.0, lambda: resumable.tend(services)),
        Duty("scan_files", 5.0, lambda: scanning.tend(services)),
        Duty("sweep_files", 3600.0, lambda: uploads.sweep(services)),
        Duty("forget_deliveries", 60.0, dispatcher.forget),
        *sealing(services),
    ]


async def work(services: Services, stop: asyncio.Event) -> None:
    """Do all duties until `stop` is set; what fails is logged and tried again, ever more slowly."""
    async with dispatching(services) as dispatcher:
        await asyncio.gather(*(_keep_doing(duty, stop) for duty in duties(services, dispatcher)))


async def _keep_doing(duty: Duty, stop: asyncio.Event) -> None:
    log = structlog.get_logger("jembatan.work").bind(duty=duty.name)
    pause = duty.seconds
    while not stop.is_set():
        started = time.perf_counter()
        try:
            done = await duty.run()
        except Exception as error:  # noqa: BLE001  a duty never ends: the database may be back in a moment
            log.warning("failed", error=type(error).__name__)
            pause = min(max(pause, 0.25) * 2, LONGEST_PAUSE)
        else:
            pause = 0.0 if done else duty.seconds
            if done:
                log.info("done", count=done, ms=round((time.perf_counter() - started) * 1000, 1))
        try:
            await asyncio.wait_for(stop.wait(), pause) if pause else await asyncio.sleep(0)
        except TimeoutError:
            continue
