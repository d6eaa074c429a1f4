"""Who may ask, who answers, and who sees which question. Pure: no clock, no database, no HTTP."""

from datetime import datetime
from uuid import UUID

from domain import actions
from domain.actors import Actor, Side
from domain.errors import DeadlinePassed, Fault, Invalid, LimitReached, NotFound, Refusal
from domain.lifecycle import QUESTION, Arrow, step
from domain.participations.model import Participation
from domain.participations.rules import require_acceptance, require_participant
from domain.questions.model import Asked, Question
from domain.rfqs.model import Rfq
from domain.rfqs.rules import accepts_quotes
from domain.vocabularies import is_code

MAX_OPEN = 20
"""Questions of one participant that wait for an answer at one time."""
CANCELLED = "rfq_cancelled"
NOT_AWARDED = "rfq_not_awarded"
ENDS = frozenset({CANCELLED, NOT_AWARDED})
"""Codes of `question_decline_reasons` that come with the end of the RFQ; its buyer gives another one."""


def may_ask(rfq: Rfq, participation: Participation | None, actor: Actor, *, now: datetime) -> Participation:
    """The participation of whoever may ask: until questions close, else until quotes do, and with the NDA accepted.

    Raises NotFound, Forbidden, NotVerified, NotParticipating, DeadlinePassed, WrongState, NdaRequired.
    """
    own = require_participant(rfq, participation, actor)
    accepts_quotes(rfq, now=now)
    if rfq.questions_close_at is not None and now >= rfq.questions_close_at:
        raise DeadlinePassed("Questions", rfq.questions_close_at)
    require_acceptance(rfq, own, "before you ask")
    return own


def decide_ask(
    rfq: Rfq, participation: Participation | None, asked: Asked, actor: Actor, *, waiting: int, now: datetime
) -> Arrow:
    """A participant asks while it may; `waiting` of its questions have no answer yet."""
    may_ask(rfq, participation, actor, now=now)
    if asked.line_no is None:
        if asked.characteristic_no is not None:
            raise Invalid(
                "A characteristic belongs to a line.",
                faults=[Fault("/line_no", "Name the line of the characteristic.")],
            )
    else:
        line = rfq.line(asked.line_no)
        if line is None:
            raise Invalid("There is no such line.", faults=[Fault("/line_no", f"The RFQ has no line {asked.line_no}.")])
        known = {characteristic.no for characteristic in line.spec.characteristics}
        if asked.characteristic_no is not None and asked.characteristic_no not in known:
            raise Invalid(
                "There is no such characteristic.",
                faults=[
                    Fault("/characteristic_no", f"Line {line.line_no} has no characteristic {asked.characteristic_no}.")
                ],
            )
    if waiting >= MAX_OPEN:
        raise LimitReached(f"{MAX_OPEN} of your questions wait for an answer. Ask again when the buyer has answered.")
    return QUESTION["ask"]


def is_seen(question: Question, buyer_id: UUID, actor: Actor) -> bool:
    """Whether somebody who may read the RFQ sees the question: its parties always, others once it is published."""
    return is_party(question, buyer_id, actor) or question.published_question is not None


def is_party(question: Question, buyer_id: UUID, actor: Actor) -> bool:
    """Whether the actor asked it, or is asked."""
    return actor.is_organisation(buyer_id) or actor.is_organisation(question.supplier_id)


def sides(question: Question, buyer_id: UUID, actor: Actor) -> tuple[Side, ...]:
    """Buyer or asker; others who see it stand on no side. Raises NotFound for whoever does not see it."""
    if actor.system is not None:
        return (actor.system,)
    if actor.is_organisation(buyer_id):
        return (Side.BUYER,)
    if actor.is_organisation(question.supplier_id):
        return (Side.SUPPLIER,)
    if not is_seen(question, buyer_id, actor):
        raise NotFound("question")
    return ()


def decide_answer(question: Question, rfq: Rfq, actor: Actor, *, addendum_revision: int | None) -> Arrow:
    """The buyer answers to all, after quoting closed too; an addendum that it cites is one that was published."""
    arrow = step(QUESTION["answer"], question.state, sides(question, rfq.buyer_id, actor))
    if addendum_revision is not None and not 1 < addendum_revision <= rfq.revision:
        raise Invalid(
            "There is no such addendum.",
            faults=[Fault("/addendum_revision", f"Addenda of this RFQ are its revisions 2 to {rfq.revision}.")]
            if rfq.revision > 1
            else [Fault("/addendum_revision", "This RFQ has no addendum.")],
        )
    return arrow


def decide_decline(question: Question, rfq: Rfq, actor: Actor, reason: str) -> Arrow:
    """The buyer does not answer, with a coded reason that all see."""
    arrow = step(QUESTION["decline"], question.state, sides(question, rfq.buyer_id, actor))
    if not is_code("question_decline_reasons", reason) or reason in ENDS:
        raise Invalid(
            "The reason is not one that a buyer gives.",
            faults=[
                Fault(
                    "/reason",
                    "GET /v1/meta/vocabularies/question_decline_reasons lists the codes; "
                    "those of the RFQ's end come by themselves.",
                )
            ],
        )
    return arrow


def decide_end(question: Question) -> Arrow:
    """The RFQ ends with the question unanswered: its asker is told."""
    return step(QUESTION["end"], question.state, (Side.SYSTEM,))


def available(
    question: Question, buyer_id: UUID, actor: Actor, *, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(operations the actor may call now, those that something blocks)."""
    return actions.available(QUESTION, question, sides(question, buyer_id, actor), {}, actor, now)
