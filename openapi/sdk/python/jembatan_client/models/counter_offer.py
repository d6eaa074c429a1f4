from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.amended_line import AmendedLine
    from ..models.blocked import Blocked


T = TypeVar("T", bound="CounterOffer")


@_attrs_define
class CounterOffer:
    """What the buyer proposes to change of a quote. `round` is the quote's."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
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
    round_: int
    """ Round of quoting, from 1. """
    currency: None | str
    """ ISO 4217 code. """
    lines: list[AmendedLine]
    """ What it is about, line by line. """
    payment_days: int | None
    """ Calendar days from the invoice to payment; null when not agreed. """
    message: None | str
    """ What was said with it, for people; null when nothing. """
    answer_by: datetime.datetime
    """ RFC 3339 instant with a zone. """
    answered_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    end_reason: None | str
    """ Why it ended, as a code; null while it has not, or when no reason is asked for. """
    end_note: None | str
    """ What was added when it ended; null when nothing. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        quote_id = self.quote_id

        rfq_id = self.rfq_id

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

        round_ = self.round_

        currency: None | str
        currency = self.currency

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        payment_days: int | None
        payment_days = self.payment_days

        message: None | str
        message = self.message

        answer_by = self.answer_by.isoformat()

        answered_at: None | str
        if isinstance(self.answered_at, datetime.datetime):
            answered_at = self.answered_at.isoformat()
        else:
            answered_at = self.answered_at

        end_reason: None | str
        end_reason = self.end_reason

        end_note: None | str
        end_note = self.end_note

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "quote_id": quote_id,
                "rfq_id": rfq_id,
                "buyer_id": buyer_id,
                "supplier_id": supplier_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "round": round_,
                "currency": currency,
                "lines": lines,
                "payment_days": payment_days,
                "message": message,
                "answer_by": answer_by,
                "answered_at": answered_at,
                "end_reason": end_reason,
                "end_note": end_note,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.amended_line import AmendedLine  # noqa: PLC0415
        from ..models.blocked import Blocked  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        quote_id = d.pop("quote_id")

        rfq_id = d.pop("rfq_id")

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

        round_ = d.pop("round")

        def _parse_currency(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        currency = _parse_currency(d.pop("currency"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = AmendedLine.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_payment_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        payment_days = _parse_payment_days(d.pop("payment_days"))

        def _parse_message(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        message = _parse_message(d.pop("message"))

        answer_by = datetime.datetime.fromisoformat(d.pop("answer_by"))

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

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            quote_id=quote_id,
            rfq_id=rfq_id,
            buyer_id=buyer_id,
            supplier_id=supplier_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            round_=round_,
            currency=currency,
            lines=lines,
            payment_days=payment_days,
            message=message,
            answer_by=answer_by,
            answered_at=answered_at,
            end_reason=end_reason,
            end_note=end_note,
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
