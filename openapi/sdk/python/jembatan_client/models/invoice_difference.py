from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="InvoiceDifference")


@_attrs_define
class InvoiceDifference:
    """One thing in which an invoice does not agree with its order. `expected` is what was agreed, or the most that would
    be.

    """

    code: str
    """ Code of a vocabulary. """
    pointer: str
    """ JSON Pointer into the invoice as it was sent. """
    line_no: int | None
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    stated: str
    """ Exact decimal. """
    expected: str
    """ Exact decimal. """
    detail: str
    """ What it is about this time, for a person. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        pointer = self.pointer

        line_no: int | None
        line_no = self.line_no

        stated = self.stated

        expected = self.expected

        detail = self.detail

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "pointer": pointer,
                "line_no": line_no,
                "stated": stated,
                "expected": expected,
                "detail": detail,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        code = d.pop("code")

        pointer = d.pop("pointer")

        def _parse_line_no(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line_no = _parse_line_no(d.pop("line_no"))

        stated = d.pop("stated")

        expected = d.pop("expected")

        detail = d.pop("detail")

        built_ = cls(
            code=code,
            pointer=pointer,
            line_no=line_no,
            stated=stated,
            expected=expected,
            detail=detail,
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
