from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="InvoiceToolingIn")


@_attrs_define
class InvoiceToolingIn:
    """An amount for the tooling of an order line, without PPN."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    amount: str
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        amount = self.amount

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "amount": amount,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        amount = d.pop("amount")

        built_ = cls(
            line_no=line_no,
            amount=amount,
        )

        return built_
