"""What happens to uploads. The bytes are stored by the edge, before; here they are counted."""

from collections.abc import Sequence
from uuid import UUID

from domain.actors import SYSTEM, Actor
from domain.database import NOBODY, Database
from domain.errors import Duplicate
from domain.files import commands as files
from domain.files import sql as stored
from domain.files.model import File, Received
from domain.files.rules import require_room
from domain.ids import new_id
from domain.uploads import rules, sql
from domain.uploads.model import CHECKING, LIFE, Part, Upload


async def create(db: Database, actor: Actor, name: str, metadata: str, length: int, *, quota: int = 0) -> Upload:
    """An empty one, whose whole has room within the organisation's `quota` of bytes (0: no limit). Raises LimitReached.

    Of several under way at once each is measured alone, MAX_OPEN of them at most.
    """
    async with db.transaction(actor) as tx:
        organisation = actor.organisation_id or NOBODY
        rules.decide_create(actor, open_now=await sql.count_open(tx, organisation))
        require_room(await stored.used(tx, organisation) if quota else 0, length, quota)
        now = await tx.now()
        upload = Upload(
            id=new_id(),
            organisation_id=organisation,
            credential_id=actor.credential_id,
            actor_name=actor.name,
            name=name,
            metadata=metadata,
            length=length,
            received=0,
            outcome="receiving",
            refusal=None,
            file_id=None,
            created_at=now,
            expires_at=now + LIFE,
        )
        await sql.insert(tx, upload)
    return upload


async def append(db: Database, actor: Actor, upload_id: UUID, parts: Sequence[Part]) -> Upload:
    """Count stored parts, if they begin where those before end.

    Nothing locks an upload while bytes arrive: of two senders at one place the first to be stored counts, and the other
    gets OffsetMismatch. So a process that was killed keeps nobody waiting.
    """
    async with db.transaction(actor) as tx:
        upload = await sql.lock(tx, upload_id)
        rules.require_own(upload, actor, now=await tx.now())
        rules.decide_append(upload, parts[0].start)
        await sql.add_parts(tx, upload_id, parts, life=LIFE)
        return await sql.get(tx, upload_id)


async def claim(db: Database, upload_id: UUID) -> bool:
    """Whether it is whole, and the caller's to make a file of it."""
    async with db.transaction(SYSTEM) as tx:
        return await sql.claim(tx, upload_id, lease=CHECKING)


async def complete(db: Database, upload: Upload, received: Received) -> File:
    """The whole has become a file, by the hand of whoever began the upload. Raises Duplicate when it had before."""
    actor = Actor(
        credential_id=upload.credential_id,
        organisation_id=upload.organisation_id,
        name=upload.actor_name,
        verified=True,
    )
    async with db.transaction(actor) as tx:
        present = await sql.lock(tx, upload.id)
        if present.outcome != "receiving":
            raise Duplicate("The upload was put together already.")
        file = await files.receive(db.joined(tx), actor, received)
        await sql.end(tx, upload.id, file_id=file.id, refusal=None)
    return file


async def refuse(db: Database, upload_id: UUID, detail: str) -> None:
    """The whole is no file of ours."""
    async with db.transaction(SYSTEM) as tx:
        present = await sql.lock(tx, upload_id)
        if present.outcome == "receiving":
            await sql.end(tx, upload_id, file_id=None, refusal=detail[:2000])


async def delete(db: Database, upload_id: UUID, *, only_expired: bool = False) -> list[Part]:
    """Forget it, and tell which bytes are of no use any more. A file that it has become stays. Raises NotFound.

    With `only_expired` one that got more bytes since it was looked for lives on: it tells of none.
    """
    async with db.transaction(SYSTEM) as tx:
        upload = await sql.lock(tx, upload_id)
        if only_expired and await tx.now() < upload.expires_at:
            return []
        parts = await sql.parts(tx, upload_id)
        await sql.delete(tx, upload_id)
    return parts
