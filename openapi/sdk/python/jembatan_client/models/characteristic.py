from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Characteristic")


@_attrs_define
class Characteristic:
    """One dimension or property; `no` is its balloon in the drawing."""

    no: int
    """ Number of the characteristic on its line. """
    name: str
    """ What is measured or checked, in words. """
    nominal: None | str
    """ Exact decimal. """
    upper: None | str
    """ Exact decimal. """
    lower: None | str
    """ Exact decimal. """
    unit: None | str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    ctq: bool
    """ Whether it is critical to quality. """
    method: None | str
    """ How it is measured or checked; null when that is left open. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        name = self.name

        nominal: None | str
        nominal = self.nominal

        upper: None | str
        upper = self.upper

        lower: None | str
        lower = self.lower

        unit: None | str
        unit = self.unit

        ctq = self.ctq

        method: None | str
        method = self.method

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "no": no,
                "name": name,
                "nominal": nominal,
                "upper": upper,
                "lower": lower,
                "unit": unit,
                "ctq": ctq,
                "method": method,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        name = d.pop("name")

        def _parse_nominal(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nominal = _parse_nominal(d.pop("nominal"))

        def _parse_upper(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        upper = _parse_upper(d.pop("upper"))

        def _parse_lower(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        lower = _parse_lower(d.pop("lower"))

        def _parse_unit(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        unit = _parse_unit(d.pop("unit"))

        ctq = d.pop("ctq")

        def _parse_method(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        method = _parse_method(d.pop("method"))

        built_ = cls(
            no=no,
            name=name,
            nominal=nominal,
            upper=upper,
            lower=lower,
            unit=unit,
            ctq=ctq,
            method=method,
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
