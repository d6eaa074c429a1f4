"""Telling the database who asks, in the very message that asks or begins, and having it say whether that is still so.

Whom a key stands for is remembered from one request to the next (`credentials/remembering.py`). The first message of each
request to the database therefore asks `let_in` (migration 0040), which raises JB001 when the key was revoked, has expired or
was replaced, or when its organisation changed in any way: a revocation counts from the next request, and costs no round trip.
"""

import functools
from uuid import UUID

import asyncpg

from domain.actors import Actor

NOT_LET_IN = "JB001"
NOBODY = UUID(int=0)


class NotLetIn(Exception):
    """What was remembered of the caller is no longer so: nothing was done, and it has to be looked up anew."""


def beginning(actor: Actor | None) -> str:
    """The statement that tells a transaction who acts in it. All its values are ours: nothing in it was sent by a client."""
    proof = None if actor is None else actor.proof
    organisation = (None if actor is None else actor.organisation_id) or NOBODY
    if proof is None or proof.is_good:
        return f"SET LOCAL jembatan.organisation = '{organisation}'"
    kid = "NULL" if proof.kid is None else "'" + proof.kid.replace("'", "''") + "'"
    return (
        f"SELECT let_in('{organisation}', '{proof.credential_id}', '{proof.stamp}', '{proof.until.isoformat()}', {kid})"
    )


def alone(statement: str, arguments: tuple[object, ...], actor: Actor) -> tuple[str, tuple[object, ...]]:
    """A statement that reads, with who asks for it, as one message that is a transaction by itself."""
    proof, organisation = actor.proof, actor.organisation_id or NOBODY
    if proof is None or proof.is_good:
        return _told(statement, len(arguments)), (*arguments, str(organisation))
    known = (organisation, proof.credential_id, proof.stamp, proof.until, proof.kid)
    return _let_in(statement, len(arguments)), (*arguments, *known)


def is_denied(error: BaseException, actor: Actor | None) -> bool:
    """Whether the database says by this error that what was remembered of the actor is no longer so."""
    if actor is None or actor.proof is None or not isinstance(error, asyncpg.PostgresError):
        return False
    if error.sqlstate == NOT_LET_IN:
        actor.proof.is_stale = True
    return actor.proof.is_stale


def passed(actor: Actor | None) -> None:
    """The database has let the actor in: for this request that is so."""
    if actor is not None and actor.proof is not None:
        actor.proof.is_good = True


# The condition asks for no row, so PostgreSQL decides it once and before anything else: the top of the plan is a Result with a
# "One-Time Filter" (tests/plans). Were it ever decided later, policies would find nobody acting and show nothing.


@functools.cache
def _told(statement: str, count: int) -> str:
    return (
        f"SELECT * FROM ({statement}\n) answer "
        f"WHERE (SELECT set_config('jembatan.organisation', ${count + 1}, true) IS NOT NULL)"
    )


@functools.cache
def _let_in(statement: str, count: int) -> str:
    places = ", ".join(f"${count + place}" for place in range(1, 6))
    return f"SELECT * FROM ({statement}\n) answer WHERE (SELECT let_in({places}))"
