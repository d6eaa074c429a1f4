"""How a buyer inspects what one supplier delivers of one part, and where the switching rules stand."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.sampling.model import Level

MAX_NUMBERS = 200
"""Characteristics that a plan puts into a class."""


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer asks for. Characteristics are major unless they are named as critical or minor.

    A critical characteristic admits no nonconforming unit in the sample of the major class.
    """

    level: Level
    major: str
    """AQL of the major class, as the tables write it."""
    minor: str | None
    """AQL of the minor class; None: there is none."""
    critical_numbers: tuple[int, ...]
    minor_numbers: tuple[int, ...]
    allow_reduced: bool
    """Production is steady and reduced inspection is wanted (ISO 2859-1, 9.3.3.1)."""
    ship_to_stock_after: int | None
    """Good lots in a row after which lots are accepted without inspection; None: never."""
    verify_every: int
    """While lots are shipped to stock, each of this many is inspected all the same."""


class InspectionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan for `part_number` of one supplier, over all orders of the buyer. The state says how severe."""

    id: UUID
    buyer_id: UUID
    supplier_id: UUID
    part_number: str
    state: str
    version: int
    terms: Terms
    score: int
    """The switching score; on normal inspection only."""
    recent: tuple[bool, ...]
    """Whether the latest lots were accepted, since the state last changed; five at most."""
    rejected: int
    """Lots not accepted since tightened inspection began."""
    run: int
    """Good lots in a row: accepted, and nothing of them rejected."""
    skipped: int
    """Lots shipped to stock since the last that was inspected."""
    created_at: datetime
    updated_at: datetime
