"""Reading reports."""

from domain.actors import SYSTEM, Actor, Role
from domain.database import Database
from domain.errors import Forbidden
from domain.ids import show
from domain.reports import privacy, rules, sql
from domain.reports.model import ImportSubstitution, Period


async def import_substitution(db: Database, actor: Actor, period: Period) -> ImportSubstitution:
    """A buyer's own figures with its lines; for a facilitator or the operator sums that tell no single buyer's.

    Raises Forbidden for others, Invalid for a period of sums over all that is not made of whole calendar years.
    """
    everything = actor.verified and bool(actor.roles & {Role.FACILITATOR, Role.OPERATOR})
    if not everything and Role.BUYER not in actor.roles:
        raise Forbidden("Only a buyer, a facilitator or the operator sees import substitution.")
    if everything:
        privacy.require_years(period)
    async with db.read(SYSTEM if everything else actor) as tx:
        lines = await sql.import_lines(tx, None if everything else actor.organisation_id)
    entries = rules.counted(lines)
    chosen = rules.within(entries, period)
    if everything:
        return ImportSubstitution(
            total=privacy.shown_total(chosen),
            by_buyer=(),
            by_process=privacy.shown_groups(chosen, rules.of_process),
            by_region=privacy.shown_groups((e for e in chosen if e.stage != "potential"), rules.of_region),
            lines=(),
        )
    return ImportSubstitution(
        total=rules.figures(chosen),
        by_buyer=rules.grouped(
            chosen, lambda entry: show("organisation", entry.line.buyer_id), lambda entry: entry.line.buyer_name
        ),
        by_process=rules.grouped(chosen, rules.of_process, lambda _: None),
        by_region=rules.grouped([e for e in chosen if e.stage != "potential"], rules.of_region, lambda _: None),
        lines=rules.by_line(lines, entries, period),
    )
