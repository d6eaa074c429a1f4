"""The sampling tables: every cell against the rule by which the tables are built, and well-known plans by hand."""

from itertools import pairwise

import pytest

from domain.sampling import tables
from domain.sampling.model import Level, Severity

LETTERS = "ABCDEFGHJKLMNPQR"
SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000]
REDUCED_SIZES = [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800]
AQLS = 26
DIAGONALS: dict[Severity, tuple[int, list[str]]] = {
    # Going right from the cell with 0: the same sequence in every row, one column earlier in each row further down.
    "normal": (14, ["0", "^", "v", *"1 2 3 5 7 10 14 21 30 44".split()]),
    "tightened": (15, ["0", "v", "v", *"1 2 3 5 8 12 18 27 41".split()]),
    "reduced": (14, ["0", "^", "v", "v", *"1 2 3 5 6 8 10 14 21".split()]),
}
LAST = {"normal": "21", "tightened": "18", "reduced": "10"}
"""The last acceptance number from row F down; only the rows above go on along the sequence."""
ODD = {
    # Where the rule would lead out of the table, or two rows share a sample size of 2.
    ("normal", "A", 15): "v",
    ("normal", "R", 1): "^",
    ("tightened", "R", 1): "^",
    ("reduced", "A", 15): "v",
    ("reduced", "Q", 2): "^",
    ("reduced", "R", 1): "^",
    ("reduced", "R", 2): "^",
    **{("reduced", "A", 17 + i): n for i, n in enumerate("1 2 3 5 7 10 14 21 30".split())},
    **{("reduced", "B", 17 + i): n for i, n in enumerate("1 2 3 5 7 10 14 21 30".split())},
}


def expected(severity: Severity, row: int, column: int) -> str:
    """The cell as the rule makes it; `row` counts the letters from A, `column` the AQLs from 0.010."""
    letter = LETTERS[row]
    if (odd := ODD.get((severity, letter, column))) is not None:
        return odd
    first, sequence = DIAGONALS[severity]
    place = column - (first - row)
    if place < 0:
        return "v"
    end = sequence.index(LAST[severity]) if letter >= "F" else len(sequence) - 1
    return sequence[place] if place <= end else "^"


@pytest.mark.parametrize("severity", list(DIAGONALS))
def test_every_cell_is_as_the_diagonals_say(severity: Severity) -> None:
    rows = tables.published().tables[severity]
    sizes = REDUCED_SIZES if severity == "reduced" else SIZES
    assert [(row.letter, row.sample_size) for row in rows[:16]] == list(zip(LETTERS, sizes, strict=True))
    wrong = [
        (row.letter, tables.aqls()[column], row.cell(column), expected(severity, at, column))
        for at, row in enumerate(rows[:16])
        for column in range(AQLS)
        if row.cell(column) != expected(severity, at, column)
    ]
    assert wrong == []


def test_tightened_inspection_has_one_more_row() -> None:
    last = tables.published().tables["tightened"][16]
    assert (last.letter, last.sample_size, last.cells.split()) == ("S", 3150, ["-", "-", "1", *["-"] * 23])
    assert [len(tables.published().tables[name]) for name in ("normal", "tightened", "reduced")] == [16, 17, 16]


def test_the_aqls_are_the_preferred_ones() -> None:
    known = tables.aqls()
    assert len(known) == AQLS
    assert (known[0], known[9], known[-1]) == ("0.010", "0.65", "1000")
    # A series of five steps to the decade: each is 1.4 to 1.7 times the one before.
    assert all(1.4 < float(after) / float(before) < 1.7 for before, after in pairwise(known))


LOTS = [8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10000, 35000, 150000, 500000]
COLUMNS: dict[Level, str] = {
    # By level instead of by lot size, from the smallest lots to those above 500 000.
    "S-1": "AAAABBBBCCCCDDD",
    "S-2": "AAABBBCCCDDDEEE",
    "S-3": "AABBCCDDEEFFGGH",
    "S-4": "AABCCDEEFGGHJJK",
    "I": "AABCCDEFGHJKLMN",
    "II": "ABCDEFGHJKLMNPQ",
    "III": "BCDEFGHJKLMNPQR",
}


@pytest.mark.parametrize("level", list(COLUMNS))
def test_every_lot_size_has_its_code_letter(level: Level) -> None:
    upper = [*LOTS, 1_000_000_000]
    lower = [2, *(size + 1 for size in LOTS)]
    assert "".join(tables.code_letter(size, level) for size in upper) == COLUMNS[level]
    assert "".join(tables.code_letter(size, level) for size in lower) == COLUMNS[level]


