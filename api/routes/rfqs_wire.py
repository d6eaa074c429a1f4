"""What is shown of an RFQ, and to whom."""

from typing import Annotated, Any, Literal, Self, cast

import msgspec
from msgspec import Meta

from api.call import View, etag_of
from api.routes.matching_wire import RfqFit
from api.routes.rfqs_in import AcceptanceDays, Envelopes, Intent, LineNo, StandstillDays, Visibility
from api.wire import (
    Blocked,
    Code,
    Currency3,
    Day,
    DecimalText,
    ETag,
    Id,
    Int64,
    Out,
    Page,
    Positive,
    Text40,
    Text80,
    Text200,
    Text2000,
    Timestamp,
    decimal_text,
    optional_decimal_text,
    utc,
)
from domain.ids import show, show_optional
from domain.matching.model import Candidate
from domain.participations.model import Participation
from domain.participations.rules import is_accepted
from domain.rfqs import model
from domain.rfqs.available import available
from domain.rfqs.rules import TWO
from domain.vocabularies import state_label


class LocalizedName(Out):
    """A name in Indonesian (`id`) and English (`en`)."""

    id: Text200
    en: Text200 | None


class Envelope(Out):
    """Outer size in millimetres."""

    diameter_mm: DecimalText | None
    length_mm: DecimalText | None
    width_mm: DecimalText | None
    height_mm: DecimalText | None


class Characteristic(Out):
    """One dimension or property; `no` is its balloon in the drawing."""

    no: Positive
    name: Text200
    nominal: DecimalText | None
    upper: DecimalText | None
    lower: DecimalText | None
    unit: Text40 | None
    ctq: bool
    method: Text200 | None


class ScheduledDelivery(Out):
    """One dated part of the quantity."""

    due_on: Day
    quantity: DecimalText
    certainty: Literal["firm", "forecast"]


class Approval(Out):
    """What is to be approved before production is despatched."""

    plan: Literal["none", "fai", "isir", "ppap"]
    level: Int64 | None


class SourcingBaseline(Out):
    """What the buyer does today."""

    kind: Literal["import", "local", "new"]
    origin: Text40 | None
    hs_code: Text40 | None
    currency: Currency3 | None
    cif_unit_price: DecimalText | None
    duty_percent: DecimalText | None
    annual_quantity: DecimalText | None
    idr_rate: DecimalText | None
    idr_rate_on: Day | None
    shown: bool


class RfqLine(Out):
    """One component that is asked for. `awarded`, and a baseline or target price that is not shown, are the buyer's."""

    id: Id
    line_no: LineNo
    part_number: Text80
    drawing_revision: Text40 | None
    name: LocalizedName
    specification: Text2000 | None
    material: Text200 | None
    processes: Annotated[list[Code], Meta(max_length=40)]
    general_tolerance: Text200 | None
    it_grade: Int64 | None
    surface: Text200 | None
    heat_treatment: Text200 | None
    envelope: Envelope | None
    mass_kg: DecimalText | None
    quantity: DecimalText
    unit: Text40
    lot_size: DecimalText | None
    schedule: Annotated[list[ScheduledDelivery], Meta(max_length=200)]
    standards: Annotated[list[Text80], Meta(max_length=40)]
    certificates: Annotated[list[Code], Meta(max_length=40)]
    approval: Approval
    quantity_breaks: Annotated[list[DecimalText], Meta(max_length=20)]
    allow_alternates: bool
    characteristics: Annotated[list[Characteristic], Meta(max_length=300)]
    target_price: DecimalText | None
    target_price_shown: bool
    baseline: SourcingBaseline | None
    awarded: DecimalText | None
    digest: Annotated[str, Meta(max_length=64, description="Covers all that a price depends on; quotes name it.")]

    @staticmethod
    def of(line: model.Line, *, buyer: bool) -> "RfqLine":
        """The line as the buyer or somebody else sees it, as JSON that has all of our members.

        What the buyer wrote has the same names and the same texts here as where it is kept, so it is encoded as it is: a
        Struct for each part of each of ten lines took half of the time of `get_rfq`.
        """
        spec = line.spec
        hidden = spec.baseline is not None and not spec.baseline.shown
        if not buyer and (hidden or not spec.target_price_shown):
            spec = msgspec.structs.replace(
                spec,
                baseline=None if hidden else spec.baseline,
                target_price=spec.target_price if spec.target_price_shown else None,
            )
        awarded = f'"{decimal_text(line.awarded)}"' if buyer else "null"
        head = (
            f'{{"id":"{show("line", line.id)}","line_no":{line.line_no},"quantity":"{decimal_text(line.quantity)}",'
            f'"unit":"{line.unit}","awarded":{awarded},"digest":"{line.digest}",'
        )
        return cast("RfqLine", msgspec.Raw(head.encode() + msgspec.json.encode(spec)[1:]))


