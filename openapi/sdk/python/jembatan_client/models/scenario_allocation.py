from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScenarioAllocation")


@_attrs_define
class ScenarioAllocation:
    """Part of a line for one quote, priced as its award will be. Amounts in the quote's currency, without PPN."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    quantity: str
    """ Exact decimal. """
    unit_price: str
    """ Exact decimal. """
    tooling: str
    """ Exact decimal. """
    total: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        quote_id = self.quote_id

        supplier_id = self.supplier_id

        quantity = self.quantity

        unit_price = self.unit_price

        tooling = self.tooling

        total = self.total

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "quote_id": quote_id,
                "supplier_id": supplier_id,
                "quantity": quantity,
                "unit_price": unit_price,
                "tooling": tooling,
                "total": total,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        quote_id = d.pop("quote_id")

        supplier_id = d.pop("supplier_id")

        quantity = d.pop("quantity")

        unit_price = d.pop("unit_price")

        tooling = d.pop("tooling")

        total = d.pop("total")

        built_ = cls(
            line_no=line_no,
            quote_id=quote_id,
            supplier_id=supplier_id,
            quantity=quantity,
            unit_price=unit_price,
            tooling=tooling,
            total=total,
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
