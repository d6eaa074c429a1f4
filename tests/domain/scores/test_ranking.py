"""The arithmetic of a ranking and who may see it, without a database."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace
from samples import AFTER, BEFORE, BUYER, THE_BUYER, THE_RIVAL, actor, content, line, priced, quote, rfq

from domain.actors import Role
from domain.comparison.model import Bid
from domain.comparison.rules import compare
from domain.errors import Forbidden, Incomplete, Invalid, ScoresFrozen, WrongState
from domain.lifecycle import RFQ
from domain.quotes.content import technical_part, with_digests
from domain.quotes.model import CharacteristicAnswer, LocalContent, QuoteLine, Tooling
from domain.rfqs import evaluation
from domain.rfqs import rules as rfq_rules
from domain.rfqs.model import Rfq, Weight
from domain.scores import rules
from domain.scores.model import CriterionScore, Ranking, Score, ScoreSheet
from domain.scores.ranking import rank

D = Decimal
SKILL = Weight(criterion="skill", percent=D(40), kind="technical", threshold=D(60))


def judged(*weights: Weight, **changes: Any) -> Rfq:
    given: dict[str, Any] = {"state": "evaluating", "opened_at": AFTER} | changes
    base = rfq(**given)
    return replace(base, terms=replace(base.terms, evaluation=weights))


def alone(kind: Any) -> Rfq:
    """Judged by one formula."""
    return judged(Weight(criterion="it", percent=D(100), kind=kind))


def sheet(number: int, *scores: str, state: str = "submitted", evaluator: str = "ana") -> ScoreSheet:
    """Of quotes 1, 2 …, for their skill."""
    return ScoreSheet(
        id=UUID(int=number),
        rfq_id=UUID(int=50),
        buyer_id=BUYER,
        round=1,
        evaluator=evaluator,
        evaluator_name=evaluator.title(),
        state=state,
        version=1,
        submitted_at=None,
        created_at=BEFORE,
        updated_at=BEFORE,
        scores=tuple(
            Score(quote_id=UUID(int=place), criterion="skill", score=D(score), comment=None)
            for place, score in enumerate(scores, 1)
        ),
    )


def ranked(
    of: Rfq,
    *answers: QuoteLine | tuple[QuoteLine, ...],
    sheets: tuple[ScoreSheet, ...] = (),
    states: tuple[str, ...] = (),
    heads: tuple[dict[str, Any], ...] = (),
    visible: bool = True,
) -> Ranking:
    """Quotes 1, 2 … with these answers."""
    bids, quotes = [], []
    for place, answer in enumerate(answers):
        lines = answer if isinstance(answer, tuple) else (answer,)
        state = states[place] if states else "opened"
        head = heads[place] if heads else {}
        said = with_digests(content(*lines, **head), of)
        number = UUID(int=place + 1)
        bids.append(Bid(quote_id=number, supplier_id=number, supplier_name="CV", state=state, content=said))
        quotes.append((quote(id=number, state=state, opened_at=AFTER), "CV"))
    return rank(of, quotes, compare(of, bids, None), bids, sheets, visible=visible)


def criterion(ranking: Ranking, number: int, place: int = 0) -> CriterionScore:
    return next(one for one in ranking.quotes if one.quote_id == UUID(int=number)).criteria[place]


def order(ranking: Ranking) -> list[tuple[int, int | None, str | None]]:
    return [(one.quote_id.int, one.rank, one.unranked_because) for one in ranking.quotes]


def test_the_lowest_price_gets_100_and_the_others_in_proportion() -> None:
    ranking = ranked(alone("price"), priced(1, "300"), priced(1, "200"), priced(1, "0.3"))
    assert [criterion(ranking, number).score for number in (1, 2, 3)] == [D("0.1000"), D("0.1500"), D("100.0000")]
    assert (criterion(ranking, 1).value, criterion(ranking, 1).best) == (D(30_000), D(30))
    assert order(ranking) == [(3, 1, None), (2, 2, None), (1, 3, None)]


def test_what_costs_nothing_is_not_divided_by() -> None:
    ranking = ranked(alone("price"), priced(1, "0"), priced(1, "5"))
    assert [criterion(ranking, number).score for number in (1, 2)] == [D("100.0000"), D("0.0000")]


def test_prices_are_compared_within_one_currency() -> None:
    ranking = ranked(alone("price"), priced(1, "300"), priced(1, "2"), heads=({}, {"currency": "USD"}))
    assert order(ranking) == [(1, 1, None), (2, 1, None)]


def test_the_shortest_lead_time_gets_100_and_silence_0() -> None:
    days = [priced(1, lead_time_days=given) for given in (14, 7, 0, None)]
    ranking = ranked(alone("lead_time"), *days[:2])
    assert [criterion(ranking, number).score for number in (1, 2)] == [D("50.0000"), D("100.0000")]
    same_day = ranked(alone("lead_time"), *days)
    assert [criterion(same_day, number).score for number in (2, 3, 4)] == [D("14.2857"), D("100.0000"), D("0.0000")]


def test_the_longest_credit_gets_100_and_silence_accepts_the_rfq() -> None:
    asked = alone("payment_days")
    heads: tuple[dict[str, Any], ...] = ({"payment_days": 60}, {"payment_days": 0}, {})
    said = [priced(1)] * 3
    ranking = ranked(asked, *said, heads=heads)
    assert [criterion(ranking, number).score for number in (1, 2, 3)] == [D("100.0000"), D("0.0000"), D("0.0000")]
    thirty = replace(asked, terms=replace(asked.terms, payment_days=30))
    assert criterion(ranked(thirty, *said, heads=heads), 3).score == D("50.0000")
    cash = ranked(asked, priced(1), priced(1))
    assert [criterion(cash, number).score for number in (1, 2)] == [D("100.0000")] * 2


def test_local_content_counts_by_value() -> None:
    two = judged(Weight(criterion="TKDN", percent=D(100), kind="local_content"), lines=(line(1), line(2)))
    local = LocalContent(basis="computed", percent=D(50), certificate_no=None)
    ranking = ranked(two, (priced(1, "300", local_content=local), priced(2, "100")), (priced(1), priced(2)))
    assert [criterion(ranking, number).score for number in (1, 2)] == [D("37.5000"), D("0.0000")]


def test_a_technical_score_is_the_mean_of_those_handed_in() -> None:
    of = judged(replace(SKILL, percent=D(100)))
    sheets = (sheet(1, "70"), sheet(2, "70.1", evaluator="budi"), sheet(3, "70.1", evaluator="cici"))
    ranking = ranked(of, priced(1), sheets=(*sheets, sheet(4, "0", state="open", evaluator="dedi")))
    one = criterion(ranking, 1)
    assert (one.score, [given.evaluator_name for given in one.given]) == (D("70.0667"), ["Ana", "Budi", "Cici"])
    assert ranking.evaluators == ("Ana", "Budi", "Cici")


def test_ranks_with_and_without_scores_differ() -> None:
    of = judged(Weight(criterion="price", percent=D(60), kind="price"), SKILL)
    ranking = ranked(of, priced(1, "110"), priced(1, "100"), sheets=(sheet(1, "95", "60"),))
    assert [(one.quote_id.int, one.score, one.rank, one.price_rank) for one in ranking.quotes] == [
        (1, D("92.5455"), 1, 2),
        (2, D("84.0000"), 2, 1),
    ]


def test_who_is_not_ranked_and_why() -> None:
    of = judged(Weight(criterion="price", percent=D(60), kind="price"), SKILL, lines=(line(1), line(2)))
    whole, part = (priced(1, "100"), priced(2)), (priced(1, "1"),)
    ranking = ranked(
        of,
        whole,
        whole,
        part,
        whole,
        whole,
        states=("opened", "opened", "opened", "disqualified", "opened"),
        sheets=(sheet(1, "80", "59.9", "90", "90"),),
    )
    assert order(ranking) == [
        (1, 1, None),
        (2, None, "below_threshold"),
        (3, None, "incomplete"),
        (4, None, "out_of_running"),
        (5, None, "unscored"),
    ]
    assert criterion(ranking, 1).score == D("100.0000"), "what does not compete sets no yardstick"
    assert order(ranked(judged(), priced(1))) == [(1, None, "no_criteria")]
    hidden = ranked(of, whole, sheets=(sheet(1, "80"),), visible=False)
    assert order(hidden) == [(1, None, "hidden")]
    assert (hidden.evaluators, criterion(hidden, 1, 1).score, criterion(hidden, 1, 1).given) == ((), None, ())


def test_equals_share_a_rank() -> None:
    ranking = ranked(alone("price"), priced(1, "2"), priced(1, "2"), priced(1, "3"))
    assert order(ranking) == [(1, 1, None), (2, 1, None), (3, 3, None)]


def test_a_threshold_is_met_at_the_number_itself() -> None:
    of = judged(SKILL)
    ids = [UUID(int=1), UUID(int=2), UUID(int=3)]
    sheets = [sheet(1, "60", "60"), sheet(2, "60", "59.9", evaluator="budi")]
    assert rules.below_threshold(of, ids, sheets) == {UUID(int=2)}
    assert [fault.detail for fault in rules.unscored(of, ids, sheets)] == [
        f"quo_{ids[2].hex} has no submitted score for 'skill'."
    ]


TWO = {"state": "closed", "opened_at": None, "envelopes": 2}
SHOWN = TWO | {"technical_opened_at": AFTER}


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"state": "closed", "opened_at": None}, WrongState),
        ({"state": "open", "opened_at": None}, WrongState),
        (TWO, WrongState),
        (SHOWN, None),
        ({}, None),
        ({"scores_closed_at": AFTER}, ScoresFrozen),
        ({"state": "not_awarded"}, WrongState),
    ],
)
def test_when_scores_are_given(changes: dict[str, Any], refusal: type[Exception] | None) -> None:
    of, mine, ids = judged(SKILL, **changes), sheet(1, "70", state="open"), [UUID(int=1)]
    if refusal is None:
        assert rules.decide_score(of, None, ids, mine.scores, THE_BUYER).action == "create"
        assert rules.decide_score(of, mine, ids, mine.scores, THE_BUYER).action == "update"
        assert rules.decide_submit(of, mine, ids, THE_BUYER).action == "submit"
        return
    with pytest.raises(refusal):
        rules.decide_score(of, None, ids, mine.scores, THE_BUYER)
    with pytest.raises(refusal):
        rules.decide_submit(of, mine, ids, THE_BUYER)


def test_only_the_buyer_scores_and_closes() -> None:
    of = judged(SKILL)
    with pytest.raises(Forbidden):
        rules.decide_score(of, None, [], (), THE_RIVAL)
    with pytest.raises(Forbidden):
        rules.decide_submit(of, None, [], THE_RIVAL)
    with pytest.raises(Forbidden):
        rules.decide_close(of, THE_RIVAL)
    assert rules.decide_close(of, THE_BUYER) is RFQ["close_scores"]
    with pytest.raises(WrongState):
        rules.decide_close(judged(SKILL, **SHOWN), THE_BUYER)


def test_a_submitted_sheet_is_final_and_an_empty_one_incomplete() -> None:
    of, ids = judged(SKILL), [UUID(int=1), UUID(int=2)]
    done = sheet(1, "70", "80")
    with pytest.raises(WrongState):
        rules.decide_score(of, done, ids, done.scores, THE_BUYER)
    with pytest.raises(WrongState):
        rules.decide_submit(of, done, ids, THE_BUYER)
    for mine in (sheet(1, state="open"), sheet(1, "70", state="open")):
        with pytest.raises(Incomplete):
            rules.decide_submit(of, mine, ids, THE_BUYER)


def test_who_sees_what_others_scored() -> None:
    of, mine = judged(SKILL), actor(BUYER, Role.BUYER, person="Ana")
    theirs, own = sheet(1, "1", evaluator="budi"), sheet(2, "2", state="open")
    assert not rules.are_visible(of, [theirs], mine)
    assert not rules.are_visible(of, [theirs, own], mine)
    assert rules.are_visible(of, [theirs, sheet(2, "2")], mine)
    assert rules.are_visible(judged(SKILL, scores_closed_at=AFTER), [theirs], mine)
    assert rules.are_visible(judged(SKILL, state="not_awarded"), [theirs], mine)


def test_prices_come_second_and_wait_for_scores() -> None:
    two, missing = judged(SKILL, **TWO), rules.unscored(judged(SKILL), [UUID(int=1)], [])
    assert rfq_rules.decide_open(two, THE_BUYER, unanswered=0, now=AFTER, unscored=missing).action == "open_technical"
    shown = judged(SKILL, **SHOWN)
    with pytest.raises(Incomplete):
        rfq_rules.decide_open(shown, THE_BUYER, unanswered=0, now=AFTER, unscored=missing)
    assert rfq_rules.decide_open(shown, THE_BUYER, unanswered=0, now=AFTER).action == "open_quotes"


def test_criteria_stay_what_they_were_published_as() -> None:
    of = judged(SKILL)
    evaluation.require_fixed(of, of.terms, 1)
    evaluation.require_fixed(of, replace(of.terms, description="More."), 1)
    for terms, envelopes in ((of.terms, 2), (replace(of.terms, evaluation=()), 1)):
        with pytest.raises(Invalid):
            evaluation.require_fixed(of, terms, envelopes)
        evaluation.require_fixed(replace(of, published_at=None), terms, envelopes)


def test_the_first_envelope_holds_what_is_named_and_nothing_else() -> None:
    tooling = Tooling(cost=D(7), ownership="buyer", life_pieces=9, amortised_over_pieces=8)
    answers = (CharacteristicAnswer(no=1, answer="deviate", note="h7"),)
    said = priced(1, "5", tooling=tooling, characteristics=answers, note="Rp 5", minimum_order_quantity=D(3))
    part = technical_part(content(said, note="Rp 5", payment_days=30)).lines[0]
    assert set(part.__struct_fields__) == {
        "line_no", "answer", "decline_reason", "lead_time_days", "capacity_per_month", "tooling", "local_content",
        "outside_processes", "characteristics",
    }  # fmt: skip
    assert part.tooling is not None
    assert (part.tooling.__struct_fields__, part.tooling.life_pieces) == (("ownership", "life_pieces"), 9)
    assert part.characteristics == answers
