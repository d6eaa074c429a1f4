from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="InvoiceLineIn")


@_attrs_define
class InvoiceLineIn:
    """So much of an order line, at so much a unit, without PPN."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    quantity: str
    """ Exact decimal. """
    unit_price: str
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        quantity = self.quantity

        unit_price = self.unit_price

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "quantity": quantity,
                "unit_price": unit_price,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        quantity = d.pop("quantity")

        unit_price = d.pop("unit_price")

        built_ = cls(
            line_no=line_no,
            quantity=quantity,
            unit_price=unit_price,
        )

        return built_
