"""When a round may start, and who is in it: without a database."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from samples import AFTER, CLOSES, SUPPLIER, THE_BUYER, THE_SUPPLIER, actor, rfq

from domain.actors import Role
from domain.errors import (
    Forbidden,
    Incomplete,
    Invalid,
    LimitReached,
    NotShortlisted,
    Refusal,
    WrongState,
)
from domain.participations import rules as participations
from domain.participations.model import Participation
from domain.rounds import rules

EVALUATING = rfq(state="evaluating", closed_at=CLOSES, opened_at=AFTER)
LATER = AFTER + timedelta(days=1)


def start(of: Any = EVALUATING, who: Any = THE_BUYER, **changes: Any) -> Any:
    given: dict[str, Any] = {"closes": LATER, "shortlisted": 1, "awarding": False, "now": AFTER} | changes
    return rules.decide_start(of, who, given.pop("closes"), **given)


def test_it_starts_from_the_evaluation() -> None:
    assert start().target == "open"


REFUSED: list[tuple[dict[str, Any], type[Refusal]]] = [
    ({"who": THE_SUPPLIER}, Forbidden),
    ({"who": actor(UUID(int=9), Role.BUYER)}, Forbidden),
    ({"of": rfq(state="partially_awarded")}, WrongState),
    ({"of": rfq()}, WrongState),
    ({"of": rfq(state="closed")}, WrongState),
    ({"awarding": True}, WrongState),
    ({"shortlisted": 0}, Incomplete),
    ({"closes": AFTER}, Invalid),
    ({"of": rfq(state="evaluating", round=rules.MAX_ROUNDS)}, LimitReached),
]


@pytest.mark.parametrize(("given", "refusal"), REFUSED)
def test_when_it_does_not(given: dict[str, Any], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        start(**given)


def participation(**changes: Any) -> Participation:
    made: dict[str, Any] = {
        "id": UUID(int=60), "rfq_id": UUID(int=50), "supplier_id": SUPPLIER, "state": "interested", "version": 1,
        "nda_accepted_at": None, "nda_accepted_by": None, "nda_version": None, "decline_reason": None,
        "decline_note": None, "created_at": AFTER, "updated_at": AFTER,
    }  # fmt: skip
    return Participation(**made | changes)


def test_who_is_in_a_round() -> None:
    second = rfq(round=2)
    participations.require_quoting(second, participation(round=2))
    participations.require_in_round(rfq(), None)
    for own in (None, participation(), participation(round=3)):
        with pytest.raises(NotShortlisted):
            participations.require_in_round(second, own)
        with pytest.raises(NotShortlisted):
            participations.require_quoting(second, own)
    assert participations.decide_round(participation(), chosen=True).event == "participation.invited_to_round"
    assert participations.decide_round(participation(state="declined"), chosen=False).target is None


def test_nobody_joins_or_is_invited_later() -> None:
    second = rfq(round=2)
    before = CLOSES - timedelta(hours=1)
    with pytest.raises(NotShortlisted):
        participations.decide_join(second, None, THE_SUPPLIER, now=before)
    with pytest.raises(WrongState):
        participations.decide_invite(second, THE_BUYER, now=before)
    _, blocked = participations.available(second, participation(state="declined"), THE_SUPPLIER, now=before)
    assert [(name, refusal.code) for name, refusal in blocked if name == "join_rfq"] == [
        ("join_rfq", "not_shortlisted")
    ]
