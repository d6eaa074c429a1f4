"""A workshop as a candidate for an RFQ."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domain.rfqs.model import Card

Coverage = Literal["single", "cooperative", "with_outside_operations"]
"""In this order they are offered."""
NoteCode = Literal[
    "process",
    "envelope",
    "permit",
    "material",
    "material_family",
    "it_grade",
    "certificate",
    "capacity",
    "same_regency",
]
"""`capacity`: whether what is declared for a month reaches for what the deliveries need in one. `envelope`: no machine
for that process takes the part. `permit`: plating without a permit for hazardous waste."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for or against: a code, and what it is about.

    A process, a material, a certificate, an IT grade, or what a month needs, as in `4000 H87`.
    """

    code: NoteCode
    subject: str | None


class MemberPart(msgspec.Struct, frozen=True, kw_only=True):
    """What a member of a cooperative does of an RFQ."""

    organisation_id: UUID
    name: str
    processes: tuple[str, ...]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One workshop, or a cooperative with its members.

    `single`: it can do every operation itself; `cooperative`: together with `members`, whose operations are counted in;
    else `outside_processes` have to be bought in.
    `score` is for ordering only, from 0 to 100: 60 for the share of operations, 15 for the first operation, and up to 25
    for material, IT grade, certificates and nearness.
    """

    organisation_id: UUID
    name: str
    region_code: str | None
    coverage: Coverage
    score: Decimal
    covered_processes: tuple[str, ...]
    outside_processes: tuple[str, ...]
    members: tuple[MemberPart, ...]
    why: tuple[Note, ...]
    missing: tuple[Note, ...]


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """An RFQ that a supplier may quote for, and where its buyer is."""

    card: Card
    buyer_region: str | None


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """An RFQ and how the caller's own workshop stands as a candidate for it."""

    card: Card
    candidate: Candidate
