from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="GoodsReceiptLine")


@_attrs_define
class GoodsReceiptLine:
    """What was counted of one lot."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    received: str
    """ Exact decimal. """
    short: str
    """ Exact decimal. """
    damaged: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        lot = self.lot

        received = self.received

        short = self.short

        damaged = self.damaged

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "received": received,
                "short": short,
                "damaged": damaged,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        received = d.pop("received")

        short = d.pop("short")

        damaged = d.pop("damaged")

        built_ = cls(
            line_no=line_no,
            lot=lot,
            received=received,
            short=short,
            damaged=damaged,
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
