"""From the order to the accepted piece."""

from domain.lifecycle.machine import machine

ORDER = machine(
    "order",
    "issued acknowledged in_progress completed",
    "completed",
    ("create", "-", "issued", "system", None, "issued"),
    ("acknowledge", "issued", "acknowledged", "supplier", "acknowledge_order", "acknowledged"),
    ("judge", "acknowledged in_progress completed", "=", "system", None, "first_article_judged"),
    ("start", "acknowledged", "in_progress", "system", None, "started"),
    ("despatch", "in_progress", "=", "system", None, "quantities_despatched"),
    ("cancel_despatch", "in_progress completed", "=", "system", None, "despatch_cancelled"),
    ("receive", "in_progress completed", "=", "system", None, "quantities_received"),
    ("inspect", "in_progress completed", "=", "system", None, "quantities_inspected"),
    ("complete", "in_progress", "completed", "system", None, "completed"),
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
    "done",
    ("create", "-", "pending", "system", None, "requested"),
    ("record", "pending", "=", "buyer", "record_inspection", "recorded"),
    ("finish", "pending", "done", "buyer", "record_inspection", "finished"),
)

NONCONFORMANCE = machine(
    "nonconformance",
    "open contained cause_found corrected closed",
    "closed",
    ("open", "-", "open", "system", None, "opened"),
    ("contain", "open", "contained", "supplier", "respond_nonconformance", "contained"),
    ("find_cause", "contained", "cause_found", "supplier", "respond_nonconformance", "cause_found"),
    ("correct", "cause_found", "corrected", "supplier", "respond_nonconformance", "corrected"),
    ("decide", "open contained cause_found corrected", "=", "buyer", "decide_nonconformance", "decided"),
    ("close", "corrected", "closed", "buyer", "close_nonconformance", "closed"),
)

MACHINES = (ORDER, FIRST_ARTICLE, DESPATCH, RECEIPT, INSPECTION, NONCONFORMANCE)
"""In reading order."""
