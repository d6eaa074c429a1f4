"""A claim for money because of a nonconformance. Amounts are in the order's currency, in whole minor units, without PPN."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

MAX_CLAIMS = 20
"""About one nonconformance, those that were withdrawn too."""
MAX_FILES = 20

Category = Literal["sorting", "rework", "transport", "material", "line_stop", "other"]
Answered = Literal["agreed", "contested"]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as the buyer writes it; `files` are ids as clients see them."""

    category: Category
    amount: Decimal
    note: str
    files: tuple[str, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the supplier says: agreed with an amount, or contested with a reason."""

    answer: Answered
    amount: Decimal | None
    note: str | None


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A file that supports the claim, with the digest that it had."""

    file_id: str
    """As clients see it."""
    name: str
    sha256: str


class CostClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim. What was claimed never changes; `answer` is what the supplier last wrote with its answer."""

    id: UUID
    order_id: UUID
    nonconformance_id: UUID
    buyer_id: UUID
    supplier_id: UUID
    state: str
    version: int
    category: Category
    currency: str
    amount: Decimal
    agreed_amount: Decimal | None
    """Set when the supplier agrees; at most `amount`, and final."""
    note: str
    answer: str | None
    settlement: str | None
    """Reference of the credit note or payment."""
    files: tuple[Paper, ...]
    created_at: datetime
    updated_at: datetime
