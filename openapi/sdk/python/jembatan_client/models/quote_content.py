from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.quote_attachment import QuoteAttachment
    from ..models.quote_line import QuoteLine


T = TypeVar("T", bound="QuoteContent")


@_attrs_define
class QuoteContent:
    """What is sealed until the opening."""

    currency: str
    """ ISO 4217 code. """
    valid_until: datetime.date
    """ Calendar day. """
    incoterm: None | str
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None
    """ Calendar days from the invoice to payment; null when not agreed. """
    note: None | str
    """ Remark for people; null when there is none. """
    lines: list[QuoteLine]
    """ What it is about, line by line. """
    minimum_order_value: None | str
    """ Exact decimal. """
    stated_total: None | str
    """ Exact decimal. """
    attachments: list[QuoteAttachment]
    """ Files that belong to the quote. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        currency = self.currency

        valid_until = self.valid_until.isoformat()

        incoterm: None | str
        incoterm = self.incoterm

        delivery_place: None | str
        delivery_place = self.delivery_place

        payment_days: int | None
        payment_days = self.payment_days

        note: None | str
        note = self.note

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        minimum_order_value: None | str
        minimum_order_value = self.minimum_order_value

        stated_total: None | str
        stated_total = self.stated_total

        attachments = []
        for attachments_item_data in self.attachments:
            attachments_item = attachments_item_data.to_dict()
            attachments.append(attachments_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "currency": currency,
                "valid_until": valid_until,
                "incoterm": incoterm,
                "delivery_place": delivery_place,
                "payment_days": payment_days,
                "note": note,
                "lines": lines,
                "minimum_order_value": minimum_order_value,
                "stated_total": stated_total,
                "attachments": attachments,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.quote_attachment import QuoteAttachment  # noqa: PLC0415
        from ..models.quote_line import QuoteLine  # noqa: PLC0415

        d = dict(src_dict)
        currency = d.pop("currency")

        valid_until = datetime.date.fromisoformat(d.pop("valid_until"))

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

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = QuoteLine.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_minimum_order_value(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        minimum_order_value = _parse_minimum_order_value(d.pop("minimum_order_value"))

        def _parse_stated_total(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        stated_total = _parse_stated_total(d.pop("stated_total"))

        attachments = []
        _attachments = d.pop("attachments")
        for attachments_item_data in _attachments:
            attachments_item = QuoteAttachment.from_dict(attachments_item_data)

            attachments.append(attachments_item)

        built_ = cls(
            currency=currency,
            valid_until=valid_until,
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            note=note,
            lines=lines,
            minimum_order_value=minimum_order_value,
            stated_total=stated_total,
            attachments=attachments,
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
