"""Workshops that match an RFQ."""

from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import Meta

from api.call import Call, View
from api.contract import Api
from api.paging import After, Limit, place_of
from api.refusals import InvalidParameter
from api.wire import Code, DecimalText, Id, Out, Page, Text40, Text200, decimal_text
from domain.ids import read, show
from domain.matching import model, queries
from domain.matching.rules import place


class MatchNote(Out):
    """One reason for or against, and what it is about: a process, a material, an IT grade, a certificate, a regency."""

    code: model.NoteCode
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
    why: Annotated[list[MatchNote], Meta(max_length=700)]
    missing: Annotated[list[MatchNote], Meta(max_length=700)]

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
        model.Coverage | None,
        QueryParameter(description="Only `single` firms, or only those `with_outside_operations`."),
    ] = None,
) -> Response[SupplierMatchPage]:
    """Rank the workshops that can make what an RFQ asks for.

    By processes (and what each implies), machine size, material, IT grade, certificates and permits in date, and
    nearness; each with its reasons and with what it lacks. Single firms come before those that buy operations in.
    """
    filters = ["matches", rfq_id, coverage]
    behind = place_of(after, filters, 3)
    found = await queries.match_suppliers(call.db, call.actor, read("rfq", rfq_id), coverage=coverage)
    if behind is not None:
        last = _read(behind)
        found = [item for item in found if place(item) > last]
    return call.page(
        found[: limit + 1], SupplierMatch.of, SupplierMatchPage, limit=limit, filters=filters, place=_place
    )


def _place(candidate: model.Candidate) -> list[object]:
    """Its place in the order, not in the list: who joins or leaves between two pages moves nobody else."""
    later, below, organisation_id = place(candidate)
    return [later, str(below), show("organisation", organisation_id)]


def _read(behind: list[object]) -> tuple[bool, Decimal, UUID]:
    """Raises InvalidParameter for a cursor that holds other things than ours do."""
    later, below, organisation_id = behind
    try:
        score = Decimal(str(below))
    except ArithmeticError:
        score = Decimal("NaN")
    if not score.is_finite():
        raise InvalidParameter("`after` takes the next_cursor of a page of this list, unchanged.")
    return bool(later), score, read("organisation", str(organisation_id))


HANDLERS = [match_suppliers]
