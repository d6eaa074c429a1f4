from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="Mark")


@_attrs_define
class Mark:
    """A fact that speaks against an organisation. The two parties of the dealing see it, nobody else.

    `standing` says whether figures count it: `pending` until `reply_until`, `contested` until the other side decides or
    thirty
    days have passed. `state` is of the reply, null without one.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    organisation_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    side: str
    """ The side: buyer or supplier.

    Known values: supplier, buyer. """
    kind: str
    """ What is held against the organisation.

    Known values: late, rejected, unanswered, late_paid. """
    subject_id: str
    """ The order, the RFQ or the invoice that it is about. """
    line_no: int | None
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: None | str
    """ The supplier's name of the lot. """
    quantity: None | str
    """ What was missing by the day, or stands rejected. """
    counterparty_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    reply_until: datetime.datetime
    """ RFC 3339 instant with a zone. """
    standing: str
    """ Whether the mark counts, waits, is contested or was withdrawn.

    Known values: counted, pending, contested, withdrawn. """
    state: None | str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: None | str
    """ Label of the state, in the language of `Accept-Language`. """
    text: None | str
    """ What was said, for people; null when nothing was. """
    replied_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    answer: None | str
    """ What was answered. """
    decided_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    decide_until: datetime.datetime | None
    """ From then on a contested mark counts. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    etag: None | str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    event_ids: list[str]
    """ Ids of the events behind it. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        organisation_id = self.organisation_id

        side = self.side

        kind = self.kind

        subject_id = self.subject_id

        line_no: int | None
        line_no = self.line_no

        lot: None | str
        lot = self.lot

        quantity: None | str
        quantity = self.quantity

        counterparty_id = self.counterparty_id

        at = self.at.isoformat()

        reply_until = self.reply_until.isoformat()

        standing = self.standing

        state: None | str
        state = self.state

        state_label: None | str
        state_label = self.state_label

        text: None | str
        text = self.text

        replied_at: None | str
        if isinstance(self.replied_at, datetime.datetime):
            replied_at = self.replied_at.isoformat()
        else:
            replied_at = self.replied_at

        answer: None | str
        answer = self.answer

        decided_at: None | str
        if isinstance(self.decided_at, datetime.datetime):
            decided_at = self.decided_at.isoformat()
        else:
            decided_at = self.decided_at

        decide_until: None | str
        if isinstance(self.decide_until, datetime.datetime):
            decide_until = self.decide_until.isoformat()
        else:
            decide_until = self.decide_until

        allowed_actions = self.allowed_actions

        etag: None | str
        etag = self.etag

        event_ids = self.event_ids

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "organisation_id": organisation_id,
                "side": side,
                "kind": kind,
                "subject_id": subject_id,
                "line_no": line_no,
                "lot": lot,
                "quantity": quantity,
                "counterparty_id": counterparty_id,
                "at": at,
                "reply_until": reply_until,
                "standing": standing,
                "state": state,
                "state_label": state_label,
                "text": text,
                "replied_at": replied_at,
                "answer": answer,
                "decided_at": decided_at,
                "decide_until": decide_until,
                "allowed_actions": allowed_actions,
                "etag": etag,
                "event_ids": event_ids,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        organisation_id = d.pop("organisation_id")

        side = d.pop("side")

        kind = d.pop("kind")

        subject_id = d.pop("subject_id")

        def _parse_line_no(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line_no = _parse_line_no(d.pop("line_no"))

        def _parse_lot(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        lot = _parse_lot(d.pop("lot"))

        def _parse_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        quantity = _parse_quantity(d.pop("quantity"))

        counterparty_id = d.pop("counterparty_id")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        reply_until = datetime.datetime.fromisoformat(d.pop("reply_until"))

        standing = d.pop("standing")

        def _parse_state(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        state = _parse_state(d.pop("state"))

        def _parse_state_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        state_label = _parse_state_label(d.pop("state_label"))

        def _parse_text(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        text = _parse_text(d.pop("text"))

        def _parse_replied_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                replied_at_type_0 = datetime.datetime.fromisoformat(data)

                return replied_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        replied_at = _parse_replied_at(d.pop("replied_at"))

        def _parse_answer(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        answer = _parse_answer(d.pop("answer"))

        def _parse_decided_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                decided_at_type_0 = datetime.datetime.fromisoformat(data)

                return decided_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        decided_at = _parse_decided_at(d.pop("decided_at"))

        def _parse_decide_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                decide_until_type_0 = datetime.datetime.fromisoformat(data)

                return decide_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        decide_until = _parse_decide_until(d.pop("decide_until"))

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        def _parse_etag(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        etag = _parse_etag(d.pop("etag"))

        event_ids = cast(list[str], d.pop("event_ids"))

        built_ = cls(
            id=id,
            organisation_id=organisation_id,
            side=side,
            kind=kind,
            subject_id=subject_id,
            line_no=line_no,
            lot=lot,
            quantity=quantity,
            counterparty_id=counterparty_id,
            at=at,
            reply_until=reply_until,
            standing=standing,
            state=state,
            state_label=state_label,
            text=text,
            replied_at=replied_at,
            answer=answer,
            decided_at=decided_at,
            decide_until=decide_until,
            allowed_actions=allowed_actions,
            etag=etag,
            event_ids=event_ids,
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
