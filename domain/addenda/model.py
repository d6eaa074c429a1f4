"""An addendum: what the buyer wants changed, and what has been found to differ."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from domain.rfqs.model import DocumentKind, LineDraft

MAX_ADDENDA = 100
"""Of one RFQ. `rfq_line.also_current` holds one digest for each of them at most."""


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """One of the buyer's own files, to be attached to the RFQ or to one of its lines."""

    file_id: UUID
    kind: DocumentKind
    line_no: int | None
    label: str | None
    revision_label: str | None
    confidential: bool


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer wants besides new terms: lines are named by number and written whole."""

    summary: str
    set_lines: tuple[LineDraft, ...]
    """Added, or in place of the line with that number."""
    remove_lines: tuple[int, ...]
    attach: tuple[Attachment, ...]
    detach: tuple[UUID, ...]
    non_material: bool
    """The buyer says that no price depends on it."""
    extend_if_needed: bool
    """Move the deadline when the change leaves suppliers too little time."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One member before and after, as JSON values (decimals are strings); None where there was or is none.

    `characteristics/3` is the characteristic with that number.
    """

    member: str
    before: Any
    after: Any


class LineChange(msgspec.Struct, frozen=True, kw_only=True):
    """A line that was added, removed or changed. Without members: only terms or documents that it depends on changed."""

    line_no: int
    change: Literal["added", "removed", "changed"]
    digest_before: str | None
    digest_after: str | None
    members: tuple[Change, ...]


class DocumentChange(msgspec.Struct, frozen=True, kw_only=True):
    """A document that was attached or detached."""

    document_id: UUID
    change: Literal["added", "removed"]
    line_no: int | None
    kind: DocumentKind
    label: str | None
    revision_label: str | None
    file_name: str
    sha256: str
    confidential: bool


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What two revisions of an RFQ differ in, as everybody who may read it is told."""

    terms: tuple[Change, ...]
    lines: tuple[LineChange, ...]
    documents: tuple[DocumentChange, ...]

    @property
    def moved_lines(self) -> tuple[int, ...]:
        """Numbers of the lines whose digest moved, added and removed ones included."""
        return tuple(line.line_no for line in self.lines if line.digest_before != line.digest_after)


class HiddenChange(msgspec.Struct, frozen=True, kw_only=True):
    """What changed of a line that suppliers do not see of it: for the buyer alone."""

    line_no: int
    members: tuple[Change, ...]


class Addendum(msgspec.Struct, frozen=True, kw_only=True):
    """One publication after the first. Never changed."""

    rfq_id: UUID
    revision: int
    published_at: datetime
    published_by: str
    summary: str
    material: bool
    """Whether suppliers were due time for it; quotes that price a line whose digest moved wait for their suppliers."""
    difference: Difference
    hidden: tuple[HiddenChange, ...]
    quotes_close_before: datetime
    quotes_close_at: datetime
    questions_close_before: datetime | None
    questions_close_at: datetime | None
