from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="QuoteDisturbedEventData")


@_attrs_define
class QuoteDisturbedEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    rfq_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    quote_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    revision: int | None | Unset = UNSET
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    changed_lines: list[int] | None | Unset = UNSET
    """ Numbers of the lines that differ from before. """
    lines_to_reconfirm: list[int] | None | Unset = UNSET
    """ Numbers of the lines that changed since the supplier priced them. """
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

        revision: int | None | Unset
        if isinstance(self.revision, Unset):
            revision = UNSET
        else:
            revision = self.revision

        changed_lines: list[int] | None | Unset
        if isinstance(self.changed_lines, Unset):
            changed_lines = UNSET
        elif isinstance(self.changed_lines, list):
            changed_lines = self.changed_lines

        else:
            changed_lines = self.changed_lines

        lines_to_reconfirm: list[int] | None | Unset
        if isinstance(self.lines_to_reconfirm, Unset):
            lines_to_reconfirm = UNSET
        elif isinstance(self.lines_to_reconfirm, list):
            lines_to_reconfirm = self.lines_to_reconfirm

        else:
            lines_to_reconfirm = self.lines_to_reconfirm

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if rfq_id is not UNSET:
            field_dict["rfq_id"] = rfq_id
        if quote_id is not UNSET:
            field_dict["quote_id"] = quote_id
        if revision is not UNSET:
            field_dict["revision"] = revision
        if changed_lines is not UNSET:
            field_dict["changed_lines"] = changed_lines
        if lines_to_reconfirm is not UNSET:
            field_dict["lines_to_reconfirm"] = lines_to_reconfirm
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

        def _parse_revision(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        revision = _parse_revision(d.pop("revision", UNSET))

        def _parse_changed_lines(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                changed_lines_type_0 = cast(list[int], data)

                return changed_lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        changed_lines = _parse_changed_lines(d.pop("changed_lines", UNSET))

        def _parse_lines_to_reconfirm(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                lines_to_reconfirm_type_0 = cast(list[int], data)

                return lines_to_reconfirm_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        lines_to_reconfirm = _parse_lines_to_reconfirm(d.pop("lines_to_reconfirm", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            rfq_id=rfq_id,
            quote_id=quote_id,
            revision=revision,
            changed_lines=changed_lines,
            lines_to_reconfirm=lines_to_reconfirm,
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
