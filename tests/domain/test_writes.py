"""Writes that go in one statement: their numbers, their counts, their refusals."""

import asyncpg
import pytest

from domain.database import Constraint, Tx
from domain.errors import Duplicate, StaleVersion
from domain.writes import Write, run, run_with

TABLE = """
CREATE TEMPORARY TABLE thing (
    id integer CONSTRAINT thing_once PRIMARY KEY, name text, version integer
) ON COMMIT DROP
"""
ADD = "INSERT INTO thing (id, name, version) VALUES ($1, $2, 1)"
RENAME = "UPDATE thing SET name = $3, version = version + 1 WHERE id = $1 AND version = $2"
ADDED = "told AS (INSERT INTO thing (id, name, version) VALUES ($1, $2, 9))"
"""What goes beside: it takes the first two numbers."""


def adding(number: int, name: str) -> Write:
    taken = Constraint("thing_once", Duplicate("There is one."))
    return Write(ADD, (number, name), constraint=taken)


def renaming(number: int, version: int, name: str) -> Write:
    return Write(RENAME, (number, version, name), missed=StaleVersion)


async def names(owner: "asyncpg.Connection[asyncpg.Record]") -> dict[int, str]:
    return {row["id"]: row["name"] for row in await owner.fetch("SELECT id, name FROM thing ORDER BY id")}


async def test_each_has_its_own_arguments(owner: "asyncpg.Connection[asyncpg.Record]") -> None:
    async with owner.transaction():
        await owner.execute(TABLE)
        tx = Tx(owner)
        await run(tx, adding(1, "one"))
        await run(tx, adding(2, "two"))
        writes = (renaming(1, 1, "first"), adding(3, "three"), renaming(2, 1, "second"))
        await run_with(tx, writes, ADDED, (4, "four"))
        assert await names(owner) == {1: "first", 2: "second", 3: "three", 4: "four"}
        await run_with(tx, (), ADDED, (5, "five"))
        assert (await names(owner))[5] == "five"


@pytest.mark.parametrize("place", [0, 1])
async def test_one_that_misses_its_row_is_refused(owner: "asyncpg.Connection[asyncpg.Record]", place: int) -> None:
    async with owner.transaction():
        await owner.execute(TABLE)
        tx = Tx(owner)
        await run(tx, adding(1, "one"))
        await run(tx, adding(2, "two"))
        versions = [1, 1]
        versions[place] = 8
        writes = (renaming(1, versions[0], "first"), adding(3, "three"), renaming(2, versions[1], "second"))
        with pytest.raises(StaleVersion):
            await run_with(tx, writes, ADDED, (4, "four"))
        with pytest.raises(StaleVersion):
            await run(tx, writes[2 * place])


async def test_a_violation_is_the_refusal_of_the_write_that_names_it(
    owner: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    with pytest.raises(Duplicate):
        async with owner.transaction():
            await owner.execute(TABLE)
            await run(Tx(owner), adding(1, "one"))
            await run_with(Tx(owner), (renaming(1, 1, "first"), adding(1, "again")), ADDED, (4, "four"))
    with pytest.raises(asyncpg.UniqueViolationError):
        async with owner.transaction():
            await owner.execute(TABLE)
            await run(Tx(owner), Write(ADD, (1, "one")))
            await run_with(Tx(owner), (renaming(1, 1, "first"),), ADDED, (1, "again"))
