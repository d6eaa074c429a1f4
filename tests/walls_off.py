"""Taking down one of the two walls, for tests alone: `make walls`.

The first wall is what statements ask: in `sql.py` modules the predicates that say whose rows are read stand behind the comment
`/* tenant */`. The second is row-level security. With either down the other has to do. What else a statement asks (the state of
a thing, which of two sides one stands on, one's own of what is public) is no wall and stays.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import asyncpg

from domain.database import Tx

CHOICES = ("", "statements", "policies", "both")
OFF = os.environ.get("JEMBATAN_TEST_WALLS_OFF", "")
"""Which wall is down for the whole run. The program itself knows no such switch."""

_MARKED = re.compile(r"/\* tenant \*/ \(((?:[^()]|\([^()]*\))*)\)")
# `/* tenant */ (x)`: parentheses within at most one deep.
_RUNNERS = ("fetch", "fetchrow", "fetchval")

if OFF not in CHOICES:
    raise ValueError(f"JEMBATAN_TEST_WALLS_OFF is one of {CHOICES}")


@cache
def forgetful(statement: str) -> str:
    """The statement with its tenant predicates always true; parameters keep their types."""
    return _MARKED.sub(r"(TRUE OR (\1))", statement)


@contextmanager
def statements_off() -> Iterator[None]:
    """Within the block, reads of the program's tenants (not of the system or the dispatcher) forget to ask whose rows they read."""
    kept = {name: getattr(Tx, name) for name in _RUNNERS}

    def forgetting(run: Any) -> Any:
        async def wrapped(self: Tx, statement: str, *arguments: object) -> Any:
            asks = self._role in {"jembatan_api", "jembatan_opener"}
            return await run(self, forgetful(statement) if asks else statement, *arguments)

        return wrapped

    for name, run in kept.items():
        setattr(Tx, name, forgetting(run))
    try:
        yield
    finally:
        for name, run in kept.items():
            setattr(Tx, name, run)


async def set_policies(owner: "asyncpg.Connection[asyncpg.Record]", *, on: bool) -> None:
    """Enforce row policies in this test database, or do not."""
    rows = await owner.fetch("SELECT DISTINCT polrelid::regclass::text AS name FROM pg_policy")
    assert rows, "there are no policies to turn off"
    does = "ENABLE ROW LEVEL SECURITY, FORCE" if on else "DISABLE ROW LEVEL SECURITY, NO FORCE"
    for row in rows:
        await owner.execute(f"ALTER TABLE {row['name']} {does} ROW LEVEL SECURITY")
