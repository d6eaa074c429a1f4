from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.despatch_line import DespatchLine


T = TypeVar("T", bound="Despatch")


@_attrs_define
class Despatch:
    """Goods on their way."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    number: str
    """ The supplier's number of the delivery note. """
    kind: str
    """ Whether it carries production or a sample. """
    replaces: None | str
    """ The nonconformance in place of whose pieces it was sent. """
    announced: bool
    """ False when the goods came without notice and the receipt made it. """
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
    packages: int | None
    """ Number of packages; null when not told. """
    carrier: None | str
    """ Who carries it; null when not told. """
    vehicle: None | str
    """ Registration number of the vehicle; null when not told. """
    eta: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    note: None | str
    """ Remark for people; null when there is none. """
    despatched_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    lines: list[DespatchLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        order_id = self.order_id

        buyer_id = self.buyer_id

        supplier_id = self.supplier_id

        number = self.number

        kind = self.kind

        replaces: None | str
        replaces = self.replaces

        announced = self.announced

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        packages: int | None
        packages = self.packages

        carrier: None | str
        carrier = self.carrier

        vehicle: None | str
        vehicle = self.vehicle

        eta: None | str
        if isinstance(self.eta, datetime.datetime):
            eta = self.eta.isoformat()
        else:
            eta = self.eta

        note: None | str
        note = self.note

        despatched_at = self.despatched_at.isoformat()

        updated_at = self.updated_at.isoformat()

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "buyer_id": buyer_id,
                "supplier_id": supplier_id,
                "number": number,
                "kind": kind,
                "replaces": replaces,
                "announced": announced,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "packages": packages,
                "carrier": carrier,
                "vehicle": vehicle,
                "eta": eta,
                "note": note,
                "despatched_at": despatched_at,
                "updated_at": updated_at,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.despatch_line import DespatchLine  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        buyer_id = d.pop("buyer_id")

        supplier_id = d.pop("supplier_id")

        number = d.pop("number")

        kind = d.pop("kind")

        def _parse_replaces(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        replaces = _parse_replaces(d.pop("replaces"))

        announced = d.pop("announced")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        def _parse_packages(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        packages = _parse_packages(d.pop("packages"))

        def _parse_carrier(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        carrier = _parse_carrier(d.pop("carrier"))

        def _parse_vehicle(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        vehicle = _parse_vehicle(d.pop("vehicle"))

        def _parse_eta(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                eta_type_0 = datetime.datetime.fromisoformat(data)

                return eta_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        eta = _parse_eta(d.pop("eta"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        despatched_at = datetime.datetime.fromisoformat(d.pop("despatched_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = DespatchLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            id=id,
            order_id=order_id,
            buyer_id=buyer_id,
            supplier_id=supplier_id,
            number=number,
            kind=kind,
            replaces=replaces,
            announced=announced,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            packages=packages,
            carrier=carrier,
            vehicle=vehicle,
            eta=eta,
            note=note,
            despatched_at=despatched_at,
            updated_at=updated_at,
            lines=lines,
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
