"""What can be done to files: their bytes are stored before, by the edge; here they come into being."""

from uuid import UUID

from domain.actors import SYSTEM, Actor, Side
from domain.database import Database
from domain.errors import Forbidden
from domain.files import sql
from domain.files.model import File, Received
from domain.ids import new_id
from domain.ledger import record
from domain.lifecycle import FILE, advance, step

MAX_REASON = 500


async def receive(db: Database, actor: Actor, received: Received) -> File:
    """A file whose bytes are stored and looked into: received, then passed, in one transaction.

    One that is not known to be clean stays `scanning`: `judge` passes or rejects it.
    """
    if actor.organisation_id is None:
        raise Forbidden("Only an organisation keeps files.")
    async with db.transaction(actor) as tx:
        now = await tx.now()
        scanning = File(
            id=new_id(),
            organisation_id=actor.organisation_id,
            state="scanning",
            version=1,
            name=received.name,
            media_type=received.media_type,
            size=received.size,
            sha256=received.sha256,
            storage_key=received.storage_key,
            reject_reason=None,
            created_at=now,
            updated_at=now,
        )
        await sql.insert(tx, scanning)
        audience = [scanning.organisation_id]
        data = {"name": received.name, "size": received.size}
        await record(tx, FILE["receive"], actor, before=None, after=scanning, at=now, audience=audience, data=data)
        if not received.is_clean:
            return scanning
        clean = advance(scanning, FILE["pass"], now)
        await sql.save(tx, scanning, clean)
        await record(tx, FILE["pass"], SYSTEM, before=scanning, after=clean, at=now, audience=audience)
    return clean


async def judge(db: Database, file_id: UUID, found: str | None) -> File:
    """Pass a file that was kept back, or reject it for what was `found`. Raises WrongState when it was judged before."""
    async with db.transaction(SYSTEM) as tx:
        file = await sql.lock(tx, file_id)
        arrow = step(FILE["pass" if found is None else "reject"], file.state, (Side.SYSTEM,))
        now = await tx.now()
        judged = advance(file, arrow, now, reject_reason=None if found is None else found[:MAX_REASON])
        await sql.save(tx, file, judged)
        await record(tx, arrow, SYSTEM, before=file, after=judged, at=now, audience=[file.organisation_id])
    return judged
