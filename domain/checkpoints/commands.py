"""Making checkpoints: the worker's clock does it."""

import msgspec
from joserfc.jwk import OKPKey

from domain import merkle
from domain.actors import CLOCK
from domain.checkpoints import sql
from domain.checkpoints.statement import FORMAT, MAX_EVENTS, Statement, digest, event_leaf, sign
from domain.database import Database
from domain.ids import show
from domain.ledger.model import Place
from domain.sealing import canonical


async def seal(db: Database, key: OKPKey) -> int:
    """Cover the next events by a checkpoint that `key` signs; how many they are. Several workers may try at once."""
    async with db.transaction(CLOCK) as tx:
        last = await sql.take(tx)
        if last is None:
            return 0
        events = await sql.following(tx, last.place, MAX_EVENTS)
        if not events:
            return 0
        now = await tx.now()
        leaves = [event_leaf(show("event", event["id"]), event["hash"]) for event in events]
        statement = Statement(
            format=FORMAT,
            number=last.number + 1,
            previous=last.digest,
            before=last.covered,
            events=len(events),
            root=merkle.root(leaves).hex(),
            made_at=msgspec.to_builtins(now),
            kid=key.thumbprint(),
        )
        await sql.insert(
            tx,
            statement.number,
            sign(key, statement),
            digest(canonical(statement)),
            before=statement.before,
            place=Place(events[-1]["xid"], events[-1]["position"]),
            positions=[event["position"] for event in events],
            leaves=leaves,
            at=now,
        )
    return len(events)
