"""Events on the wire: one `Event`, a union with an arm for each type of the catalogue.

The arms exist for the contract, and for whoever decodes a feed in Python. What is sent is written by `EventOut`, which
has their shape without the union: `data` goes out as it was recorded, and nothing is decoded to be encoded again.
"""

import functools
import operator
from typing import TYPE_CHECKING, Annotated, Any, Self

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.wire import Day, DecimalText, Id, Int64, Out, Text40, Timestamp, utc
from domain.ids import PREFIXES, show, show_optional
from domain.ledger import model
from domain.ledger.catalogue import ITEMS, TOLD, Told
from domain.lifecycle import DELETED_DRAFT, MACHINES

EventData = Annotated[
    dict[str, Any],
    Meta(
        title="EventData",
        description="What the event says besides: ids, states and quantities by its type. Never a price.",
    ),
]

_Code = Annotated[str, Meta(max_length=80)]
_Line = Annotated[str, Meta(max_length=200)]
_Text = Annotated[str, Meta(max_length=2000)]
_Hex = Annotated[str, Meta(max_length=64)]
_Numbers = Annotated[list[Int64], Meta(max_length=2000)]
_Codes = Annotated[list[_Code], Meta(max_length=2000)]

_KINDS: tuple[tuple[Any, str], ...] = (
    (
        Id,
        (
            "award_id buyer_id change_order_id cooperative_id counter_offer_id despatch_id document_id first_article_id "
            "inspection_id member_id nonconformance_id order_id organisation_id payment_id question_id quote_id receipt_id "
            "return_id rfq_id supplier_id credits follows reissue_of reissued_as replaces subject superseded_by"
        ),
    ),
    (Annotated[list[Id], Meta(max_length=2000)], "quotes"),
    (
        Timestamp,
        (
            "accept_by answer_by closed_at expired_at gate_until opened_at questions_close_at quotes_close_at received_at "
            "scores_closed_at standstill_until technical_opened_at"
        ),
    ),
    (Day, "committed_on due_on issued_on paid_on payment_on promised_on"),
    (
        DecimalText,
        (
            "accepted annual_quantity damaged despatched gate_quantity idr_unit_value in_progress open ordered projected "
            "quantity received rejected replaced returned short"
        ),
    ),
    (
        Int64,
        (
            "addendum_revision amendment approvals attempt days_to_pay line_no lines_left_out nda_version raw_stock_days "
            "mappings revision round size submission suppliers"
        ),
    ),
    (_Numbers, "added_lines changed_lines characteristics disputed_lines failing lines_not_reconfirmed"),
    (_Numbers, "lines_to_reconfirm removed_lines"),
    (
        bool,
        (
            "acknowledges cancels concession late material price_changed quantity_released ship_to_stock shortlisted "
            "terms_changed"
        ),
    ),
    (_Hex, "commitment nonce root"),
    (
        _Code,
        (
            "answer category change disabled_reason disposition gate hs_code intent kind origin outcome payment_kind plan "
            "rank_band reason side state status unit verdict visibility zone"
        ),
    ),
    (_Codes, "changed_terms differing processes roles scopes"),
    (_Line, "external_reference lot number part_number reference"),
    (_Text, "name summary title"),
)
_TYPES: dict[str, Any] = {name: kind for kind, names in _KINDS for name in names.split()}
_OWN: dict[tuple[str, str], Any] = {("ChangeOrderEventData", "number"): Int64}
"""Where a name means something else in one component."""

_CUT_SHORT = Annotated[
    bool,
    Meta(description="Only in webhooks: the event says too much for a message; read the rest in the feed."),
]


class EventOut(Out):
    """One change of one thing, as it is sent: the shape that all arms of `Event` have."""

    id: Id
    type: Annotated[str, Meta(max_length=80)]
    subject_type: Text40
    subject_id: Id | None
    subject_version: Int64 | None
    from_state: Text40 | None
    to_state: Text40 | None
    organisation_id: Id | None
    actor_name: Annotated[str, Meta(max_length=200)]
    at: Timestamp
    data: EventData
    hash: Annotated[str, Meta(max_length=64)]

    @classmethod
    def of(cls, event: model.Event) -> Self:
        """As its reader may see it."""
        return cls(
            id=show("event", event.id),
            type=event.type,
            subject_type=event.subject_type,
            subject_id=show_optional(event.subject_type, event.subject_id),
            subject_version=event.subject_version,
            from_state=event.from_state,
            to_state=event.to_state,
            organisation_id=show_optional("organisation", event.organisation_id),
            actor_name=event.actor_name,
            at=utc(event.at),
            data=event.data,
            hash=event.hash.hex(),
        )

    @staticmethod
    def passed_on(event: model.Shown) -> Any:
        """The same of an event whose `data` is JSON already: a dict with our members in their order, for the encoder alone."""
        subject = event.subject_id
        organisation = event.organisation_id
        return {
            "id": f"evt_{event.id.hex}",
            "type": event.type,
            "subject_type": event.subject_type,
            "subject_id": None if subject is None else f"{PREFIXES[event.subject_type]}_{subject.hex}",
            "subject_version": event.subject_version,
            "from_state": event.from_state,
            "to_state": event.to_state,
            "organisation_id": None if organisation is None else f"org_{organisation.hex}",
            "actor_name": event.actor_name,
            "at": event.at,
            "data": msgspec.Raw(event.data.encode()),
            "hash": event.hash.hex(),
        }


