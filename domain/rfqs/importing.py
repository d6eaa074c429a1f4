"""Lines that come as a table: all of them into a draft, or none."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec.structs import replace

from domain.actors import Actor
from domain.code_mappings.commands import canonical
from domain.database import Database
from domain.errors import Fault
from domain.lifecycle import Expected, require_version
from domain.rfqs import access, rules
from domain.rfqs.commands import rewrite
from domain.rfqs.model import LineDraft, Rfq

ImportMode = Literal["replace", "append"]


async def import_lines(
    db: Database,
    actor: Actor,
    rfq_id: UUID,
    lines: Sequence[LineDraft],
    *,
    mode: ImportMode,
    numbered: bool,
    only_look: bool,
    expected: Expected,
) -> tuple[Rfq, list[Fault]]:
    """The draft with the lines; or as it was, with every fault, pointers from `/lines` on counted in `lines`.

    Lines that are not `numbered` get the numbers that follow. `only_look`: something is known to be wrong with them.
    """
    async with db.transaction(actor) as tx:
        before = await access.lock(tx, actor, rfq_id)
        require_version(before.version, expected)
        rules.decide_update(before, before.draft, actor)
        kept = before.draft.lines if mode == "append" else ()
        if not numbered:
            first = max((line.line_no for line in kept), default=0) + 1
            lines = [replace(line, line_no=number) for number, line in enumerate(lines, first)]
        lines = await canonical(tx, actor, lines)
        faults = rules.faults_of_lines([*kept, *lines], behind=len(kept))
        if faults or only_look:
            return before, faults
        draft = replace(before.draft, lines=(*kept, *lines))
        return await rewrite(tx, actor, before, draft), []
