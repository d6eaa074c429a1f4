"""A database of its own: `verify` reads the whole history, and other tests make keys and organisations behind its back."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from conftest import client_of, fresh_database, login_dsn, pool_of, services_on, with_database

from api.services import Services


@pytest.fixture(scope="module")
def audited(admin_dsn: str, template: str, shared_folder: Path) -> Iterator[str]:
    """Its name."""
    with fresh_database(admin_dsn, template, shared_folder) as name:
        yield name


@pytest.fixture(scope="module")
def owner_dsn(admin_dsn: str, audited: str) -> str:
    """The owner's DSN."""
    return with_database(admin_dsn, audited)


@pytest.fixture(scope="module")
async def owner(owner_dsn: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A superuser's connection."""
    connection = await asyncpg.connect(owner_dsn)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def services(admin_dsn: str, audited: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    """What the application runs on."""
    async with pool_of(login_dsn(admin_dsn, audited)) as db:
        yield services_on(db, tmp_path_factory.mktemp("audited"))


@pytest.fixture(scope="module")
async def http(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A client without a key."""
    async with client_of(services) as client:
        yield client
