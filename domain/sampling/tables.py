"""Tables 1, 2-A, 2-B and 2-C of ISO 2859-1:1999, from the data file, with arrows followed."""

from functools import cache
from pathlib import Path

import msgspec

from domain.sampling.model import Level, Plan, Severity

DATA = Path(__file__).parent / "data" / "iso2859_1.json"
BELOW, ABOVE = "v", "^"


class _Range(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lots of up to `up_to` units (None: of any size) have these letters, one for each level."""

    up_to: int | None
    letters: str


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    letter: str
    sample_size: int
    cells: str

    def cell(self, column: int) -> str:
        """An acceptance number, an arrow, or `-` where there is no plan."""
        return self.cells.split(" ")[column]


class Tables(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The data file. Rows of a table are in the order of the standard, from the smallest sample down."""

    source: str
    edition: str
    legend: str
    levels: tuple[Level, ...]
    aqls: tuple[str, ...]
    code_letters: tuple[_Range, ...]
    tables: dict[Severity, tuple[_Row, ...]]


@cache
def published() -> Tables:
    """The tables as they are printed, arrows included."""
    return msgspec.json.decode(DATA.read_bytes(), type=Tables)


def aqls() -> tuple[str, ...]:
    """The preferred AQLs, ascending."""
    return published().aqls


def code_letter(lot_size: int, level: Level) -> str:
    """Table 1. A lot of one unit, which the table leaves out, is inspected whole under the first row."""
    known = published()
    place = known.levels.index(level)
    return next(row.letters[place] for row in known.code_letters if row.up_to is None or lot_size <= row.up_to)


def plan(lot_size: int, level: Level, aql: str, severity: Severity) -> Plan:
    """The single sampling plan for a lot of `lot_size` >= 1 units; `aql` is one of `aqls()`.

    An arrow leads to the first plan below or above, with that plan's sample size. A sample that reaches the lot size is
    the whole lot; the acceptance number stays.
    """
    letter = code_letter(lot_size, level)
    row, accept = _resolved(severity, letter, aql)
    full = row.sample_size >= lot_size
    return Plan(
        severity=severity,
        level=level,
        aql=aql,
        code_letter=letter,
        plan_letter=row.letter,
        sample_size=min(row.sample_size, lot_size),
        accept=accept,
        reject=accept + 1,
        full=full,
    )


def accept_number_tighter(plan_letter: str, aql: str) -> int | None:
    """The acceptance number of normal inspection in the same sample at the next lower AQL, for the switching score.

    None where that cell is an arrow: no plan with this sample size exists there.
    """
    column = aqls().index(aql)
    if column == 0:
        return None
    row = next(row for row in published().tables["normal"] if row.letter == plan_letter)
    cell = row.cell(column - 1)
    return int(cell) if cell.isdigit() else None


def _resolved(severity: Severity, letter: str, aql: str) -> tuple[_Row, int]:
    rows = published().tables[severity]
    column = aqls().index(aql)
    at = next(place for place, row in enumerate(rows) if row.letter == letter)
    # In one column arrows point away from each other nowhere: each chain ends at a number (a test walks them all).
    while not (cell := rows[at].cell(column)).isdigit():
        at += 1 if cell == BELOW else -1
    return rows[at], int(cell)
