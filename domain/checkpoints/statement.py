"""What a checkpoint states, and how it is signed. Pure: `jembatan audit verify` reads it without a database.

A checkpoint covers the events of one batch, in the order of the feed: the root of a Merkle tree over their hashes. It
names the checkpoint before it by digest. It is a JWS (RFC 7515) with Ed25519 over the statement's canonical JSON.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from domain import merkle
from domain.sealing import canonical

FORMAT: Final = "jembatan.checkpoint/1"
ALGORITHM: Final = "Ed25519"
MAX_EVENTS = 2000
"""Of one checkpoint."""


class BadSignature(Exception):
    """The checkpoint proves nothing; the message says why."""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed. `previous`: digest of the checkpoint before; `before`: how many events all of those cover."""

    format: str
    number: int
    previous: str | None
    before: int
    events: int
    root: str
    made_at: str
    kid: str


def event_leaf(event_id: str, hash_: str) -> bytes:
    """The leaf of an event: its id as clients see it, and its hash in hex, which covers its content and its past."""
    return merkle.leaf({"format": FORMAT, "kind": "event", "id": event_id, "hash": hash_})


def sign(key: OKPKey, statement: Statement) -> str:
    """The checkpoint, as it is kept and handed out."""
    header = {"alg": ALGORITHM, "kid": statement.kid, "typ": "jembatan-checkpoint"}
    return jws.serialize_compact(header, canonical(statement), key, algorithms=[ALGORITHM])


def read(signed: str, keys: Mapping[str, OKPKey]) -> tuple[Statement, str]:
    """(what is stated, its digest in hex), once one of `keys` has verified it. Raises BadSignature."""
    try:
        kid = jws.extract_compact(signed.encode()).headers().get("kid")
    except (JoseError, ValueError, TypeError) as error:
        raise BadSignature("it is no signed statement") from error
    key = keys.get(str(kid))
    if key is None:
        raise BadSignature(f"it is signed with the key {kid}, which you did not name")
    try:
        payload = jws.deserialize_compact(signed.encode(), key, algorithms=[ALGORITHM]).payload
        statement = msgspec.json.decode(payload, type=Statement)
    except (JoseError, ValueError, TypeError) as error:
        raise BadSignature("its signature does not verify") from error
    if statement.format != FORMAT or statement.kid != kid:
        raise BadSignature("it states something else than a checkpoint of this form")
    return statement, digest(payload)


def digest(payload: bytes) -> str:
    """What the next checkpoint calls this one by."""
    return hashlib.sha256(payload).hexdigest()
