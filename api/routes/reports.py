"""Reports: import substitution."""

from decimal import Decimal
from typing import Annotated, Self

from litestar import Response, get
from litestar.di import NamedDependency
from msgspec import Meta

from api.call import Call, View
from api.contract import Api
from api.wire import DecimalText, Id, Int64, Out, Text80, Text200, decimal_text
from domain.ids import show
from domain.reports import model, queries


class SubstitutionFigures(Out):
    """Whole rupiah of CIF value: what is published, what awards commit, what accepted pieces have replaced."""

    potential_idr: DecimalText
    committed_idr: DecimalText
    realised_idr: DecimalText
    accepted_quantity: DecimalText

    @classmethod
    def of(cls, figures: model.Figures) -> Self:
        """On the wire."""
        return cls(
            potential_idr=decimal_text(figures.potential_idr),
            committed_idr=decimal_text(figures.committed_idr),
            realised_idr=decimal_text(figures.realised_idr),
            accepted_quantity=decimal_text(figures.accepted_quantity),
        )


class SubstitutionGroup(Out):
    """Figures under one heading."""

    key: Text80
    label: Text200
    figures: SubstitutionFigures


class SubstitutionLine(Out):
    """One line with an import baseline; `idr_unit_value` is CIF price x the stated rupiah rate."""

    rfq_id: Id
    line_no: Int64
    part_number: Text80
    idr_unit_value: DecimalText
    annual_quantity: DecimalText
    requested: DecimalText
    awarded: DecimalText
    accepted: DecimalText


class ImportSubstitution(Out):
    """Imports that could be, will be, and were replaced; each line counts its baseline's annual quantity at most."""

    total: SubstitutionFigures
    by_buyer: Annotated[list[SubstitutionGroup], Meta(max_length=10_000)]
    by_process: Annotated[list[SubstitutionGroup], Meta(max_length=1000)]
    lines: Annotated[list[SubstitutionLine], Meta(max_length=100_000)]

    @classmethod
    def of(cls, report: model.ImportSubstitution, _: View) -> Self:
        """As the caller may see it."""
        return cls(
            total=SubstitutionFigures.of(report.total),
            by_buyer=[_group(group) for group in report.by_buyer],
            by_process=[_group(group) for group in report.by_process],
            lines=[
                SubstitutionLine(
                    rfq_id=show("rfq", line.rfq_id),
                    line_no=line.line_no,
                    part_number=line.part_number,
                    idr_unit_value=decimal_text(line.idr_unit_value.quantize(FOUR)),
                    annual_quantity=decimal_text(line.annual_quantity),
                    requested=decimal_text(line.requested),
                    awarded=decimal_text(line.awarded),
                    accepted=decimal_text(line.accepted),
                )
                for line in report.lines
            ],
        )


FOUR = Decimal("0.0001")


def _group(group: model.Group) -> SubstitutionGroup:
    return SubstitutionGroup(key=group.key, label=group.label, figures=SubstitutionFigures.of(group.figures))


@get("/v1/reports/import-substitution", tags=["Reports"], opt={"api": Api(scopes=("reports:read",))})
async def get_import_substitution(call: NamedDependency[Call]) -> Response[ImportSubstitution]:
    """Report import substitution.

    Potential (published lines with an import baseline), committed (accepted awards) and realised (accepted pieces) in rupiah
    of CIF value. A buyer sees its own with every line; a facilitator or the operator the sums of all.
    """
    return await call.read(queries.import_substitution(call.db, call.actor), ImportSubstitution.of)


HANDLERS = [get_import_substitution]
