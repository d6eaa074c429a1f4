from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.code_mapping_in_kind import CodeMappingInKind, check_code_mapping_in_kind

T = TypeVar("T", bound="CodeMappingIn")


@_attrs_define
class CodeMappingIn:
    """In `system`, `external` means our `code`; capitals count."""

    system: str
    """ Where the code comes from. """
    kind: CodeMappingInKind
    """ What the codes stand for: a unit, a process, a certificate or a material. """
    external: str
    """ As the system writes it. """
    code: str
    """ Code of our vocabulary of that kind. """

    def to_dict(self) -> dict[str, Any]:
        system = self.system

        kind: str = self.kind

        external = self.external

        code = self.code

        field_dict: dict[str, Any] = {}

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

        kind = check_code_mapping_in_kind(d.pop("kind"))

        external = d.pop("external")

        code = d.pop("code")

        built_ = cls(
            system=system,
            kind=kind,
            external=external,
            code=code,
        )

        return built_
