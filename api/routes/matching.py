"""Workshops that match an RFQ."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from api.call import Call
from api.contract import Api
from api.paging import After, Limit, place_of, ranked
from api.routes.matching_wire import SupplierMatch
from api.wire import Page
from domain.ids import read, show
from domain.matching import model, queries
from domain.matching.rules import place


class SupplierMatchPage(Page[SupplierMatch]):
    """Matches, best first."""


@get(
    "/v1/rfqs/{rfq_id:str}/matches",
    tags=["Matches"],
    opt={"api": Api(scopes=("rfqs:read",), expensive=True, may_lag=True)},
)
async def match_suppliers(
    call: NamedDependency[Call],
    rfq_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    coverage: Annotated[
        model.Coverage | None,
        QueryParameter(
            description="Only `single` firms, only a `cooperative` with its members, or only `with_outside_operations`."
        ),
    ] = None,
) -> Response[SupplierMatchPage]:
    """Rank the workshops that can make what an RFQ asks for.

    By processes (and what each implies), machine size, material, IT grade, certificates and permits in date, and
    nearness; each with its reasons and with what it lacks. Single firms come first, then cooperatives that can make it
    with their members, then those that buy operations in. Whether the capacity reaches decides between equals only.
    """
    filters = ["matches", rfq_id, coverage]
    behind = place_of(after, filters, 4)
    found = await queries.match_suppliers(call.db, call.actor, read("rfq", rfq_id), coverage=coverage)
    if behind is not None:
        last = _read(behind)
        found = [item for item in found if place(item) > last]
    return call.page(
        found[: limit + 1], SupplierMatch.of, SupplierMatchPage, limit=limit, filters=filters, place=_place
    )


def _place(candidate: model.Candidate) -> list[object]:
    """Its place in the order, not in the list: who joins or leaves between two pages moves nobody else."""
    coverage, below, capacity, organisation_id = place(candidate)
    return [coverage, str(below), capacity, show("organisation", organisation_id)]


def _read(behind: list[object]) -> tuple[int, Decimal, int, UUID]:
    coverage, below, capacity, organisation_id = behind
    return *ranked(coverage, below, capacity), read("organisation", str(organisation_id))


HANDLERS = [match_suppliers]
