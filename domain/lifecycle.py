"""Every state, every arrow between states, who may take it and what it announces. Read this file first.

A machine is data: the rules, the database's CHECK constraints, the event catalogue, `GET /v1/meta/state-machines`
and the diagrams in `openapi/lifecycle.md` all follow from the arrows below. An arrow without a source creates the
thing; one without a target leaves the state as it is (the version still steps, and there is still one event).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from domain.actors import Side
from domain.errors import Forbidden, StaleVersion, WrongState

Expected = frozenset[int] | None
"""The versions that `If-Match` admits; None when the caller sent none."""

S = TypeVar("S", bound=msgspec.Struct)


class Arrow(msgspec.Struct, frozen=True, kw_only=True):
    """One permitted change of one machine."""

    machine: str
    action: str
    source: tuple[str, ...]
    target: str | None
    by: tuple[Side, ...]
    event: str
    operation: str | None
    """The operation that takes it; None when it is a consequence, or the clock's."""

    def leads_to(self, state: str) -> str:
        """The state after the arrow, coming from `state`."""
        return state if self.target is None else self.target


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """One state machine: its states in reading order, and its arrows by action."""

    name: str
    states: tuple[str, ...]
    ends: frozenset[str]
    """States that nothing leaves."""
    arrows: dict[str, Arrow]

    def __getitem__(self, action: str) -> Arrow:
        return self.arrows[action]


def _machine(name: str, states: str, ends: str, *arrows: tuple[str, str, str, str, str | None, str]) -> Machine:
    """`arrows`: (action, sources, target, sides, operation, event verb); '-' for no source and '=' for no move."""
    table: dict[str, Arrow] = {}
    for action, sources, target, sides, operation, verb in arrows:
        table[action] = Arrow(
            machine=name,
            action=action,
            source=() if sources == "-" else tuple(sources.split()),
            target=None if target == "=" else target,
            by=tuple(Side(side) for side in sides.split()),
            event=f"{name}.{verb}",
            operation=operation,
        )
    return Machine(name=name, states=tuple(states.split()), ends=frozenset(ends.split()), arrows=table)


ORGANISATION = _machine(
    "organisation",
    "registered verified suspended",
    "",
    ("register", "-", "registered", "owner system", "register_organisation", "registered"),
    ("update", "registered verified suspended", "=", "owner operator", "update_organisation", "updated"),
    ("verify", "registered suspended", "verified", "facilitator operator", "verify_organisation", "verified"),
    ("suspend", "registered verified", "suspended", "facilitator operator", "suspend_organisation", "suspended"),
    ("put_capabilities", "registered verified", "=", "owner", "put_capabilities", "capabilities_changed"),
)

MEMBERSHIP = _machine(
    "membership",
    "proposed accepted declined ended",
    "",
    ("propose", "-", "proposed", "owner", "put_members", "proposed"),
    ("propose_again", "declined ended", "proposed", "owner", "put_members", "proposed"),
    ("accept", "proposed", "accepted", "supplier", "accept_membership", "accepted"),
    ("decline", "proposed", "declined", "supplier", "decline_membership", "declined"),
    ("leave", "accepted", "ended", "supplier", "leave_membership", "ended"),
    ("remove", "proposed accepted", "ended", "owner", "put_members", "ended"),
)

CREDENTIAL = _machine(
    "credential",
    "active revoked",
    "revoked",
    ("create", "-", "active", "owner system", "create_credential", "created"),
    ("rotate", "active", "=", "owner", "rotate_credential", "rotated"),
    ("revoke", "active", "revoked", "owner", "revoke_credential", "revoked"),
)

FILE = _machine(
    "file",
    "scanning clean rejected",
    "clean rejected",
    ("receive", "-", "scanning", "owner", "upload_file", "received"),
    ("pass", "scanning", "clean", "system", None, "passed"),
    ("reject", "scanning", "rejected", "system", None, "rejected"),
)