@pytest.mark.parametrize(
    ("lot", "level", "aql", "severity", "plan"),
    [
        (3200, "II", "1.0", "normal", ("K", "K", 125, 3, 4, False)),
        (1201, "II", "1.0", "tightened", ("K", "K", 125, 2, 3, False)),
        (2000, "II", "1.0", "reduced", ("K", "K", 50, 2, 3, False)),
        (2000, "II", "2.5", "reduced", ("K", "K", 50, 5, 6, False)),
        (500, "II", "2.5", "normal", ("H", "H", 50, 3, 4, False)),
        (1000, "II", "1.5", "normal", ("J", "J", 80, 3, 4, False)),
        (1000, "II", "0.15", "normal", ("J", "J", 80, 0, 1, False)),
        (1000, "II", "0.25", "normal", ("J", "H", 50, 0, 1, False)),  # up
        (1000, "II", "0.40", "normal", ("J", "K", 125, 1, 2, False)),  # down
        (1000, "II", "0.25", "tightened", ("J", "J", 80, 0, 1, False)),
        (1000, "II", "0.40", "tightened", ("J", "L", 200, 1, 2, False)),  # down twice
        (1000, "II", "0.40", "reduced", ("J", "L", 80, 1, 2, False)),
        (150, "II", "1.5", "reduced", ("F", "H", 20, 1, 2, False)),
        (1_000_000, "II", "0.025", "tightened", ("Q", "S", 3150, 1, 2, False)),
        (1_000_000, "III", "0.015", "normal", ("R", "P", 800, 0, 1, False)),
        (1_000_000, "III", "0.015", "tightened", ("R", "Q", 1250, 0, 1, False)),
        (1_000_000, "III", "0.025", "reduced", ("R", "N", 200, 0, 1, False)),
        (10, "II", "10", "normal", ("B", "C", 5, 1, 2, False)),
        (8, "II", "10", "normal", ("A", "C", 5, 1, 2, False)),
        (8, "II", "0.65", "normal", ("A", "F", 8, 0, 1, True)),  # 20 of 8
        (20, "II", "0.65", "normal", ("C", "F", 20, 0, 1, True)),
        (21, "II", "0.65", "normal", ("C", "F", 20, 0, 1, False)),
        (1, "II", "6.5", "normal", ("A", "A", 1, 0, 1, True)),
        (5000, "II", "1000", "normal", ("L", "B", 3, 44, 45, False)),
        (5000, "II", "1000", "tightened", ("L", "B", 3, 41, 42, False)),
        (5000, "II", "1000", "reduced", ("L", "B", 2, 30, 31, False)),
    ],
)
def test_plans_that_are_known(
    lot: int, level: Level, aql: str, severity: Severity, plan: tuple[str, str, int, int, int, bool]
) -> None:
    found = tables.plan(lot, level, aql, severity)
    shown = (found.code_letter, found.plan_letter, found.sample_size, found.accept, found.reject, found.full)
    assert shown == plan


def test_every_arrow_ends_at_a_plan_and_tightened_is_never_the_easier() -> None:
    for lot in [*LOTS, 1_000_000]:
        for level in COLUMNS:
            for aql in tables.aqls():
                normal, tightened, reduced = (
                    tables.plan(lot, level, aql, severity) for severity in ("normal", "tightened", "reduced")
                )
                assert (
                    tightened.accept * normal.sample_size <= normal.accept * tightened.sample_size + normal.sample_size
                )
                assert reduced.sample_size <= normal.sample_size
                assert 0 <= normal.accept < normal.reject


def test_the_next_tighter_plan_has_the_same_sample() -> None:
    assert tables.accept_number_tighter("K", "1.0") == 2
    assert tables.accept_number_tighter("K", "0.65") == 1
    assert tables.accept_number_tighter("K", "0.40") is None  # an arrow
    assert tables.accept_number_tighter("A", "0.010") is None
    for row in tables.published().tables["normal"]:
        for column, aql in enumerate(tables.aqls()):
            cell = row.cell(column)
            if cell.isdigit() and int(cell) >= 2:
                tighter = tables.accept_number_tighter(row.letter, aql)
                assert tighter is not None
                assert tighter < int(cell)
