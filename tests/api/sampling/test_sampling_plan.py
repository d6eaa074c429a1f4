"""get_sampling_plan."""

from typing import get_args

import pytest

from api.routes.sampling import Aql
from domain.sampling import tables
from world import World


async def test_a_plan_is_looked_up(world: World) -> None:
    party = await world.party("supplier", state="registered", scopes=[])
    found = await party.done("GET", "/v1/meta/sampling-plans?lot_size=2000&aql=1.0&severity=tightened")
    assert found["lot_size"] == 2000
    assert found["plan"] == {
        "severity": "tightened",
        "level": "II",
        "aql": "1.0",
        "code_letter": "K",
        "plan_letter": "K",
        "sample_size": 125,
        "accept": 2,
        "reject": 3,
        "full": False,
    }
    assert found["edition"] == "ISO 2859-1:1999"
    arrow = await party.done("GET", "/v1/meta/sampling-plans?lot_size=30&level=S-2&aql=0.65")
    assert (arrow["plan"]["code_letter"], arrow["plan"]["plan_letter"]) == ("B", "F")
    assert (arrow["plan"]["sample_size"], arrow["plan"]["full"]) == (20, False)


@pytest.mark.parametrize(
    "query",
    [
        "lot_size=1&aql=1.0",
        "lot_size=1000000001&aql=1.0",
        "lot_size=many&aql=1.0",
        "lot_size=100&aql=1",
        "lot_size=100&aql=5",
        "lot_size=100",
        "aql=1.0",
        "lot_size=100&aql=1.0&level=IV",
        "lot_size=100&aql=1.0&severity=easy",
        "lot_size=100&aql=1.0&plan=double",
    ],
)
async def test_what_the_tables_do_not_have(world: World, query: str) -> None:
    party = await world.party("buyer", scopes=[])
    response = await party.get(f"/v1/meta/sampling-plans?{query}")
    assert response.status_code in {400, 422}, response.text


def test_the_document_names_the_aqls_of_the_tables() -> None:
    assert get_args(Aql) == tables.aqls()
