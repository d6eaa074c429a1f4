"""What the `data` of an event says, by type: the one list that the contract, `openapi/events.md` and `record` follow.

A member never changes its meaning, and a new one is added to the end of its row. What is recorded is kept for ever, so
an event of an earlier release may lack a member: none is promised. A row serves several events where they say the same.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from domain.lifecycle import EVENTS


class NotInCatalogue(Exception):
    """A fault of the program: an event that nobody was told of, or that says more than the contract shows."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """The `data` that some events share: the component's name, and its members; `name:Items` is a list of those items."""

    name: str
    members: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The members as they appear in `data`."""
        return frozenset(member.partition(":")[0] for member in self.members)


NOTHING = Told(name="NoEventData", members=())
"""Of events whose envelope says it all."""

ITEMS: dict[str, str] = {
    "EventBaseline": "line_no part_number hs_code quantity annual_quantity unit idr_unit_value",
    "EventDocumentChange": "document_id change",
    "EventDisposition": "disposition quantity",
    "EventRequestLine": "line_no part_number quantity unit",
    "EventLineQuantity": "line_no quantity",
    "EventOrderLine": "line_no quantity unit due_on",
    "EventPromisedLine": "line_no ordered due_on promised_on answer reason",
    "EventAnsweredLine": "line_no answer promised_on reason",
    "EventOrderQuantities": "line_no ordered despatched short received accepted rejected returned",
    "EventDeliveredLine": "line_no ordered accepted open",
    "EventClosedLine": "line_no ordered despatched received",
    "EventDespatchLine": "line_no lot quantity",
    "EventReceivedLine": "line_no lot received short damaged",
    "EventInspectedLine": "line_no lot received accepted rejected verdict failing concession",
    "EventProgressLine": "line_no in_progress",
}
"""What stands in the lists, by the name of its component."""

_PARTIES = "rfq_id quote_id supplier_id"
_ORDER = "order_id rfq_id"
_INVOICE = f"{_ORDER} kind reference issued_on due_on replaces credits lines:EventLineQuantity"
_LOT = f"{_ORDER} line_no lot"
_NONCONFORMANCE = f"{_LOT} quantity origin disposition dispositions:EventDisposition returned replaced"
_QUANTITIES = "lines:EventOrderQuantities"
_SCHEDULE = f"{_ORDER} line_no due_on quantity committed_on"

# Subject, the component's name without `Data`, the events, the members.
_ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("organisation", "OrganisationRegistered", "registered", "name roles"),
    ("organisation", "OrganisationSuspended", "suspended", "reason"),
    ("organisation", "OrganisationCapabilities", "capabilities_changed", "processes"),
    ("membership", "Membership", "proposed accepted declined ended", "cooperative_id member_id"),
    ("credential", "CredentialCreated", "created", "name scopes"),
    ("code_mapping", "CodeMappings", "created updated", "mappings"),
    ("file", "FileReceived", "received", "name size"),
    ("webhook_endpoint", "WebhookEndpointDisabled", "disabled", "disabled_reason"),
    ("rfq", "RfqCreated", "created", "external_reference reissue_of"),
    ("rfq", "RfqDocumentAttached", "document_attached", "document_id kind line_no"),
    ("rfq", "RfqDocumentDetached", "document_detached", "document_id"),
    (
        "rfq",
        "RfqPublished",
        "published",
        "title intent visibility revision quotes_close_at lines:EventRequestLine baselines:EventBaseline",
    ),
    (
        "rfq",
        "RfqAddendumPublished",
        "addendum_published",
        (
            "revision summary material intent changed_terms changed_lines added_lines removed_lines "
            "documents:EventDocumentChange quotes_close_at questions_close_at baselines:EventBaseline"
        ),
    ),
    ("rfq", "RfqExtended", "extended", "quotes_close_at"),
    ("rfq", "RfqClosed", "closed", "closed_at"),
    ("rfq", "RfqOpeningApproved", "opening_approved", "approvals"),
    ("rfq", "RfqTechnicalOpened", "technical_opened", "technical_opened_at quotes"),
    ("rfq", "RfqQuotesOpened", "quotes_opened", "opened_at round root quotes"),
    ("rfq", "RfqRoundStarted", "round_started", "round kind quotes_close_at"),
    ("rfq", "RfqScoresClosed", "scores_closed", "scores_closed_at"),
    ("rfq", "RfqQuantities", "quantities_reserved quantities_released", "award_id lines:EventLineQuantity"),
    ("rfq", "RfqEnded", "not_awarded rest_not_awarded cancelled", "reason"),
    ("rfq", "RfqReissued", "reissued", "reissued_as"),
    ("participation", "Participation", "invited joined viewed interested", "rfq_id supplier_id"),
    ("participation", "ParticipationNda", "nda_accepted", "rfq_id supplier_id nda_version"),
    ("participation", "ParticipationDocument", "document_read", "rfq_id supplier_id document_id"),
    ("participation", "ParticipationDeclined", "declined", "rfq_id supplier_id reason"),
    (
        "participation",
        "ParticipationRound",
        "invited_to_round not_in_round",
        "rfq_id supplier_id round kind quotes_close_at",
    ),
    ("question", "QuestionAsked", "asked", "rfq_id question_id line_no"),
    ("question", "QuestionAnswered", "answered", "rfq_id question_id line_no addendum_revision"),
    ("question", "QuestionDeclined", "declined", "rfq_id question_id line_no reason"),
    ("quote", "Quote", "created updated withdrawn awarded partially_awarded", "rfq_id quote_id"),
    ("quote", "QuoteSubmitted", "submitted reconfirmed", "rfq_id quote_id submission commitment"),
    (
        "quote",
        "QuoteDisturbed",
        "needs_reconfirmation restored",
        "rfq_id quote_id revision changed_lines lines_to_reconfirm",
    ),
    ("quote", "QuoteEnded", "lapsed disqualified", "rfq_id quote_id reason"),
    ("quote", "QuoteTechnicalOpened", "technical_opened", _PARTIES),
    ("quote", "QuoteOpened", "opened", f"{_PARTIES} round commitment nonce lines_not_reconfirmed"),
    ("quote", "QuoteShortlisted", "shortlisted", "rfq_id quote_id shortlisted"),
    ("quote", "QuoteAmended", "amended", "rfq_id quote_id counter_offer_id amendment"),
    ("quote", "QuoteAwardIntended", "award_intended", "rfq_id quote_id reason rank_band standstill_until"),
    ("quote", "QuoteSuperseded", "superseded", "rfq_id quote_id superseded_by"),
    ("quote", "QuoteNotAwarded", "not_awarded", "rfq_id quote_id reason rank_band"),
    ("quote", "QuoteExpired", "expired", "rfq_id quote_id expired_at"),
    ("counter_offer", "CounterOffer", "proposed accepted withdrawn expired", "rfq_id quote_id answer_by"),
    ("counter_offer", "CounterOfferDeclined", "declined", "rfq_id quote_id answer_by reason"),
    ("score_sheet", "ScoreSheet", "created updated submitted", "rfq_id round"),
    ("award", "AwardProposed", "proposed", f"{_PARTIES} lines:EventLineQuantity follows"),
    ("award", "AwardIssued", "issued extended", f"{_PARTIES} lines:EventLineQuantity standstill_until accept_by"),
    ("award", "AwardAccepted", "accepted", f"{_PARTIES} lines:EventLineQuantity order_id"),
    ("award", "AwardEnded", "declined lapsed cancelled set_aside", f"{_PARTIES} lines:EventLineQuantity reason"),
    ("objection", "Objection", "filed upheld dismissed", _PARTIES),
    ("award_scenario", "AwardScenario", "solved", "rfq_id outcome suppliers lines_left_out"),
    ("order", "OrderIssued", "issued", "rfq_id award_id buyer_id supplier_id number zone lines:EventOrderLine"),
    (
        "order",
        "OrderChanged",
        "acknowledged changed",
        "rfq_id number lines:EventPromisedLine change_order_id revision",
    ),
    (
        "order",
        "OrderFirstArticle",
        "first_article_judged",
        "rfq_id first_article_id line_no gate gate_quantity gate_until",
    ),
    ("order", "OrderAnswered", "answered_with_changes", "rfq_id number lines:EventAnsweredLine"),
    ("order", "OrderRejected", "rejected", "rfq_id number award_id quantity_released reason"),
    ("order", "OrderStarted", "started", "rfq_id"),
    ("order", "OrderHeld", "held resumed", "rfq_id number reason"),
    ("order", "OrderDespatched", "quantities_despatched despatch_cancelled", f"rfq_id despatch_id {_QUANTITIES}"),
    ("order", "OrderReceived", "quantities_received", f"rfq_id receipt_id {_QUANTITIES}"),
    ("order", "OrderInspected", "quantities_inspected", f"rfq_id inspection_id {_QUANTITIES}"),
    (
        "order",
        "OrderCorrected",
        "quantities_corrected",
        f"rfq_id inspection_id nonconformance_id {_QUANTITIES} return_id",
    ),
    ("order", "OrderCompleted", "completed reopened", "rfq_id lines:EventDeliveredLine"),
    (
        "order",
        "OrderEnded",
        "short_closed cancelled",
        "rfq_id number lines:EventClosedLine reason change_order_id revision",
    ),
    (
        "change_order",
        "ChangeOrder",
        "proposed accepted declined withdrawn",
        (
            f"{_ORDER} number side reason cancels acknowledges price_changed terms_changed lines:EventPromisedLine "
            "revision"
        ),
    ),
    (
        "schedule_line",
        "ScheduleLine",
        "forecast called_off released adjusted moved committed fulfilled cancelled",
        _SCHEDULE,
    ),
    ("schedule_line", "ScheduleLineAtRisk", "at_risk", f"{_SCHEDULE} status projected"),
    ("schedule_line", "ScheduleLineOverdue", "overdue", f"{_SCHEDULE} received"),
    ("heartbeat", "Heartbeat", "recorded", f"{_ORDER} raw_stock_days lines:EventProgressLine"),
    (
        "first_article",
        "FirstArticle",
        "submitted approved approved_with_deviation rejected withdrawn",
        f"{_ORDER} line_no attempt plan failing",
    ),
    (
        "despatch",
        "DespatchCreated",
        "created created_on_receipt",
        f"{_ORDER} number kind lines:EventDespatchLine replaces",
    ),
    (
        "despatch",
        "DespatchReceived",
        "partly_received received",
        f"{_ORDER} number receipt_id lines:EventReceivedLine",
    ),
    ("despatch", "DespatchCancelled", "cancelled", f"{_ORDER} number"),
    (
        "receipt",
        "Receipt",
        "recorded",
        f"{_ORDER} despatch_id inspection_id number received_at lines:EventReceivedLine",
    ),
    (
        "inspection",
        "Inspection",
        "requested recorded finished corrected reopened",
        f"{_ORDER} receipt_id lines:EventInspectedLine ship_to_stock nonconformance_id",
    ),
    (
        "inspection_plan",
        "InspectionPlan",
        (
            "created changed tightened returned_to_normal reduced reduced_ended ship_to_stock_begun ship_to_stock_ended "
            "lot_counted lot_shipped_to_stock lot_verified discontinued resumed"
        ),
        "part_number state order_id line_no lot",
    ),
    (
        "nonconformance",
        "NonconformanceOpened",
        "opened complained",
        f"{_NONCONFORMANCE} receipt_id inspection_id characteristics",
    ),
    (
        "nonconformance",
        "Nonconformance",
        (
            "contained cause_found corrected response_returned decided pieces_returned replacement_sent "
            "replacement_cancelled closed"
        ),
        _NONCONFORMANCE,
    ),
    ("return_shipment", "ReturnShipment", "sent received", f"{_LOT} nonconformance_id reference quantity"),
    ("cost_claim", "CostClaim", "raised agreed contested withdrawn settled", f"{_LOT} nonconformance_id category"),
    ("invoice", "InvoiceSubmitted", "submitted", f"{_INVOICE} differing"),
    ("invoice", "Invoice", "matched dispute_resolved withdrawn overdue", _INVOICE),
    ("invoice", "InvoiceDisputed", "disputed", f"{_INVOICE} reason disputed_lines"),
    (
        "invoice",
        "InvoicePaid",
        "part_paid paid payment_confirmed",
        f"{_INVOICE} payment_id payment_kind payment_on paid_on days_to_pay late",
    ),
    ("mark", "Mark", "accepted contested upheld withdrawn", "organisation_id side kind subject line_no lot"),
)


def _catalogue() -> dict[str, Told]:
    told = dict.fromkeys(EVENTS, NOTHING)
    for subject, name, verbs, members in _ROWS:
        row = Told(name=f"{name}EventData", members=tuple(members.split()))
        for verb in verbs.split():
            event = f"{subject}.{verb}"
            if told.get(event) is not NOTHING:
                raise NotInCatalogue(f"{event} is no event, or has two rows")
            told[event] = row
    return told


TOLD: dict[str, Told] = _catalogue()
"""By event type, for every type there is."""

_KEYS: dict[str, frozenset[str]] = {event: row.keys for event, row in TOLD.items()}


def require(event: str, *parts: Mapping[str, Any] | None) -> None:
    """Raise NotInCatalogue when there is no such event, or one of `parts` has a member that its row has not."""
    keys = _KEYS.get(event)
    if keys is None:
        raise NotInCatalogue(f"there is no event {event}: write its arrow in domain/lifecycle first")
    for part in parts:
        if part and not keys.issuperset(part):
            extra = ", ".join(sorted(part.keys() - keys))
            raise NotInCatalogue(f"{event} says {extra}: add it to its row in domain/ledger/catalogue.py")
