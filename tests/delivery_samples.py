"""A plain delivery at its first attempt, for rules that are tested without a database."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from domain.outbox.model import Claimed


def claimed(at: datetime, **changes: Any) -> Claimed:
    """One that was created and is sent at `at`."""
    made = Claimed(
        id=uuid4(),
        claim=uuid4(),
        endpoint_id=uuid4(),
        organisation_id=uuid4(),
        event_id=uuid4(),
        type="rfq.published",
        body="{}",
        body_format="standard",
        attempts=1,
        passed_over=False,
        url="https://erp.example.com/",
        secret="",
        previous_secret=None,
        at=at,
        created_at=at,
    )
    return replace(made, **changes)
