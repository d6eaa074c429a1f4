from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="FirstArticleDocumentIn")


@_attrs_define
class FirstArticleDocumentIn:
    """One element (vocabulary `approval_elements`): a file of yours, or why it does not apply."""

    element: str
    """ The element of the approval, as a code. """
    file_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    not_applicable: None | str | Unset = UNSET
    """ Why the element does not apply; null where it does. """

    def to_dict(self) -> dict[str, Any]:
        element = self.element

        file_id: None | str | Unset
        if isinstance(self.file_id, Unset):
            file_id = UNSET
        else:
            file_id = self.file_id

        not_applicable: None | str | Unset
        if isinstance(self.not_applicable, Unset):
            not_applicable = UNSET
        else:
            not_applicable = self.not_applicable

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "element": element,
            }
        )
        if file_id is not UNSET:
            field_dict["file_id"] = file_id
        if not_applicable is not UNSET:
            field_dict["not_applicable"] = not_applicable

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        element = d.pop("element")

        def _parse_file_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        file_id = _parse_file_id(d.pop("file_id", UNSET))

        def _parse_not_applicable(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        not_applicable = _parse_not_applicable(d.pop("not_applicable", UNSET))

        built_ = cls(
            element=element,
            file_id=file_id,
            not_applicable=not_applicable,
        )

        return built_