def _struct(name: str, members: list[tuple[str, Any, Any]], doc: str, **options: Any) -> Any:
    namespace: dict[str, Any] = {"__module__": __name__, "__qualname__": name, "__doc__": doc}
    namespace["__annotations__"] = {member: kind for member, kind, _ in members}
    namespace |= {member: default for member, _, default in members if default is not msgspec.NODEFAULT}
    meta: Any = type(Out)
    return meta(name, (Out,), namespace, **options)


def _optional(component: str, member: str, items: dict[str, Any]) -> tuple[str, Any, Any]:
    """What was recorded by another release may lack it; null is what was not known."""
    name, _, item = member.partition(":")
    kind: Any = _OWN.get((component, name)) or _TYPES.get(name)
    if item:
        entry: Any = items[item]
        kind = Annotated[list[entry], Meta(max_length=2000)]
    return name, kind | None | UnsetType, UNSET


def _items() -> dict[str, Any]:
    return {
        name: _struct(
            name, [_optional(name, member, {}) for member in members.split()], "One entry of a list in `data`."
        )
        for name, members in ITEMS.items()
    }


def _data(told: Told, items: dict[str, Any]) -> Any:
    members = [_optional(told.name, member, items) for member in told.members]
    doc = "What the event says besides. Members that a release did not know are absent; there is never a price."
    return _struct(told.name, [*members, ("truncated", _CUT_SHORT | UnsetType, UNSET)], doc)


def words(event: str) -> str:
    """When an event is announced and who may take the step, in one sentence for each arrow."""
    if event == DELETED_DRAFT:
        return "A draft was removed: draft → nothing. By the buyer, with `delete_rfq`."
    said = []
    for arrow in MACHINES[event.partition(".")[0]].arrows.values():
        if arrow.event == event:
            target = "unchanged" if arrow.target is None else arrow.target
            taken = f", with `{arrow.operation}`" if arrow.operation else ", as a consequence"
            said.append(
                f"{' or '.join(arrow.source) or 'nothing'} → {target}. By the {' or the '.join(arrow.by)}{taken}."
            )
    return "\n\n".join(said)


def _arms() -> dict[str, Any]:
    items = _items()
    data = {told.name: _data(told, items) for told in TOLD.values()}
    shared = [
        (field.name, field.type, msgspec.NODEFAULT)
        for field in msgspec.structs.fields(EventOut)
        if field.name not in {"type", "data"}
    ]
    return {
        event: _struct(
            "".join(part.capitalize() for part in event.replace(".", "_").split("_")),
            [*shared, ("data", data[told.name], msgspec.NODEFAULT)],
            words(event),
            tag_field="type",
            tag=event,
        )
        for event, told in TOLD.items()
    }


ARMS: dict[str, Any] = _arms()
"""The Struct of each event type, for every type there is."""

if TYPE_CHECKING:
    Event = EventOut
else:
    Event = Annotated[
        functools.reduce(operator.or_, ARMS.values()),
        Meta(
            title="Event",
            description=(
                "One change of one thing; `type` says which. `subject_version` counts the changes of the subject, without "
                "a gap. Where an event is only announced (a sealed quote was submitted, but not by whom), the subject's "
                "id, its version, the state before and the organisation are null. There will be further types: ignore "
                "those that you do not know."
            ),
        ),
    ]


class EventPage(Out):
    """Events, oldest first. Ask again with `next_cursor`: an empty page says that there is nothing new yet."""

    items: Annotated[list[Event], Meta(max_length=100)]
    next_cursor: (
        Annotated[
            str,
            Meta(
                max_length=600,
                description="Send as `after` to go on, at once or later. Null only where nothing has happened yet.",
            ),
        ]
        | None
    )
