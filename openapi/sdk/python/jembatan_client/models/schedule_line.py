from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScheduleLine")


@_attrs_define
class ScheduleLine:
    """So much of an order line until the end of one day, at `due_ends_at`.

    `despatched`, `received` and `accepted` are what of the order line's quantities falls to it, earliest due first;
    without what was lost or rejected. `at_risk_at` and `overdue_at`: when both parties were told.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    due_on: datetime.date
    """ Calendar day. """
    due_ends_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    quantity: str
    """ Exact decimal. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    committed_on: datetime.date | None
    """ Calendar day. """
    despatched: str
    """ Exact decimal. """
    received: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    at_risk_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    overdue_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        line_no = self.line_no

        due_on = self.due_on.isoformat()

        due_ends_at = self.due_ends_at.isoformat()

        quantity = self.quantity

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        etag = self.etag

        committed_on: None | str
        if isinstance(self.committed_on, datetime.date):
            committed_on = self.committed_on.isoformat()
        else:
            committed_on = self.committed_on

        despatched = self.despatched

        received = self.received

        accepted = self.accepted

        at_risk_at: None | str
        if isinstance(self.at_risk_at, datetime.datetime):
            at_risk_at = self.at_risk_at.isoformat()
        else:
            at_risk_at = self.at_risk_at

        overdue_at: None | str
        if isinstance(self.overdue_at, datetime.datetime):
            overdue_at = self.overdue_at.isoformat()
        else:
            overdue_at = self.overdue_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "line_no": line_no,
                "due_on": due_on,
                "due_ends_at": due_ends_at,
                "quantity": quantity,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "etag": etag,
                "committed_on": committed_on,
                "despatched": despatched,
                "received": received,
                "accepted": accepted,
                "at_risk_at": at_risk_at,
                "overdue_at": overdue_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        line_no = d.pop("line_no")

        due_on = datetime.date.fromisoformat(d.pop("due_on"))

        due_ends_at = datetime.datetime.fromisoformat(d.pop("due_ends_at"))

        quantity = d.pop("quantity")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        etag = d.pop("etag")

        def _parse_committed_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                committed_on_type_0 = datetime.date.fromisoformat(data)

                return committed_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        committed_on = _parse_committed_on(d.pop("committed_on"))

        despatched = d.pop("despatched")

        received = d.pop("received")

        accepted = d.pop("accepted")

        def _parse_at_risk_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                at_risk_at_type_0 = datetime.datetime.fromisoformat(data)

                return at_risk_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        at_risk_at = _parse_at_risk_at(d.pop("at_risk_at"))

        def _parse_overdue_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                overdue_at_type_0 = datetime.datetime.fromisoformat(data)

                return overdue_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        overdue_at = _parse_overdue_at(d.pop("overdue_at"))

        built_ = cls(
            id=id,
            line_no=line_no,
            due_on=due_on,
            due_ends_at=due_ends_at,
            quantity=quantity,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            etag=etag,
            committed_on=committed_on,
            despatched=despatched,
            received=received,
            accepted=accepted,
            at_risk_at=at_risk_at,
            overdue_at=overdue_at,
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
