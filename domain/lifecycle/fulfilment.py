"""From the order to the accepted piece."""

from domain.lifecycle.machine import machine

ORDER = machine(
    "order",
    "issued acknowledged in_progress completed rejected on_hold short_closed cancelled",
    "rejected short_closed cancelled",
    ("create", "-", "issued", "system", None, "issued"),
    ("acknowledge", "issued", "acknowledged", "supplier", "acknowledge_order", "acknowledged"),
    (
        "judge",
        "acknowledged in_progress completed on_hold short_closed cancelled",
        "=",
        "system",
        None,
        "first_article_judged",
    ),
    ("answer", "issued", "=", "supplier", "acknowledge_order", "answered_with_changes"),
    ("agree", "issued", "acknowledged", "system", None, "acknowledged"),
    ("reject", "issued", "rejected", "supplier", "reject_order", "rejected"),
    ("start", "acknowledged", "in_progress", "system", None, "started"),
    ("change", "issued acknowledged in_progress on_hold", "=", "system", None, "changed"),
    ("hold", "issued acknowledged in_progress", "on_hold", "buyer", "hold_order", "held"),
    ("resume_issued", "on_hold", "issued", "buyer", "resume_order", "resumed"),
    ("resume_acknowledged", "on_hold", "acknowledged", "buyer", "resume_order", "resumed"),
    ("resume_in_progress", "on_hold", "in_progress", "buyer", "resume_order", "resumed"),
    ("despatch", "in_progress", "=", "system", None, "quantities_despatched"),
    (
        "cancel_despatch",
        "in_progress completed on_hold short_closed cancelled",
        "=",
        "system",
        None,
        "despatch_cancelled",
    ),
    ("receive", "in_progress completed on_hold short_closed cancelled", "=", "system", None, "quantities_received"),
    ("inspect", "in_progress completed on_hold short_closed cancelled", "=", "system", None, "quantities_inspected"),
    ("correct", "in_progress completed on_hold short_closed cancelled", "=", "system", None, "quantities_corrected"),
    ("complete", "in_progress", "completed", "system", None, "completed"),
    ("reopen", "completed", "in_progress", "system", None, "reopened"),
    ("short_close", "in_progress on_hold", "short_closed", "buyer", "short_close_order", "short_closed"),
    ("cancel", "issued acknowledged in_progress on_hold", "cancelled", "buyer", "cancel_order", "cancelled"),
    ("cancel_agreed", "issued acknowledged in_progress on_hold", "cancelled", "system", None, "cancelled"),
)

CHANGE_ORDER = machine(
    "change_order",
    "proposed accepted declined withdrawn",
    "accepted declined withdrawn",
    ("propose", "-", "proposed", "buyer supplier", "propose_change_order", "proposed"),
    ("accept", "proposed", "accepted", "buyer supplier", "accept_change_order", "accepted"),
    ("decline", "proposed", "declined", "buyer supplier", "decline_change_order", "declined"),
    ("withdraw", "proposed", "withdrawn", "buyer supplier system", "withdraw_change_order", "withdrawn"),
)

SCHEDULE_LINE = machine(
    "schedule_line",
    "forecast firm fulfilled cancelled",
    "fulfilled cancelled",
    ("forecast", "-", "forecast", "buyer system", "put_schedule", "forecast"),
    ("call_off", "-", "firm", "buyer system", "put_schedule", "called_off"),
    ("release", "forecast", "firm", "buyer", "put_schedule", "released"),
    ("adjust", "forecast firm", "=", "buyer system", "put_schedule", "adjusted"),
    ("move", "forecast firm", "=", "system", None, "moved"),
    ("commit", "firm", "=", "supplier", "commit_schedule_line", "committed"),
    ("warn", "firm", "=", "clock system", None, "at_risk"),
    ("miss", "firm", "=", "clock", None, "overdue"),
    ("fulfil", "firm", "fulfilled", "system", None, "fulfilled"),
    ("cancel", "forecast firm", "cancelled", "buyer system", "put_schedule", "cancelled"),
)

