from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="MachineEnvelopeIn")


@_attrs_define
class MachineEnvelopeIn:
    """The largest part the machine takes, in millimetres; absent is unknown."""

    diameter_mm: None | str | Unset = UNSET
    """ Exact decimal. """
    length_mm: None | str | Unset = UNSET
    """ Exact decimal. """
    width_mm: None | str | Unset = UNSET
    """ Exact decimal. """
    height_mm: None | str | Unset = UNSET
    """ Exact decimal. """

    def to_dict(self) -> dict[str, Any]:
        diameter_mm: None | str | Unset
        if isinstance(self.diameter_mm, Unset):
            diameter_mm = UNSET
        else:
            diameter_mm = self.diameter_mm

        length_mm: None | str | Unset
        if isinstance(self.length_mm, Unset):
            length_mm = UNSET
        else:
            length_mm = self.length_mm

        width_mm: None | str | Unset
        if isinstance(self.width_mm, Unset):
            width_mm = UNSET
        else:
            width_mm = self.width_mm

        height_mm: None | str | Unset
        if isinstance(self.height_mm, Unset):
            height_mm = UNSET
        else:
            height_mm = self.height_mm

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if diameter_mm is not UNSET:
            field_dict["diameter_mm"] = diameter_mm
        if length_mm is not UNSET:
            field_dict["length_mm"] = length_mm
        if width_mm is not UNSET:
            field_dict["width_mm"] = width_mm
        if height_mm is not UNSET:
            field_dict["height_mm"] = height_mm

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_diameter_mm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        diameter_mm = _parse_diameter_mm(d.pop("diameter_mm", UNSET))

        def _parse_length_mm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        length_mm = _parse_length_mm(d.pop("length_mm", UNSET))

        def _parse_width_mm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        width_mm = _parse_width_mm(d.pop("width_mm", UNSET))

        def _parse_height_mm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        height_mm = _parse_height_mm(d.pop("height_mm", UNSET))

        built_ = cls(
            diameter_mm=diameter_mm,
            length_mm=length_mm,
            width_mm=width_mm,
            height_mm=height_mm,
        )

        return built_