RFQ = _machine(
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

PARTICIPATION = _machine(
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

QUESTION = _machine(
    "question",
    "asked answered declined",
    "answered declined",
    ("ask", "-", "asked", "supplier", "ask_question", "asked"),
    ("answer", "asked", "answered", "buyer", "answer_question", "answered"),
    ("decline", "asked", "declined", "buyer", "decline_question", "declined"),
    ("end", "asked", "declined", "system", None, "declined"),
)

QUOTE = _machine(
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

COUNTER_OFFER = _machine(
    "counter_offer",
    "proposed accepted declined withdrawn expired",
    "accepted declined withdrawn expired",
    ("propose", "-", "proposed", "buyer", "create_counter_offer", "proposed"),
    ("accept", "proposed", "accepted", "supplier", "accept_counter_offer", "accepted"),
    ("decline", "proposed", "declined", "supplier", "decline_counter_offer", "declined"),
    ("withdraw", "proposed", "withdrawn", "buyer system", "withdraw_counter_offer", "withdrawn"),
    ("expire", "proposed", "expired", "clock", None, "expired"),
)

SCORE_SHEET = _machine(
    "score_sheet",
    "open submitted",
    "submitted",
    ("create", "-", "open", "buyer", "score_quotes", "created"),
    ("update", "open", "=", "buyer", "score_quotes", "updated"),
    ("submit", "open", "submitted", "buyer", "submit_scores", "submitted"),
)

AWARD = _machine(
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

OBJECTION = _machine(
    "objection",
    "filed upheld dismissed",
    "upheld dismissed",
    ("file", "-", "filed", "supplier", "file_objection", "filed"),
    ("uphold", "filed", "upheld", "buyer", "decide_objection", "upheld"),
    ("dismiss", "filed", "dismissed", "buyer", "decide_objection", "dismissed"),
)

AWARD_SCENARIO = _machine(
    "award_scenario",
    "solved",
    "solved",
    ("solve", "-", "solved", "buyer", "solve_award_scenario", "solved"),
)

ORDER = _machine(
    "order",
    "issued acknowledged in_progress completed",
    "completed",
    ("create", "-", "issued", "system", None, "issued"),
    ("acknowledge", "issued", "acknowledged", "supplier", "acknowledge_order", "acknowledged"),
    ("start", "acknowledged", "in_progress", "system", None, "started"),
    ("despatch", "in_progress", "=", "system", None, "quantities_despatched"),
    ("cancel_despatch", "in_progress completed", "=", "system", None, "despatch_cancelled"),
    ("receive", "in_progress completed", "=", "system", None, "quantities_received"),
    ("inspect", "in_progress completed", "=", "system", None, "quantities_inspected"),
    ("complete", "in_progress", "completed", "system", None, "completed"),
)

DESPATCH = _machine(
    "despatch",
    "despatched received cancelled",
    "received cancelled",
    ("create", "-", "despatched", "supplier", "create_despatch", "created"),
    ("receive_part", "despatched", "=", "system", None, "partly_received"),
    ("receive", "despatched", "received", "system", None, "received"),
    ("cancel", "despatched", "cancelled", "supplier", "cancel_despatch", "cancelled"),
)

RECEIPT = _machine(
    "receipt",
    "counted",
    "counted",
    ("record", "-", "counted", "buyer", "record_receipt", "recorded"),
)

INSPECTION = _machine(
    "inspection",
    "pending done",
    "done",
    ("create", "-", "pending", "system", None, "requested"),
    ("record", "pending", "=", "buyer", "record_inspection", "recorded"),
    ("finish", "pending", "done", "buyer", "record_inspection", "finished"),
)

NONCONFORMANCE = _machine(
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

WEBHOOK_ENDPOINT = _machine(
    "webhook_endpoint",
    "active disabled deleted",
    "deleted",
    ("create", "-", "active", "owner", "create_webhook_endpoint", "created"),
    ("update", "active disabled", "=", "owner", "update_webhook_endpoint", "updated"),
    ("rotate", "active disabled", "=", "owner", "rotate_webhook_secret", "secret_rotated"),
    ("disable", "active", "disabled", "owner system", "update_webhook_endpoint", "disabled"),
    ("enable", "disabled", "active", "owner", "update_webhook_endpoint", "enabled"),
    ("delete", "active disabled", "deleted", "owner", "delete_webhook_endpoint", "deleted"),
)

MACHINES: dict[str, Machine] = {
    machine.name: machine
    for machine in (
        ORGANISATION,
        MEMBERSHIP,
        CREDENTIAL,
        FILE,
        RFQ,
        PARTICIPATION,
        QUESTION,
        QUOTE,
        COUNTER_OFFER,
        SCORE_SHEET,
        AWARD,
        OBJECTION,
        AWARD_SCENARIO,
        ORDER,
        DESPATCH,
        RECEIPT,
        INSPECTION,
        NONCONFORMANCE,
        WEBHOOK_ENDPOINT,
    )
}

DELETED_DRAFT = "rfq.deleted"
"""The one event without an arrow: a draft that nobody else saw may be removed; its events stay."""

EVENTS: tuple[str, ...] = tuple(
    sorted({arrow.event for machine in MACHINES.values() for arrow in machine.arrows.values()} | {DELETED_DRAFT})
)
"""The catalogue: every event type that can be announced."""


def step(arrow: Arrow, state: str, sides: Iterable[Side]) -> Arrow:
    """`arrow` if an actor on `sides` may take it from `state`.

    Raises Forbidden when the arrow belongs to another side, WrongState when no such arrow leaves `state`.
    """
    sides = frozenset(sides)
    if not sides.intersection(arrow.by):
        raise Forbidden(
            f"Only the {' or the '.join(arrow.by)} may {arrow.action.replace('_', ' ')} this {arrow.machine}."
        )
    if state not in arrow.source:
        raise WrongState(
            f"Cannot {arrow.action.replace('_', ' ')} while the {arrow.machine} is {state}; "
            f"it has to be {' or '.join(arrow.source)}.",
            state=state,
            allowed=operations(MACHINES[arrow.machine], state, sides),
        )
    return arrow


def operations(machine: Machine, state: str, sides: Iterable[Side]) -> list[str]:
    """Operations that leave `state` (or change the thing within it) and belong to one of `sides`, in the table's order."""
    sides = frozenset(sides)
    found = (
        arrow.operation
        for arrow in machine.arrows.values()
        if arrow.operation is not None and state in arrow.source and sides.intersection(arrow.by)
    )
    return list(dict.fromkeys(found))


def require_version(version: int, expected: Expected) -> None:
    """Raise StaleVersion when the caller named versions and this is none of them."""
    if expected is not None and version not in expected:
        raise StaleVersion


def advance(thing: S, arrow: Arrow, at: datetime, **changes: Any) -> S:
    """`thing` after `arrow`: next state, next version, `updated_at`, and `changes` to its other fields."""
    current: Any = thing
    return msgspec.structs.replace(
        thing, state=arrow.leads_to(current.state), version=current.version + 1, updated_at=at, **changes
    )
