from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="FirstArticleDocument")


@_attrs_define
class FirstArticleDocument:
    """A file with its digest at the submission, or why there is none."""

    element: str
    """ The element of the approval, as a code. """
    file_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    name: None | str
    """ Name of the file; null where the element is not applicable. """
    sha256: None | str
    """ SHA-256 of the content in hexadecimal; null while unknown or unreadable. """
    not_applicable: None | str
    """ Why the element does not apply; null where it does. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        element = self.element

        file_id: None | str
        file_id = self.file_id

        name: None | str
        name = self.name

        sha256: None | str
        sha256 = self.sha256

        not_applicable: None | str
        not_applicable = self.not_applicable

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "element": element,
                "file_id": file_id,
                "name": name,
                "sha256": sha256,
                "not_applicable": not_applicable,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        element = d.pop("element")

        def _parse_file_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        file_id = _parse_file_id(d.pop("file_id"))

        def _parse_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        name = _parse_name(d.pop("name"))

        def _parse_sha256(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        sha256 = _parse_sha256(d.pop("sha256"))

        def _parse_not_applicable(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        not_applicable = _parse_not_applicable(d.pop("not_applicable"))

        built_ = cls(
            element=element,
            file_id=file_id,
            name=name,
            sha256=sha256,
            not_applicable=not_applicable,
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
