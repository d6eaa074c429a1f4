from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.vocabulary_entry import VocabularyEntry


T = TypeVar("T", bound="Vocabulary")


@_attrs_define
class Vocabulary:
    """One list of codes."""

    name: str
    """ Name of the vocabulary, as in its path. """
    label_id: str
    """ Label in Indonesian. """
    label_en: str
    """ Label in English. """
    source: str
    """ Where it is from. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    entries: list[VocabularyEntry]
    """ The entries, in order. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        label_id = self.label_id

        label_en = self.label_en

        source = self.source

        etag = self.etag

        entries = []
        for entries_item_data in self.entries:
            entries_item = entries_item_data.to_dict()
            entries.append(entries_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "name": name,
                "label_id": label_id,
                "label_en": label_en,
                "source": source,
                "etag": etag,
                "entries": entries,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.vocabulary_entry import VocabularyEntry  # noqa: PLC0415

        d = dict(src_dict)
        name = d.pop("name")

        label_id = d.pop("label_id")

        label_en = d.pop("label_en")

        source = d.pop("source")

        etag = d.pop("etag")

        entries = []
        _entries = d.pop("entries")
        for entries_item_data in _entries:
            entries_item = VocabularyEntry.from_dict(entries_item_data)

            entries.append(entries_item)

        built_ = cls(
            name=name,
            label_id=label_id,
            label_en=label_en,
            source=source,
            etag=etag,
            entries=entries,
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
