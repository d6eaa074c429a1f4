"""Many RFQs in one call of an ERP: made by the commands that make one, each within a savepoint of its own."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from domain.actors import Actor, Role
from domain.code_mappings.commands import table
from domain.code_mappings.rules import Table, translated
from domain.database import Database, Tx
from domain.errors import BatchRefused, Fault, Refusal
from domain.rfqs.commands import write_draft, write_publication
from domain.rfqs.model import Draft, Rfq
from domain.sealing import Sealer

MAX_RFQS = 500
Mode = Literal["all_or_nothing", "per_item"]

SAVEPOINT, RELEASE, UNDO = (
    "SAVEPOINT item",
    "RELEASE SAVEPOINT item",
    "ROLLBACK TO SAVEPOINT item; RELEASE SAVEPOINT item",
)


async def create(
    db: Database, actor: Actor, sealer: Sealer, drafts: Sequence[Draft | Refusal], *, mode: Mode, publish: bool
) -> list[Rfq | Refusal]:
    """For each draft the RFQ that was made of it, published too where asked for, or why there is none.

    Of what could not even be read, there is a refusal in place of the draft; it is answered in its place.

    `per_item` keeps what succeeds. `all_or_nothing` raises BatchRefused with every fault of every item, so that one
    correction is enough. Either way an item that cannot be published is not made.
    """
    actor.need_role(Role.BUYER)
    async with db.transaction(actor) as tx:
        lines = (line for draft in drafts if not isinstance(draft, Refusal) for line in draft.lines)
        meant = await table(tx, actor, lines)
        made = [
            draft
            if isinstance(draft, Refusal)
            else await _one(tx, actor, sealer, _canonical(draft, meant), publish=publish)
            for draft in drafts
        ]
        if mode == "all_or_nothing" and (faults := faults_of(made)):
            count = sum(isinstance(item, Refusal) for item in made)
            raise BatchRefused(
                f"{count} of {len(made)} RFQs cannot be made, so none was. Correct what `errors` names, send all again.",
                faults=faults,
            )
    return made


def _canonical(draft: Draft, meant: Table) -> Draft:
    return replace(draft, lines=tuple(translated(line, meant) for line in draft.lines))


async def _one(tx: Tx, actor: Actor, sealer: Sealer, draft: Draft, *, publish: bool) -> Rfq | Refusal:
    await tx.execute(SAVEPOINT)
    try:
        rfq = await write_draft(tx, actor, draft, None, ())
        if publish:
            rfq = await write_publication(tx, actor, rfq, sealer.new_rfq_key(), rfq.created_at)
    except Refusal as refusal:
        await tx.execute(UNDO)
        return refusal
    await tx.execute(RELEASE)
    return rfq


def faults_of(made: Sequence[Rfq | Refusal]) -> list[Fault]:
    """Every fault of every refused item, its pointer from the batch on."""
    return [
        Fault(f"/rfqs/{index}{fault.pointer}", f"{item.code}: {fault.detail}")
        for index, item in enumerate(made)
        if isinstance(item, Refusal)
        for fault in item.faults or [Fault("", item.detail)]
    ]
