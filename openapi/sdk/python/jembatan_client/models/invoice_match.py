from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.invoice_difference import InvoiceDifference


T = TypeVar("T", bound="InvoiceMatch")


@_attrs_define
class InvoiceMatch:
    """An invoice beside its order as both are now. It may be matched when it is submitted and nothing differs."""

    invoice_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    matches: bool
    """ Whether the invoice agrees with order and acceptance within the tolerances. """
    differences: list[InvoiceDifference]
    """ Where the invoice differs from the order and from what was accepted; empty when it matches. """
    price_tolerance_percent: str
    """ Exact decimal. """
    price_tolerance_minor_units: int
    """ How much a line of an invoice may differ from the order, in the currency's smallest unit. """
    base: str
    """ Unrounded; PPN is computed from it. """
    expected_ppn: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        invoice_id = self.invoice_id

        matches = self.matches

        differences = []
        for differences_item_data in self.differences:
            differences_item = differences_item_data.to_dict()
            differences.append(differences_item)

        price_tolerance_percent = self.price_tolerance_percent

        price_tolerance_minor_units = self.price_tolerance_minor_units

        base = self.base

        expected_ppn = self.expected_ppn

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "invoice_id": invoice_id,
                "matches": matches,
                "differences": differences,
                "price_tolerance_percent": price_tolerance_percent,
                "price_tolerance_minor_units": price_tolerance_minor_units,
                "base": base,
                "expected_ppn": expected_ppn,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.invoice_difference import InvoiceDifference  # noqa: PLC0415

        d = dict(src_dict)
        invoice_id = d.pop("invoice_id")

        matches = d.pop("matches")

        differences = []
        _differences = d.pop("differences")
        for differences_item_data in _differences:
            differences_item = InvoiceDifference.from_dict(differences_item_data)

            differences.append(differences_item)

        price_tolerance_percent = d.pop("price_tolerance_percent")

        price_tolerance_minor_units = d.pop("price_tolerance_minor_units")

        base = d.pop("base")

        expected_ppn = d.pop("expected_ppn")

        built_ = cls(
            invoice_id=invoice_id,
            matches=matches,
            differences=differences,
            price_tolerance_percent=price_tolerance_percent,
            price_tolerance_minor_units=price_tolerance_minor_units,
            base=base,
            expected_ppn=expected_ppn,
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
