from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="LotFirstArticle")


@_attrs_define
class LotFirstArticle:
    """A first article that was made of the lot."""

    first_article_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    attempt: int
    """ How often it has been submitted, this time included; from 1. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        first_article_id = self.first_article_id

        attempt = self.attempt

        state = self.state

        state_label = self.state_label

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "first_article_id": first_article_id,
                "attempt": attempt,
                "state": state,
                "state_label": state_label,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        first_article_id = d.pop("first_article_id")

        attempt = d.pop("attempt")

        state = d.pop("state")

        state_label = d.pop("state_label")

        built_ = cls(
            first_article_id=first_article_id,
            attempt=attempt,
            state=state,
            state_label=state_label,
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
