"""Who sees whose scorecard and its marks, and how much of them. Pure."""

from domain.actors import Actor, Role
from domain.errors import Invalid, NotFound
from domain.ids import show_optional
from domain.organisations.model import Organisation
from domain.scorecards.model import ScoredSide, Window
from domain.scorecards.rules import Reader

WHOLE = "365d"
"""The only window of others: two windows could be subtracted from each other."""


def reader_of(organisation: Organisation, side: ScoredSide, actor: Actor, *, deals: bool) -> Reader:
    """As whom the actor reads; `deals`: there is an order between the two. Raises NotFound for who may not know of it.

    The organisation itself sees everything. Sums are seen by a verified facilitator or operator, of a verified supplier by every
    verified buyer, and by whoever has an order with it, on either side.
    """
    if actor.organisation_id is not None and actor.is_organisation(organisation.id):
        return Reader(own=True, organisation=show_optional("organisation", actor.organisation_id))
    buys = side == "supplier" and "supplier" in organisation.roles and organisation.state == "verified"
    sees = actor.roles & {Role.FACILITATOR, Role.OPERATOR} or (Role.BUYER in actor.roles and buys) or deals
    if not (actor.verified and sees):
        raise NotFound("organisation")
    return Reader(own=False, organisation=show_optional("organisation", actor.organisation_id))


def require_window(reader: Reader, window: Window) -> None:
    """Raise Invalid where sums of shorter windows could tell one party's figures."""
    if not reader.own and window != WHOLE:
        raise Invalid(
            f"Others see the window {WHOLE} only: differences between windows could tell one party's figures."
        )
