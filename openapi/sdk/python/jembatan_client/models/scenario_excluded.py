from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScenarioExcluded")


@_attrs_define
class ScenarioExcluded:
    """A quote (`line_no` null) or its price of one line that does not compete, and why."""

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    line_no: int | None
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    reason: str
    """ Why the quote was left out.

    Known values: disqualified, expired, settled, earlier_round, no_rate, declined, outdated_line, below_minimum,
    already_awarded. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        supplier_name = self.supplier_name

        line_no: int | None
        line_no = self.line_no

        reason = self.reason

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quote_id": quote_id,
                "supplier_name": supplier_name,
                "line_no": line_no,
                "reason": reason,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        supplier_name = d.pop("supplier_name")

        def _parse_line_no(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line_no = _parse_line_no(d.pop("line_no"))

        reason = d.pop("reason")

        built_ = cls(
            quote_id=quote_id,
            supplier_name=supplier_name,
            line_no=line_no,
            reason=reason,
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
