from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.line_change import LineChange
    from ..models.order_difference import OrderDifference
    from ..models.signature import Signature


T = TypeVar("T", bound="ChangeOrder")


@_attrs_define
class ChangeOrder:
    """A proposal to change an order, made on its version `order_etag`.

    `difference` is what it changes, `total_after` what the order would come to if it were accepted now, without PPN;
    null
    when it is answered or can no longer be accepted. `acknowledges`: it holds what the supplier did not accept of an
    issued order. `revision` is the revision of the order that it made.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: int
    """ Counts the changes of the order, from 1. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    side: str
    """ The side: buyer or supplier.

    Known values: supplier, buyer. """
    order_etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    reason: str
    """ Code of a vocabulary. """
    note: None | str
    """ Remark for people; null when there is none. """
    cancels: bool
    """ Whether the change cancels what is still open of the order. """
    acknowledges: bool
    """ Whether this is the supplier's answer to the order, accepted with changes, which the buyer signs. """
    lines: list[LineChange]
    """ What it is about, line by line. """
    difference: list[OrderDifference]
    """ What differs from the order as it stands, member by member. """
    total_after: None | str
    """ Exact decimal. """
    proposed: Signature
    """ Who signed for which side, and when. `system`: it ended with the order, or with the answer that it came
    from. """
    answered: None | Signature
    answer_note: None | str
    """ What whoever answered added; null when nothing. """
    revision: int | None
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.signature import Signature  # noqa: PLC0415

        id = self.id

        order_id = self.order_id

        number = self.number

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        side = self.side

        order_etag = self.order_etag

        reason = self.reason

        note: None | str
        note = self.note

        cancels = self.cancels

        acknowledges = self.acknowledges

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        difference = []
        for difference_item_data in self.difference:
            difference_item = difference_item_data.to_dict()
            difference.append(difference_item)

        total_after: None | str
        total_after = self.total_after

        proposed = self.proposed.to_dict()

        answered: dict[str, Any] | None
        if isinstance(self.answered, Signature):
            answered = self.answered.to_dict()
        else:
            answered = self.answered

        answer_note: None | str
        answer_note = self.answer_note

        revision: int | None
        revision = self.revision

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "number": number,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "side": side,
                "order_etag": order_etag,
                "reason": reason,
                "note": note,
                "cancels": cancels,
                "acknowledges": acknowledges,
                "lines": lines,
                "difference": difference,
                "total_after": total_after,
                "proposed": proposed,
                "answered": answered,
                "answer_note": answer_note,
                "revision": revision,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.line_change import LineChange  # noqa: PLC0415
        from ..models.order_difference import OrderDifference  # noqa: PLC0415
        from ..models.signature import Signature  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        number = d.pop("number")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        side = d.pop("side")

        order_etag = d.pop("order_etag")

        reason = d.pop("reason")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        cancels = d.pop("cancels")

        acknowledges = d.pop("acknowledges")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = LineChange.from_dict(lines_item_data)

            lines.append(lines_item)

        difference = []
        _difference = d.pop("difference")
        for difference_item_data in _difference:
            difference_item = OrderDifference.from_dict(difference_item_data)

            difference.append(difference_item)

        def _parse_total_after(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total_after = _parse_total_after(d.pop("total_after"))

        proposed = Signature.from_dict(d.pop("proposed"))

        def _parse_answered(data: object) -> None | Signature:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                answered_type_0 = Signature.from_dict(data)

                return answered_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Signature, data)

        answered = _parse_answered(d.pop("answered"))

        def _parse_answer_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        answer_note = _parse_answer_note(d.pop("answer_note"))

        def _parse_revision(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        revision = _parse_revision(d.pop("revision"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            number=number,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            side=side,
            order_etag=order_etag,
            reason=reason,
            note=note,
            cancels=cancels,
            acknowledges=acknowledges,
            lines=lines,
            difference=difference,
            total_after=total_after,
            proposed=proposed,
            answered=answered,
            answer_note=answer_note,
            revision=revision,
            created_at=created_at,
            updated_at=updated_at,
        )

        built_.additional_properties = d
        return built_

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
