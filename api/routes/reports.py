"""Reports: import substitution."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from msgspec import Meta

from api.call import Call, View
from api.contract import Api
from api.refusals import InvalidParameter
from api.wire import DecimalText, Id, Int64, Out, Text40, Text80, Text200, decimal_text, optional_decimal_text
from domain.ids import show
from domain.reports import model, queries
from domain.reports.privacy import OTHER
from domain.reports.rules import NONE
from domain.vocabularies import Language, entry, is_code


class SubstitutionFigures(Out):
    """Whole rupiah of CIF value: what is published, what awards commit, what accepted pieces have replaced.

    Null in sums over all buyers where fewer than three are behind a figure.
    """

    potential_idr: DecimalText | None
    committed_idr: DecimalText | None
    realised_idr: DecimalText | None
    accepted_quantity: DecimalText | None

    @classmethod
    def of(cls, figures: model.Figures) -> Self:
        """On the wire."""
        return cls(
            potential_idr=optional_decimal_text(figures.potential_idr),
            committed_idr=optional_decimal_text(figures.committed_idr),
            realised_idr=optional_decimal_text(figures.realised_idr),
            accepted_quantity=optional_decimal_text(figures.accepted_quantity),
        )


class SubstitutionGroup(Out):
    """Figures under one heading. In sums over all buyers `other` holds headings with fewer than three buyers."""

    key: Text80
    label: Text200
    figures: SubstitutionFigures


class SubstitutionLine(Out):
    """One line with an import baseline; `idr_unit_value` is CIF price x the stated rupiah rate.

    `awarded` and `accepted` are what happened in the period, the `counted` ones what of it counts within the annual quantity that
    all RFQs for the same part, HS code and unit share in a calendar year.
    """

    rfq_id: Id
    line_no: Int64
    part_number: Text80
    hs_code: Text40
    idr_unit_value: DecimalText
    annual_quantity: DecimalText
    requested: DecimalText
    is_superseded: Annotated[bool, Meta(description="It was issued again: what was not awarded counts there.")]
    awarded: DecimalText
    accepted: DecimalText
    counted_potential: DecimalText
    counted_committed: DecimalText
    counted_realised: DecimalText


class ImportSubstitution(Out):
    """Imports that could be, will be, and were replaced; a need counts once, and its annual quantity at most."""

    total: SubstitutionFigures
    by_buyer: Annotated[
        list[SubstitutionGroup], Meta(max_length=1, description="The buyer itself; empty in sums over all buyers.")
    ]
    by_process: Annotated[list[SubstitutionGroup], Meta(max_length=1000)]
    by_region: Annotated[
        list[SubstitutionGroup],
        Meta(max_length=1000, description="Regency of the supplier, for what is committed and realised."),
    ]
    lines: Annotated[list[SubstitutionLine], Meta(max_length=100_000)]

    @classmethod
    def of(cls, report: model.ImportSubstitution, view: View) -> Self:
        """As the caller may see it."""
        return cls(
            total=SubstitutionFigures.of(report.total),
            by_buyer=[_group(group, "", view.language) for group in report.by_buyer],
            by_process=[_group(group, "processes", view.language) for group in report.by_process],
            by_region=[_group(group, "regions", view.language) for group in report.by_region],
            lines=[
                SubstitutionLine(
                    rfq_id=show("rfq", item.line.rfq_id),
                    line_no=item.line.line_no,
                    part_number=item.line.part_number,
                    hs_code=item.line.hs_code,
                    idr_unit_value=decimal_text(item.line.idr_unit_value.quantize(FOUR)),
                    annual_quantity=decimal_text(item.line.annual_quantity),
                    requested=decimal_text(item.line.requested),
                    is_superseded=item.line.superseded,
                    awarded=decimal_text(item.awarded),
                    accepted=decimal_text(item.accepted),
                    counted_potential=decimal_text(item.potential),
                    counted_committed=decimal_text(item.committed),
                    counted_realised=decimal_text(item.realised),
                )
                for item in report.lines
            ],
        )


FOUR = Decimal("0.0001")
HEADINGS = {
    NONE: {"id": "tidak disebutkan", "en": "not stated"},
    OTHER: {"id": "lainnya (kurang dari tiga pembeli)", "en": "other (fewer than three buyers each)"},
}


def _group(group: model.Group, vocabulary: str, language: Language) -> SubstitutionGroup:
    label = group.label
    if label is None and group.key in HEADINGS:
        label = HEADINGS[group.key][language]
    elif label is None and is_code(vocabulary, group.key):
        known = entry(vocabulary, group.key)
        label = known.id if language == "id" else known.en
    return SubstitutionGroup(key=group.key, label=label or group.key, figures=SubstitutionFigures.of(group.figures))


@get(
    "/v1/reports/import-substitution",
    tags=["Reports"],
    opt={"api": Api(scopes=("reports:read",), expensive=True, may_lag=True, errors=(422,), codes=("invalid",))},
)
async def get_import_substitution(
    call: NamedDependency[Call],
    first: Annotated[
        date | None, QueryParameter(name="from", description="From this day on, Western Indonesian time.")
    ] = None,
    last: Annotated[
        date | None, QueryParameter(name="to", description="Up to this day, included, Western Indonesian time.")
    ] = None,
) -> Response[ImportSubstitution]:
    """Report import substitution.

    Potential (published lines with an import baseline, by the day of publication), committed (accepted awards, by the day of
    acceptance) and realised (accepted pieces, by the day of inspection) in rupiah of CIF value. A buyer sees its own with every
    line; a facilitator or the operator sums of whole calendar years that tell no single buyer's figures.
    """
    if first is not None and last is not None and first > last:
        raise InvalidParameter("`from` is not later than `to`.")
    period = model.Period(first=first, last=last)
    return await call.read(queries.import_substitution(call.db, call.actor, period), ImportSubstitution.of)


HANDLERS = [get_import_substitution]
