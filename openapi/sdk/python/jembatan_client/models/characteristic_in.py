from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="CharacteristicIn")


@_attrs_define
class CharacteristicIn:
    """One dimension or property; `no` is its balloon in the drawing. Deviations are signed, in `unit`."""

    no: int
    """ Number of the characteristic on its line. """
    name: str
    """ What is measured or checked, in words. """
    nominal: None | str | Unset = UNSET
    """ Exact decimal. """
    upper: None | str | Unset = UNSET
    """ Exact decimal. """
    lower: None | str | Unset = UNSET
    """ Exact decimal. """
    unit: None | str | Unset = UNSET
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    ctq: bool | Unset = False
    """ Whether it is critical to quality. """
    method: None | str | Unset = UNSET
    """ How it is measured or checked; null when that is left open. """

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        name = self.name

        nominal: None | str | Unset
        if isinstance(self.nominal, Unset):
            nominal = UNSET
        else:
            nominal = self.nominal

        upper: None | str | Unset
        if isinstance(self.upper, Unset):
            upper = UNSET
        else:
            upper = self.upper

        lower: None | str | Unset
        if isinstance(self.lower, Unset):
            lower = UNSET
        else:
            lower = self.lower

        unit: None | str | Unset
        if isinstance(self.unit, Unset):
            unit = UNSET
        else:
            unit = self.unit

        ctq = self.ctq

        method: None | str | Unset
        if isinstance(self.method, Unset):
            method = UNSET
        else:
            method = self.method

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "no": no,
                "name": name,
            }
        )
        if nominal is not UNSET:
            field_dict["nominal"] = nominal
        if upper is not UNSET:
            field_dict["upper"] = upper
        if lower is not UNSET:
            field_dict["lower"] = lower
        if unit is not UNSET:
            field_dict["unit"] = unit
        if ctq is not UNSET:
            field_dict["ctq"] = ctq
        if method is not UNSET:
            field_dict["method"] = method

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        name = d.pop("name")

        def _parse_nominal(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        nominal = _parse_nominal(d.pop("nominal", UNSET))

        def _parse_upper(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        upper = _parse_upper(d.pop("upper", UNSET))

        def _parse_lower(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        lower = _parse_lower(d.pop("lower", UNSET))

        def _parse_unit(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        unit = _parse_unit(d.pop("unit", UNSET))

        ctq = d.pop("ctq", UNSET)

        def _parse_method(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        method = _parse_method(d.pop("method", UNSET))

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

        return built_
