"""Endpoints end with their test: the next one finds nothing to send."""

from collections.abc import AsyncIterator

import pytest
from outbox import Outbox, forget_endpoints

from api.services import Services
from world import World


@pytest.fixture
async def outbox(world: World, services: Services) -> AsyncIterator[Outbox]:
    """Without a dispatcher; at the end nothing is left to send."""
    yield Outbox(world, services)
    await forget_endpoints(world)
