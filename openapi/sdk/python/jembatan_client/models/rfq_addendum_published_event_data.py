from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.event_baseline import EventBaseline
    from ..models.event_document_change import EventDocumentChange


T = TypeVar("T", bound="RfqAddendumPublishedEventData")


@_attrs_define
class RfqAddendumPublishedEventData:
    """What the event says besides. Members that a release did not know are absent; there is never a price."""

    revision: int | None | Unset = UNSET
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    summary: None | str | Unset = UNSET
    """ What the addendum is about, in words. """
    material: bool | None | Unset = UNSET
    """ Material by name or standard, for example S45C; null when not stated. """
    intent: None | str | Unset = UNSET
    """ Whether an order is meant to follow (firm), a budget (budgetary), or a comparison of prices (benchmark). """
    changed_terms: list[str] | None | Unset = UNSET
    """ Names of the terms that differ from before. """
    changed_lines: list[int] | None | Unset = UNSET
    """ Numbers of the lines that differ from before. """
    added_lines: list[int] | None | Unset = UNSET
    """ Numbers of the lines that came to it. """
    removed_lines: list[int] | None | Unset = UNSET
    """ Numbers of the lines that were taken away. """
    documents: list[EventDocumentChange] | None | Unset = UNSET
    """ Documents that were added or taken away. """
    quotes_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    questions_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    baselines: list[EventBaseline] | None | Unset = UNSET
    """ Where the parts come from today, of the lines whose buyer shows it. """
    truncated: bool | Unset = UNSET
    """ Only in webhooks: the event says too much for a message; read the rest in the feed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        revision: int | None | Unset
        if isinstance(self.revision, Unset):
            revision = UNSET
        else:
            revision = self.revision

        summary: None | str | Unset
        if isinstance(self.summary, Unset):
            summary = UNSET
        else:
            summary = self.summary

        material: bool | None | Unset
        if isinstance(self.material, Unset):
            material = UNSET
        else:
            material = self.material

        intent: None | str | Unset
        if isinstance(self.intent, Unset):
            intent = UNSET
        else:
            intent = self.intent

        changed_terms: list[str] | None | Unset
        if isinstance(self.changed_terms, Unset):
            changed_terms = UNSET
        elif isinstance(self.changed_terms, list):
            changed_terms = self.changed_terms

        else:
            changed_terms = self.changed_terms

        changed_lines: list[int] | None | Unset
        if isinstance(self.changed_lines, Unset):
            changed_lines = UNSET
        elif isinstance(self.changed_lines, list):
            changed_lines = self.changed_lines

        else:
            changed_lines = self.changed_lines

        added_lines: list[int] | None | Unset
        if isinstance(self.added_lines, Unset):
            added_lines = UNSET
        elif isinstance(self.added_lines, list):
            added_lines = self.added_lines

        else:
            added_lines = self.added_lines

        removed_lines: list[int] | None | Unset
        if isinstance(self.removed_lines, Unset):
            removed_lines = UNSET
        elif isinstance(self.removed_lines, list):
            removed_lines = self.removed_lines

        else:
            removed_lines = self.removed_lines

        documents: list[dict[str, Any]] | None | Unset
        if isinstance(self.documents, Unset):
            documents = UNSET
        elif isinstance(self.documents, list):
            documents = []
            for documents_type_0_item_data in self.documents:
                documents_type_0_item = documents_type_0_item_data.to_dict()
                documents.append(documents_type_0_item)

        else:
            documents = self.documents

        quotes_close_at: None | str | Unset
        if isinstance(self.quotes_close_at, Unset):
            quotes_close_at = UNSET
        elif isinstance(self.quotes_close_at, datetime.datetime):
            quotes_close_at = self.quotes_close_at.isoformat()
        else:
            quotes_close_at = self.quotes_close_at

        questions_close_at: None | str | Unset
        if isinstance(self.questions_close_at, Unset):
            questions_close_at = UNSET
        elif isinstance(self.questions_close_at, datetime.datetime):
            questions_close_at = self.questions_close_at.isoformat()
        else:
            questions_close_at = self.questions_close_at

        baselines: list[dict[str, Any]] | None | Unset
        if isinstance(self.baselines, Unset):
            baselines = UNSET
        elif isinstance(self.baselines, list):
            baselines = []
            for baselines_type_0_item_data in self.baselines:
                baselines_type_0_item = baselines_type_0_item_data.to_dict()
                baselines.append(baselines_type_0_item)

        else:
            baselines = self.baselines

        truncated = self.truncated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if revision is not UNSET:
            field_dict["revision"] = revision
        if summary is not UNSET:
            field_dict["summary"] = summary
        if material is not UNSET:
            field_dict["material"] = material
        if intent is not UNSET:
            field_dict["intent"] = intent
        if changed_terms is not UNSET:
            field_dict["changed_terms"] = changed_terms
        if changed_lines is not UNSET:
            field_dict["changed_lines"] = changed_lines
        if added_lines is not UNSET:
            field_dict["added_lines"] = added_lines
        if removed_lines is not UNSET:
            field_dict["removed_lines"] = removed_lines
        if documents is not UNSET:
            field_dict["documents"] = documents
        if quotes_close_at is not UNSET:
            field_dict["quotes_close_at"] = quotes_close_at
        if questions_close_at is not UNSET:
            field_dict["questions_close_at"] = questions_close_at
        if baselines is not UNSET:
            field_dict["baselines"] = baselines
        if truncated is not UNSET:
            field_dict["truncated"] = truncated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.event_baseline import EventBaseline  # noqa: PLC0415
        from ..models.event_document_change import EventDocumentChange  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_revision(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        revision = _parse_revision(d.pop("revision", UNSET))

        def _parse_summary(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        summary = _parse_summary(d.pop("summary", UNSET))

        def _parse_material(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        material = _parse_material(d.pop("material", UNSET))

        def _parse_intent(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        intent = _parse_intent(d.pop("intent", UNSET))

        def _parse_changed_terms(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                changed_terms_type_0 = cast(list[str], data)

                return changed_terms_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        changed_terms = _parse_changed_terms(d.pop("changed_terms", UNSET))

        def _parse_changed_lines(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                changed_lines_type_0 = cast(list[int], data)

                return changed_lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        changed_lines = _parse_changed_lines(d.pop("changed_lines", UNSET))

        def _parse_added_lines(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                added_lines_type_0 = cast(list[int], data)

                return added_lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        added_lines = _parse_added_lines(d.pop("added_lines", UNSET))

        def _parse_removed_lines(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                removed_lines_type_0 = cast(list[int], data)

                return removed_lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        removed_lines = _parse_removed_lines(d.pop("removed_lines", UNSET))

        def _parse_documents(data: object) -> list[EventDocumentChange] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                documents_type_0 = []
                _documents_type_0 = data
                for documents_type_0_item_data in _documents_type_0:
                    documents_type_0_item = EventDocumentChange.from_dict(documents_type_0_item_data)

                    documents_type_0.append(documents_type_0_item)

                return documents_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventDocumentChange] | None | Unset, data)

        documents = _parse_documents(d.pop("documents", UNSET))

        def _parse_quotes_close_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quotes_close_at_type_0 = datetime.datetime.fromisoformat(data)

                return quotes_close_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        quotes_close_at = _parse_quotes_close_at(d.pop("quotes_close_at", UNSET))

        def _parse_questions_close_at(data: object) -> datetime.datetime | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                questions_close_at_type_0 = datetime.datetime.fromisoformat(data)

                return questions_close_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        questions_close_at = _parse_questions_close_at(d.pop("questions_close_at", UNSET))

        def _parse_baselines(data: object) -> list[EventBaseline] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                baselines_type_0 = []
                _baselines_type_0 = data
                for baselines_type_0_item_data in _baselines_type_0:
                    baselines_type_0_item = EventBaseline.from_dict(baselines_type_0_item_data)

                    baselines_type_0.append(baselines_type_0_item)

                return baselines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[EventBaseline] | None | Unset, data)

        baselines = _parse_baselines(d.pop("baselines", UNSET))

        truncated = d.pop("truncated", UNSET)

        built_ = cls(
            revision=revision,
            summary=summary,
            material=material,
            intent=intent,
            changed_terms=changed_terms,
            changed_lines=changed_lines,
            added_lines=added_lines,
            removed_lines=removed_lines,
            documents=documents,
            quotes_close_at=quotes_close_at,
            questions_close_at=questions_close_at,
            baselines=baselines,
            truncated=truncated,
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
