"""The switching rules, each by itself and on a long sequence of lots with every step written down."""

import pytest

from domain.sampling.model import Outcome, Switching
from domain.sampling.switching import after_lot, back_to_normal, resumed

GOOD = Outcome(accepted=True, accept_number=3, accepted_tighter=True)
BARELY = Outcome(accepted=True, accept_number=3, accepted_tighter=False)
ZERO = Outcome(accepted=True, accept_number=0, accepted_tighter=False)
ONE = Outcome(accepted=True, accept_number=1, accepted_tighter=False)
BAD = Outcome(accepted=False, accept_number=3, accepted_tighter=False)
LETTERS = {"g": GOOD, "b": BARELY, "z": ZERO, "o": ONE, "x": BAD}


def run(lots: str, state: Switching | None = None, *, may_reduce: bool = False) -> Switching:
    state = state or Switching()
    for lot in lots:
        state = after_lot(state, LETTERS[lot], may_reduce=may_reduce)
    return state


@pytest.mark.parametrize(
    ("lots", "severity"),
    [
        ("x", "normal"),
        ("xx", "tightened"),
        ("xgx", "tightened"),
        ("xgggx", "tightened"),  # two of five
        ("xggggx", "normal"),  # the first is six lots back
        ("gggxggggx", "normal"),
        ("gggxgggx", "tightened"),
    ],
)
def test_normal_becomes_tightened_after_two_of_five_or_fewer(lots: str, severity: str) -> None:
    assert run(lots).severity == severity


def test_lots_before_a_switch_do_not_count_after_it() -> None:
    back = run("xx" + "ggggg")
    assert back == Switching()
    assert run("x", back).severity == "normal"


@pytest.mark.parametrize(
    ("lots", "severity"),
    [("gggg", "tightened"), ("ggggg", "normal"), ("ggggxgggg", "tightened"), ("ggxggggg", "normal")],
)
def test_tightened_becomes_normal_after_five_in_a_row(lots: str, severity: str) -> None:
    assert run(lots, run("xx")).severity == severity


def test_five_lots_rejected_on_tightened_inspection_end_it() -> None:
    four = run("xgxggxgggx", run("xx"))
    assert (four.severity, four.rejected, four.discontinued) == ("tightened", 4, False)
    five = run("x", four)
    assert (five.severity, five.discontinued) == ("tightened", True)
    assert run("ggggg", five) == five
    again = resumed(five)
    assert again == Switching(severity="tightened")
    assert run("ggggg", again) == Switching()
    assert resumed(four) == four


@pytest.mark.parametrize(
    ("lots", "score"),
    [("g" * 9, 27), ("z" * 14, 28), ("o" * 14, 28), ("gggb", 0), ("gggx", 0), ("zzzb", 0), ("zzg", 7), ("gbgg", 6)],
)
def test_the_switching_score(lots: str, score: int) -> None:
    assert run(lots).score == score


def test_reduced_takes_the_score_and_a_decision() -> None:
    assert run("g" * 9, may_reduce=True).severity == "normal"
    assert run("g" * 10, may_reduce=True) == Switching(severity="reduced")
    assert run("z" * 15, may_reduce=True).severity == "reduced"
    waiting = run("g" * 12)
    assert (waiting.severity, waiting.score) == ("normal", 36)
    assert run("g", waiting, may_reduce=True).severity == "reduced"


def test_reduced_ends_with_one_lot_or_a_decision() -> None:
    reduced = run("g" * 10, may_reduce=True)
    assert run("gggg", reduced).severity == "reduced"
    assert run("x", reduced) == Switching()
    assert back_to_normal(run("gg", reduced)) == Switching()
    tightened = run("xx")
    assert back_to_normal(tightened) == tightened


def test_a_long_sequence() -> None:
    # What each lot leaves behind, written down by hand: n, t, r the severity; D discontinued.
    lots = "gggxggxx" + "gggggg" + "gggggggggg" + "gggx" + "gxgx" + "xgxggxgggxx" + "gg"
    seen = "nnnnnnt" + "t" + "ttttnn" + "nnnnnnnnrr" + "rrrn" + "nnnt" + "ttttttttttD" + "DD"
    state, found = Switching(), ""
    for lot in lots:
        state = after_lot(state, LETTERS[lot], may_reduce=True)
        found += "D" if state.discontinued else state.severity[0]
    assert found == seen
