from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="BillingLine")


@_attrs_define
class BillingLine:
    """Of one order line: `left` was accepted and is in no invoice, `credit_due` was invoiced and is no longer accepted."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    unit_price: str
    """ Exact decimal. """
    ordered: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    invoiced: str
    """ Exact decimal. """
    claimed: str
    """ In invoices that wait for the buyer. """
    left: str
    """ Exact decimal. """
    credit_due: str
    """ Exact decimal. """
    tooling: str
    """ Exact decimal. """
    tooling_invoiced: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        unit = self.unit

        unit_price = self.unit_price

        ordered = self.ordered

        accepted = self.accepted

        invoiced = self.invoiced

        claimed = self.claimed

        left = self.left

        credit_due = self.credit_due

        tooling = self.tooling

        tooling_invoiced = self.tooling_invoiced

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "unit": unit,
                "unit_price": unit_price,
                "ordered": ordered,
                "accepted": accepted,
                "invoiced": invoiced,
                "claimed": claimed,
                "left": left,
                "credit_due": credit_due,
                "tooling": tooling,
                "tooling_invoiced": tooling_invoiced,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        unit = d.pop("unit")

        unit_price = d.pop("unit_price")

        ordered = d.pop("ordered")

        accepted = d.pop("accepted")

        invoiced = d.pop("invoiced")

        claimed = d.pop("claimed")

        left = d.pop("left")

        credit_due = d.pop("credit_due")

        tooling = d.pop("tooling")

        tooling_invoiced = d.pop("tooling_invoiced")

        built_ = cls(
            line_no=line_no,
            unit=unit,
            unit_price=unit_price,
            ordered=ordered,
            accepted=accepted,
            invoiced=invoiced,
            claimed=claimed,
            left=left,
            credit_due=credit_due,
            tooling=tooling,
            tooling_invoiced=tooling_invoiced,
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
