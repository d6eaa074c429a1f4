"""Workshops that match an RFQ."""

from typing import Annotated, Literal, Self

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import Meta

from api.call import Call, View
from api.contract import Api
from api.paging import After, Limit, place_of
from api.wire import Code, DecimalText, Id, Out, Page, Text40, Text200, decimal_text
from domain.ids import read, show
from domain.matching import model, queries


class MatchNote(Out):
    """One reason for or against: `process`, `material`, `it_grade`, `certificate`, `permit`, `envelope`, `same_regency`."""

    code: Text40
    subject: Text200 | None


class SupplierMatch(Out):
    """A workshop that can do (a part of) what the RFQ asks for. `score` orders the list, 0 to 100."""

    organisation_id: Id
    name: Text200
    region_code: Text40 | None
    coverage: Literal["single", "with_outside_operations"]
    score: DecimalText
    covered_processes: Annotated[list[Code], Meta(max_length=200)]
    outside_processes: Annotated[list[Code], Meta(max_length=200)]
    why: Annotated[list[MatchNote], Meta(max_length=300)]
    missing: Annotated[list[MatchNote], Meta(max_length=300)]

    @classmethod
    def of(cls, candidate: model.Candidate, _: View) -> Self:
        """As the buyer sees it."""
        return cls(
            organisation_id=show("organisation", candidate.organisation_id),
            name=candidate.name,
            region_code=candidate.region_code,
            coverage=candidate.coverage,
            score=decimal_text(candidate.score),
            covered_processes=list(candidate.covered_processes),
            outside_processes=list(candidate.outside_processes),
            why=[MatchNote(code=note.code, subject=note.subject) for note in candidate.why],
            missing=[MatchNote(code=note.code, subject=note.subject) for note in candidate.missing],
        )


class SupplierMatchPage(Page[SupplierMatch]):
    """Matches, best first."""


@get("/v1/rfqs/{rfq_id:str}/matches", tags=["Matches"], opt={"api": Api(scopes=("rfqs:read",))})
async def match_suppliers(
    call: NamedDependency[Call],
    rfq_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    coverage: Annotated[
        str | None,
        QueryParameter(max_length=40, description="Only `single` firms, or only those `with_outside_operations`."),
    ] = None,
) -> Response[SupplierMatchPage]:
    """Rank the workshops that can make what an RFQ asks for.

    By processes (and what each implies), machine size, material, IT grade, certificates and permits in date, and
    nearness; each with its reasons and with what it lacks. Single firms come before those that buy operations in.
    """
    filters = ["matches", rfq_id, coverage]
    place = place_of(after, filters, 1)
    found = await queries.match_suppliers(call.db, call.actor, read("rfq", rfq_id))
    listed = [item for item in found if coverage is None or item.coverage == coverage]
    if place is not None:
        behind = read("organisation", str(place[0]))
        ids = [item.organisation_id for item in listed]
        listed = listed[ids.index(behind) + 1 :] if behind in ids else []
    return call.page(
        listed[: limit + 1],
        SupplierMatch.of,
        SupplierMatchPage,
        limit=limit,
        filters=filters,
        place=lambda item: [show("organisation", item.organisation_id)],
    )


HANDLERS = [match_suppliers]
