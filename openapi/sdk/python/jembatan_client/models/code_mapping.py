from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="CodeMapping")


@_attrs_define
class CodeMapping:
    """In `system`, `external` means our `code`."""

    system: str
    """ The buyer's system whose codes these are. """
    kind: str
    """ What the codes stand for: a unit, a process, a certificate or a material.

    Known values: unit, process, certificate, material. """
    external: str
    """ The code of the buyer's own system. """
    code: str
    """ Our code. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        system = self.system

        kind = self.kind

        external = self.external

        code = self.code

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "system": system,
                "kind": kind,
                "external": external,
                "code": code,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        system = d.pop("system")

        kind = d.pop("kind")

        external = d.pop("external")

        code = d.pop("code")

        built_ = cls(
            system=system,
            kind=kind,
            external=external,
            code=code,
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
