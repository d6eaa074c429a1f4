from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.event_promised_line import EventPromisedLine


T = TypeVar("T", bound="ChangeOrderEventData")


@_attrs_define
class ChangeOrderEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    order_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: int | None | Unset = UNSET
    """ The number that people know it by. """
    side: None | str | Unset = UNSET
    """ The side: buyer or supplier. """
    reason: None | str | Unset = UNSET
    """ Why, as a code of the vocabulary for it; null when none is given. """
    cancels: bool | None | Unset = UNSET
    """ Whether the change cancels what is still open of the order. """
    acknowledges: bool | None | Unset = UNSET
    """ Whether this is the supplier's answer to the order, accepted with changes, which the buyer signs. """
    price_changed: bool | None | Unset = UNSET
    """ Whether a price changed; which one is in the change order alone. """
    terms_changed: bool | None | Unset = UNSET
    """ Whether a term changed. """
    lines: list[EventPromisedLine] | None | Unset = UNSET
    """ What it is about, line by line. """
    revision: int | None | Unset = UNSET
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        order_id: None | str | Unset
        if isinstance(self.order_id, Unset):
            order_id = UNSET
        else:
            order_id = self.order_id

        rfq_id: None | str | Unset
        if isinstance(self.rfq_id, Unset):
            rfq_id = UNSET
        else:
            rfq_id = self.rfq_id

        number: int | None | Unset
        if isinstance(self.number, Unset):
            number = UNSET
        else:
            number = self.number

        side: None | str | Unset
        if isinstance(self.side, Unset):
            side = UNSET
        else:
            side = self.side

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        cancels: bool | None | Unset
        if isinstance(self.cancels, Unset):
            cancels = UNSET
        else:
            cancels = self.cancels

        acknowledges: bool | None | Unset
        if isinstance(self.acknowledges, Unset):
            acknowledges = UNSET
        else:
            acknowledges = self.acknowledges

        price_changed: bool | None | Unset
        if isinstance(self.price_changed, Unset):
            price_changed = UNSET
        else:
            price_changed = self.price_changed

        terms_changed: bool | None | Unset
        if isinstance(self.terms_changed, Unset):
            terms_changed = UNSET
        else:
            terms_changed = self.terms_changed

        lines: list[dict[str, Any]] | None | Unset
        if isinstance(self.lines, Unset):
            lines = UNSET
        elif isinstance(self.lines, list):
            lines = []
            for lines_type_0_item_data in self.lines:
                lines_type_0_item = lines_type_0_item_data.to_dict()
                lines.append(lines_type_0_item)

        else:
            lines = self.lines

        revision: int | None | Unset
        if isinstance(self.revision, Unset):
            revision = UNSET
        else:
            revision = self.revision

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if order_id is not UNSET:
            field_dict["order_id"] = order_id
        if rfq_id is not UNSET:
            field_dict["rfq_id"] = rfq_id
        if number is not UNSET:
            field_dict["number"] = number
        if side is not UNSET:
            field_dict["side"] = side
        if reason is not UNSET:
            field_dict["reason"] = reason
        if cancels is not UNSET:
            field_dict["cancels"] = cancels
        if acknowledges is not UNSET:
            field_dict["acknowledges"] = acknowledges
        if price_changed is not UNSET:
            field_dict["price_changed"] = price_changed
        if terms_changed is not UNSET:
            field_dict["terms_changed"] = terms_changed
        if lines is not UNSET:
            field_dict["lines"] = lines
        if revision is not UNSET:
            field_dict["revision"] = revision
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_promised_line import EventPromisedLine  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_order_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        order_id = _parse_order_id(d.pop("order_id", UNSET))

        def _parse_rfq_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rfq_id = _parse_rfq_id(d.pop("rfq_id", UNSET))

        def _parse_number(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        number = _parse_number(d.pop("number", UNSET))

        def _parse_side(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        side = _parse_side(d.pop("side", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_cancels(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        cancels = _parse_cancels(d.pop("cancels", UNSET))

        def _parse_acknowledges(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        acknowledges = _parse_acknowledges(d.pop("acknowledges", UNSET))

        def _parse_price_changed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        price_changed = _parse_price_changed(d.pop("price_changed", UNSET))

        def _parse_terms_changed(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        terms_changed = _parse_terms_changed(d.pop("terms_changed", UNSET))

        def _parse_lines(data: object) -> list[EventPromisedLine] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                lines_type_0 = []
                _lines_type_0 = data
                for lines_type_0_item_data in _lines_type_0:
                    lines_type_0_item = EventPromisedLine.from_dict(lines_type_0_item_data)

                    lines_type_0.append(lines_type_0_item)

                return lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventPromisedLine] | None | Unset, data)

        lines = _parse_lines(d.pop("lines", UNSET))

        def _parse_revision(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        revision = _parse_revision(d.pop("revision", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            order_id=order_id,
            rfq_id=rfq_id,
            number=number,
            side=side,
            reason=reason,
            cancels=cancels,
            acknowledges=acknowledges,
            price_changed=price_changed,
            terms_changed=terms_changed,
            lines=lines,
            revision=revision,
            truncated=truncated,
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
