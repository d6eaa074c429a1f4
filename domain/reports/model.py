"""Import substitution in rupiah: CIF value of what is, or could be, made at home instead."""

from decimal import Decimal
from uuid import UUID

import msgspec

ZERO = Decimal(0)


class ImportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One published line with an import baseline, and what became of it. Quantities in the line's unit."""

    rfq_id: UUID
    buyer_id: UUID
    buyer_name: str
    line_no: int
    part_number: str
    process: str | None
    idr_unit_value: Decimal
    annual_quantity: Decimal
    requested: Decimal
    awarded: Decimal
    accepted: Decimal


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Values in whole rupiah, quantities in units; each line counts no more than its baseline's annual quantity."""

    potential_idr: Decimal
    committed_idr: Decimal
    realised_idr: Decimal
    accepted_quantity: Decimal


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Figures under one heading."""

    key: str
    label: str
    figures: Figures


class ImportSubstitution(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report."""

    total: Figures
    by_buyer: tuple[Group, ...]
    by_process: tuple[Group, ...]
    lines: tuple[ImportLine, ...]
    """Only for a buyer, and its own."""
