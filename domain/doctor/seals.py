"""What takes cryptography to examine: commitments, roots, leaves, and whether the keys open what is stored."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import msgspec
from joserfc.errors import JoseError

from domain.database import Row, Tx
from domain.doctor.model import Found
from domain.ids import show
from domain.ledger import hashing
from domain.openings import proof
from domain.sealing import Sealer, canonical, commitment
from domain.tokens.commands import PURPOSE

PORTION = 500
"""Rows read at once."""

OPENED = """
SELECT o.quote_id AS id, o.content::text AS content, o.nonce, q.commitment
  FROM quote_opened o JOIN quote q ON q.id = o.quote_id
 WHERE o.quote_id > $1 ORDER BY o.quote_id LIMIT $2
"""
PROVEN = """
SELECT o.rfq_id AS id, o.round, o.leaves, encode(o.root, 'hex') AS root,
       (SELECT e.data ->> 'root' FROM event e
         WHERE e.subject_id = o.rfq_id AND e.type = 'rfq.quotes_opened' AND (e.data ->> 'round')::integer = o.round) AS announced
  FROM opening o
 ORDER BY o.rfq_id, o.round OFFSET $1 LIMIT $2
"""
SEALED = """
SELECT k.rfq_id AS id, k.public_key, k.sealed_private_key
  FROM rfq_key k JOIN rfq r ON r.id = k.rfq_id
 WHERE k.rfq_id > $1 AND r.state IN ('open', 'closed', 'evaluating') ORDER BY k.rfq_id LIMIT $2
"""
WRAPPED = """
SELECT kid, sealed_private_key FROM signing_key WHERE sealed_private_key IS NOT NULL
"""
KEPT_SECRETS = """
SELECT id, organisation_id, secret FROM webhook_endpoint WHERE secret IS NOT NULL AND id > $1 ORDER BY id LIMIT $2
"""
EVENTS = """
SELECT position, id, type, subject_type, subject_id, subject_version, from_state, to_state, credential_id, organisation_id,
       actor_name, at, data::text AS data, private_to, private_data::text AS private_data, change::text AS change, leaf,
       hash_version, salt
  FROM event WHERE position > $1 ORDER BY position LIMIT $2
"""


async def _by_id(tx: Tx, statement: str) -> AsyncIterator[Row]:
    last = UUID(int=0)
    while rows := await tx.fetch(statement, last, PORTION):
        for row in rows:
            yield row
        last = rows[-1]["id"]


async def broken_commitments(tx: Tx) -> list[Found]:
    """Opened quotes whose content is not what was committed to."""
    return [
        Found(subject=show("quote", row["id"]), said="content and nonce do not give its commitment")
        async for row in _by_id(tx, OPENED)
        if commitment(canonical(msgspec.json.decode(row["content"])), row["nonce"]) != row["commitment"]
    ]


async def broken_openings(tx: Tx) -> list[Found]:
    """Openings whose root is not the one over their leaves, or not what was announced."""
    found, place = [], 0
    while rows := await tx.fetch(PROVEN, place, PORTION):
        for row in rows:
            subject = f"{show('rfq', row['id'])} round {row['round']}"
            if proof.root(row["leaves"]).hex() != row["root"]:
                found.append(Found(subject=subject, said="the root is not the one over its leaves"))
            elif row["announced"] is not None and row["announced"] != row["root"]:
                found.append(Found(subject=subject, said="another root was announced"))
        place += len(rows)
    return found


async def unopenable(tx: Tx, sealer: Sealer) -> list[Found]:
    """RFQs that are sealed, and whose private key the opening key does not open, or does not belong to them."""
    found = []
    async for row in _by_id(tx, SEALED):
        try:
            pair = sealer.unlock(row["sealed_private_key"])
            fits = pair.as_dict(private=False)["x"] == msgspec.json.decode(row["public_key"])["x"]
        except (JoseError, ValueError, KeyError):
            found.append(Found(subject=show("rfq", row["id"]), said="its key does not open"))
        else:
            if not fits:
                found.append(
                    Found(subject=show("rfq", row["id"]), said="its private key does not belong to its public one")
                )
    return found


async def unwrappable(tx: Tx, sealer: Sealer) -> list[Found]:
    """Signing keys and secrets of webhook endpoints that the readback key does not decrypt."""
    found = []
    for row in await tx.fetch(WRAPPED):
        try:
            sealer.unwrap(PURPOSE, row["sealed_private_key"])
        except (JoseError, ValueError):
            found.append(Found(subject=f"signing key {row['kid']}", said="its private half does not decrypt"))
    async for row in _by_id(tx, KEPT_SECRETS):
        try:
            sealer.reread(row["organisation_id"], row["secret"])
        except (JoseError, ValueError):
            found.append(Found(subject=show("webhook_endpoint", row["id"]), said="its secret does not decrypt"))
    return found


async def broken_leaves(tx: Tx) -> list[Found]:
    """Events that do not say what their leaf was made from."""
    found, last = [], 0
    while rows := await tx.fetch(EVENTS, last, PORTION):
        for row in rows:
            event = recorded(row)
            leaf = hashing.leaf_1(event) if row["hash_version"] == 1 else hashing.leaf_2(event, row["salt"])
            if leaf != row["leaf"]:
                found.append(
                    Found(subject=show("event", row["id"]), said=f"a {event.type} says something else than its leaf")
                )
        last = rows[-1]["position"]
    return found


def recorded(row: Row) -> hashing.Recorded:
    """An event from its row, with what JSON texts say."""
    fields: dict[str, Any] = {name: row[name] for name in hashing.Recorded.__struct_fields__}
    for name in ("data", "private_data", "change"):
        fields[name] = None if fields[name] is None else msgspec.json.decode(fields[name])
    return hashing.Recorded(**fields)
