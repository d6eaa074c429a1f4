"""Reading reports."""

from domain.actors import Actor, Role
from domain.database import Database
from domain.errors import Forbidden
from domain.ids import show
from domain.reports import rules, sql
from domain.reports.model import ImportLine, ImportSubstitution

NONE = ("none", "no process named")


async def import_substitution(db: Database, actor: Actor) -> ImportSubstitution:
    """A buyer's own figures with its lines; for a facilitator or the operator all buyers', as sums. Raises Forbidden."""
    everything = actor.verified and bool(actor.roles & {Role.FACILITATOR, Role.OPERATOR})
    if not everything and Role.BUYER not in actor.roles:
        raise Forbidden("Only a buyer, a facilitator or the operator sees import substitution.")
    async with db.read(actor) as tx:
        lines = await sql.import_lines(tx, None if everything else actor.organisation_id)
    return ImportSubstitution(
        total=rules.figures(lines),
        by_buyer=rules.grouped(lines, lambda line: (show("organisation", line.buyer_id), line.buyer_name)),
        by_process=rules.grouped(lines, _process),
        lines=() if everything else tuple(lines),
    )


def _process(line: ImportLine) -> tuple[str, str]:
    return NONE if line.process is None else (line.process, line.process)
