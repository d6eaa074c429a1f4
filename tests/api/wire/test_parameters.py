"""Parameters whose value the framework would let pass."""

import pytest

from api.contract.shared import HEADER_LIMITS
from world import World


@pytest.mark.parametrize("query", ["overdue=null", "overdue=Null", "overdue=%6eull", "limit=null"])
async def test_a_number_or_a_truth_is_never_null(query: str, world: World) -> None:
    answer = await (await world.party("buyer")).get(f"/v1/invoices?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")


async def test_one_of_some_words_is_never_null(world: World) -> None:
    supplier = await world.party("supplier")
    answer = await supplier.get(f"/v1/organisations/{supplier.id}/marks?standing=null")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")


async def test_a_text_may_be_the_word(world: World) -> None:
    answer = await (await world.party("buyer")).get("/v1/rfqs?state=null")
    assert answer.json().get("code") != "invalid_parameter"


@pytest.mark.parametrize("name", sorted(HEADER_LIMITS))
async def test_a_header_is_as_long_as_documented(name: str, world: World) -> None:
    buyer = await world.party("buyer")
    fits = await buyer.get("/v1/me", headers={name: f'"{"x" * (HEADER_LIMITS[name] - 2)}"'})
    longer = await buyer.get("/v1/me", headers={name: f'"{"x" * (HEADER_LIMITS[name] - 1)}"'})
    assert fits.status_code == 200, fits.text
    assert (longer.status_code, longer.json()["code"]) == (400, "invalid_parameter")
