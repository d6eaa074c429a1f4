from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.attachment_in import AttachmentIn
    from ..models.quote_line_in import QuoteLineIn


T = TypeVar("T", bound="QuotePatch")


@_attrs_define
class QuotePatch:
    """A change of the working content: what is absent stays, null clears, lists replace what was there."""

    currency: str | Unset = UNSET
    """ ISO 4217 code. """
    valid_until: datetime.date | Unset = UNSET
    """ Calendar day. """
    incoterm: None | str | Unset = UNSET
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str | Unset = UNSET
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None | Unset = UNSET
    """ Calendar days from the invoice to payment; null when not agreed. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    minimum_order_value: None | str | Unset = UNSET
    """ Exact decimal. """
    stated_total: None | str | Unset = UNSET
    """ Exact decimal. """
    lines: list[QuoteLineIn] | Unset = UNSET
    """ What it is about, line by line. """
    attachments: list[AttachmentIn] | Unset = UNSET
    """ Files that belong to the quote. """

    def to_dict(self) -> dict[str, Any]:
        currency = self.currency

        valid_until: str | Unset = UNSET
        if not isinstance(self.valid_until, Unset):
            valid_until = self.valid_until.isoformat()

        incoterm: None | str | Unset
        if isinstance(self.incoterm, Unset):
            incoterm = UNSET
        else:
            incoterm = self.incoterm

        delivery_place: None | str | Unset
        if isinstance(self.delivery_place, Unset):
            delivery_place = UNSET
        else:
            delivery_place = self.delivery_place

        payment_days: int | None | Unset
        if isinstance(self.payment_days, Unset):
            payment_days = UNSET
        else:
            payment_days = self.payment_days

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        minimum_order_value: None | str | Unset
        if isinstance(self.minimum_order_value, Unset):
            minimum_order_value = UNSET
        else:
            minimum_order_value = self.minimum_order_value

        stated_total: None | str | Unset
        if isinstance(self.stated_total, Unset):
            stated_total = UNSET
        else:
            stated_total = self.stated_total

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        attachments: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.attachments, Unset):
            attachments = []
            for attachments_item_data in self.attachments:
                attachments_item = attachments_item_data.to_dict()
                attachments.append(attachments_item)

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if currency is not UNSET:
            field_dict["currency"] = currency
        if valid_until is not UNSET:
            field_dict["valid_until"] = valid_until
        if incoterm is not UNSET:
            field_dict["incoterm"] = incoterm
        if delivery_place is not UNSET:
            field_dict["delivery_place"] = delivery_place
        if payment_days is not UNSET:
            field_dict["payment_days"] = payment_days
        if note is not UNSET:
            field_dict["note"] = note
        if minimum_order_value is not UNSET:
            field_dict["minimum_order_value"] = minimum_order_value
        if stated_total is not UNSET:
            field_dict["stated_total"] = stated_total
        if lines is not UNSET:
            field_dict["lines"] = lines
        if attachments is not UNSET:
            field_dict["attachments"] = attachments

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.attachment_in import AttachmentIn  # noqa: PLC0415
        from ..models.quote_line_in import QuoteLineIn  # noqa: PLC0415

        d = dict(src_dict)
        currency = d.pop("currency", UNSET)

        _valid_until = d.pop("valid_until", UNSET)
        valid_until: datetime.date | Unset
        if isinstance(_valid_until, Unset):
            valid_until = UNSET
        else:
            valid_until = datetime.date.fromisoformat(_valid_until)

        def _parse_incoterm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        incoterm = _parse_incoterm(d.pop("incoterm", UNSET))

        def _parse_delivery_place(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        delivery_place = _parse_delivery_place(d.pop("delivery_place", UNSET))

        def _parse_payment_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        payment_days = _parse_payment_days(d.pop("payment_days", UNSET))

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        def _parse_minimum_order_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        minimum_order_value = _parse_minimum_order_value(d.pop("minimum_order_value", UNSET))

        def _parse_stated_total(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        stated_total = _parse_stated_total(d.pop("stated_total", UNSET))

        _lines = d.pop("lines", UNSET)
        lines: list[QuoteLineIn] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = QuoteLineIn.from_dict(lines_item_data)

                lines.append(lines_item)

        _attachments = d.pop("attachments", UNSET)
        attachments: list[AttachmentIn] | Unset = UNSET
        if _attachments is not UNSET:
            attachments = []
            for attachments_item_data in _attachments:
                attachments_item = AttachmentIn.from_dict(attachments_item_data)

                attachments.append(attachments_item)

        built_ = cls(
            currency=currency,
            valid_until=valid_until,
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            note=note,
            minimum_order_value=minimum_order_value,
            stated_total=stated_total,
            lines=lines,
            attachments=attachments,
        )

        return built_
