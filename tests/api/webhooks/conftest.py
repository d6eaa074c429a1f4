"""Endpoints end with their test: no dispatcher of another one finds something to send."""

from collections.abc import AsyncIterator

import pytest
from outbox import forget_endpoints

from world import World


@pytest.fixture(autouse=True)
async def _endpoints_end(world: World) -> AsyncIterator[None]:
    yield
    await forget_endpoints(world)
