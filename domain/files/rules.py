"""Who may read a file, and by which document."""

from collections.abc import Sequence

from domain.actors import Actor, Role
from domain.errors import LimitReached, NdaRequired, NotFound, NotParticipating
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


def require_room(used: int, size: int, quota: int) -> None:
    """Raise LimitReached when `size` bytes more are beyond an organisation's `quota` (0: none).

    Nobody waits for anybody here: files that arrive at once may go beyond it together.
    """
    if quota and used + size > quota:
        raise LimitReached(
            f"Your organisation keeps {used} bytes of files, and {quota} at most (JEMBATAN_QUOTA_BYTES): these {size} do not "
            "fit. Ask the operator for more room."
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
