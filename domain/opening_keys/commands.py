"""Sealing the private keys of RFQs to the newest opening key, and counting what is sealed to which."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

import msgspec
from joserfc.errors import JoseError

from domain.database import Tx
from domain.opening_keys import sql
from domain.sealing import KeyNotHeld, Sealer, sealed_to

START = UUID(int=0)
PORTION = 5000
"""Headers read at once."""


class Portion(NamedTuple):
    """What one transaction did: how many keys it sealed anew, which it left and why, and where to go on (None: the end)."""

    done: int
    left: list[tuple[UUID, str]]
    last: UUID | None


async def rewrap(tx: Tx, sealer: Sealer, *, after: UUID, limit: int) -> Portion:
    """Seal what is not sealed to the newest opening key anew, for up to `limit` RFQs that follow `after`.

    A key is replaced only where what was unlocked belongs to its RFQ, and what takes its place unlocks to the same.
    """
    changes, left = [], []
    rows = await sql.portion(tx, after, limit)
    for row in rows:
        old = row["sealed_private_key"]
        if sealed_to(old) == sealer.newest:
            continue
        try:
            pair = sealer.unlock(old)
            public = msgspec.json.decode(row["public_key"])
        except KeyNotHeld as error:
            left.append((row["rfq_id"], str(error)))
        except (JoseError, ValueError, KeyError):
            left.append((row["rfq_id"], "its key does not open"))
        else:
            new = sealer.lock(pair)
            if pair.as_dict(private=False)["x"] != public.get("x"):
                left.append((row["rfq_id"], "its private key does not belong to its public one"))
            elif sealer.unlock(new).as_dict(private=True) == pair.as_dict(private=True):
                changes.append((row["rfq_id"], old, new))
            else:
                left.append((row["rfq_id"], "sealed anew it would not open"))
    done = await sql.replace(tx, changes)
    return Portion(done, left, rows[-1]["rfq_id"] if len(rows) == limit else None)


async def count(tx: Tx) -> dict[str | None, int]:
    """How many RFQs' keys are sealed to which opening key, by its id; None: sealed before opening keys had ids."""
    counts: Counter[str | None] = Counter()
    after = START
    while rows := await sql.headers(tx, after, PORTION):
        counts.update(sealed_to(row["header"]) for row in rows)
        after = rows[-1]["rfq_id"]
    return dict(counts)
