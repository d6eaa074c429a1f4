from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.vocabulary_entry_attributes import VocabularyEntryAttributes


T = TypeVar("T", bound="VocabularyEntry")


@_attrs_define
class VocabularyEntry:
    """One code with its labels; `attributes` holds what else is known of it."""

    code: str
    """ Stable name, for programs. """
    id: str
    """ The label in Indonesian. """
    en: str
    """ In English; null when there is no English text. """
    attributes: VocabularyEntryAttributes
    """ Further facts of the entry by name; which ones there are depends on the vocabulary. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        code = self.code

        id = self.id

        en = self.en

        attributes = self.attributes.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "code": code,
                "id": id,
                "en": en,
                "attributes": attributes,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.vocabulary_entry_attributes import VocabularyEntryAttributes  # noqa: PLC0415

        d = dict(src_dict)
        code = d.pop("code")

        id = d.pop("id")

        en = d.pop("en")

        attributes = VocabularyEntryAttributes.from_dict(d.pop("attributes"))

        built_ = cls(
            code=code,
            id=id,
            en=en,
            attributes=attributes,
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
