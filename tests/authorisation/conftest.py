"""The stage on which operations are tried."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from authorisation.stage import Stage, build
from outbox import forget_endpoints

from world import World


@pytest.fixture(scope="module")
async def stage(http: Any, owner: Any, services: Any) -> AsyncIterator[Stage]:
    """Built once: what a denied caller does changes nothing, and what others do is rehearsed."""
    world = World(http, owner, services)
    yield await build(world)
    await forget_endpoints(world)
