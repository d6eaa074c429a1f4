from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="AwardScenarioCard")


@_attrs_define
class AwardScenarioCard:
    """A scenario in a list; its split is in `GET /v1/award-scenarios/{scenario_id}`."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    status: str
    """ Whether the solution is the best, has a proven bound, does not exist, or was not found in time.

    Known values: optimal, bounded, infeasible, unsolved. """
    currency: str
    """ ISO 4217 code. """
    total: None | str
    """ Exact decimal. """
    solved_by: str
    """ Who asked for the solution. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        state = self.state

        state_label = self.state_label

        etag = self.etag

        status = self.status

        currency = self.currency

        total: None | str
        total = self.total

        solved_by = self.solved_by

        created_at = self.created_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "state": state,
                "state_label": state_label,
                "etag": etag,
                "status": status,
                "currency": currency,
                "total": total,
                "solved_by": solved_by,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        etag = d.pop("etag")

        status = d.pop("status")

        currency = d.pop("currency")

        def _parse_total(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        total = _parse_total(d.pop("total"))

        solved_by = d.pop("solved_by")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            state=state,
            state_label=state_label,
            etag=etag,
            status=status,
            currency=currency,
            total=total,
            solved_by=solved_by,
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
