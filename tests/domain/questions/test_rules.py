"""When may be asked and answered, and who sees which question."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import AFTER, BEFORE, BUYER, CLOSES, RIVAL, SUPPLIER, THE_BUYER, THE_RIVAL, THE_SUPPLIER, characteristic
from samples import line as rfq_line
from samples import rfq as rfq_of

from domain.errors import (
    DeadlinePassed,
    Forbidden,
    Invalid,
    LimitReached,
    NdaRequired,
    NotFound,
    NotParticipating,
    QuestionsUnanswered,
    WrongState,
)
from domain.participations.model import Participation
from domain.participations.rules import missing_acceptance
from domain.questions import rules
from domain.questions.model import Asked, Question
from domain.rfqs.rules import decide_open

ASKED = Asked(question="Which steel?", line_no=None, characteristic_no=None)
PART = Participation(
    id=UUID(int=70),
    rfq_id=UUID(int=50),
    supplier_id=SUPPLIER,
    state="interested",
    version=1,
    nda_accepted_at=None,
    nda_accepted_by=None,
    nda_version=None,
    decline_reason=None,
    decline_note=None,
    created_at=BEFORE,
    updated_at=BEFORE,
)
QUESTION = Question(
    id=UUID(int=80),
    rfq_id=UUID(int=50),
    supplier_id=SUPPLIER,
    state="asked",
    version=1,
    line_no=None,
    characteristic_no=None,
    question="Which steel?",
    published_question=None,
    answer=None,
    addendum_revision=None,
    decline_reason=None,
    settled_at=None,
    created_at=BEFORE,
    updated_at=BEFORE,
)
LINED = rfq_of(lines=(rfq_line(1, characteristics=(characteristic(3),)),))
NDA = rfq_of(nda_required=True)


def ask(rfq: Any = None, part: Any = PART, asked: Asked = ASKED, who: Any = THE_SUPPLIER, **more: Any) -> Any:
    given = {"waiting": 0, "now": BEFORE, **more}
    return rules.decide_ask(rfq or rfq_of(), part, asked, who, **given)


@pytest.mark.parametrize("state", ["invited", "viewed", "interested"])
def test_every_participant_asks(state: str) -> None:
    assert ask(part=replace(PART, state=state)).target == "asked"
    assert ask(rfq=LINED, asked=replace(ASKED, line_no=1, characteristic_no=3)).event == "question.asked"
    assert ask(waiting=rules.MAX_OPEN - 1).target == "asked"
    assert ask(rfq=NDA, part=replace(PART, nda_version=1)).target == "asked"


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"part": None}, NotParticipating),
        ({"part": replace(PART, state="declined")}, NotParticipating),
        ({"who": THE_BUYER}, Forbidden),
        ({"rfq": rfq_of(visibility="invited"), "part": None}, NotFound),
        ({"rfq": rfq_of(state="draft")}, NotFound),
        ({"now": CLOSES}, DeadlinePassed),
        ({"now": AFTER}, DeadlinePassed),
        ({"rfq": rfq_of(state="closed")}, DeadlinePassed),
        ({"rfq": rfq_of(state="cancelled")}, WrongState),
        ({"rfq": rfq_of(questions_close_at=BEFORE)}, DeadlinePassed),
        ({"rfq": NDA}, NdaRequired),
        (
            {"rfq": replace(NDA, terms=replace(NDA.terms, nda_version=2)), "part": replace(PART, nda_version=1)},
            NdaRequired,
        ),
        ({"asked": replace(ASKED, line_no=2)}, Invalid),
        ({"asked": replace(ASKED, characteristic_no=3)}, Invalid),
        ({"asked": replace(ASKED, line_no=1, characteristic_no=3)}, Invalid),
        ({"waiting": rules.MAX_OPEN}, LimitReached),
    ],
)
def test_who_may_not_ask(given: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        ask(**given)


def test_a_later_deadline_of_questions_is_no_matter_of_quotes() -> None:
    closing = rfq_of(questions_close_at=BEFORE + timedelta(minutes=1))
    assert ask(rfq=closing).target == "asked"
    with pytest.raises(DeadlinePassed):
        ask(rfq=closing, now=BEFORE + timedelta(minutes=1))


@pytest.mark.parametrize(("revision", "cited"), [(1, 1), (1, 2), (3, 1), (3, 4)])
def test_an_addendum_that_was_not_published_cannot_be_cited(revision: int, cited: int) -> None:
    with pytest.raises(Invalid):
        rules.decide_answer(QUESTION, rfq_of(revision=revision), THE_BUYER, addendum_revision=cited)


@pytest.mark.parametrize("cited", [None, 2, 3])
def test_an_answer(cited: int | None) -> None:
    assert rules.decide_answer(QUESTION, rfq_of(revision=3), THE_BUYER, addendum_revision=cited).target == "answered"


def test_who_sees_and_settles_it() -> None:
    published = replace(QUESTION, state="answered", published_question="Which?")
    assert rules.is_seen(published, BUYER, THE_RIVAL)
    assert not rules.is_party(published, BUYER, THE_RIVAL)
    assert not rules.is_seen(QUESTION, BUYER, THE_RIVAL)
    with pytest.raises(NotFound):
        rules.decide_answer(QUESTION, rfq_of(), THE_RIVAL, addendum_revision=None)
    for thing, who in ((QUESTION, THE_SUPPLIER), (published, THE_RIVAL)):
        with pytest.raises(Forbidden):
            rules.decide_decline(thing, rfq_of(), who, "other")
    assert RIVAL != SUPPLIER


@pytest.mark.parametrize("reason", ["nonsense", *sorted(rules.ENDS)])
def test_reasons_of_the_end_are_not_the_buyers(reason: str) -> None:
    with pytest.raises(Invalid):
        rules.decide_decline(QUESTION, rfq_of(), THE_BUYER, reason)
    assert rules.decide_end(QUESTION).target == "declined"


@pytest.mark.parametrize(("unanswered", "says"), [(1, "1 question of"), (2, "2 questions of")])
def test_unanswered_questions_block_the_opening(unanswered: int, says: str) -> None:
    closed = rfq_of(state="closed")
    assert decide_open(closed, THE_BUYER, unanswered=0, now=AFTER).action == "open_quotes"
    with pytest.raises(QuestionsUnanswered, match=says):
        decide_open(closed, THE_BUYER, unanswered=unanswered, now=AFTER)
    with pytest.raises(Forbidden):
        decide_open(closed, THE_SUPPLIER, unanswered=unanswered, now=AFTER)


@pytest.mark.parametrize(
    ("required", "present", "accepted", "missing"),
    [(False, 1, None, False), (True, 1, None, True), (True, 1, 1, False), (True, 2, 1, True), (True, 2, 2, False)],
)
def test_only_the_present_version_counts(required: bool, present: int, accepted: int | None, missing: bool) -> None:
    found = missing_acceptance(required=required, present=present, accepted=accepted, purpose="before you quote")
    assert (found is not None) == missing
