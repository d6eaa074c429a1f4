"""A buyer's codes and ours."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

MAX_MAPPINGS = 2000

MappedKind = Literal["unit", "process", "certificate", "material"]
VOCABULARY_OF: dict[MappedKind, str] = {
    "unit": "units",
    "process": "processes",
    "certificate": "certificates",
    "material": "materials",
}


class CodeMapping(msgspec.Struct, frozen=True, kw_only=True):
    """In `system`, `external` means our `code`: in SAP, the unit PC means H87."""

    system: str
    kind: MappedKind
    external: str
    code: str


class CodeMappings(msgspec.Struct, frozen=True, kw_only=True):
    """All of one organisation, written as a whole. Version 0: none were written yet."""

    id: UUID
    organisation_id: UUID
    state: str
    version: int
    mappings: tuple[CodeMapping, ...]
    created_at: datetime
    updated_at: datetime