HEARTBEAT = machine(
    "heartbeat",
    "recorded",
    "recorded",
    ("record", "-", "recorded", "supplier", "record_heartbeat", "recorded"),
)

FIRST_ARTICLE = machine(
    "first_article",
    "submitted approved approved_with_deviation rejected withdrawn",
    "approved approved_with_deviation rejected withdrawn",
    ("submit", "-", "submitted", "supplier", "submit_first_article", "submitted"),
    ("approve", "submitted", "approved", "buyer", "decide_first_article", "approved"),
    (
        "approve_with_deviation",
        "submitted",
        "approved_with_deviation",
        "buyer",
        "decide_first_article",
        "approved_with_deviation",
    ),
    ("reject", "submitted", "rejected", "buyer", "decide_first_article", "rejected"),
    ("withdraw", "submitted", "withdrawn", "supplier", "withdraw_first_article", "withdrawn"),
)

DESPATCH = machine(
    "despatch",
    "despatched received cancelled",
    "received cancelled",
    ("create", "-", "despatched", "supplier", "create_despatch", "created"),
    ("create_on_receipt", "-", "despatched", "buyer", "record_receipt", "created_on_receipt"),
    ("receive_part", "despatched", "=", "system", None, "partly_received"),
    ("receive", "despatched", "received", "system", None, "received"),
    ("cancel", "despatched", "cancelled", "supplier", "cancel_despatch", "cancelled"),
)

RECEIPT = machine(
    "receipt",
    "counted",
    "counted",
    ("record", "-", "counted", "buyer", "record_receipt", "recorded"),
)

INSPECTION = machine(
    "inspection",
    "pending done",
    "",
    ("create", "-", "pending", "system", None, "requested"),
    ("record", "pending", "=", "buyer", "record_inspection", "recorded"),
    ("finish", "pending", "done", "buyer", "record_inspection", "finished"),
    # Lots that are shipped to stock: the same two events, told apart by `ship_to_stock` in them.
    ("stock", "pending", "=", "system", None, "recorded"),
    ("stock_all", "pending", "done", "system", None, "finished"),
    ("correct", "pending done", "=", "system", None, "corrected"),
    ("reopen", "pending done", "pending", "system", None, "reopened"),
)

INSPECTION_PLAN = machine(
    "inspection_plan",
    "normal tightened reduced ship_to_stock discontinued",
    "",
    ("create", "-", "normal", "buyer", "put_inspection_plan", "created"),
    ("change", "normal tightened reduced ship_to_stock discontinued", "=", "buyer", "put_inspection_plan", "changed"),
    ("end_ship_to_stock", "ship_to_stock", "normal", "buyer", "put_inspection_plan", "ship_to_stock_ended"),
    ("end_reduced", "reduced", "normal", "buyer", "put_inspection_plan", "reduced_ended"),
    ("count", "normal tightened reduced ship_to_stock", "=", "system", None, "lot_counted"),
    ("tighten", "normal", "tightened", "system", None, "tightened"),
    ("relax", "tightened reduced ship_to_stock", "normal", "system", None, "returned_to_normal"),
    ("reduce", "normal", "reduced", "system", None, "reduced"),
    ("trust", "normal reduced", "ship_to_stock", "system", None, "ship_to_stock_begun"),
    ("skip", "ship_to_stock", "=", "system", None, "lot_shipped_to_stock"),
    ("verify", "ship_to_stock", "=", "system", None, "lot_verified"),
    ("discontinue", "tightened", "discontinued", "system", None, "discontinued"),
    ("resume", "discontinued", "tightened", "buyer", "resume_inspection_plan", "resumed"),
)

