from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScenarioShareOfSupplier")


@_attrs_define
class ScenarioShareOfSupplier:
    """What one supplier gets: `total` in its own currency, as its award will say, `value` in that of the scenario."""

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    currency: str
    """ ISO 4217 code. """
    total: str
    """ Exact decimal. """
    value: str
    """ Exact decimal. """
    percent: str
    """ Exact decimal. """
    line_count: int
    """ Number of lines. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        currency = self.currency

        total = self.total

        value = self.value

        percent = self.percent

        line_count = self.line_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quote_id": quote_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "currency": currency,
                "total": total,
                "value": value,
                "percent": percent,
                "line_count": line_count,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        currency = d.pop("currency")

        total = d.pop("total")

        value = d.pop("value")

        percent = d.pop("percent")

        line_count = d.pop("line_count")

        built_ = cls(
            quote_id=quote_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            currency=currency,
            total=total,
            value=value,
            percent=percent,
            line_count=line_count,
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
