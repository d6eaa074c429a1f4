from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked


T = TypeVar("T", bound="Question")


@_attrs_define
class Question:
    """A question about an RFQ. Who asked, when, and in which words, is told to the buyer and the asker alone.

    Others see it once it is settled, in the words that the buyer published.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
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
    mine: bool
    """ Whether the caller's organisation asked it. """
    asked_by: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    asked_by_name: None | str
    """ The organisation that asked, for the buyer and the asker; null for everybody else. """
    asked_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    line_no: int | None
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    characteristic_no: int | None
    """ Its balloon in the drawing of the line. """
    question: str
    """ What is asked, in words; others read `published_question`. """
    published_question: None | str
    """ The wording that others read. """
    answer: None | str
    """ What was answered. """
    addendum_revision: int | None
    """ The revision whose addendum the answer cites. """
    decline_reason: None | str
    """ Why it was declined, as a code; null when it was not. """
    settled_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rfq_id = self.rfq_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        mine = self.mine

        asked_by: None | str
        asked_by = self.asked_by

        asked_by_name: None | str
        asked_by_name = self.asked_by_name

        asked_at: None | str
        if isinstance(self.asked_at, datetime.datetime):
            asked_at = self.asked_at.isoformat()
        else:
            asked_at = self.asked_at

        line_no: int | None
        line_no = self.line_no

        characteristic_no: int | None
        characteristic_no = self.characteristic_no

        question = self.question

        published_question: None | str
        published_question = self.published_question

        answer: None | str
        answer = self.answer

        addendum_revision: int | None
        addendum_revision = self.addendum_revision

        decline_reason: None | str
        decline_reason = self.decline_reason

        settled_at: None | str
        if isinstance(self.settled_at, datetime.datetime):
            settled_at = self.settled_at.isoformat()
        else:
            settled_at = self.settled_at

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "mine": mine,
                "asked_by": asked_by,
                "asked_by_name": asked_by_name,
                "asked_at": asked_at,
                "line_no": line_no,
                "characteristic_no": characteristic_no,
                "question": question,
                "published_question": published_question,
                "answer": answer,
                "addendum_revision": addendum_revision,
                "decline_reason": decline_reason,
                "settled_at": settled_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        mine = d.pop("mine")

        def _parse_asked_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        asked_by = _parse_asked_by(d.pop("asked_by"))

        def _parse_asked_by_name(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        asked_by_name = _parse_asked_by_name(d.pop("asked_by_name"))

        def _parse_asked_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                asked_at_type_0 = datetime.datetime.fromisoformat(data)

                return asked_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        asked_at = _parse_asked_at(d.pop("asked_at"))

        def _parse_line_no(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        line_no = _parse_line_no(d.pop("line_no"))

        def _parse_characteristic_no(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        characteristic_no = _parse_characteristic_no(d.pop("characteristic_no"))

        question = d.pop("question")

        def _parse_published_question(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        published_question = _parse_published_question(d.pop("published_question"))

        def _parse_answer(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        answer = _parse_answer(d.pop("answer"))

        def _parse_addendum_revision(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        addendum_revision = _parse_addendum_revision(d.pop("addendum_revision"))

        def _parse_decline_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        decline_reason = _parse_decline_reason(d.pop("decline_reason"))

        def _parse_settled_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                settled_at_type_0 = datetime.datetime.fromisoformat(data)

                return settled_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        settled_at = _parse_settled_at(d.pop("settled_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            mine=mine,
            asked_by=asked_by,
            asked_by_name=asked_by_name,
            asked_at=asked_at,
            line_no=line_no,
            characteristic_no=characteristic_no,
            question=question,
            published_question=published_question,
            answer=answer,
            addendum_revision=addendum_revision,
            decline_reason=decline_reason,
            settled_at=settled_at,
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