class EvaluationWeight(Out):
    """One criterion of evaluation, its share in per cent, and where its score comes from."""

    criterion: Text80
    percent: DecimalText
    kind: model.CriterionKind
    threshold: DecimalText | None


class Rfq(Out):
    """A request for quotation. `revision` counts publications; `etag` changes with every change."""

    id: Id
    buyer_id: Id
    state: Annotated[str, Meta(max_length=40)]
    state_label: Annotated[str, Meta(max_length=80)]
    allowed_actions: Annotated[list[Annotated[str, Meta(max_length=60)]], Meta(max_length=30)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=30)]
    etag: ETag
    revision: Int64
    round: Int64
    round_kind: Annotated[
        Text40 | None, Meta(description="`negotiation` or `best_and_final`; null in the first round.")
    ]
    round_message: Annotated[Text2000 | None, Meta(description="For the buyer and those who are in this round.")]
    in_round: Annotated[bool, Meta(description="Whether the caller takes part and may quote in this round.")]
    external_reference: Text80 | None
    title: Text200
    description: Text2000 | None
    intent: Intent
    visibility: Visibility
    currency: Currency3
    incoterm: Text40 | None
    delivery_place: Text200 | None
    payment_days: Int64 | None
    nda_required: bool
    nda_text: Annotated[str, Meta(max_length=20_000)] | None
    nda_version: Annotated[Int64, Meta(description="The version of `nda_text`; only its acceptance counts.")]
    opening_quorum: Int64
    opening_approvals: Int64
    envelopes: Envelopes
    questions_close_at: Timestamp | None
    quotes_close_at: Timestamp | None
    evaluation: Annotated[list[EvaluationWeight], Meta(max_length=20)]
    over_delivery_percent: DecimalText
    standstill_days: StandstillDays
    acceptance_days: AcceptanceDays
    published_at: Timestamp | None
    closed_at: Timestamp | None
    technical_opened_at: Timestamp | None
    opened_at: Timestamp | None
    scores_closed_at: Timestamp | None
    ended_at: Timestamp | None
    end_reason: Text80 | None
    reissue_of: Annotated[Id | None, Meta(description="The RFQ that this one issues again; the buyer's alone.")]
    reissued_as: Annotated[Id | None, Meta(description="The RFQ that issues this one again; the buyer's alone.")]
    participation: Annotated[str, Meta(max_length=40, description="The caller's own part, if it has one.")] | None
    nda_accepted: Annotated[bool, Meta(description="Whether the caller accepted the present `nda_version`.")]
    lines: Annotated[list[RfqLine], Meta(max_length=500)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, rfq: model.Rfq, view: View, participation: Participation | None = None, *, unanswered: int = 0) -> Self:
        """The RFQ as the caller sees it. After a command no question can be `unanswered` where it would count."""
        buyer = view.actor.is_organisation(rfq.buyer_id)
        allowed, blocked = available(rfq, participation, view.actor, unanswered=unanswered, now=view.now)
        terms = rfq.terms
        in_round = participation is not None and participation.round == rfq.round
        return cls(
            id=show("rfq", rfq.id),
            buyer_id=show("organisation", rfq.buyer_id),
            state=rfq.state,
            state_label=state_label("rfq", rfq.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(rfq.version),
            revision=rfq.revision,
            round=rfq.round,
            round_kind=rfq.round_kind,
            round_message=rfq.round_message if buyer or in_round else None,
            in_round=in_round,
            external_reference=rfq.external_reference if buyer else None,
            title=rfq.title,
            description=terms.description,
            intent=terms.intent,
            visibility=rfq.visibility,
            currency=terms.currency,
            incoterm=terms.incoterm,
            delivery_place=terms.delivery_place,
            payment_days=terms.payment_days,
            nda_required=rfq.nda_required,
            nda_text=terms.nda_text,
            nda_version=terms.nda_version,
            opening_quorum=rfq.opening_quorum,
            envelopes=2 if rfq.envelopes == TWO else 1,
            opening_approvals=0 if rfq.opening_approved_by is None else rfq.opening_quorum if rfq.opened_at else 1,
            questions_close_at=_utc(rfq.questions_close_at),
            quotes_close_at=_utc(rfq.quotes_close_at),
            evaluation=[
                EvaluationWeight(
                    criterion=weight.criterion,
                    percent=decimal_text(weight.percent),
                    kind=weight.scored_by,
                    threshold=optional_decimal_text(weight.threshold),
                )
                for weight in terms.evaluation
            ],
            over_delivery_percent=decimal_text(terms.over_delivery_percent),
            standstill_days=terms.standstill_days,
            acceptance_days=terms.acceptance_days,
            published_at=_utc(rfq.published_at),
            closed_at=_utc(rfq.closed_at),
            technical_opened_at=_utc(rfq.technical_opened_at),
            opened_at=_utc(rfq.opened_at),
            scores_closed_at=_utc(rfq.scores_closed_at) if buyer else None,
            ended_at=_utc(rfq.ended_at),
            end_reason=rfq.end_reason,
            reissue_of=show_optional("rfq", rfq.reissue_of) if buyer else None,
            reissued_as=show_optional("rfq", rfq.reissued_as) if buyer else None,
            participation=None if participation is None else participation.state,
            nda_accepted=participation is not None and is_accepted(terms.nda_version, participation.nda_version),
            lines=[RfqLine.of(line, buyer=buyer) for line in rfq.lines],
            created_at=utc(rfq.created_at),
            updated_at=utc(rfq.updated_at),
        )


class RfqCard(Out):
    """An RFQ in a list; the lines are in `GET /v1/rfqs/{rfq_id}`."""

    id: Id
    buyer_id: Id
    buyer_name: Text200
    state: Annotated[str, Meta(max_length=40)]
    state_label: Annotated[str, Meta(max_length=80)]
    etag: ETag
    external_reference: Text80 | None
    title: Text200
    intent: Intent
    visibility: Visibility
    nda_required: bool
    quotes_close_at: Timestamp | None
    published_at: Timestamp | None
    line_count: Int64
    participation: Annotated[str, Meta(max_length=40)] | None
    fit: RfqFit | None

    @staticmethod
    def of(card: model.Card, view: View, candidate: Candidate | None = None) -> "RfqCard":
        """The card as the caller sees it; `candidate` is its own workshop, where it asked for its fit.

        A dict with our members in their order: fifty Structs, checked and filled, took half of the time of `list_rfqs`.
        """
        shown = {
            "id": f"rfq_{card.id.hex}",
            "buyer_id": f"org_{card.buyer_id.hex}",
            "buyer_name": card.buyer_name,
            "state": card.state,
            "state_label": state_label("rfq", card.state, view.language),
            "etag": f'"{card.version}"',
            "external_reference": card.external_reference,
            "title": card.title,
            "intent": card.intent,
            "visibility": card.visibility,
            "nda_required": card.nda_required,
            "quotes_close_at": card.quotes_close_at,
            "published_at": card.published_at,
            "line_count": card.line_count,
            "participation": card.participation,
            "fit": None if candidate is None else RfqFit.of(candidate),
        }
        return cast("RfqCard", shown)


class RfqPage(Page[RfqCard]):
    """RFQs, newest first; by fit where it was asked for."""


def _utc(value: Any) -> Any:
    return None if value is None else utc(value)
