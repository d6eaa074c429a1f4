"""A workshop as a candidate for an RFQ."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

Coverage = Literal["single", "with_outside_operations"]
NoteCode = Literal[
    "process",
    "envelope",
    "permit",
    "material",
    "material_family",
    "it_grade",
    "certificate",
    "same_regency",
]
"""`envelope`: no machine for that process takes the part. `permit`: plating without a permit for hazardous waste."""


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for or against: a code, and what it is about (a process, a material, a certificate, an IT grade)."""

    code: NoteCode
    subject: str | None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One workshop. `single`: it can do every operation itself; else `outside_processes` have to be bought in.

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
    why: tuple[Note, ...]
    missing: tuple[Note, ...]
