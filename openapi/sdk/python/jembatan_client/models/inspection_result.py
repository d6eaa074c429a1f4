from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="InspectionResult")


@_attrs_define
class InspectionResult:
    """What was found of one characteristic; it `conforms` when none of the sample failed."""

    no: int
    """ Number of the characteristic on its line. """
    values: list[str]
    """ Measured values, as exact decimals. """
    sample_size: int
    """ Pieces that were examined. """
    nonconforming: int
    """ Pieces of the sample that are not as required. """
    outside: int
    """ Values outside of the limits. """
    conforms: bool
    """ Whether it is as required. """
    note: None | str
    """ Remark for people; null when there is none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        no = self.no

        values = self.values

        sample_size = self.sample_size

        nonconforming = self.nonconforming

        outside = self.outside

        conforms = self.conforms

        note: None | str
        note = self.note

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "no": no,
                "values": values,
                "sample_size": sample_size,
                "nonconforming": nonconforming,
                "outside": outside,
                "conforms": conforms,
                "note": note,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        no = d.pop("no")

        values = cast(list[str], d.pop("values"))

        sample_size = d.pop("sample_size")

        nonconforming = d.pop("nonconforming")

        outside = d.pop("outside")

        conforms = d.pop("conforms")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        built_ = cls(
            no=no,
            values=values,
            sample_size=sample_size,
            nonconforming=nonconforming,
            outside=outside,
            conforms=conforms,
            note=note,
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
