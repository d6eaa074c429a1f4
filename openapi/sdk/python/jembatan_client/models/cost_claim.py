from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.cost_claim_file import CostClaimFile


T = TypeVar("T", bound="CostClaim")


@_attrs_define
class CostClaim:
    """A buyer's claim for money because of a nonconformance.

    `note` is the buyer's, `answer` what the supplier last wrote with its answer. `agreed_amount` is null until it
    agrees.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    nonconformance_id: str
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
    category: str
    """ What the cost was for, as a code. """
    currency: str
    """ ISO 4217 code. """
    amount: str
    """ In the order's currency, in whole minor units. """
    agreed_amount: None | str
    """ In the order's currency, in whole minor units. """
    note: str
    """ Remark for people; null when there is none. """
    answer: None | str
    """ What the supplier said: agreed or contested; null until then. """
    settlement: None | str
    """ How the cost was settled, as a code; null until then. """
    files: list[CostClaimFile]
    """ The files that prove it. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        order_id = self.order_id

        nonconformance_id = self.nonconformance_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        category = self.category

        currency = self.currency

        amount = self.amount

        agreed_amount: None | str
        agreed_amount = self.agreed_amount

        note = self.note

        answer: None | str
        answer = self.answer

        settlement: None | str
        settlement = self.settlement

        files = []
        for files_item_data in self.files:
            files_item = files_item_data.to_dict()
            files.append(files_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "nonconformance_id": nonconformance_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "category": category,
                "currency": currency,
                "amount": amount,
                "agreed_amount": agreed_amount,
                "note": note,
                "answer": answer,
                "settlement": settlement,
                "files": files,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.cost_claim_file import CostClaimFile  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        nonconformance_id = d.pop("nonconformance_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        category = d.pop("category")

        currency = d.pop("currency")

        amount = d.pop("amount")

        def _parse_agreed_amount(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        agreed_amount = _parse_agreed_amount(d.pop("agreed_amount"))

        note = d.pop("note")

        def _parse_answer(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        answer = _parse_answer(d.pop("answer"))

        def _parse_settlement(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        settlement = _parse_settlement(d.pop("settlement"))

        files = []
        _files = d.pop("files")
        for files_item_data in _files:
            files_item = CostClaimFile.from_dict(files_item_data)

            files.append(files_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            nonconformance_id=nonconformance_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            category=category,
            currency=currency,
            amount=amount,
            agreed_amount=agreed_amount,
            note=note,
            answer=answer,
            settlement=settlement,
            files=files,
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
