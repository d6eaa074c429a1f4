from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.billing_line import BillingLine


T = TypeVar("T", bound="Billing")


@_attrs_define
class Billing:
    """What of an order was billed and paid. Amounts are of matched invoices less credit notes, with PPN."""

    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    currency: str
    """ ISO 4217 code. """
    lines: list[BillingLine]
    """ What it is about, line by line. """
    invoice_count: int
    """ Invoices of the order that count. """
    invoiced: str
    """ Exact decimal. """
    open_: str
    """ Of matched invoices. """
    open_credit: str
    """ Of matched credit notes. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        order_id = self.order_id

        currency = self.currency

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        invoice_count = self.invoice_count

        invoiced = self.invoiced

        open_ = self.open_

        open_credit = self.open_credit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "order_id": order_id,
                "currency": currency,
                "lines": lines,
                "invoice_count": invoice_count,
                "invoiced": invoiced,
                "open": open_,
                "open_credit": open_credit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.billing_line import BillingLine  # noqa: PLC0415

        d = dict(src_dict)
        order_id = d.pop("order_id")

        currency = d.pop("currency")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = BillingLine.from_dict(lines_item_data)

            lines.append(lines_item)

        invoice_count = d.pop("invoice_count")

        invoiced = d.pop("invoiced")

        open_ = d.pop("open")

        open_credit = d.pop("open_credit")

        built_ = cls(
            order_id=order_id,
            currency=currency,
            lines=lines,
            invoice_count=invoice_count,
            invoiced=invoiced,
            open_=open_,
            open_credit=open_credit,
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
