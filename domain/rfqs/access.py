"""Taking an RFQ for one of its buyer's commands, without telling strangers that it exists."""

from uuid import UUID

from domain.actors import Actor
from domain.database import Tx
from domain.participations import sql as participations
from domain.rfqs import rules, sql
from domain.rfqs.model import Rfq


async def lock(tx: Tx, actor: Actor, rfq_id: UUID) -> Rfq:
    """The RFQ, locked for writing. Raises NotFound to whoever may not read it; the rule then refuses all but its buyer."""
    rfq = await sql.lock(tx, rfq_id)
    await require_visible(tx, actor, rfq)
    return rfq


async def require_visible(tx: Tx, actor: Actor, rfq: Rfq) -> None:
    """Raise NotFound unless the actor may know of the RFQ."""
    if actor.system is not None or actor.is_organisation(rfq.buyer_id):
        return
    own = None if actor.organisation_id is None else await participations.find(tx, rfq.id, actor.organisation_id)
    rules.may_read(rfq, actor, participates=own is not None)
