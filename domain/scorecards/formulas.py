"""The catalogue of formulas. Whoever changes what a figure means raises VERSION: answers and drawings name it."""

from domain.scorecards.model import Formula

VERSION = 1

CATALOGUE: tuple[Formula, ...] = (
    Formula(
        code="on_time_in_full",
        side="supplier",
        kind="share",
        unit="share",
        direction="higher_is_better",
        minimum=5,
        id="Tepat waktu dan lengkap",
        en="On time in full",
        definition=(
            "Of the delivery lines that fell due: those whose whole quantity had been received by the end of their day in "
            "the buyer's zone. Delivery lines are the called-off lines of the schedule, served by what arrives in their order; "
            "where an order line has no schedule, it is one itself, due on the day that was asked for and moved by both, else on "
            "the day promised. What is received in full earlier counts at once. Time on hold moves the day; what ended "
            "before it is left out."
        ),
        events=(
            "order.issued",
            "order.acknowledged",
            "order.changed",
            "order.held",
            "order.resumed",
            "order.rejected",
            "order.short_closed",
            "order.cancelled",
            "receipt.recorded",
            "schedule_line.forecast",
            "schedule_line.called_off",
            "schedule_line.released",
            "schedule_line.adjusted",
            "schedule_line.moved",
            "schedule_line.cancelled",
        ),
    ),
    Formula(
        code="rejected_ppm",
        side="supplier",
        kind="ppm",
        unit="ppm",
        direction="lower_is_better",
        minimum=3,
        id="Bagian ditolak per sejuta",
        en="Rejected parts per million",
        definition=(
            "1,000,000 x rejected / (accepted + rejected), over inspected lots counted in whole units; later corrections are "
            "netted into their lot, which counts at its newest rejection, else at its first inspection."
        ),
        events=(
            "order.issued",
            "inspection.recorded",
            "inspection.finished",
            "inspection.corrected",
            "inspection.reopened",
        ),
    ),
    Formula(
        code="lots_accepted",
        side="supplier",
        kind="share",
        unit="share",
        direction="higher_is_better",
        minimum=5,
        id="Lot tanpa penolakan",
        en="Lots without rejection",
        definition="Of the inspected lots, in any unit: those of which nothing stands rejected.",
        events=(
            "order.issued",
            "inspection.recorded",
            "inspection.finished",
            "inspection.corrected",
            "inspection.reopened",
        ),
    ),
    Formula(
        code="response",
        side="supplier",
        kind="share",
        unit="share",
        direction="higher_is_better",
        minimum=5,
        id="Undangan yang dijawab",
        en="Invitations answered",
        definition=(
            "Of the invitations to RFQs whose quoting has closed: those answered with a submitted quote or a coded decline. An RFQ "
            "cancelled while quoting was open is left out."
        ),
        events=(
            "participation.invited",
            "participation.declined",
            "quote.submitted",
            "rfq.published",
            "rfq.closed",
            "rfq.cancelled",
        ),
    ),
    Formula(
        code="acknowledgement_days",
        side="supplier",
        kind="median",
        unit="days",
        direction="lower_is_better",
        minimum=3,
        id="Waktu konfirmasi pesanan",
        en="Time to acknowledge",
        definition="Median days of 24 hours from the issue of an order to the supplier's first answer to it.",
        events=("order.issued", "order.acknowledged", "order.answered_with_changes", "order.rejected"),
    ),
    Formula(
        code="corrective_action_days",
        side="supplier",
        kind="median",
        unit="days",
        direction="lower_is_better",
        minimum=3,
        id="Waktu tindakan perbaikan",
        en="Time to corrective action",
        definition="Median days of 24 hours from the opening of a nonconformance to its corrective action.",
        events=("order.issued", "nonconformance.opened", "nonconformance.complained", "nonconformance.corrected"),
    ),
    Formula(
        code="answer_hours",
        side="buyer",
        kind="median",
        unit="hours",
        direction="lower_is_better",
        minimum=3,
        id="Waktu jawaban pertanyaan",
        en="Time to answer questions",
        definition="Median hours from a question to the buyer's answer, or its coded refusal to answer.",
        events=("rfq.published", "question.asked", "question.answered", "question.declined"),
    ),
    Formula(
        code="award_rate",
        side="buyer",
        kind="share",
        unit="share",
        direction="higher_is_better",
        minimum=5,
        id="RFQ yang berakhir dengan pemenang",
        en="RFQs that end with an award",
        definition="Of the published firm RFQs that ended: those of which something was awarded. A cancelled one ended without.",
        events=(
            "rfq.published",
            "rfq.awarded",
            "rfq.partially_awarded",
            "rfq.not_awarded",
            "rfq.cancelled",
        ),
    ),
    Formula(
        code="changes_after_award",
        side="buyer",
        kind="ratio",
        unit="per_order",
        direction="lower_is_better",
        minimum=3,
        id="Perubahan setelah penetapan",
        en="Changes after award",
        definition="Accepted change orders that the buyer proposed, per order issued; they count at the order's issue.",
        events=("order.issued", "change_order.accepted"),
    ),
    Formula(
        code="days_to_pay",
        side="buyer",
        kind="median",
        unit="days",
        direction="lower_is_better",
        minimum=3,
        id="Hari sampai dibayar",
        en="Days to pay",
        definition=(
            "Median calendar days from the day of an invoice to the day on which its last payment was made, as recorded. One "
            "paid after its day is a mark."
        ),
        events=("order.issued", "invoice.submitted", "invoice.paid"),
    ),
    Formula(
        code="disputes",
        side="buyer",
        kind="share",
        unit="share",
        direction="lower_is_better",
        minimum=5,
        id="Faktur yang disengketakan",
        en="Invoices disputed",
        definition="Of the invoices submitted: those that the buyer disputed at any time; they count at their submission.",
        events=("order.issued", "invoice.submitted", "invoice.disputed"),
    ),
)

BY_CODE: dict[str, Formula] = {formula.code: formula for formula in CATALOGUE}
REPLIES = ("mark.accepted", "mark.contested", "mark.upheld", "mark.withdrawn")
TYPES: tuple[str, ...] = tuple(sorted({name for formula in CATALOGUE for name in formula.events} | set(REPLIES)))
"""Every type of event that a scorecard is made of."""