NONCONFORMANCE = machine(
    "nonconformance",
    "open contained cause_found corrected closed",
    "closed",
    ("open", "-", "open", "system", None, "opened"),
    ("complain", "-", "open", "buyer", "open_nonconformance", "complained"),
    ("contain", "open", "contained", "supplier", "respond_nonconformance", "contained"),
    ("find_cause", "contained", "cause_found", "supplier", "respond_nonconformance", "cause_found"),
    ("correct", "cause_found", "corrected", "supplier", "respond_nonconformance", "corrected"),
    ("send_back_containment", "contained", "open", "buyer", "return_response", "response_returned"),
    ("send_back_cause", "cause_found", "contained", "buyer", "return_response", "response_returned"),
    ("send_back_correction", "corrected", "cause_found", "buyer", "return_response", "response_returned"),
    ("decide", "open contained cause_found corrected", "=", "buyer", "decide_nonconformance", "decided"),
    ("send_return", "open contained cause_found corrected", "=", "buyer", "record_return", "pieces_returned"),
    ("replace", "open contained cause_found corrected", "=", "system", None, "replacement_sent"),
    ("take_back_replacement", "open contained cause_found corrected", "=", "system", None, "replacement_cancelled"),
    ("close", "corrected", "closed", "buyer", "close_nonconformance", "closed"),
)

RETURN_SHIPMENT = machine(
    "return_shipment",
    "sent received",
    "received",
    ("send", "-", "sent", "buyer", "record_return", "sent"),
    ("confirm", "sent", "received", "supplier", "confirm_return", "received"),
)

INVOICE = machine(
    "invoice",
    "submitted matched disputed paid withdrawn",
    "paid withdrawn",
    ("record", "-", "submitted", "supplier", "record_invoice", "submitted"),
    ("match", "submitted", "matched", "buyer", "match_invoice", "matched"),
    ("dispute", "submitted", "disputed", "buyer", "dispute_invoice", "disputed"),
    ("resolve", "disputed", "submitted", "buyer", "resolve_dispute", "dispute_resolved"),
    ("withdraw", "submitted disputed", "withdrawn", "supplier", "withdraw_invoice", "withdrawn"),
    ("pay_part", "matched", "=", "buyer", "record_payment", "part_paid"),
    ("pay", "matched", "paid", "buyer", "record_payment", "paid"),
    ("set_off_part", "matched", "=", "buyer", "set_off_credit", "part_paid"),
    ("set_off", "matched", "paid", "buyer", "set_off_credit", "paid"),
    ("confirm", "matched paid", "=", "supplier", "confirm_payment", "payment_confirmed"),
    ("fall_due", "submitted matched", "=", "clock", None, "overdue"),
)

MARK = machine(
    "mark",
    "accepted contested upheld withdrawn",
    "accepted upheld withdrawn",
    ("accept", "-", "accepted", "supplier buyer", "reply_to_mark", "accepted"),
    ("contest", "-", "contested", "supplier buyer", "reply_to_mark", "contested"),
    ("uphold", "contested", "upheld", "supplier buyer", "decide_mark", "upheld"),
    ("withdraw", "contested", "withdrawn", "supplier buyer", "decide_mark", "withdrawn"),
)
"""What was said of a fact on a scorecard; one that nobody replied to has no row."""

COST_CLAIM = machine(
    "cost_claim",
    "raised agreed contested settled withdrawn",
    "settled withdrawn",
    ("raise", "-", "raised", "buyer", "raise_cost_claim", "raised"),
    ("agree", "raised contested", "agreed", "supplier", "answer_cost_claim", "agreed"),
    ("contest", "raised", "contested", "supplier", "answer_cost_claim", "contested"),
    ("withdraw", "raised contested", "withdrawn", "buyer", "withdraw_cost_claim", "withdrawn"),
    ("settle", "agreed", "settled", "buyer", "settle_cost_claim", "settled"),
)

MACHINES = (
    ORDER,
    CHANGE_ORDER,
    SCHEDULE_LINE,
    HEARTBEAT,
    FIRST_ARTICLE,
    DESPATCH,
    RECEIPT,
    INSPECTION,
    INSPECTION_PLAN,
    NONCONFORMANCE,
    RETURN_SHIPMENT,
    COST_CLAIM,
    INVOICE,
    MARK,
)
"""In reading order."""
