"""From the request to the award."""

from domain.lifecycle.machine import machine

RFQ = machine(
    "rfq",
    "draft open closed evaluating awarded partially_awarded not_awarded cancelled",
    "awarded not_awarded cancelled",
    ("create", "-", "draft", "buyer", "create_rfq", "created"),
    ("update", "draft", "=", "buyer", "update_rfq", "updated"),
    ("attach_document", "draft", "=", "buyer", "attach_document", "document_attached"),
    ("detach_document", "draft", "=", "buyer", "detach_document", "document_detached"),
    ("publish", "draft", "open", "buyer", "publish_rfq", "published"),
    ("publish_addendum", "open", "=", "buyer", "publish_addendum", "addendum_published"),
    ("extend", "open", "=", "buyer", "extend_rfq", "extended"),
    ("close", "open", "closed", "clock", None, "closed"),
    ("approve_opening", "closed", "=", "buyer", "open_quotes", "opening_approved"),
    ("open_technical", "closed", "=", "buyer", "open_quotes", "technical_opened"),
    ("open_quotes", "closed", "evaluating", "buyer", "open_quotes", "quotes_opened"),
    ("start_round", "evaluating", "open", "buyer", "start_round", "round_started"),
    ("close_scores", "evaluating", "=", "buyer", "close_scores", "scores_closed"),
    ("reserve", "evaluating partially_awarded", "=", "system", None, "quantities_reserved"),
    ("release", "evaluating partially_awarded", "=", "system", None, "quantities_released"),
    ("award", "evaluating partially_awarded", "awarded", "system", None, "awarded"),
    ("award_partially", "evaluating partially_awarded", "partially_awarded", "system", None, "partially_awarded"),
    ("close_without_award", "closed evaluating", "not_awarded", "buyer", "close_rfq_without_award", "not_awarded"),
    ("close_rest", "partially_awarded", "=", "buyer", "close_rfq_without_award", "rest_not_awarded"),
    ("cancel", "draft open closed evaluating", "cancelled", "buyer", "cancel_rfq", "cancelled"),
    ("reissue", "awarded partially_awarded not_awarded cancelled", "=", "buyer", "reissue_rfq", "reissued"),
    ("drop_reissue", "awarded partially_awarded not_awarded cancelled", "=", "buyer", None, "reissue_dropped"),
)

PARTICIPATION = machine(
    "participation",
    "invited viewed interested declined",
    "",
    ("invite", "-", "invited", "buyer", "invite_suppliers", "invited"),
    ("join_open", "-", "interested", "supplier", "join_rfq", "joined"),
    ("view", "invited", "viewed", "supplier", None, "viewed"),
    ("join", "invited viewed declined", "interested", "supplier", "join_rfq", "interested"),
    ("accept_nda", "invited viewed interested", "=", "supplier", "accept_nda", "nda_accepted"),
    ("read_document", "invited viewed interested", "=", "supplier", "download_file", "document_read"),
    ("decline", "invited viewed interested", "declined", "supplier", "decline_rfq", "declined"),
    ("enter_round", "invited viewed interested declined", "=", "system", None, "invited_to_round"),
    ("miss_round", "invited viewed interested declined", "=", "system", None, "not_in_round"),
)

QUESTION = machine(
    "question",
    "asked answered declined",
    "answered declined",
    ("ask", "-", "asked", "supplier", "ask_question", "asked"),
    ("answer", "asked", "answered", "buyer", "answer_question", "answered"),
    ("decline", "asked", "declined", "buyer", "decline_question", "declined"),
    ("end", "asked", "declined", "system", None, "declined"),
)

