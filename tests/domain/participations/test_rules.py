"""Who takes part, and what taking part asks."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import AFTER, BEFORE, BUYER, CLOSES, SUPPLIER, THE_BUYER, THE_RIVAL, THE_SUPPLIER, actor, rfq

from domain.actors import Actor, Role
from domain.errors import (
    DeadlinePassed,
    Forbidden,
    Invalid,
    NdaRequired,
    NotFound,
    NotParticipating,
    NotVerified,
    WrongState,
)
from domain.participations import rules
from domain.participations.model import Participation

PART = Participation(
    id=UUID(int=80),
    rfq_id=UUID(int=50),
    supplier_id=SUPPLIER,
    state="invited",
    version=1,
    nda_accepted_at=None,
    nda_accepted_by=None,
    nda_version=None,
    decline_reason=None,
    decline_note=None,
    created_at=BEFORE,
    updated_at=BEFORE,
)
DECLINED = replace(PART, state="declined")
BOUND = replace(PART, state="interested", nda_accepted_at=BEFORE, nda_accepted_by="Siti", nda_version=1)
HIDDEN = rfq(visibility="invited")
DRAFT = rfq(state="draft", published_at=None)


@pytest.mark.parametrize("state", ["draft", "open"])
def test_the_buyer_invites_to_a_draft_and_while_quoting_is_open(state: str) -> None:
    assert rules.decide_invite(rfq(state=state), THE_BUYER, now=BEFORE).action == "invite"


@pytest.mark.parametrize(
    ("changes", "who", "now", "refusal"),
    [
        ({}, THE_BUYER, CLOSES, DeadlinePassed),
        ({"state": "closed"}, THE_BUYER, AFTER, WrongState),
        ({"state": "cancelled"}, THE_BUYER, BEFORE, WrongState),
        ({}, THE_SUPPLIER, BEFORE, Forbidden),
    ],
)
def test_inviting_is_refused(changes: dict[str, Any], who: Actor, now: datetime, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.decide_invite(rfq(**changes), who, now=now)


def test_whom_a_buyer_invites() -> None:
    assert rules.invitation_fault(rfq(), SUPPLIER, {SUPPLIER}) is None
    assert "no verified supplier" in str(rules.invitation_fault(rfq(), SUPPLIER, ()))
    assert "its own RFQ" in str(rules.invitation_fault(rfq(), BUYER, {BUYER}))


@pytest.mark.parametrize(
    ("part", "visibility", "action"),
    [
        (None, "open", "join_open"),
        (PART, "invited", "join"),
        (replace(PART, state="viewed"), "invited", "join"),
        (DECLINED, "open", "join"),
    ],
)
def test_joining(part: Participation | None, visibility: str, action: str) -> None:
    assert rules.decide_join(rfq(visibility=visibility), part, THE_SUPPLIER, now=BEFORE).action == action


@pytest.mark.parametrize(
    ("thing", "part", "who", "now", "refusal"),
    [
        (HIDDEN, None, THE_RIVAL, BEFORE, NotFound),
        (DRAFT, PART, THE_SUPPLIER, BEFORE, NotFound),
        (rfq(), None, THE_BUYER, BEFORE, Forbidden),
        (rfq(), None, actor(UUID(int=7), Role.BUYER), BEFORE, Forbidden),
        (rfq(), None, replace(THE_SUPPLIER, verified=False), BEFORE, NotVerified),
        (rfq(), None, THE_SUPPLIER, CLOSES, DeadlinePassed),
        (rfq(), DECLINED, THE_SUPPLIER, CLOSES, DeadlinePassed),
        (rfq(state="closed"), PART, THE_SUPPLIER, AFTER, WrongState),
        (rfq(), BOUND, THE_SUPPLIER, BEFORE, WrongState),
    ],
)
def test_joining_is_refused(
    thing: Any, part: Participation | None, who: Actor, now: datetime, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.decide_join(thing, part, who, now=now)


@pytest.mark.parametrize(
    ("changes", "part", "version", "refusal"),
    [
        ({"nda_required": True}, None, 1, NotParticipating),
        ({"nda_required": True}, DECLINED, 1, WrongState),
        ({"nda_required": True}, PART, 2, Invalid),
        ({"nda_required": False}, PART, 1, Forbidden),
        ({"nda_required": True, "state": "draft"}, PART, 1, NotFound),
    ],
)
def test_accepting_is_refused(
    changes: dict[str, Any], part: Participation | None, version: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.decide_accept_nda(rfq(**changes), part, THE_SUPPLIER, version)


def test_accepting() -> None:
    arrow, own = rules.decide_accept_nda(rfq(nda_required=True), PART, THE_SUPPLIER, 1)
    assert (arrow.action, arrow.target, own) == ("accept_nda", None, PART)


@pytest.mark.parametrize(
    ("part", "reason", "now", "refusal"),
    [
        (None, "capacity_full", BEFORE, NotParticipating),
        (DECLINED, "capacity_full", BEFORE, WrongState),
        (PART, "no_such_reason", BEFORE, Invalid),
        (PART, "capacity_full", CLOSES, DeadlinePassed),
    ],
)
def test_declining_is_refused(part: Participation | None, reason: str, now: datetime, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.decide_decline(rfq(), part, THE_SUPPLIER, reason, now=now)


@pytest.mark.parametrize(
    ("nda", "part", "refusal"),
    [
        (False, None, NotParticipating),
        (False, DECLINED, NotParticipating),
        (True, PART, NdaRequired),
        (True, replace(BOUND, state="declined"), NotParticipating),
    ],
)
def test_who_may_not_quote(nda: bool, part: Participation | None, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rules.require_quoting(rfq(nda_required=nda), part)


def test_who_may_quote() -> None:
    assert rules.require_quoting(rfq(), PART) == PART
    assert rules.require_quoting(rfq(nda_required=True), BOUND) == BOUND


def test_what_a_participant_is_offered() -> None:
    asked = rfq(nda_required=True)
    allowed, blocked = rules.available(asked, PART, THE_SUPPLIER, now=BEFORE)
    assert allowed == ["join_rfq", "accept_nda", "decline_rfq"]
    assert blocked == []
    late, missed = rules.available(asked, PART, THE_SUPPLIER, now=CLOSES)
    assert late == ["accept_nda"]
    assert [(name, refusal.code) for name, refusal in missed] == [
        ("join_rfq", "deadline_passed"),
        ("decline_rfq", "deadline_passed"),
    ]
    assert rules.available(asked, PART, THE_BUYER, now=BEFORE) == ([], [])
    with pytest.raises(NotFound):
        rules.available(asked, PART, THE_RIVAL, now=BEFORE)
