"""A write as a value: to be run by itself, or in one message with others and the event that tells of them."""

import contextlib
import re
from functools import cache
from typing import NamedTuple

from domain.database import Constraint, Tx

_NUMBER = re.compile(r"\$(\d+)")


class Write(NamedTuple):
    """One INSERT, UPDATE or DELETE, without WITH and RETURNING, and its arguments from $1 on."""

    statement: str
    arguments: tuple[object, ...]
    missed: type[Exception] | None = None
    """Raised where it does not touch exactly one row; None: it touches what it touches."""
    constraint: Constraint | None = None
    """Which violation means a refusal."""


async def run(tx: Tx, write: Write) -> None:
    """By itself."""
    with write.constraint or contextlib.nullcontext():
        touched = await tx.execute(write.statement, *write.arguments)
    if write.missed is not None and touched != 1:
        raise write.missed


async def run_with(tx: Tx, writes: tuple[Write, ...], ctes: str, arguments: tuple[object, ...]) -> None:
    """In one statement with `ctes`, which take the first `arguments`.

    All see the database as it was before the statement, none sees what the others write: a row that one of them adds is not
    there for a condition or a row policy of another. Foreign keys and other triggers see all of it.
    """
    statement = _together(tuple((one.statement, one.missed is not None) for one in writes), ctes, len(arguments))
    with contextlib.ExitStack() as constraints:
        for one in writes:
            if one.constraint is not None:
                constraints.enter_context(one.constraint)
        row = await tx.fetchrow(statement, *arguments, *(value for one in writes for value in one.arguments))
    counts = iter(() if row is None else row.values())
    for one in writes:
        if one.missed is not None and next(counts, 0) != 1:
            raise one.missed


@cache
def _together(writes: tuple[tuple[str, bool], ...], ctes: str, taken: int) -> str:
    parts, counts = [ctes], []
    for place, (statement, is_counted) in enumerate(writes):
        parts.append(f"write_{place} AS ({_moved(statement, taken)}{' RETURNING true' if is_counted else ''})")
        taken += max((int(number) for number in _NUMBER.findall(statement)), default=0)
        if is_counted:
            counts.append(f"(SELECT count(*) FROM write_{place})")
    return f"WITH {', '.join(parts)} SELECT {', '.join(counts) or 'true'}"


def _moved(statement: str, taken: int) -> str:
    """Its own numbers behind those that are taken."""
    return _NUMBER.sub(lambda found: f"${int(found[1]) + taken}", statement)
