"""A line is sent as it is kept: with every member of the contract, in the texts of the contract, and without the buyer's own."""

import msgspec
import pytest

from api.routes.rfqs_in import RfqCreate
from api.routes.rfqs_wire import RfqLine
from domain.ids import new_id
from domain.rfqs.model import Line
from world import World

RICH = World.line(
    quantity="0.000001",
    unit="KGM",
    drawing_revision='B "2"',
    envelope={"diameter_mm": "25.50", "length_mm": "0.000001"},
    mass_kg="1.500000",
    schedule=[{"due_on": "2030-01-31", "quantity": "0.000001", "certainty": "forecast"}],
    standards=["ISO 2768-mK"],
    certificates=[],
    approval={"plan": "ppap", "level": 3},
    quantity_breaks=["1", "10"],
    characteristics=[{"no": 1, "name": "Diameter", "nominal": "25", "upper": "0.013", "unit": "mm", "ctq": True}],
    target_price="12.5000",
    baseline={"kind": "import", "origin": "JP", "currency": "JPY", "cif_unit_price": "1000", "idr_rate": "105.5"},
)


@pytest.mark.parametrize("buyer", [True, False])
def test_a_line_has_all_members_and_hides_what_is_the_buyers(*, buyer: bool) -> None:
    draft = msgspec.convert({"title": "x", "lines": [RICH]}, RfqCreate).draft().lines[0]
    line = Line(
        id=new_id(),
        line_no=1,
        quantity=draft.quantity,
        unit=draft.unit,
        awarded=draft.quantity,
        digest="0" * 64,
        spec=draft.spec,
    )
    sent = msgspec.json.encode(RfqLine.of(line, buyer=buyer))
    decoded = msgspec.json.decode(sent, type=RfqLine)
    assert msgspec.json.decode(msgspec.json.encode(decoded)) == msgspec.json.decode(sent), "no more, and no less"
    assert (decoded.quantity, decoded.mass_kg) == ("0.000001", "1.5")
    shown = (decoded.target_price, decoded.awarded, decoded.baseline and decoded.baseline.origin)
    assert shown == (("12.5000", "0.000001", "JP") if buyer else (None, None, None))
