from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.first_article_decision import FirstArticleDecision
    from ..models.first_article_document import FirstArticleDocument
    from ..models.first_article_result import FirstArticleResult


T = TypeVar("T", bound="FirstArticle")


@_attrs_define
class FirstArticle:
    """One attempt to have the first article of a line approved. What was submitted never changes."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    attempt: int
    """ How often it has been submitted, this time included; from 1. """
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
    plan: str
    """ How the first article is approved: none, fai, isir or ppap. """
    level: int | None
    """ Submission level of the PPAP, 1 to 5; null for other plans. """
    drawing_revision: None | str
    """ Revision of the drawing that is valid for the part; null when there is none. """
    lot: str
    """ The supplier's name of the lot. """
    serials: list[str]
    """ Serial numbers of the pieces; empty when they have none. """
    quantity: str
    """ Exact decimal. """
    results: list[FirstArticleResult]
    """ What was measured, by characteristic. """
    documents: list[FirstArticleDocument]
    """ What was submitted for each element that the plan asks for. """
    failing: list[int]
    """ Characteristics out of limits. """
    note: None | str
    """ Remark for people; null when there is none. """
    submitted_by: str
    """ Who submitted it. """
    decision: FirstArticleDecision | None
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.first_article_decision import FirstArticleDecision  # noqa: PLC0415

        id = self.id

        order_id = self.order_id

        line_no = self.line_no

        attempt = self.attempt

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        plan = self.plan

        level: int | None
        level = self.level

        drawing_revision: None | str
        drawing_revision = self.drawing_revision

        lot = self.lot

        serials = self.serials

        quantity = self.quantity

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        documents = []
        for documents_item_data in self.documents:
            documents_item = documents_item_data.to_dict()
            documents.append(documents_item)

        failing = self.failing

        note: None | str
        note = self.note

        submitted_by = self.submitted_by

        decision: dict[str, Any] | None
        if isinstance(self.decision, FirstArticleDecision):
            decision = self.decision.to_dict()
        else:
            decision = self.decision

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "line_no": line_no,
                "attempt": attempt,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "plan": plan,
                "level": level,
                "drawing_revision": drawing_revision,
                "lot": lot,
                "serials": serials,
                "quantity": quantity,
                "results": results,
                "documents": documents,
                "failing": failing,
                "note": note,
                "submitted_by": submitted_by,
                "decision": decision,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.first_article_decision import FirstArticleDecision  # noqa: PLC0415
        from ..models.first_article_document import FirstArticleDocument  # noqa: PLC0415
        from ..models.first_article_result import FirstArticleResult  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        line_no = d.pop("line_no")

        attempt = d.pop("attempt")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        plan = d.pop("plan")

        def _parse_level(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        level = _parse_level(d.pop("level"))

        def _parse_drawing_revision(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        drawing_revision = _parse_drawing_revision(d.pop("drawing_revision"))

        lot = d.pop("lot")

        serials = cast(list[str], d.pop("serials"))

        quantity = d.pop("quantity")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = FirstArticleResult.from_dict(results_item_data)

            results.append(results_item)

        documents = []
        _documents = d.pop("documents")
        for documents_item_data in _documents:
            documents_item = FirstArticleDocument.from_dict(documents_item_data)

            documents.append(documents_item)

        failing = cast(list[int], d.pop("failing"))

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        submitted_by = d.pop("submitted_by")

        def _parse_decision(data: object) -> FirstArticleDecision | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                decision_type_0 = FirstArticleDecision.from_dict(data)

                return decision_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(FirstArticleDecision | None, data)

        decision = _parse_decision(d.pop("decision"))

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            line_no=line_no,
            attempt=attempt,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            plan=plan,
            level=level,
            drawing_revision=drawing_revision,
            lot=lot,
            serials=serials,
            quantity=quantity,
            results=results,
            documents=documents,
            failing=failing,
            note=note,
            submitted_by=submitted_by,
            decision=decision,
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
