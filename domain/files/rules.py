"""Who may read a file, and by which document."""

from collections.abc import Sequence

from domain.actors import Actor, Role
from domain.errors import NdaRequired, NotFound, NotParticipating
from domain.files.model import File, Grant


def decide_read(file: File, grants: Sequence[Grant], actor: Actor) -> Grant | None:
    """The owner reads its own (None); others by the document of an RFQ they may see (its grant).

    `grants` are those of published RFQs. A confidential document needs participation and, where the RFQ asks for one,
    the accepted agreement: NotParticipating, NdaRequired. Raises NotFound for whoever has no business with the file;
    facilitator and operator, who are no party to any RFQ, never have.
    """
    if actor.is_organisation(file.organisation_id):
        return None
    seen = [grant for grant in grants if _sees(grant, actor)]
    if not seen:
        raise NotFound("file")
    for grant in seen:
        if not grant.confidential or _is_bound(grant):
            return grant
    if any(grant.participation not in {None, "declined"} for grant in seen):
        raise NdaRequired("This document is confidential. Accept the RFQ's non-disclosure agreement first.")
    raise NotParticipating(
        "This document is confidential: only who takes part in the RFQ reads it. Join the RFQ first."
    )


def _sees(grant: Grant, actor: Actor) -> bool:
    if not actor.roles & {Role.BUYER, Role.SUPPLIER}:
        return False
    return grant.participation is not None or (grant.visibility == "open" and actor.verified)


def _is_bound(grant: Grant) -> bool:
    return grant.participation not in {None, "declined"} and (grant.nda_accepted or not grant.nda_required)
