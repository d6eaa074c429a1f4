from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QuoteCard")


@_attrs_define
class QuoteCard:
    """A quote in a list; its content is in `GET /v1/quotes/{quote_id}`."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_title: str
    """ What the RFQ is about, in one line. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    round_: int
    """ Round of quoting, from 1. """
    submitted_version: int
    """ Which submission counts, from 1; 0 before the first. """
    submitted_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    valid_until: datetime.date | None
    """ Calendar day. """
    opened_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    end_reason: None | str
    """ Why it ended, as a code; null while it has not, or when no reason is asked for. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        rfq_title = self.rfq_title

        buyer_id = self.buyer_id

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        state = self.state

        state_label = self.state_label

        etag = self.etag

        round_ = self.round_

        submitted_version = self.submitted_version

        submitted_at: None | str
        if isinstance(self.submitted_at, datetime.datetime):
            submitted_at = self.submitted_at.isoformat()
        else:
            submitted_at = self.submitted_at

        valid_until: None | str
        if isinstance(self.valid_until, datetime.date):
            valid_until = self.valid_until.isoformat()
        else:
            valid_until = self.valid_until

        opened_at: None | str
        if isinstance(self.opened_at, datetime.datetime):
            opened_at = self.opened_at.isoformat()
        else:
            opened_at = self.opened_at

        end_reason: None | str
        end_reason = self.end_reason

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "rfq_title": rfq_title,
                "buyer_id": buyer_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "state": state,
                "state_label": state_label,
                "etag": etag,
                "round": round_,
                "submitted_version": submitted_version,
                "submitted_at": submitted_at,
                "valid_until": valid_until,
                "opened_at": opened_at,
                "end_reason": end_reason,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        rfq_title = d.pop("rfq_title")

        buyer_id = d.pop("buyer_id")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        state = d.pop("state")

        state_label = d.pop("state_label")

        etag = d.pop("etag")

        round_ = d.pop("round")

        submitted_version = d.pop("submitted_version")

        def _parse_submitted_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                submitted_at_type_0 = datetime.datetime.fromisoformat(data)

                return submitted_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        submitted_at = _parse_submitted_at(d.pop("submitted_at"))

        def _parse_valid_until(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                valid_until_type_0 = datetime.date.fromisoformat(data)

                return valid_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        valid_until = _parse_valid_until(d.pop("valid_until"))

        def _parse_opened_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                opened_at_type_0 = datetime.datetime.fromisoformat(data)

                return opened_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        opened_at = _parse_opened_at(d.pop("opened_at"))

        def _parse_end_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_reason = _parse_end_reason(d.pop("end_reason"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            rfq_title=rfq_title,
            buyer_id=buyer_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            state=state,
            state_label=state_label,
            etag=etag,
            round_=round_,
            submitted_version=submitted_version,
            submitted_at=submitted_at,
            valid_until=valid_until,
            opened_at=opened_at,
            end_reason=end_reason,
            created_at=created_at,
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