QUOTE = machine(
    "quote",
    "draft submitted needs_reconfirmation opened superseded awarded partially_awarded not_awarded withdrawn lapsed "
    "disqualified expired",
    "superseded awarded not_awarded lapsed disqualified expired",
    ("create", "-", "draft", "supplier", "create_quote", "created"),
    ("update", "draft submitted needs_reconfirmation withdrawn", "=", "supplier", "update_quote", "updated"),
    ("submit", "draft submitted needs_reconfirmation withdrawn", "submitted", "supplier", "submit_quote", "submitted"),
    ("disturb", "submitted needs_reconfirmation", "needs_reconfirmation", "system", None, "needs_reconfirmation"),
    ("restore", "needs_reconfirmation", "submitted", "system", None, "restored"),
    ("reconfirm", "needs_reconfirmation", "submitted", "supplier", "reconfirm_quote", "reconfirmed"),
    ("withdraw", "submitted needs_reconfirmation", "withdrawn", "supplier", "withdraw_quote", "withdrawn"),
    ("lapse", "draft submitted needs_reconfirmation withdrawn", "lapsed", "clock system", None, "lapsed"),
    ("open_technical", "submitted needs_reconfirmation", "=", "system", None, "technical_opened"),
    ("open", "submitted needs_reconfirmation", "opened", "system", None, "opened"),
    ("shortlist", "opened", "=", "buyer", "shortlist_quote", "shortlisted"),
    ("amend", "opened", "=", "system", None, "amended"),
    ("hear_of_award", "opened", "=", "system", None, "award_intended"),
    ("supersede", "opened", "superseded", "system", None, "superseded"),
    (
        "disqualify",
        "submitted needs_reconfirmation opened",
        "disqualified",
        "buyer",
        "disqualify_quote",
        "disqualified",
    ),
    ("award", "opened partially_awarded", "awarded", "system", None, "awarded"),
    ("award_partially", "opened partially_awarded", "partially_awarded", "system", None, "partially_awarded"),
    ("not_award", "submitted needs_reconfirmation opened", "not_awarded", "system", None, "not_awarded"),
    ("expire", "opened", "expired", "clock", None, "expired"),
)

COUNTER_OFFER = machine(
    "counter_offer",
    "proposed accepted declined withdrawn expired",
    "accepted declined withdrawn expired",
    ("propose", "-", "proposed", "buyer", "create_counter_offer", "proposed"),
    ("accept", "proposed", "accepted", "supplier", "accept_counter_offer", "accepted"),
    ("decline", "proposed", "declined", "supplier", "decline_counter_offer", "declined"),
    ("withdraw", "proposed", "withdrawn", "buyer system", "withdraw_counter_offer", "withdrawn"),
    ("expire", "proposed", "expired", "clock", None, "expired"),
)

SCORE_SHEET = machine(
    "score_sheet",
    "open submitted",
    "submitted",
    ("create", "-", "open", "buyer", "score_quotes", "created"),
    ("update", "open", "=", "buyer", "score_quotes", "updated"),
    ("submit", "open", "submitted", "buyer", "submit_scores", "submitted"),
)

AWARD = machine(
    "award",
    "proposed issued accepted declined lapsed cancelled",
    "accepted declined lapsed cancelled",
    ("propose", "-", "proposed", "buyer", "propose_award", "proposed"),
    ("issue", "proposed", "issued", "buyer", "issue_award", "issued"),
    ("accept", "issued", "accepted", "supplier", "accept_award", "accepted"),
    ("decline", "issued", "declined", "supplier", "decline_award", "declined"),
    ("extend", "issued", "=", "system", None, "extended"),
    ("lapse", "issued", "lapsed", "clock", None, "lapsed"),
    ("cancel", "proposed issued", "cancelled", "buyer", "cancel_award", "cancelled"),
    ("set_aside", "issued", "cancelled", "system", None, "set_aside"),
)

OBJECTION = machine(
    "objection",
    "filed upheld dismissed",
    "upheld dismissed",
    ("file", "-", "filed", "supplier", "file_objection", "filed"),
    ("uphold", "filed", "upheld", "buyer", "decide_objection", "upheld"),
    ("dismiss", "filed", "dismissed", "buyer", "decide_objection", "dismissed"),
)

AWARD_SCENARIO = machine(
    "award_scenario",
    "solved",
    "solved",
    ("solve", "-", "solved", "buyer", "solve_award_scenario", "solved"),
)

MACHINES = (RFQ, PARTICIPATION, QUESTION, QUOTE, COUNTER_OFFER, SCORE_SHEET, AWARD, OBJECTION, AWARD_SCENARIO)
"""In reading order."""
