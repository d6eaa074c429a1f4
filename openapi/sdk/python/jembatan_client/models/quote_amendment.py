from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.amended_line import AmendedLine


T = TypeVar("T", bound="QuoteAmendment")


@_attrs_define
class QuoteAmendment:
    """What an accepted counter-offer changed."""

    number: int
    """ Counts the amendments of the quote, from 1. """
    counter_offer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    lines: list[AmendedLine]
    """ What it is about, line by line. """
    payment_days: int | None
    """ Calendar days from the invoice to payment; null when not agreed. """
    agreed_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        number = self.number

        counter_offer_id = self.counter_offer_id

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        payment_days: int | None
        payment_days = self.payment_days

        agreed_at = self.agreed_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "number": number,
                "counter_offer_id": counter_offer_id,
                "lines": lines,
                "payment_days": payment_days,
                "agreed_at": agreed_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.amended_line import AmendedLine  # noqa: PLC0415

        d = dict(src_dict)
        number = d.pop("number")

        counter_offer_id = d.pop("counter_offer_id")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = AmendedLine.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_payment_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        payment_days = _parse_payment_days(d.pop("payment_days"))

        agreed_at = datetime.datetime.fromisoformat(d.pop("agreed_at"))

        built_ = cls(
            number=number,
            counter_offer_id=counter_offer_id,
            lines=lines,
            payment_days=payment_days,
            agreed_at=agreed_at,
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
