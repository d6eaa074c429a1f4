from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Successor")


@_attrs_define
class Successor:
    """One valid quote for one free line. Amounts in its own currency, without PPN."""

    rank: int
    """ Place by total cost, from 1; null when not ranked. """
    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    currency: str
    """ ISO 4217 code. """
    unit_price: str
    """ Exact decimal. """
    total_with_tooling: str
    """ Exact decimal. """
    lead_time_days: int | None
    """ Calendar days from the order to readiness for despatch; null when not told. """
    capacity_per_month: None | str
    """ Exact decimal. """
    capacity_left_per_month: None | str
    """ What the quote states less what live awards of this RFQ take for the same part. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rank = self.rank

        quote_id = self.quote_id

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        currency = self.currency

        unit_price = self.unit_price

        total_with_tooling = self.total_with_tooling

        lead_time_days: int | None
        lead_time_days = self.lead_time_days

        capacity_per_month: None | str
        capacity_per_month = self.capacity_per_month

        capacity_left_per_month: None | str
        capacity_left_per_month = self.capacity_left_per_month

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rank": rank,
                "quote_id": quote_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "currency": currency,
                "unit_price": unit_price,
                "total_with_tooling": total_with_tooling,
                "lead_time_days": lead_time_days,
                "capacity_per_month": capacity_per_month,
                "capacity_left_per_month": capacity_left_per_month,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        rank = d.pop("rank")

        quote_id = d.pop("quote_id")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        currency = d.pop("currency")

        unit_price = d.pop("unit_price")

        total_with_tooling = d.pop("total_with_tooling")

        def _parse_lead_time_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days"))

        def _parse_capacity_per_month(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        capacity_per_month = _parse_capacity_per_month(d.pop("capacity_per_month"))

        def _parse_capacity_left_per_month(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        capacity_left_per_month = _parse_capacity_left_per_month(d.pop("capacity_left_per_month"))

        built_ = cls(
            rank=rank,
            quote_id=quote_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            currency=currency,
            unit_price=unit_price,
            total_with_tooling=total_with_tooling,
            lead_time_days=lead_time_days,
            capacity_per_month=capacity_per_month,
            capacity_left_per_month=capacity_left_per_month,
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
