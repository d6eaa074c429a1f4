from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SampleClass")


@_attrs_define
class SampleClass:
    """The plan for one class of characteristics. `aql` is null for critical ones: none may be nonconforming."""

    name: str
    """ The class of characteristics: critical, major or minor.

    Known values: critical, major, minor. """
    aql: None | str
    """ Acceptance quality limit in percent nonconforming (ISO 2859-1); null where there is none. """
    code_letter: str
    """ The sample size code letter of ISO 2859-1. """
    sample_size: int
    """ Pieces to examine. """
    accept: int
    """ The largest number of nonconforming pieces with which the lot passes. """
    reject: int
    """ From this number of nonconforming pieces on, the lot fails. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        aql: None | str
        aql = self.aql

        code_letter = self.code_letter

        sample_size = self.sample_size

        accept = self.accept

        reject = self.reject

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "aql": aql,
                "code_letter": code_letter,
                "sample_size": sample_size,
                "accept": accept,
                "reject": reject,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        def _parse_aql(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        aql = _parse_aql(d.pop("aql"))

        code_letter = d.pop("code_letter")

        sample_size = d.pop("sample_size")

        accept = d.pop("accept")

        reject = d.pop("reject")

        built_ = cls(
            name=name,
            aql=aql,
            code_letter=code_letter,
            sample_size=sample_size,
            accept=accept,
            reject=reject,
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
