"""Nonconformances: what was rejected, and what both sides do about it."""

from typing import Annotated, Literal, Self

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from api.call import Call, View, etag_of
from api.contract import Api
from api.paging import After, Limit
from api.routes.despatches import Lot
from api.routes.quality import Defect, Person
from api.routes.rfqs_in import LineNo
from api.wire import (
    Blocked,
    DecimalText,
    ETag,
    Id,
    In,
    Out,
    Page,
    Text40,
    Text80,
    Text2000,
    Timestamp,
    decimal_text,
    utc,
)
from domain.ids import read, show
from domain.quality import commands, model, queries, rules
from domain.vocabularies import state_label

Disposition = Literal["rework", "return", "replace", "scrap"]


class NonconformanceStep(Out):
    """What one side wrote when it took a step."""

    action: Text40
    at: Timestamp
    by: Person
    disposition: Text40 | None
    note: Text2000 | None


class Nonconformance(Out):
    """A claim about `quantity` that was rejected of one lot."""

    id: Id
    order_id: Id
    inspection_id: Id
    state: Text40
    state_label: Text80
    allowed_actions: Annotated[list[Text80], Meta(max_length=20)]
    blocked_actions: Annotated[list[Blocked], Meta(max_length=20)]
    etag: ETag
    line_no: LineNo
    lot: Lot
    quantity: DecimalText
    disposition: Disposition | None
    defects: Annotated[list[Defect], Meta(max_length=100)]
    steps: Annotated[list[NonconformanceStep], Meta(max_length=100)]
    created_at: Timestamp
    updated_at: Timestamp

    @classmethod
    def of(cls, thing: model.Nonconformance, view: View) -> Self:
        """As either party sees it."""
        allowed, blocked = rules.available(thing, view.actor, now=view.now)
        return cls(
            id=show("nonconformance", thing.id),
            order_id=show("order", thing.order_id),
            inspection_id=show("inspection", thing.inspection_id),
            state=thing.state,
            state_label=state_label("nonconformance", thing.state, view.language),
            allowed_actions=allowed,
            blocked_actions=[Blocked.of(name, refusal) for name, refusal in blocked],
            etag=etag_of(thing.version),
            line_no=thing.line_no,
            lot=thing.lot,
            quantity=decimal_text(thing.quantity),
            disposition=thing.disposition,  # type: ignore[arg-type]  # the table's CHECK admits these alone
            defects=[Defect.of(defect) for defect in thing.detail.defects],
            steps=[
                NonconformanceStep(
                    action=item.action, at=utc(item.at), by=item.by, disposition=item.disposition, note=item.note
                )
                for item in thing.detail.steps
            ],
            created_at=utc(thing.created_at),
            updated_at=utc(thing.updated_at),
        )


class NonconformancePage(Page[Nonconformance]):
    """Nonconformances of one order, oldest first."""


class NonconformanceRespond(In):
    """The step that the supplier reports, and what was done."""

    step: Literal["contained", "cause_found", "corrected"]
    note: Text2000


class NonconformanceDecide(In, kw_only=True):
    """What becomes of the rejected quantity."""

    disposition: Disposition
    note: Text2000 | None = None


@get("/v1/orders/{order_id:str}/nonconformances", tags=["Nonconformances"], opt={"api": Api(scopes=("orders:read",))})
async def list_nonconformances(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    limit: Limit = 50,
    after: After = None,
    claim_state: Annotated[
        str | None, QueryParameter(name="state", max_length=40, description="Only this state.")
    ] = None,
) -> Response[NonconformancePage]:
    """List the nonconformances of an order, oldest first.

    With the defects found and what each side wrote.
    """
    return await call.listed(
        lambda behind, count: queries.list_nonconformances(
            call.db, call.actor, read("order", order_id), after=behind, limit=count, state=claim_state
        ),
        Nonconformance.of,
        NonconformancePage,
        kind="nonconformance",
        after=after,
        limit=limit,
        filters=["nonconformances", order_id, claim_state],
    )


@post(
    "/v1/orders/{order_id:str}/nonconformances/{nonconformance_id:str}/respond",
    status_code=200,
    tags=["Nonconformances"],
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True)},
)
async def respond_nonconformance(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[NonconformanceRespond],
) -> Response[Nonconformance]:
    """Report the next step on a claim.

    The supplier contains, finds the cause, corrects: one after the other, each with what was done.
    """
    order, claim = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.respond_nonconformance(
            db, call.actor, order, claim, data.step, data.note, expected=call.expected
        ),
        Nonconformance.of,
    )


@post(
    "/v1/orders/{order_id:str}/nonconformances/{nonconformance_id:str}/decide",
    status_code=200,
    tags=["Nonconformances"],
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True)},
)
async def decide_nonconformance(
    call: NamedDependency[Call],
    order_id: FromPath[str],
    nonconformance_id: FromPath[str],
    data: JSONBody[NonconformanceDecide],
) -> Response[Nonconformance]:
    """Say what becomes of the rejected quantity.

    The buyer decides; the decision may be changed until the claim is closed.
    """
    order, claim = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.decide_nonconformance(
            db, call.actor, order, claim, data.disposition, data.note, expected=call.expected
        ),
        Nonconformance.of,
    )


@post(
    "/v1/orders/{order_id:str}/nonconformances/{nonconformance_id:str}/close",
    status_code=200,
    tags=["Nonconformances"],
    opt={"api": Api(scopes=("quality:write",), transition=True, etag=True, codes=("incomplete",))},
)
async def close_nonconformance(
    call: NamedDependency[Call], order_id: FromPath[str], nonconformance_id: FromPath[str]
) -> Response[Nonconformance]:
    """Close a claim.

    The buyer closes what is corrected and decided.
    """
    order, claim = read("order", order_id), read("nonconformance", nonconformance_id)
    return await call.change(
        lambda db: commands.close_nonconformance(db, call.actor, order, claim, expected=call.expected),
        Nonconformance.of,
    )


HANDLERS = [list_nonconformances, respond_nonconformance, decide_nonconformance, close_nonconformance]
