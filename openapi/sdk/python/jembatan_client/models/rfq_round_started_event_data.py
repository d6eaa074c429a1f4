from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="RfqRoundStartedEventData")


@_attrs_define
class RfqRoundStartedEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    round_: int | None | Unset = UNSET
    """ Round of quoting, from 1. """
    kind: None | str | Unset = UNSET
    """ Which kind it is. """
    quotes_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        round_: int | None | Unset
        if isinstance(self.round_, Unset):
            round_ = UNSET
        else:
            round_ = self.round_

        kind: None | str | Unset
        if isinstance(self.kind, Unset):
            kind = UNSET
        else:
            kind = self.kind

        quotes_close_at: None | str | Unset
        if isinstance(self.quotes_close_at, Unset):
            quotes_close_at = UNSET
        elif isinstance(self.quotes_close_at, datetime.datetime):
            quotes_close_at = self.quotes_close_at.isoformat()
        else:
            quotes_close_at = self.quotes_close_at

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if round_ is not UNSET:
            field_dict["round"] = round_
        if kind is not UNSET:
            field_dict["kind"] = kind
        if quotes_close_at is not UNSET:
            field_dict["quotes_close_at"] = quotes_close_at
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_round_(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        round_ = _parse_round_(d.pop("round", UNSET))

        def _parse_kind(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        kind = _parse_kind(d.pop("kind", UNSET))

        def _parse_quotes_close_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quotes_close_at_type_0 = datetime.datetime.fromisoformat(data)

                return quotes_close_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        quotes_close_at = _parse_quotes_close_at(d.pop("quotes_close_at", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            round_=round_,
            kind=kind,
            quotes_close_at=quotes_close_at,
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
