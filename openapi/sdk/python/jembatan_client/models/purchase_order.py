from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.purchase_order_line import PurchaseOrderLine


T = TypeVar("T", bound="PurchaseOrder")


@_attrs_define
class PurchaseOrder:
    """An order, made by the acceptance of an award; `revision` counts the changes that both sides signed.

    `base` is the sum of ordered x unit_price + tooling, unrounded; `total` is that sum in whole minor units, without
    PPN.
    `ppn` is floor(base x 12 % x 11/12), null outside of rupiah, and `total_with_ppn` the sum of the two. On hold,
    `held_from` is the state that it returns to; `state_reason` says why it was rejected, held, closed short or
    cancelled.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: str
    """ Number of the order, unique for its buyer. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    award_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
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
    revision: int
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    held_from: None | str
    """ The state the order goes back to when it is resumed; null when it is not on hold. """
    state_reason: None | str
    """ Code of a vocabulary. """
    state_note: None | str
    """ What was said when the state changed last; null when nothing. """
    currency: str
    """ ISO 4217 code. """
    base: str
    """ Exact decimal, not rounded. """
    total: str
    """ Exact decimal. """
    ppn: None | str
    """ Exact decimal. """
    total_with_ppn: None | str
    """ Exact decimal. """
    incoterm: None | str
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None
    """ Calendar days from the invoice to payment; null when not agreed. """
    frozen_days: int
    """ Days ahead, by the calendar, within which the schedule changes only by a change order. """
    over_delivery_percent: str
    """ Exact decimal. """
    acknowledged_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    completed_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    lines: list[PurchaseOrderLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        number = self.number

        rfq_id = self.rfq_id

        award_id = self.award_id

        buyer_id = self.buyer_id

        supplier_id = self.supplier_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        revision = self.revision

        held_from: None | str
        held_from = self.held_from

        state_reason: None | str
        state_reason = self.state_reason

        state_note: None | str
        state_note = self.state_note

        currency = self.currency

        base = self.base

        total = self.total

        ppn: None | str
        ppn = self.ppn

        total_with_ppn: None | str
        total_with_ppn = self.total_with_ppn

        incoterm: None | str
        incoterm = self.incoterm

        delivery_place: None | str
        delivery_place = self.delivery_place

        payment_days: int | None
        payment_days = self.payment_days

        frozen_days = self.frozen_days

        over_delivery_percent = self.over_delivery_percent

        acknowledged_at: None | str
        if isinstance(self.acknowledged_at, datetime.datetime):
            acknowledged_at = self.acknowledged_at.isoformat()
        else:
            acknowledged_at = self.acknowledged_at

        completed_at: None | str
        if isinstance(self.completed_at, datetime.datetime):
            completed_at = self.completed_at.isoformat()
        else:
            completed_at = self.completed_at

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "number": number,
                "rfq_id": rfq_id,
                "award_id": award_id,
                "buyer_id": buyer_id,
                "supplier_id": supplier_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "revision": revision,
                "held_from": held_from,
                "state_reason": state_reason,
                "state_note": state_note,
                "currency": currency,
                "base": base,
                "total": total,
                "ppn": ppn,
                "total_with_ppn": total_with_ppn,
                "incoterm": incoterm,
                "delivery_place": delivery_place,
                "payment_days": payment_days,
                "frozen_days": frozen_days,
                "over_delivery_percent": over_delivery_percent,
                "acknowledged_at": acknowledged_at,
                "completed_at": completed_at,
                "created_at": created_at,
                "updated_at": updated_at,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.purchase_order_line import PurchaseOrderLine  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        number = d.pop("number")

        rfq_id = d.pop("rfq_id")

        award_id = d.pop("award_id")

        buyer_id = d.pop("buyer_id")

        supplier_id = d.pop("supplier_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        revision = d.pop("revision")

        def _parse_held_from(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        held_from = _parse_held_from(d.pop("held_from"))

        def _parse_state_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        state_reason = _parse_state_reason(d.pop("state_reason"))

        def _parse_state_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        state_note = _parse_state_note(d.pop("state_note"))

        currency = d.pop("currency")

        base = d.pop("base")

        total = d.pop("total")

        def _parse_ppn(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        ppn = _parse_ppn(d.pop("ppn"))

        def _parse_total_with_ppn(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total_with_ppn = _parse_total_with_ppn(d.pop("total_with_ppn"))

        def _parse_incoterm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        incoterm = _parse_incoterm(d.pop("incoterm"))

        def _parse_delivery_place(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        delivery_place = _parse_delivery_place(d.pop("delivery_place"))

        def _parse_payment_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        payment_days = _parse_payment_days(d.pop("payment_days"))

        frozen_days = d.pop("frozen_days")

        over_delivery_percent = d.pop("over_delivery_percent")

        def _parse_acknowledged_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                acknowledged_at_type_0 = datetime.datetime.fromisoformat(data)

                return acknowledged_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        acknowledged_at = _parse_acknowledged_at(d.pop("acknowledged_at"))

        def _parse_completed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                completed_at_type_0 = datetime.datetime.fromisoformat(data)

                return completed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        completed_at = _parse_completed_at(d.pop("completed_at"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = PurchaseOrderLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            id=id,
            number=number,
            rfq_id=rfq_id,
            award_id=award_id,
            buyer_id=buyer_id,
            supplier_id=supplier_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            revision=revision,
            held_from=held_from,
            state_reason=state_reason,
            state_note=state_note,
            currency=currency,
            base=base,
            total=total,
            ppn=ppn,
            total_with_ppn=total_with_ppn,
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            frozen_days=frozen_days,
            over_delivery_percent=over_delivery_percent,
            acknowledged_at=acknowledged_at,
            completed_at=completed_at,
            created_at=created_at,
            updated_at=updated_at,
            lines=lines,
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
