from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="LotReceipt")


@_attrs_define
class LotReceipt:
    """What one receipt counted of the lot; `accepted` and `rejected` are what its inspection has come to."""

    receipt_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: None | str
    """ The number that people know it by. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    received_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    received: str
    """ Exact decimal. """
    short: str
    """ Exact decimal. """
    damaged: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    inspection_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    inspection_state: None | str
    """ State of the inspection of this receipt; null when there is none. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        receipt_id = self.receipt_id

        number: None | str
        number = self.number

        state = self.state

        received_at = self.received_at.isoformat()

        received = self.received

        short = self.short

        damaged = self.damaged

        accepted = self.accepted

        rejected = self.rejected

        inspection_id: None | str
        inspection_id = self.inspection_id

        inspection_state: None | str
        inspection_state = self.inspection_state

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "receipt_id": receipt_id,
                "number": number,
                "state": state,
                "received_at": received_at,
                "received": received,
                "short": short,
                "damaged": damaged,
                "accepted": accepted,
                "rejected": rejected,
                "inspection_id": inspection_id,
                "inspection_state": inspection_state,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        receipt_id = d.pop("receipt_id")

        def _parse_number(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        number = _parse_number(d.pop("number"))

        state = d.pop("state")

        received_at = datetime.datetime.fromisoformat(d.pop("received_at"))

        received = d.pop("received")

        short = d.pop("short")

        damaged = d.pop("damaged")

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        def _parse_inspection_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        inspection_id = _parse_inspection_id(d.pop("inspection_id"))

        def _parse_inspection_state(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        inspection_state = _parse_inspection_state(d.pop("inspection_state"))

        built_ = cls(
            receipt_id=receipt_id,
            number=number,
            state=state,
            received_at=received_at,
            received=received,
            short=short,
            damaged=damaged,
            accepted=accepted,
            rejected=rejected,
            inspection_id=inspection_id,
            inspection_state=inspection_state,
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
