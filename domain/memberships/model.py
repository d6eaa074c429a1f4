"""A workshop's membership of a cooperative."""

from datetime import datetime
from uuid import UUID

import msgspec

MAX_MEMBERS = 100
"""Members of one cooperative, those included that have not answered: matching looks at each."""

MAX_EVER = 1000
"""Workshops that one cooperative ever named: all of them are listed, and locked when it names its members."""


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """The aggregate. It counts in matching while it is `accepted`."""

    id: UUID
    cooperative_id: UUID
    member_id: UUID
    state: str
    version: int
    created_at: datetime
    updated_at: datetime


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A membership with the names of both parties, who alone (and whoever oversees them) see it."""

    membership: Membership
    cooperative_name: str
    member_name: str


class Members(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody that a cooperative ever named. `version` rises with each change of any of them."""

    cooperative_id: UUID
    memberships: tuple[Seen, ...]

    @property
    def version(self) -> int:
        """Each change adds 1 to one version, or a membership of version 1: the sum never comes twice."""
        return sum(seen.membership.version for seen in self.memberships)
