from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="EventBaseline")


@_attrs_define
class EventBaseline:
    """One entry of a list in `data`."""

    line_no: int | None | Unset = UNSET
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    part_number: None | str | Unset = UNSET
    """ The buyer's number of the part. """
    hs_code: None | str | Unset = UNSET
    """ Code of the customs tariff, digits and points; null when not given. """
    quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    annual_quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    unit: None | str | Unset = UNSET
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    idr_unit_value: None | str | Unset = UNSET
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no: int | None | Unset
        if isinstance(self.line_no, Unset):
            line_no = UNSET
        else:
            line_no = self.line_no

        part_number: None | str | Unset
        if isinstance(self.part_number, Unset):
            part_number = UNSET
        else:
            part_number = self.part_number

        hs_code: None | str | Unset
        if isinstance(self.hs_code, Unset):
            hs_code = UNSET
        else:
            hs_code = self.hs_code

        quantity: None | str | Unset
        if isinstance(self.quantity, Unset):
            quantity = UNSET
        else:
            quantity = self.quantity

        annual_quantity: None | str | Unset
        if isinstance(self.annual_quantity, Unset):
            annual_quantity = UNSET
        else:
            annual_quantity = self.annual_quantity

        unit: None | str | Unset
        if isinstance(self.unit, Unset):
            unit = UNSET
        else:
            unit = self.unit

        idr_unit_value: None | str | Unset
        if isinstance(self.idr_unit_value, Unset):
            idr_unit_value = UNSET
        else:
            idr_unit_value = self.idr_unit_value

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if line_no is not UNSET:
            field_dict["line_no"] = line_no
        if part_number is not UNSET:
            field_dict["part_number"] = part_number
        if hs_code is not UNSET:
            field_dict["hs_code"] = hs_code
        if quantity is not UNSET:
            field_dict["quantity"] = quantity
        if annual_quantity is not UNSET:
            field_dict["annual_quantity"] = annual_quantity
        if unit is not UNSET:
            field_dict["unit"] = unit
        if idr_unit_value is not UNSET:
            field_dict["idr_unit_value"] = idr_unit_value

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_line_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        line_no = _parse_line_no(d.pop("line_no", UNSET))

        def _parse_part_number(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        part_number = _parse_part_number(d.pop("part_number", UNSET))

        def _parse_hs_code(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        hs_code = _parse_hs_code(d.pop("hs_code", UNSET))

        def _parse_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quantity = _parse_quantity(d.pop("quantity", UNSET))

        def _parse_annual_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        annual_quantity = _parse_annual_quantity(d.pop("annual_quantity", UNSET))

        def _parse_unit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        unit = _parse_unit(d.pop("unit", UNSET))

        def _parse_idr_unit_value(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        idr_unit_value = _parse_idr_unit_value(d.pop("idr_unit_value", UNSET))

        built_ = cls(
            line_no=line_no,
            part_number=part_number,
            hs_code=hs_code,
            quantity=quantity,
            annual_quantity=annual_quantity,
            unit=unit,
            idr_unit_value=idr_unit_value,
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
