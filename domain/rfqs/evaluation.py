"""By what quotes are judged: criteria with weights, written in the draft and fixed from the publication on. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from domain.errors import Fault, Invalid, ScoresFrozen, WrongState
from domain.rfqs.model import Rfq, Terms, Weight

HUNDRED = Decimal(100)


def technical(terms: Terms) -> tuple[Weight, ...]:
    """The criteria that people score."""
    return tuple(weight for weight in terms.evaluation if weight.scored_by == "technical")


def faults(terms: Terms) -> Iterator[Fault]:
    """What no draft's evaluation may say."""
    seen: set[str] = set()
    priced = False
    for place, weight in enumerate(terms.evaluation):
        at = f"/evaluation/{place}"
        if not 0 < weight.percent <= HUNDRED:
            yield Fault(f"{at}/percent", "A weight lies above 0 and is at most 100.")
        name = weight.criterion.casefold()
        if name in seen:
            yield Fault(f"{at}/criterion", "Each criterion has a name of its own: scores refer to it.")
        seen.add(name)
        if weight.scored_by == "price":
            if priced:
                yield Fault(f"{at}/kind", "There is one price criterion at most.")
            priced = True
        yield from _faults_of_threshold(weight, at)


def _faults_of_threshold(weight: Weight, at: str) -> Iterator[Fault]:
    if weight.threshold is None:
        return
    if weight.scored_by != "technical":
        yield Fault(f"{at}/threshold", "Only a technical criterion has a threshold.")
    elif wrong := score_fault(weight.threshold):
        yield Fault(f"{at}/threshold", wrong)


def score_fault(score: Decimal) -> str | None:
    """What is wrong with a score or a threshold, or None."""
    if not 0 <= score <= HUNDRED or score != round(score, 1):
        return "It lies between 0 and 100, with one decimal at most."
    return None


def gaps(rfq: Rfq) -> Iterator[Fault]:
    """What a draft's evaluation lacks before it can be published."""
    weights = rfq.terms.evaluation
    if weights and sum(weight.percent for weight in weights) != HUNDRED:
        yield Fault("/evaluation", "The weights add up to 100.")
    if rfq.envelopes == 2 and not technical(rfq.terms):  # noqa: PLR2004  two envelopes
        yield Fault("/evaluation", "With two envelopes something is scored before prices: name a technical criterion.")


def require_scores_open(rfq: Rfq) -> None:
    """Raise WrongState where people score nothing, ScoresFrozen when scores are closed."""
    if not technical(rfq.terms):
        raise WrongState("The RFQ has no technical criterion: all its scores follow by formula.", state=rfq.state)
    if rfq.scores_closed_at is not None:
        raise ScoresFrozen(
            "Scores are closed: they do not change once prices of a second envelope are known, or an award is issued."
        )


def require_fixed(rfq: Rfq, terms: Terms, envelopes: int) -> None:
    """Raise Invalid when a published RFQ would be judged by anything but what its suppliers quoted on.

    Whatever changes terms after the publication asks this; the database refuses it besides.
    """
    if rfq.published_at is None:
        return
    changed = []
    if terms.evaluation != rfq.terms.evaluation:
        changed.append(Fault("/evaluation", "Criteria and weights are fixed by the publication."))
    if envelopes != rfq.envelopes:
        changed.append(Fault("/envelopes", "The number of envelopes is fixed by the publication."))
    if changed:
        raise Invalid("What quotes are judged by does not change once they are asked for.", faults=changed)
