"""Who may say what of a mark until when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import BUYER, SUPPLIER, actor

from domain.actors import Actor, Role
from domain.errors import DeadlinePassed, Duplicate, Forbidden, Invalid, NotFound, NotVerified, Refusal, WrongState
from domain.ids import show
from domain.scorecards import marks
from domain.scorecards.model import Fact, Mark, MarkReply

AT = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
FACT = Fact(
    formula="lots_accepted",
    subject=show("order", UUID(int=90)),
    line_no=1,
    lot="L1",
    at=AT,
    counterparty=show("organisation", BUYER),
    quantity=Decimal(10),
    mark="rejected",
    events=(),
)
MARK = Mark(
    id=UUID(int=5),
    organisation_id=SUPPLIER,
    side="supplier",
    fact=FACT,
    standing="pending",
    reply_until=marks.reply_until(FACT),
    said=None,
)
REPLY = MarkReply(
    id=UUID(int=5),
    organisation_id=SUPPLIER,
    counterparty_id=BUYER,
    side="supplier",
    kind="rejected",
    subject=FACT.subject,
    line_no=1,
    lot="L1",
    fact_at=AT,
    state="contested",
    version=1,
    text="No.",
    replied_by="key",
    answer=None,
    decided_by=None,
    decided_at=None,
    created_at=AT + DAY,
    updated_at=AT + DAY,
)
OWN, PARTNER = actor(SUPPLIER, Role.SUPPLIER), actor(BUYER, Role.BUYER)


def test_ten_days_to_the_microsecond() -> None:
    assert marks.decide_reply(MARK, OWN, "accepted", None, now=AT + 10 * DAY - TICK).action == "accept"
    with pytest.raises(DeadlinePassed):
        marks.decide_reply(MARK, OWN, "accepted", None, now=AT + 10 * DAY)
    assert marks.available(MARK, OWN, now=AT + 10 * DAY - TICK) == ["reply_to_mark"]
    assert marks.available(MARK, OWN, now=AT + 10 * DAY) == []
    assert marks.available(MARK, PARTNER, now=AT) == []


def test_thirty_days_to_decide() -> None:
    ends = AT + 31 * DAY
    assert marks.decide_decision(REPLY, PARTNER, "withdrawn", now=ends - TICK).action == "withdraw"
    with pytest.raises(DeadlinePassed):
        marks.decide_decision(REPLY, PARTNER, "withdrawn", now=ends)
    said = replace(MARK, said=REPLY)
    assert marks.available(said, PARTNER, now=ends - TICK) == ["decide_mark"]
    assert marks.available(said, PARTNER, now=ends) == marks.available(said, OWN, now=AT) == []


@pytest.mark.parametrize(
    ("mark", "who", "text", "refusal"),
    [
        (MARK, PARTNER, "x", Forbidden),
        (MARK, replace(OWN, verified=False), "x", NotVerified),
        (replace(MARK, said=REPLY), OWN, "x", Duplicate),
        (MARK, OWN, None, Invalid),
    ],
)
def test_replies_that_are_refused(mark: Mark, who: Actor, text: str | None, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        marks.decide_reply(mark, who, "contested", text, now=AT)


def test_decisions_that_are_refused() -> None:
    for reply, who, refusal in (
        (REPLY, OWN, Forbidden),
        (REPLY, actor(UUID(int=77), Role.BUYER), NotFound),
        (replace(REPLY, state="accepted"), PARTNER, WrongState),
        (replace(REPLY, state="upheld"), PARTNER, WrongState),
    ):
        with pytest.raises(refusal):
            marks.decide_decision(reply, who, "upheld", now=AT + DAY)
