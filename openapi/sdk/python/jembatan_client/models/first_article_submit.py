from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.first_article_document_in import FirstArticleDocumentIn
    from ..models.first_article_result_in import FirstArticleResultIn


T = TypeVar("T", bound="FirstArticleSubmit")


@_attrs_define
class FirstArticleSubmit:
    """Measured samples of one line. Every characteristic that the line names has a result.

    With `serials`, one for each unit measured, the values of a characteristic come in their order.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    quantity: str
    """ How many units were measured. """
    results: list[FirstArticleResultIn]
    """ What was measured, by characteristic. """
    documents: list[FirstArticleDocumentIn] | Unset = UNSET
    """ What you submit for each element that the plan asks for. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    serials: list[str] | Unset = UNSET
    """ Serial numbers of the pieces; empty when they have none. """

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        lot = self.lot

        quantity = self.quantity

        results = []
        for results_item_data in self.results:
            results_item = results_item_data.to_dict()
            results.append(results_item)

        documents: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.documents, Unset):
            documents = []
            for documents_item_data in self.documents:
                documents_item = documents_item_data.to_dict()
                documents.append(documents_item)

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        serials: list[str] | Unset = UNSET
        if not isinstance(self.serials, Unset):
            serials = self.serials

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "quantity": quantity,
                "results": results,
            }
        )
        if documents is not UNSET:
            field_dict["documents"] = documents
        if note is not UNSET:
            field_dict["note"] = note
        if serials is not UNSET:
            field_dict["serials"] = serials

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.first_article_document_in import FirstArticleDocumentIn  # noqa: PLC0415
        from ..models.first_article_result_in import FirstArticleResultIn  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        quantity = d.pop("quantity")

        results = []
        _results = d.pop("results")
        for results_item_data in _results:
            results_item = FirstArticleResultIn.from_dict(results_item_data)

            results.append(results_item)

        _documents = d.pop("documents", UNSET)
        documents: list[FirstArticleDocumentIn] | Unset = UNSET
        if _documents is not UNSET:
            documents = []
            for documents_item_data in _documents:
                documents_item = FirstArticleDocumentIn.from_dict(documents_item_data)

                documents.append(documents_item)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        serials = cast(list[str], d.pop("serials", UNSET))

        built_ = cls(
            line_no=line_no,
            lot=lot,
            quantity=quantity,
            results=results,
            documents=documents,
            note=note,
            serials=serials,
        )

        return built_
