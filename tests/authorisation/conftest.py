"""The stage on which operations are tried."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from authorisation.stage import Stage, build
from conftest import client_of, fresh_database, login_dsn, pool_of, services_on, with_database

from world import World


@pytest.fixture(scope="module")
def stage_database(admin_dsn: str, template: str, shared_folder: Path) -> Iterator[str]:
    """Of its own: what other tests left behind would be listed too."""
    with fresh_database(admin_dsn, template, shared_folder) as name:
        yield name


@pytest.fixture(scope="module")
async def stage(admin_dsn: str, stage_database: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Built once: what a denied caller does changes nothing, and what others do is rehearsed."""
    owner = await asyncpg.connect(with_database(admin_dsn, stage_database))
    async with pool_of(login_dsn(admin_dsn, stage_database)) as db:
        services = services_on(db, tmp_path_factory.mktemp("stage"))
        async with client_of(services) as http:
            yield await build(World(http, owner, services))
    await owner.close()
