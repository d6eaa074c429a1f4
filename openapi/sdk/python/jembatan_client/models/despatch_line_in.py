from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="DespatchLineIn")


@_attrs_define
class DespatchLineIn:
    """One lot of one order line."""

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    quantity: str
    """ Exact decimal. """
    heat_number: None | str | Unset = UNSET
    """ Number of the melt the material is from; null when not told. """
    certificates: list[str] | Unset = UNSET
    """ Ids of files that certify the lot. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        lot = self.lot

        quantity = self.quantity

        heat_number: None | str | Unset
        if isinstance(self.heat_number, Unset):
            heat_number = UNSET
        else:
            heat_number = self.heat_number

        certificates: list[str] | Unset = UNSET
        if not isinstance(self.certificates, Unset):
            certificates = self.certificates

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "quantity": quantity,
            }
        )
        if heat_number is not UNSET:
            field_dict["heat_number"] = heat_number
        if certificates is not UNSET:
            field_dict["certificates"] = certificates

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        quantity = d.pop("quantity")

        def _parse_heat_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        heat_number = _parse_heat_number(d.pop("heat_number", UNSET))

        certificates = cast(list[str], d.pop("certificates", UNSET))

        built_ = cls(
            line_no=line_no,
            lot=lot,
            quantity=quantity,
            heat_number=heat_number,
            certificates=certificates,
        )

        return built_
