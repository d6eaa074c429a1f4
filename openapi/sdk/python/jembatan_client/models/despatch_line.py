from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="DespatchLine")


@_attrs_define
class DespatchLine:
    """One lot; received + short <= quantity."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    heat_number: None | str
    """ Number of the melt the material is from; null when not told. """
    quantity: str
    """ Exact decimal. """
    received: str
    """ Exact decimal. """
    short: str
    """ Exact decimal. """
    certificates: list[str]
    """ Files that both parties of the order may read. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        lot = self.lot

        heat_number: None | str
        heat_number = self.heat_number

        quantity = self.quantity

        received = self.received

        short = self.short

        certificates = self.certificates

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "heat_number": heat_number,
                "quantity": quantity,
                "received": received,
                "short": short,
                "certificates": certificates,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        def _parse_heat_number(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        heat_number = _parse_heat_number(d.pop("heat_number"))

        quantity = d.pop("quantity")

        received = d.pop("received")

        short = d.pop("short")

        certificates = cast(list[str], d.pop("certificates"))

        built_ = cls(
            line_no=line_no,
            lot=lot,
            heat_number=heat_number,
            quantity=quantity,
            received=received,
            short=short,
            certificates=certificates,
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
