"""A question about an RFQ."""

from datetime import datetime
from uuid import UUID

import msgspec

MAX_QUESTION = 2000
MAX_ANSWER = 5000


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Who asked (`supplier_id`) and its own words (`question`) are for the buyer and the asker alone.

    Rivals read `published_question`; while it is None they do not know that the question exists.
    """

    id: UUID
    rfq_id: UUID
    supplier_id: UUID
    state: str
    version: int
    line_no: int | None
    characteristic_no: int | None
    """Its number within the line, as in the drawing's balloon."""
    question: str
    published_question: str | None
    answer: str | None
    addendum_revision: int | None
    """The revision of the RFQ whose addendum the answer cites."""
    decline_reason: str | None
    settled_at: datetime | None
    created_at: datetime
    updated_at: datetime


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a participant asks."""

    question: str
    line_no: int | None
    characteristic_no: int | None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its asker's name; `buyer_id` is the RFQ's buyer."""

    question: Question
    supplier_name: str
    buyer_id: UUID
