"""The operator and its first key come into being once, however often and at once it is tried."""

import asyncio
import fcntl
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from pooler import CACHE

from domain.actors import SYSTEM, Role
from domain.credentials.queries import authenticate
from domain.database import Database
from domain.errors import Duplicate, Invalid
from domain.organisations.commands import initialise
from domain.organisations.queries import list_visible


@pytest.fixture
async def empty(
    admin_dsn: str, template: str, app_dsn: str, database: str, shared_folder: Path
) -> AsyncIterator[Database]:
    """A database in which nobody is yet."""
    name = f"jembatan_test_{secrets.token_hex(4)}"
    admin = await asyncpg.connect(admin_dsn)
    with (shared_folder / "template.lock").open("a+") as lock:  # a template admits one copier at a time
        fcntl.flock(lock, fcntl.LOCK_EX)
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    db = await Database.connect(
        app_dsn.replace(database, name), role="jembatan_api", application="test", size=4, statement_cache=CACHE
    )
    yield db
    await db.close()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


async def test_of_several_at_once_one_succeeds(empty: Database) -> None:
    results = await asyncio.gather(*(initialise(empty, "Penyelenggara") for _ in range(4)), return_exceptions=True)
    made = [result for result in results if not isinstance(result, BaseException)]
    refused = [result for result in results if isinstance(result, BaseException)]
    assert (len(made), {type(error) for error in refused}) == (1, {Duplicate})
    operator, credential, secret = made[0]
    actor = await authenticate(empty, secret)
    assert actor is not None
    assert (actor.organisation_id, actor.credential_id) == (operator.id, credential.id)
    assert (actor.roles, actor.verified) == (frozenset({Role.OPERATOR}), True)
    assert await list_visible(empty, actor, after=None, limit=10, state=None, role=None) == [operator]
    with pytest.raises(Duplicate):
        await initialise(empty, "Lain")


async def test_an_operator_has_a_name(empty: Database) -> None:
    with pytest.raises(Invalid):
        await initialise(empty, "")
    assert await authenticate(empty, "jbt_nothing") is None
    assert SYSTEM.organisation_id is None
