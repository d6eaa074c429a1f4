from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.addendum_publish_intent import AddendumPublishIntent, check_addendum_publish_intent
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.document_attach import DocumentAttach
    from ..models.rfq_line_in import RfqLineIn
    from ..models.weight_in import WeightIn


T = TypeVar("T", bound="AddendumPublish")


@_attrs_define
class AddendumPublish:
    """What changes of a published RFQ, and in `summary` what it is about.

    Of terms and deadlines what is absent stays and null clears. `set_lines` holds whole lines, each in place of the one
    with its number or as a new one; lines that are not named stay as they are. Documents of a removed line go with it.
    `non_material` says that no price depends on the change; it is refused for all but names, titles and explaining
    text.
    `extend_if_needed` moves the deadline when suppliers would have less than the buyer's minimum time.

    """

    summary: str
    """ What the addendum is about, in words. """
    title: str | Unset = UNSET
    """ What it is about, in one line. """
    description: None | str | Unset = UNSET
    """ Free text; null when there is none. """
    intent: AddendumPublishIntent | Unset = UNSET
    """ Whether an order is meant to follow (firm), a budget (budgetary), or a comparison of prices (benchmark). """
    currency: str | Unset = UNSET
    """ ISO 4217 code. """
    incoterm: None | str | Unset = UNSET
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str | Unset = UNSET
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None | Unset = UNSET
    """ Calendar days from the invoice to payment; null when not agreed. """
    nda_text: None | str | Unset = UNSET
    """ Text of the confidentiality agreement; null when there is none. """
    evaluation: list[WeightIn] | Unset = UNSET
    """ The criteria with their weights; empty when the lowest cost decides. """
    over_delivery_percent: str | Unset = UNSET
    """ Exact decimal. """
    questions_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    quotes_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    standstill_days: int | Unset = UNSET
    """ Days after its issue in which an award cannot be accepted, so that losing suppliers may object. """
    acceptance_days: int | Unset = UNSET
    """ Days after the standstill in which the supplier may accept; then the award lapses. """
    set_lines: list[RfqLineIn] | Unset = UNSET
    """ Lines that the addendum adds or replaces, whole. """
    remove_lines: list[int] | Unset = UNSET
    """ Numbers of the lines that the addendum takes away. """
    attach_documents: list[DocumentAttach] | Unset = UNSET
    """ Documents that the addendum adds. """
    detach_documents: list[str] | Unset = UNSET
    """ Ids of the documents that the addendum takes away. """
    non_material: bool | Unset = False
    """ Whether the buyer declares that no price depends on the change; refused where it plainly does. """
    extend_if_needed: bool | Unset = False
    """ Whether the deadline may be moved when less than the minimum time would be left; else that is refused. """

    def to_dict(self) -> dict[str, Any]:
        summary = self.summary

        title = self.title

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        intent: str | Unset = UNSET
        if not isinstance(self.intent, Unset):
            intent = self.intent

        currency = self.currency

        incoterm: None | str | Unset
        if isinstance(self.incoterm, Unset):
            incoterm = UNSET
        else:
            incoterm = self.incoterm

        delivery_place: None | str | Unset
        if isinstance(self.delivery_place, Unset):
            delivery_place = UNSET
        else:
            delivery_place = self.delivery_place

        payment_days: int | None | Unset
        if isinstance(self.payment_days, Unset):
            payment_days = UNSET
        else:
            payment_days = self.payment_days

        nda_text: None | str | Unset
        if isinstance(self.nda_text, Unset):
            nda_text = UNSET
        else:
            nda_text = self.nda_text

        evaluation: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.evaluation, Unset):
            evaluation = []
            for evaluation_item_data in self.evaluation:
                evaluation_item = evaluation_item_data.to_dict()
                evaluation.append(evaluation_item)

        over_delivery_percent = self.over_delivery_percent

        questions_close_at: None | str | Unset
        if isinstance(self.questions_close_at, Unset):
            questions_close_at = UNSET
        elif isinstance(self.questions_close_at, datetime.datetime):
            questions_close_at = self.questions_close_at.isoformat()
        else:
            questions_close_at = self.questions_close_at

        quotes_close_at: None | str | Unset
        if isinstance(self.quotes_close_at, Unset):
            quotes_close_at = UNSET
        elif isinstance(self.quotes_close_at, datetime.datetime):
            quotes_close_at = self.quotes_close_at.isoformat()
        else:
            quotes_close_at = self.quotes_close_at

        standstill_days = self.standstill_days

        acceptance_days = self.acceptance_days

        set_lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.set_lines, Unset):
            set_lines = []
            for set_lines_item_data in self.set_lines:
                set_lines_item = set_lines_item_data.to_dict()
                set_lines.append(set_lines_item)

        remove_lines: list[int] | Unset = UNSET
        if not isinstance(self.remove_lines, Unset):
            remove_lines = self.remove_lines

        attach_documents: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.attach_documents, Unset):
            attach_documents = []
            for attach_documents_item_data in self.attach_documents:
                attach_documents_item = attach_documents_item_data.to_dict()
                attach_documents.append(attach_documents_item)

        detach_documents: list[str] | Unset = UNSET
        if not isinstance(self.detach_documents, Unset):
            detach_documents = self.detach_documents

        non_material = self.non_material

        extend_if_needed = self.extend_if_needed

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "summary": summary,
            }
        )
        if title is not UNSET:
            field_dict["title"] = title
        if description is not UNSET:
            field_dict["description"] = description
        if intent is not UNSET:
            field_dict["intent"] = intent
        if currency is not UNSET:
            field_dict["currency"] = currency
        if incoterm is not UNSET:
            field_dict["incoterm"] = incoterm
        if delivery_place is not UNSET:
            field_dict["delivery_place"] = delivery_place
        if payment_days is not UNSET:
            field_dict["payment_days"] = payment_days
        if nda_text is not UNSET:
            field_dict["nda_text"] = nda_text
        if evaluation is not UNSET:
            field_dict["evaluation"] = evaluation
        if over_delivery_percent is not UNSET:
            field_dict["over_delivery_percent"] = over_delivery_percent
        if questions_close_at is not UNSET:
            field_dict["questions_close_at"] = questions_close_at
        if quotes_close_at is not UNSET:
            field_dict["quotes_close_at"] = quotes_close_at
        if standstill_days is not UNSET:
            field_dict["standstill_days"] = standstill_days
        if acceptance_days is not UNSET:
            field_dict["acceptance_days"] = acceptance_days
        if set_lines is not UNSET:
            field_dict["set_lines"] = set_lines
        if remove_lines is not UNSET:
            field_dict["remove_lines"] = remove_lines
        if attach_documents is not UNSET:
            field_dict["attach_documents"] = attach_documents
        if detach_documents is not UNSET:
            field_dict["detach_documents"] = detach_documents
        if non_material is not UNSET:
            field_dict["non_material"] = non_material
        if extend_if_needed is not UNSET:
            field_dict["extend_if_needed"] = extend_if_needed

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.document_attach import DocumentAttach  # noqa: PLC0415
        from ..models.rfq_line_in import RfqLineIn  # noqa: PLC0415
        from ..models.weight_in import WeightIn  # noqa: PLC0415

        d = dict(src_dict)
        summary = d.pop("summary")

        title = d.pop("title", UNSET)

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        _intent = d.pop("intent", UNSET)
        intent: AddendumPublishIntent | Unset
        if isinstance(_intent, Unset):
            intent = UNSET
        else:
            intent = check_addendum_publish_intent(_intent)

        currency = d.pop("currency", UNSET)

        def _parse_incoterm(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        incoterm = _parse_incoterm(d.pop("incoterm", UNSET))

        def _parse_delivery_place(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        delivery_place = _parse_delivery_place(d.pop("delivery_place", UNSET))

        def _parse_payment_days(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        payment_days = _parse_payment_days(d.pop("payment_days", UNSET))

        def _parse_nda_text(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        nda_text = _parse_nda_text(d.pop("nda_text", UNSET))

        _evaluation = d.pop("evaluation", UNSET)
        evaluation: list[WeightIn] | Unset = UNSET
        if _evaluation is not UNSET:
            evaluation = []
            for evaluation_item_data in _evaluation:
                evaluation_item = WeightIn.from_dict(evaluation_item_data)

                evaluation.append(evaluation_item)

        over_delivery_percent = d.pop("over_delivery_percent", UNSET)

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

        standstill_days = d.pop("standstill_days", UNSET)

        acceptance_days = d.pop("acceptance_days", UNSET)

        _set_lines = d.pop("set_lines", UNSET)
        set_lines: list[RfqLineIn] | Unset = UNSET
        if _set_lines is not UNSET:
            set_lines = []
            for set_lines_item_data in _set_lines:
                set_lines_item = RfqLineIn.from_dict(set_lines_item_data)

                set_lines.append(set_lines_item)

        remove_lines = cast(list[int], d.pop("remove_lines", UNSET))

        _attach_documents = d.pop("attach_documents", UNSET)
        attach_documents: list[DocumentAttach] | Unset = UNSET
        if _attach_documents is not UNSET:
            attach_documents = []
            for attach_documents_item_data in _attach_documents:
                attach_documents_item = DocumentAttach.from_dict(attach_documents_item_data)

                attach_documents.append(attach_documents_item)

        detach_documents = cast(list[str], d.pop("detach_documents", UNSET))

        non_material = d.pop("non_material", UNSET)

        extend_if_needed = d.pop("extend_if_needed", UNSET)

        built_ = cls(
            summary=summary,
            title=title,
            description=description,
            intent=intent,
            currency=currency,
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            nda_text=nda_text,
            evaluation=evaluation,
            over_delivery_percent=over_delivery_percent,
            questions_close_at=questions_close_at,
            quotes_close_at=quotes_close_at,
            standstill_days=standstill_days,
            acceptance_days=acceptance_days,
            set_lines=set_lines,
            remove_lines=remove_lines,
            attach_documents=attach_documents,
            detach_documents=detach_documents,
            non_material=non_material,
            extend_if_needed=extend_if_needed,
        )

        return built_
