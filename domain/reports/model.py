"""Import substitution in rupiah: CIF value of what is, or could be, made at home instead."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

ZERO = Decimal(0)

Stage = Literal["potential", "committed", "realised"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity of one line at one instant: an award accepted, or pieces accepted at an inspection."""

    at: datetime
    quantity: Decimal
    region: str | None = None
    """Where the supplier is: a code of `regions` at any level."""


class ImportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One published line with an import baseline, and what became of it. Quantities in the line's unit."""

    rfq_id: UUID
    buyer_id: UUID
    buyer_name: str
    line_no: int
    part_number: str
    hs_code: str
    unit: str
    process: str | None
    idr_unit_value: Decimal
    annual_quantity: Decimal
    published_at: datetime
    requested: Decimal
    superseded: bool
    """A firm RFQ was published that issues this one again: what was not awarded here is asked for there."""
    awarded: tuple[Entry, ...]
    accepted: tuple[Entry, ...]
    """As inspections recorded it; what was taken back since is in `taken_back`."""
    taken_back: Decimal = ZERO


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Days in Western Indonesian time, both included; None is open."""

    first: date | None = None
    last: date | None = None


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What one entry of one line counts at one stage, within the annual quantity."""

    stage: Stage
    line: ImportLine
    at: datetime
    quantity: Decimal
    region: str | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Values in whole rupiah, quantities in units. None: withheld, because too few buyers are behind it."""

    potential_idr: Decimal | None
    committed_idr: Decimal | None
    realised_idr: Decimal | None
    accepted_quantity: Decimal | None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Figures under one heading. `label` is None where the key is a code of a vocabulary, or a heading of our own."""

    key: str
    label: str | None
    figures: Figures


class LineFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A line in the period: what happened, and how much of it counts."""

    line: ImportLine
    awarded: Decimal
    accepted: Decimal
    potential: Decimal
    committed: Decimal
    realised: Decimal


class ImportSubstitution(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report."""

    total: Figures
    by_buyer: tuple[Group, ...]
    """Only for a buyer: itself."""
    by_process: tuple[Group, ...]
    by_region: tuple[Group, ...]
    """Regency of the supplier; what is potential has none."""
    lines: tuple[LineFigures, ...]
    """Only for a buyer, and its own."""
