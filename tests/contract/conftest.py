"""The stage on which Schemathesis plays."""

import asyncpg
import httpx
import pytest
from contract_stage import Stage, build

from api.services import Services
from world import World


@pytest.fixture(scope="session")
async def stage(http: httpx.AsyncClient, owner: "asyncpg.Connection[asyncpg.Record]", services: Services) -> Stage:
    """Something of everything."""
    return await build(World(http, owner, services))
