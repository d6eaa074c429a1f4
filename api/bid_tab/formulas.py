"""Formulas of the workbook that calculate as domain/comparison/cost.py does."""

from decimal import Decimal
from functools import cache


@cache
def name_of(column: int) -> str:
    """0 → A, 26 → AA; of the 16,384 that a sheet has."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row: int, column: int, *, row_fixed: bool = False, column_fixed: bool = False) -> str:
    """The address of a cell, both counted from 0."""
    return f"{'$' if column_fixed else ''}{name_of(column)}{'$' if row_fixed else ''}{row + 1}"


def span(first_row: int, first: int, last_row: int, last: int) -> str:
    """The address of a block, fixed."""
    start = cell(first_row, first, row_fixed=True, column_fixed=True)
    return f"{start}:{cell(last_row, last, row_fixed=True, column_fixed=True)}"


def rounded(amount: str, smallest: Decimal) -> str:
    """`amount` rounded half-even to the minor unit. ROUND alone rounds half away from zero.

    A spreadsheet calculates with 15 digits; what lies within 1E-7 of a half is taken for one.
    """
    exponent = smallest.as_tuple().exponent
    assert isinstance(exponent, int)
    scale = 10**-exponent
    scaled = f"({amount})" if scale == 1 else f"({amount})*{scale}"
    half = f"IF(ABS(ABS({scaled}-TRUNC({scaled}))-0.5)<1E-7,2*ROUND({scaled}/2,0),ROUND({scaled},0))"
    return half if scale == 1 else f"{half}/{scale}"
