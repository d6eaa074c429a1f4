"""Cells are sent as the domain makes them: that they are what the contract says is held here, not member by member."""

import re
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tabs import random_tab

from api.routes.comparison_wire import BidCell, BidComparison
from api.wire import DECIMAL_PATTERN, decimal_text
from domain.comparison.model import Cell
from domain.comparison.rules import compare

STRICT = msgspec.json.Decoder(BidComparison, strict=True)


def test_a_cell_has_the_members_of_the_contract_in_its_order() -> None:
    assert Cell.__struct_fields__ == BidCell.__struct_fields__


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_sent_of_a_random_tab_is_what_the_contract_says(seed: int) -> None:
    tab = compare(*random_tab(seed))
    sent = msgspec.json.encode(BidComparison.of(tab))
    read = STRICT.decode(sent)
    assert msgspec.json.encode(read) == sent
    for row, shown in zip(tab.rows, read.rows, strict=True):
        for cell, told in zip(row.cells, shown.cells, strict=True):
            for name in Cell.__struct_fields__:
                value = getattr(cell, name)
                if isinstance(value, Decimal):
                    assert getattr(told, name) == decimal_text(value)
                    assert re.match(DECIMAL_PATTERN, decimal_text(value))
