from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CounterOfferLineIn")


@_attrs_define
class CounterOfferLineIn:
    """From `quantity` on one unit is to cost `unit_price`; without `lead_time_days` it stays as quoted."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    quantity: str
    """ Exact decimal. """
    unit_price: str
    """ Exact decimal. """
    lead_time_days: int | None | Unset = UNSET
    """ Calendar days from the order to readiness for despatch; null when not told. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        quantity = self.quantity

        unit_price = self.unit_price

        lead_time_days: int | None | Unset
        if isinstance(self.lead_time_days, Unset):
            lead_time_days = UNSET
        else:
            lead_time_days = self.lead_time_days

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "quantity": quantity,
                "unit_price": unit_price,
            }
        )
        if lead_time_days is not UNSET:
            field_dict["lead_time_days"] = lead_time_days

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        quantity = d.pop("quantity")

        unit_price = d.pop("unit_price")

        def _parse_lead_time_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        lead_time_days = _parse_lead_time_days(d.pop("lead_time_days", UNSET))

        built_ = cls(
            line_no=line_no,
            quantity=quantity,
            unit_price=unit_price,
            lead_time_days=lead_time_days,
        )

        return built_
