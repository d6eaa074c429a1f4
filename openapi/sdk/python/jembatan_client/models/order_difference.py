from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="OrderDifference")


@_attrs_define
class OrderDifference:
    """One member of the order, before and after, and the same in words.

    `pointer` is a JSON Pointer into the order as `get_order` shows it.

    """

    pointer: str
    """ JSON Pointer (RFC 6901) into the order. """
    from_: None | str
    """ The value before. """
    to: None | str
    """ The value after. """
    sentence_id: str
    """ The same as an Indonesian sentence. """
    sentence_en: str
    """ The same as an English sentence. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        pointer = self.pointer

        from_: None | str
        from_ = self.from_

        to: None | str
        to = self.to

        sentence_id = self.sentence_id

        sentence_en = self.sentence_en

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "pointer": pointer,
                "from": from_,
                "to": to,
                "sentence_id": sentence_id,
                "sentence_en": sentence_en,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        pointer = d.pop("pointer")

        def _parse_from_(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        from_ = _parse_from_(d.pop("from"))

        def _parse_to(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        to = _parse_to(d.pop("to"))

        sentence_id = d.pop("sentence_id")

        sentence_en = d.pop("sentence_en")

        built_ = cls(
            pointer=pointer,
            from_=from_,
            to=to,
            sentence_id=sentence_id,
            sentence_en=sentence_en,
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
