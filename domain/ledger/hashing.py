"""How an event becomes a leaf of its subject's chain. Pure: `jembatan verify-opening` uses it without a database.

hash = sha256(hash of the subject's previous event, nothing for the first; then leaf).

Version 1: leaf = sha256(canonical JSON of everything), so it is checked by whoever holds everything: the installation.
Version 2: leaf = sha256(DOMAIN, then the hashes of three parts): `shown`, what the audience reads; `private`, for one
organisation; `hidden`, which never leaves the installation. Each part can be shown without the others. The two that
are kept from somebody are hashed behind a salt of their own, so that nobody finds a price by trying all of them.
"""

import hashlib
import os
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.ids import show, show_optional
from domain.sealing import canonical

VERSION = 2
DOMAIN = b"jembatan event 2\x00"
SALT_BYTES = 32


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """An event with all that is stored of it."""

    id: UUID
    type: str
    subject_type: str
    subject_id: UUID
    subject_version: int
    from_state: str | None
    to_state: str | None
    credential_id: UUID | None
    organisation_id: UUID | None
    actor_name: str
    at: datetime
    data: dict[str, Any]
    private_to: UUID | None
    private_data: dict[str, Any] | None
    change: dict[str, Any]


def new_salt() -> bytes:
    """32 random bytes for one event."""
    return os.urandom(SALT_BYTES)


def leaf_1(event: Recorded) -> bytes:
    """The leaf of an event of version 1."""
    return hashlib.sha256(canonical(msgspec.structs.asdict(event))).digest()


def leaf_2(event: Recorded, salt: bytes) -> bytes:
    """The leaf of an event of version 2."""
    return join(
        shown_digest(shown(event)),
        salted_digest(private(event), part_salt(salt, "private")),
        salted_digest(hidden(event), part_salt(salt, "hidden")),
    )


def shown(event: Recorded) -> dict[str, Any]:
    """What everybody in the audience reads, in the words of the feed."""
    return {
        "id": show("event", event.id),
        "type": event.type,
        "subject_type": event.subject_type,
        "subject_id": show(event.subject_type, event.subject_id),
        "subject_version": event.subject_version,
        "from_state": event.from_state,
        "to_state": event.to_state,
        "organisation_id": show_optional("organisation", event.organisation_id),
        "actor_name": event.actor_name,
        "at": event.at,
        "data": event.data,
    }


def private(event: Recorded) -> dict[str, Any]:
    """What one organisation reads besides."""
    return {"private_to": show_optional("organisation", event.private_to), "private_data": event.private_data}


def hidden(event: Recorded) -> dict[str, Any]:
    """What nobody outside reads."""
    return {"credential_id": event.credential_id, "change": event.change}


def part_salt(salt: bytes, part: str) -> bytes:
    """The salt of one part: shown with that part, it tells nothing of another's."""
    return hashlib.sha256(salt + part.encode()).digest()


def shown_digest(content: object) -> bytes:
    """sha256 of its canonical JSON."""
    return hashlib.sha256(canonical(content)).digest()


def salted_digest(content: object, salt: bytes) -> bytes:
    """sha256(salt, then its canonical JSON)."""
    return hashlib.sha256(salt + canonical(content)).digest()


def join(shown_part: bytes, private_part: bytes, hidden_part: bytes) -> bytes:
    """The leaf over the digests of the three parts."""
    return hashlib.sha256(DOMAIN + shown_part + private_part + hidden_part).digest()


def link(previous: bytes, leaf: bytes) -> bytes:
    """The hash of an event: `previous` is that of the subject's event before it, empty for the first."""
    return hashlib.sha256(previous + leaf).digest()
