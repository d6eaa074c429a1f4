"""Every SQL constant is one the database understands, and keeps the house rules."""

import importlib
import pkgutil
import re

import asyncpg
import pytest

import domain

STATEMENTS = [
    pytest.param(getattr(module, name), id=f"{module.__name__}.{name}")
    for info in pkgutil.walk_packages(domain.__path__, "domain.")
    if info.name.endswith(".sql")
    for module in [importlib.import_module(info.name)]
    for name in vars(module)
    if name.isupper() and not name.startswith("_") and isinstance(getattr(module, name), str)
]


def test_there_are_statements() -> None:
    assert len(STATEMENTS) > 50


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_the_statement_prepares(statement: str, owner: "asyncpg.Connection[asyncpg.Record]") -> None:
    """As owner: columns, types and parameters exist. Rights are what the tests through HTTP prove."""
    await owner.prepare(statement)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_columns_are_enumerated(statement: str) -> None:
    assert not re.search(r"SELECT\s+(\w+\.)?\*", statement, re.IGNORECASE), "a new column would change what is read"
