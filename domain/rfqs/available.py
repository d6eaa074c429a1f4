"""Everything that a caller may do with an RFQ now: moving it, and what others do beside it while it is in its state.

Pure, and apart from `rules.py` because it asks the rules of the nouns that hang on an RFQ.
"""

from collections.abc import Callable
from datetime import datetime

from domain.actors import Actor
from domain.awards import rules as awards
from domain.errors import Refusal
from domain.participations import rules as participations
from domain.participations.model import Participation
from domain.questions import rules as questions
from domain.rfqs import rules
from domain.rfqs.model import Rfq


def available(
    rfq: Rfq, participation: Participation | None, actor: Actor, *, unanswered: int, now: datetime
) -> tuple[list[str], list[tuple[str, Refusal]]]:
    """(actions the actor may take now, actions of this state that something blocks, each with its refusal).

    `participation` is the caller's own; `unanswered` counts the questions that keep the quotes from being opened.
    """
    allowed, blocked = rules.available(rfq, actor, unanswered=unanswered, now=now)
    found = rules.as_found(rfq, now=now)
    beside: dict[str, Callable[[], object]] = {}
    if actor.is_organisation(rfq.buyer_id):
        if found.state in participations.INVITING.source:
            beside["invite_suppliers"] = lambda: participations.decide_invite(found, actor, now=now)
        if found.state in awards.AWARDING.source:
            beside["propose_award"] = lambda: awards.require_proposing(found, actor)
    elif rules.sides(found, actor) and found.state in rules.QUOTING.source:
        beside["ask_question"] = lambda: questions.may_ask(found, participation, actor, now=now)
    for operation, guard in beside.items():
        try:
            guard()
        except Refusal as refusal:
            blocked.append((operation, refusal))
        else:
            allowed.append(operation)
    return allowed, blocked
