from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="OrderFirstArticleEventData")


@_attrs_define
class OrderFirstArticleEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    rfq_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    first_article_id: None | str | Unset = UNSET
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int | None | Unset = UNSET
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    gate: None | str | Unset = UNSET
    """ Whether production of the line may go on: what its first article says. """
    gate_quantity: None | str | Unset = UNSET
    """ Exact decimal. """
    gate_until: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id: None | str | Unset
        if isinstance(self.rfq_id, Unset):
            rfq_id = UNSET
        else:
            rfq_id = self.rfq_id

        first_article_id: None | str | Unset
        if isinstance(self.first_article_id, Unset):
            first_article_id = UNSET
        else:
            first_article_id = self.first_article_id

        line_no: int | None | Unset
        if isinstance(self.line_no, Unset):
            line_no = UNSET
        else:
            line_no = self.line_no

        gate: None | str | Unset
        if isinstance(self.gate, Unset):
            gate = UNSET
        else:
            gate = self.gate

        gate_quantity: None | str | Unset
        if isinstance(self.gate_quantity, Unset):
            gate_quantity = UNSET
        else:
            gate_quantity = self.gate_quantity

        gate_until: None | str | Unset
        if isinstance(self.gate_until, Unset):
            gate_until = UNSET
        elif isinstance(self.gate_until, datetime.datetime):
            gate_until = self.gate_until.isoformat()
        else:
            gate_until = self.gate_until

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if rfq_id is not UNSET:
            field_dict["rfq_id"] = rfq_id
        if first_article_id is not UNSET:
            field_dict["first_article_id"] = first_article_id
        if line_no is not UNSET:
            field_dict["line_no"] = line_no
        if gate is not UNSET:
            field_dict["gate"] = gate
        if gate_quantity is not UNSET:
            field_dict["gate_quantity"] = gate_quantity
        if gate_until is not UNSET:
            field_dict["gate_until"] = gate_until
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

        def _parse_first_article_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        first_article_id = _parse_first_article_id(d.pop("first_article_id", UNSET))

        def _parse_line_no(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        line_no = _parse_line_no(d.pop("line_no", UNSET))

        def _parse_gate(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        gate = _parse_gate(d.pop("gate", UNSET))

        def _parse_gate_quantity(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        gate_quantity = _parse_gate_quantity(d.pop("gate_quantity", UNSET))

        def _parse_gate_until(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                gate_until_type_0 = datetime.datetime.fromisoformat(data)

                return gate_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        gate_until = _parse_gate_until(d.pop("gate_until", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            rfq_id=rfq_id,
            first_article_id=first_article_id,
            line_no=line_no,
            gate=gate,
            gate_quantity=gate_quantity,
            gate_until=gate_until,
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
