from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked


T = TypeVar("T", bound="InspectionPlanShown")


@_attrs_define
class InspectionPlanShown:
    """The plan for a part from one supplier, over all orders. `state` says how severely the next lot is inspected."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    part_number: str
    """ The buyer's number of the part. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
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
    level: str
    """ The inspection level of ISO 2859-1.

    Known values: S-1, S-2, S-3, S-4, I, II, III. """
    aql_major: str
    """ Acceptance quality limit of major characteristics, in percent nonconforming (ISO 2859-1).

    Known values: 0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10, 15,
    25, 40, 65, 100, 150, 250, 400, 650, 1000. """
    aql_minor: None | str
    """ Acceptance quality limit of minor characteristics, in percent nonconforming; null when none is minor.

    Known values: 0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5, 10, 15,
    25, 40, 65, 100, 150, 250, 400, 650, 1000. """
    critical_numbers: list[int]
    """ Numbers of the characteristics of which no nonconforming piece is admitted. """
    minor_numbers: list[int]
    """ Numbers of the characteristics that are judged by the limit for minor ones. """
    allow_reduced: bool
    """ Whether sampling may become reduced after good lots. """
    ship_to_stock_after: int | None
    """ Good lots in a row after which lots go to stock without inspection; null for never. """
    verify_every: int
    """ Of lots that go to stock, every so-many-th is inspected. """
    switching_score: int
    """ Score that decides when inspection may become reduced (ISO 2859-1). """
    recent: list[bool]
    """ The last lots, newest last: whether each was accepted. """
    rejected_on_tightened: int
    """ Lots rejected under tightened inspection; at five, inspection stops (ISO 2859-1). """
    good_lots_in_a_row: int
    """ Lots accepted one after the other, which ship-to-stock counts. """
    shipped_since_verified: int
    """ Lots that went to stock since the last one that was inspected. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        part_number = self.part_number

        supplier_id = self.supplier_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        level = self.level

        aql_major = self.aql_major

        aql_minor: None | str
        aql_minor = self.aql_minor

        critical_numbers = self.critical_numbers

        minor_numbers = self.minor_numbers

        allow_reduced = self.allow_reduced

        ship_to_stock_after: int | None
        ship_to_stock_after = self.ship_to_stock_after

        verify_every = self.verify_every

        switching_score = self.switching_score

        recent = self.recent

        rejected_on_tightened = self.rejected_on_tightened

        good_lots_in_a_row = self.good_lots_in_a_row

        shipped_since_verified = self.shipped_since_verified

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "part_number": part_number,
                "supplier_id": supplier_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "level": level,
                "aql_major": aql_major,
                "aql_minor": aql_minor,
                "critical_numbers": critical_numbers,
                "minor_numbers": minor_numbers,
                "allow_reduced": allow_reduced,
                "ship_to_stock_after": ship_to_stock_after,
                "verify_every": verify_every,
                "switching_score": switching_score,
                "recent": recent,
                "rejected_on_tightened": rejected_on_tightened,
                "good_lots_in_a_row": good_lots_in_a_row,
                "shipped_since_verified": shipped_since_verified,
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

        part_number = d.pop("part_number")

        supplier_id = d.pop("supplier_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        level = d.pop("level")

        aql_major = d.pop("aql_major")

        def _parse_aql_minor(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        aql_minor = _parse_aql_minor(d.pop("aql_minor"))

        critical_numbers = cast(list[int], d.pop("critical_numbers"))

        minor_numbers = cast(list[int], d.pop("minor_numbers"))

        allow_reduced = d.pop("allow_reduced")

        def _parse_ship_to_stock_after(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        ship_to_stock_after = _parse_ship_to_stock_after(d.pop("ship_to_stock_after"))

        verify_every = d.pop("verify_every")

        switching_score = d.pop("switching_score")

        recent = cast(list[bool], d.pop("recent"))

        rejected_on_tightened = d.pop("rejected_on_tightened")

        good_lots_in_a_row = d.pop("good_lots_in_a_row")

        shipped_since_verified = d.pop("shipped_since_verified")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            part_number=part_number,
            supplier_id=supplier_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            level=level,
            aql_major=aql_major,
            aql_minor=aql_minor,
            critical_numbers=critical_numbers,
            minor_numbers=minor_numbers,
            allow_reduced=allow_reduced,
            ship_to_stock_after=ship_to_stock_after,
            verify_every=verify_every,
            switching_score=switching_score,
            recent=recent,
            rejected_on_tightened=rejected_on_tightened,
            good_lots_in_a_row=good_lots_in_a_row,
            shipped_since_verified=shipped_since_verified,
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
