from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="CreditSetOff")


@_attrs_define
class CreditSetOff:
    """Which invoice of the same order is paid with the credit note, and how much of it."""

    invoice_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    amount: str
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        invoice_id = self.invoice_id

        amount = self.amount

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "invoice_id": invoice_id,
                "amount": amount,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        invoice_id = d.pop("invoice_id")

        amount = d.pop("amount")

        built_ = cls(
            invoice_id=invoice_id,
            amount=amount,
        )

        return built_
