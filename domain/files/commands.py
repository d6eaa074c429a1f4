"""What can be done to files: their bytes are stored before, by the edge; here they come into being."""

from domain.actors import SYSTEM, Actor
from domain.database import Database
from domain.errors import Forbidden
from domain.files import sql
from domain.files.model import File, Received
from domain.ids import new_id
from domain.ledger import record
from domain.lifecycle import FILE, advance


async def receive(db: Database, actor: Actor, received: Received) -> File:
    """A file whose bytes are stored and checked: received, then passed, in one transaction."""
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
        clean = advance(scanning, FILE["pass"], now)
        await sql.save(tx, scanning, clean)
        await record(tx, FILE["pass"], SYSTEM, before=scanning, after=clean, at=now, audience=audience)
    return clean
