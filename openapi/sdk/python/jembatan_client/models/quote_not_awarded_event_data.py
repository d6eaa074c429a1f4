from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QuoteNotAwardedEventData")


@_attrs_define
class QuoteNotAwardedEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    rfq_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    quote_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    reason: None | str | Unset = UNSET
    """ Why, as a code of the vocabulary for it; null when none is given. """
    rank_band: None | str | Unset = UNSET
    """ In which third the quote stood among those in its currency. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id: None | str | Unset
        if isinstance(self.rfq_id, Unset):
            rfq_id = UNSET
        else:
            rfq_id = self.rfq_id

        quote_id: None | str | Unset
        if isinstance(self.quote_id, Unset):
            quote_id = UNSET
        else:
            quote_id = self.quote_id

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        rank_band: None | str | Unset
        if isinstance(self.rank_band, Unset):
            rank_band = UNSET
        else:
            rank_band = self.rank_band

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if rfq_id is not UNSET:
            field_dict["rfq_id"] = rfq_id
        if quote_id is not UNSET:
            field_dict["quote_id"] = quote_id
        if reason is not UNSET:
            field_dict["reason"] = reason
        if rank_band is not UNSET:
            field_dict["rank_band"] = rank_band
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_rfq_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rfq_id = _parse_rfq_id(d.pop("rfq_id", UNSET))

        def _parse_quote_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quote_id = _parse_quote_id(d.pop("quote_id", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_rank_band(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        rank_band = _parse_rank_band(d.pop("rank_band", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            rfq_id=rfq_id,
            quote_id=quote_id,
            reason=reason,
            rank_band=rank_band,
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
