"""What serving needs: asked anew each time, on a connection outside the pool, so that a full pool is not "down"."""

import asyncio
from collections.abc import Awaitable

from api.blobs import BlobsError
from api.runtime import StartError, connect
from api.schema import MigrationError, check
from api.services import Services

SECONDS = 2.0


async def probe(services: Services) -> list[tuple[str, str | None]]:
    """(name, what is wrong or None) for each thing needed. Takes 2 s at most."""
    database = await _fault(_migrated(services))
    storage = await _fault(services.blobs.ping())
    return [("database", database), ("storage", storage)]


async def _migrated(services: Services) -> None:
    connection = await connect(services.db.dsn)
    try:
        # While the next release is rolled out its schema is there first, and made so that this one goes on working.
        async with connection.transaction(readonly=True):
            await check(connection, or_newer=True)
    finally:
        await connection.close()


async def _fault(probing: Awaitable[None]) -> str | None:
    try:
        await asyncio.wait_for(probing, SECONDS)
    except (StartError, MigrationError, BlobsError) as error:
        return str(error)[:300]
    except TimeoutError:
        return f"no answer within {SECONDS:.0f} s"
    return None
