"""Writing code mappings, and reading lines by them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.actors import Actor
from domain.code_mappings import rules, sql
from domain.code_mappings.model import CodeMapping, CodeMappings
from domain.database import Database, Tx
from domain.errors import StaleVersion, VersionRequired
from domain.ids import new_id
from domain.ledger import record
from domain.lifecycle import Expected, advance, require_version
from domain.rfqs.model import LineDraft


async def put(
    db: Database, actor: Actor, organisation_id: UUID, mappings: Sequence[CodeMapping], *, expected: Expected
) -> CodeMappings:
    """Write all of them anew. The same ones a second time change nothing; others need the version that was read."""
    rules.require_own(organisation_id, actor)
    async with db.transaction(actor) as tx:
        before = await sql.lock(tx, organisation_id)
        if before is not None and before.mappings == tuple(mappings):
            return before
        if before is not None and expected is None:
            raise VersionRequired
        if before is None and expected is not None and 0 not in expected:
            raise StaleVersion
        if before is not None:
            require_version(before.version, expected)
        arrow = rules.decide_put(before, mappings)
        now = await tx.now()
        if before is None:
            after = CodeMappings(
                id=new_id(),
                organisation_id=organisation_id,
                state="active",
                version=1,
                mappings=tuple(mappings),
                created_at=now,
                updated_at=now,
            )
            await sql.insert(tx, after)
        else:
            after = advance(before, arrow, now, mappings=tuple(mappings))
            await sql.save(tx, before, after)
        data = {"mappings": len(mappings)}
        await record(tx, arrow, actor, before=before, after=after, at=now, audience=[organisation_id], data=data)
    return after


async def table(tx: Tx, actor: Actor, lines: Iterable[LineDraft]) -> rules.Table:
    """The caller's mappings, read only when a line has a code that our vocabularies lack."""
    if actor.organisation_id is None or not any(rules.is_foreign(line) for line in lines):
        return {}
    found = await sql.find(tx, actor.organisation_id)
    return {} if found is None else rules.table_of(found.mappings)


async def canonical(
    tx: Tx, actor: Actor, lines: Sequence[LineDraft], known: Iterable[LineDraft] = ()
) -> tuple[LineDraft, ...]:
    """The lines in our codes, by the mappings of the caller. Lines that are among `known` are taken as they are."""
    kept = {line.line_no: line for line in known}
    new = [line for line in lines if kept.get(line.line_no) != line]
    meant = await table(tx, actor, new)
    return tuple(line if kept.get(line.line_no) == line else rules.translated(line, meant) for line in lines)
