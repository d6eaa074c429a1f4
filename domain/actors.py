"""Who acts: a credential of an organisation, or one of the system's own processes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from domain.errors import Forbidden, NotVerified, ScopeMissing


class Role(StrEnum):
    """What an organisation is in the marketplace. One organisation may be several."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    FACILITATOR = "facilitator"
    OPERATOR = "operator"


class Side(StrEnum):
    """On which side of one RFQ, quote or order the actor stands. An arrow belongs to one or more sides."""

    BUYER = "buyer"
    SUPPLIER = "supplier"
    FACILITATOR = "facilitator"
    OPERATOR = "operator"
    OWNER = "owner"
    """The organisation the thing belongs to, whatever its roles."""
    CLOCK = "clock"
    """The clock process, at a deadline."""
    SYSTEM = "system"
    """A consequence of another command, in its transaction."""


SCOPE_MEANINGS: dict[str, str] = {
    "organisations:read": "Read organisations, members and capabilities.",
    "organisations:write": "Change one's own organisation, its members and capabilities.",
    "organisations:verify": "Verify and suspend organisations (facilitators and the operator).",
    "credentials:read": "List the organisation's credentials, never their secrets.",
    "credentials:write": "Make, rotate and revoke credentials.",
    "files:read": "Read and download files.",
    "files:write": "Upload files.",
    "rfqs:read": "Read RFQs, their documents, addenda and questions.",
    "rfqs:write": "Draft and change RFQs, and take part in them.",
    "rfqs:publish": "Publish, extend, cancel and close RFQs.",
    "rfqs:open": "Open sealed quotes after the deadline.",
    "quotes:read": "Read one's own quotes, and those that were opened for one.",
    "quotes:write": "Draft and withdraw quotes.",
    "quotes:submit": "Submit quotes, which binds.",
    "quotes:score": "Score quotes as an evaluator.",
    "awards:read": "Read awards.",
    "awards:propose": "Propose awards.",
    "awards:issue": "Issue awards, which commits the buyer.",
    "awards:accept": "Accept or decline awards, which commits the supplier.",
    "orders:read": "Read orders and what belongs to them.",
    "orders:write": "Acknowledge, change, schedule, bill and end orders.",
    "deliveries:write": "Despatch goods and record their receipt.",
    "quality:write": "Record inspections, first articles and nonconformances.",
    "events:read": "Read the change feed.",
    "reports:read": "Read reports and scorecards.",
    "webhooks:read": "List webhook endpoints and their deliveries.",
    "webhooks:write": "Make, change and test webhook endpoints.",
}
"""What each scope lets its holder do."""

SCOPES: tuple[str, ...] = tuple(SCOPE_MEANINGS)
"""Noun and verb, closed list. A credential carries a subset."""


class Proof(msgspec.Struct, kw_only=True, eq=False):
    """By what a remembered actor was let in. The database says with its first message of a request whether it counts still."""

    credential_id: UUID
    stamp: str
    """The two rows that the actor was made of, as PostgreSQL counts their versions."""
    until: datetime
    """The end of the secret, or of the token."""
    kid: str | None = None
    """The key that signed the token."""
    is_good: bool = False
    """The database has said so, in this request."""
    is_stale: bool = False
    """The database has denied it."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """The caller of one command, as the edge authenticated it."""

    credential_id: UUID | None
    organisation_id: UUID | None
    name: str
    """Shown in the audit trail: the credential's display name."""
    person: str | None = None
    """Who holds the credential, for four-eyes rules; None is a machine."""
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[str] = frozenset()
    verified: bool = False
    system: Side | None = None
    """Set for the system's own processes only."""
    proof: Proof | None = None
    """Of who was let in by a credential; None: whoever made this object knows."""

    @property
    def identity(self) -> str:
        """Who this is for four-eyes rules: the person where the credential names one, else the credential."""
        return self.person.casefold() if self.person else f"credential:{self.credential_id}"

    def need(self, scope: str) -> None:
        """Raise ScopeMissing unless the credential carries `scope`."""
        if self.system is None and scope not in self.scopes:
            raise ScopeMissing(scope)

    def need_role(self, *roles: Role) -> None:
        """Raise Forbidden unless the organisation has one of `roles`, NotVerified unless it is verified."""
        if self.system is not None:
            return
        if not self.roles.intersection(roles):
            raise Forbidden(f"Only an organisation with the role {' or '.join(roles)} may do this.")
        if not self.verified:
            raise NotVerified("Your organisation is not verified yet. A facilitator or the operator has to verify it.")

    def is_organisation(self, organisation_id: UUID) -> bool:
        """Whether the actor acts for that organisation."""
        return self.organisation_id is not None and self.organisation_id == organisation_id


CLOCK = Actor(credential_id=None, organisation_id=None, name="clock", system=Side.CLOCK, verified=True)
SYSTEM = Actor(credential_id=None, organisation_id=None, name="system", system=Side.SYSTEM, verified=True)
