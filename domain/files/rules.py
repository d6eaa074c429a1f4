"""Who may read a file, and by which document."""

from collections.abc import Sequence

from domain.actors import Actor, Role
from domain.errors import NdaRequired, NotFound, NotParticipating
from domain.files.model import File, Grant
from domain.participations.rules import missing_acceptance


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
    for grant in seen:
        if grant.participation not in {None, "declined"} and (refusal := _missing(grant)):
            raise refusal
    raise NotParticipating(
        "This document is confidential: only who takes part in the RFQ reads it. Join the RFQ first."
    )


def _sees(grant: Grant, actor: Actor) -> bool:
    if not actor.roles & {Role.BUYER, Role.SUPPLIER}:
        return False
    return grant.participation is not None or (grant.visibility == "open" and actor.verified)


def _missing(grant: Grant) -> NdaRequired | None:
    return missing_acceptance(
        required=grant.nda_required,
        present=grant.nda_version,
        accepted=grant.accepted_version,
        purpose="before you read this confidential document",
    )


def _is_bound(grant: Grant) -> bool:
    return grant.participation not in {None, "declined"} and _missing(grant) is None
