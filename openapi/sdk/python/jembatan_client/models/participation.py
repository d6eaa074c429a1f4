from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked


T = TypeVar("T", bound="Participation")


@_attrs_define
class Participation:
    """One supplier's part in one RFQ. `supplier_name` is told to the buyer alone."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: None | str
    """ Name of the supplying organisation. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    round_: int
    """ The last round in which it may quote. """
    nda_accepted_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    nda_accepted_by: None | str
    """ Who accepted the confidentiality agreement; null until then. """
    nda_version: int | None
    """ Version of the confidentiality agreement. """
    decline_reason: None | str
    """ Why it was declined, as a code; null when it was not. """
    decline_note: None | str
    """ What the supplier added when it declined; null when nothing. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        supplier_id = self.supplier_id

        supplier_name: None | str
        supplier_name = self.supplier_name

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        round_ = self.round_

        nda_accepted_at: None | str
        if isinstance(self.nda_accepted_at, datetime.datetime):
            nda_accepted_at = self.nda_accepted_at.isoformat()
        else:
            nda_accepted_at = self.nda_accepted_at

        nda_accepted_by: None | str
        nda_accepted_by = self.nda_accepted_by

        nda_version: int | None
        nda_version = self.nda_version

        decline_reason: None | str
        decline_reason = self.decline_reason

        decline_note: None | str
        decline_note = self.decline_note

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "round": round_,
                "nda_accepted_at": nda_accepted_at,
                "nda_accepted_by": nda_accepted_by,
                "nda_version": nda_version,
                "decline_reason": decline_reason,
                "decline_note": decline_note,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        supplier_id = d.pop("supplier_id")

        def _parse_supplier_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        supplier_name = _parse_supplier_name(d.pop("supplier_name"))

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        round_ = d.pop("round")

        def _parse_nda_accepted_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                nda_accepted_at_type_0 = datetime.datetime.fromisoformat(data)

                return nda_accepted_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        nda_accepted_at = _parse_nda_accepted_at(d.pop("nda_accepted_at"))

        def _parse_nda_accepted_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nda_accepted_by = _parse_nda_accepted_by(d.pop("nda_accepted_by"))

        def _parse_nda_version(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        nda_version = _parse_nda_version(d.pop("nda_version"))

        def _parse_decline_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason"))

        def _parse_decline_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_note = _parse_decline_note(d.pop("decline_note"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            round_=round_,
            nda_accepted_at=nda_accepted_at,
            nda_accepted_by=nda_accepted_by,
            nda_version=nda_version,
            decline_reason=decline_reason,
            decline_note=decline_note,
            created_at=created_at,
            updated_at=updated_at,
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
