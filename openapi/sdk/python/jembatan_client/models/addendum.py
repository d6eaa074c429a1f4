from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.addendum_change import AddendumChange
    from ..models.addendum_document import AddendumDocument
    from ..models.addendum_hidden_line import AddendumHiddenLine
    from ..models.addendum_line import AddendumLine


T = TypeVar("T", bound="Addendum")


@_attrs_define
class Addendum:
    """One publication after the first, with what it changed. `hidden_lines` and `published_by` are the buyer's."""

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    revision: int
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    published_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    published_by: None | str
    """ Who published it; null for suppliers. """
    summary: str
    """ What the addendum is about, in words. """
    is_material: bool
    """ Whether it touches what prices depend on, so that quotes wait for their suppliers. """
    quotes_close_before: datetime.datetime
    """ RFC 3339 instant with a zone. """
    quotes_close_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    questions_close_before: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    questions_close_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    terms: list[AddendumChange]
    """ Terms that changed, with the values before and after. """
    lines: list[AddendumLine]
    """ What it is about, line by line. """
    documents: list[AddendumDocument]
    """ Documents that were added or taken away. """
    hidden_lines: list[AddendumHiddenLine] | None
    """ Lines whose values the reader may not see, with the names of the members that changed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        revision = self.revision

        published_at = self.published_at.isoformat()

        published_by: None | str
        published_by = self.published_by

        summary = self.summary

        is_material = self.is_material

        quotes_close_before = self.quotes_close_before.isoformat()

        quotes_close_at = self.quotes_close_at.isoformat()

        questions_close_before: None | str
        if isinstance(self.questions_close_before, datetime.datetime):
            questions_close_before = self.questions_close_before.isoformat()
        else:
            questions_close_before = self.questions_close_before

        questions_close_at: None | str
        if isinstance(self.questions_close_at, datetime.datetime):
            questions_close_at = self.questions_close_at.isoformat()
        else:
            questions_close_at = self.questions_close_at

        terms = []
        for terms_item_data in self.terms:
            terms_item = terms_item_data.to_dict()
            terms.append(terms_item)

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        documents = []
        for documents_item_data in self.documents:
            documents_item = documents_item_data.to_dict()
            documents.append(documents_item)

        hidden_lines: list[dict[str, Any]] | None
        if isinstance(self.hidden_lines, list):
            hidden_lines = []
            for hidden_lines_type_0_item_data in self.hidden_lines:
                hidden_lines_type_0_item = hidden_lines_type_0_item_data.to_dict()
                hidden_lines.append(hidden_lines_type_0_item)

        else:
            hidden_lines = self.hidden_lines

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "revision": revision,
                "published_at": published_at,
                "published_by": published_by,
                "summary": summary,
                "is_material": is_material,
                "quotes_close_before": quotes_close_before,
                "quotes_close_at": quotes_close_at,
                "questions_close_before": questions_close_before,
                "questions_close_at": questions_close_at,
                "terms": terms,
                "lines": lines,
                "documents": documents,
                "hidden_lines": hidden_lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.addendum_change import AddendumChange  # noqa: PLC0415
        from ..models.addendum_document import AddendumDocument  # noqa: PLC0415
        from ..models.addendum_hidden_line import AddendumHiddenLine  # noqa: PLC0415
        from ..models.addendum_line import AddendumLine  # noqa: PLC0415

        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        revision = d.pop("revision")

        published_at = datetime.datetime.fromisoformat(d.pop("published_at"))

        def _parse_published_by(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        published_by = _parse_published_by(d.pop("published_by"))

        summary = d.pop("summary")

        is_material = d.pop("is_material")

        quotes_close_before = datetime.datetime.fromisoformat(d.pop("quotes_close_before"))

        quotes_close_at = datetime.datetime.fromisoformat(d.pop("quotes_close_at"))

        def _parse_questions_close_before(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                questions_close_before_type_0 = datetime.datetime.fromisoformat(data)

                return questions_close_before_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        questions_close_before = _parse_questions_close_before(d.pop("questions_close_before"))

        def _parse_questions_close_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                questions_close_at_type_0 = datetime.datetime.fromisoformat(data)

                return questions_close_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        questions_close_at = _parse_questions_close_at(d.pop("questions_close_at"))

        terms = []
        _terms = d.pop("terms")
        for terms_item_data in _terms:
            terms_item = AddendumChange.from_dict(terms_item_data)

            terms.append(terms_item)

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = AddendumLine.from_dict(lines_item_data)

            lines.append(lines_item)

        documents = []
        _documents = d.pop("documents")
        for documents_item_data in _documents:
            documents_item = AddendumDocument.from_dict(documents_item_data)

            documents.append(documents_item)

        def _parse_hidden_lines(data: object) -> list[AddendumHiddenLine] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                hidden_lines_type_0 = []
                _hidden_lines_type_0 = data
                for hidden_lines_type_0_item_data in _hidden_lines_type_0:
                    hidden_lines_type_0_item = AddendumHiddenLine.from_dict(hidden_lines_type_0_item_data)

                    hidden_lines_type_0.append(hidden_lines_type_0_item)

                return hidden_lines_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[AddendumHiddenLine] | None, data)

        hidden_lines = _parse_hidden_lines(d.pop("hidden_lines"))

        built_ = cls(
            rfq_id=rfq_id,
            revision=revision,
            published_at=published_at,
            published_by=published_by,
            summary=summary,
            is_material=is_material,
            quotes_close_before=quotes_close_before,
            quotes_close_at=quotes_close_at,
            questions_close_before=questions_close_before,
            questions_close_at=questions_close_at,
            terms=terms,
            lines=lines,
            documents=documents,
            hidden_lines=hidden_lines,
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
