from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="RfqTechnicalOpenedEventData")


@_attrs_define
class RfqTechnicalOpenedEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    technical_opened_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    quotes: list[str] | None | Unset = UNSET
    """ Ids of the quotes whose technical part was opened. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        technical_opened_at: None | str | Unset
        if isinstance(self.technical_opened_at, Unset):
            technical_opened_at = UNSET
        elif isinstance(self.technical_opened_at, datetime.datetime):
            technical_opened_at = self.technical_opened_at.isoformat()
        else:
            technical_opened_at = self.technical_opened_at

        quotes: list[str] | None | Unset
        if isinstance(self.quotes, Unset):
            quotes = UNSET
        elif isinstance(self.quotes, list):
            quotes = self.quotes

        else:
            quotes = self.quotes

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if technical_opened_at is not UNSET:
            field_dict["technical_opened_at"] = technical_opened_at
        if quotes is not UNSET:
            field_dict["quotes"] = quotes
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_technical_opened_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                technical_opened_at_type_0 = datetime.datetime.fromisoformat(data)

                return technical_opened_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        technical_opened_at = _parse_technical_opened_at(d.pop("technical_opened_at", UNSET))

        def _parse_quotes(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                quotes_type_0 = cast(list[str], data)

                return quotes_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        quotes = _parse_quotes(d.pop("quotes", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            technical_opened_at=technical_opened_at,
            quotes=quotes,
            truncated=truncated,
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
