from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.award_line import AwardLine
    from ..models.award_reasons_type_0 import AwardReasonsType0
    from ..models.blocked import Blocked


T = TypeVar("T", bound="Award")


@_attrs_define
class Award:
    """Quantities of one quote for one supplier. `total` is the sum of quantity x unit_price + tooling, without PPN."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
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
    currency: str
    """ ISO 4217 code. """
    total: str
    """ Exact decimal. """
    note: None | str
    """ Remark for people; null when there is none. """
    lines: list[AwardLine]
    """ What it is about, line by line. """
    proposed_by: None | str
    """ Person or credential; null for the supplier. """
    issued_by: None | str
    """ Person or credential; null for the supplier. """
    issued_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    answered_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    end_reason: None | str
    """ Why it ended, as a code; null while it has not, or when no reason is asked for. """
    end_note: None | str
    """ What was added when it ended; null when nothing. """
    order_id: None | str
    """ The order that the acceptance made. """
    standstill_until: datetime.datetime | None
    """ The supplier may accept from this instant on. """
    accept_by: datetime.datetime | None
    """ At this instant it has lapsed. """
    follows: None | str
    """ The ended award whose quantity this one offers; null for the supplier. """
    reasons: AwardReasonsType0 | None
    """ What losing quotes hear by the buyer's word; null for the supplier. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.award_reasons_type_0 import AwardReasonsType0  # noqa: PLC0415

        id = self.id

        rfq_id = self.rfq_id

        quote_id = self.quote_id

        buyer_id = self.buyer_id

        supplier_id = self.supplier_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        currency = self.currency

        total = self.total

        note: None | str
        note = self.note

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        proposed_by: None | str
        proposed_by = self.proposed_by

        issued_by: None | str
        issued_by = self.issued_by

        issued_at: None | str
        if isinstance(self.issued_at, datetime.datetime):
            issued_at = self.issued_at.isoformat()
        else:
            issued_at = self.issued_at

        answered_at: None | str
        if isinstance(self.answered_at, datetime.datetime):
            answered_at = self.answered_at.isoformat()
        else:
            answered_at = self.answered_at

        end_reason: None | str
        end_reason = self.end_reason

        end_note: None | str
        end_note = self.end_note

        order_id: None | str
        order_id = self.order_id

        standstill_until: None | str
        if isinstance(self.standstill_until, datetime.datetime):
            standstill_until = self.standstill_until.isoformat()
        else:
            standstill_until = self.standstill_until

        accept_by: None | str
        if isinstance(self.accept_by, datetime.datetime):
            accept_by = self.accept_by.isoformat()
        else:
            accept_by = self.accept_by

        follows: None | str
        follows = self.follows

        reasons: dict[str, Any] | None
        if isinstance(self.reasons, AwardReasonsType0):
            reasons = self.reasons.to_dict()
        else:
            reasons = self.reasons

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "quote_id": quote_id,
                "buyer_id": buyer_id,
                "supplier_id": supplier_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "currency": currency,
                "total": total,
                "note": note,
                "lines": lines,
                "proposed_by": proposed_by,
                "issued_by": issued_by,
                "issued_at": issued_at,
                "answered_at": answered_at,
                "end_reason": end_reason,
                "end_note": end_note,
                "order_id": order_id,
                "standstill_until": standstill_until,
                "accept_by": accept_by,
                "follows": follows,
                "reasons": reasons,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.award_line import AwardLine  # noqa: PLC0415
        from ..models.award_reasons_type_0 import AwardReasonsType0  # noqa: PLC0415
        from ..models.blocked import Blocked  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        quote_id = d.pop("quote_id")

        buyer_id = d.pop("buyer_id")

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

        currency = d.pop("currency")

        total = d.pop("total")

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = AwardLine.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_proposed_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        proposed_by = _parse_proposed_by(d.pop("proposed_by"))

        def _parse_issued_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        issued_by = _parse_issued_by(d.pop("issued_by"))

        def _parse_issued_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                issued_at_type_0 = datetime.datetime.fromisoformat(data)

                return issued_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        issued_at = _parse_issued_at(d.pop("issued_at"))

        def _parse_answered_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                answered_at_type_0 = datetime.datetime.fromisoformat(data)

                return answered_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        answered_at = _parse_answered_at(d.pop("answered_at"))

        def _parse_end_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_reason = _parse_end_reason(d.pop("end_reason"))

        def _parse_end_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_note = _parse_end_note(d.pop("end_note"))

        def _parse_order_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        order_id = _parse_order_id(d.pop("order_id"))

        def _parse_standstill_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                standstill_until_type_0 = datetime.datetime.fromisoformat(data)

                return standstill_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        standstill_until = _parse_standstill_until(d.pop("standstill_until"))

        def _parse_accept_by(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                accept_by_type_0 = datetime.datetime.fromisoformat(data)

                return accept_by_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        accept_by = _parse_accept_by(d.pop("accept_by"))

        def _parse_follows(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        follows = _parse_follows(d.pop("follows"))

        def _parse_reasons(data: object) -> AwardReasonsType0 | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                reasons_type_0 = AwardReasonsType0.from_dict(data)

                return reasons_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(AwardReasonsType0 | None, data)

        reasons = _parse_reasons(d.pop("reasons"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            quote_id=quote_id,
            buyer_id=buyer_id,
            supplier_id=supplier_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            currency=currency,
            total=total,
            note=note,
            lines=lines,
            proposed_by=proposed_by,
            issued_by=issued_by,
            issued_at=issued_at,
            answered_at=answered_at,
            end_reason=end_reason,
            end_note=end_note,
            order_id=order_id,
            standstill_until=standstill_until,
            accept_by=accept_by,
            follows=follows,
            reasons=reasons,
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
