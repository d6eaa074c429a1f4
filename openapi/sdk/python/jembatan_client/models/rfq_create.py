from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.rfq_create_envelopes import RfqCreateEnvelopes, check_rfq_create_envelopes
from ..models.rfq_create_intent import RfqCreateIntent, check_rfq_create_intent
from ..models.rfq_create_opening_quorum import RfqCreateOpeningQuorum, check_rfq_create_opening_quorum
from ..models.rfq_create_visibility import RfqCreateVisibility, check_rfq_create_visibility
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.rfq_line_in import RfqLineIn
    from ..models.weight_in import WeightIn


T = TypeVar("T", bound="RfqCreate")


@_attrs_define
class RfqCreate:
    """A draft. What is missing may follow until it is published."""

    title: str
    """ What it is about, in one line. """
    external_reference: None | str | Unset = UNSET
    """ The buyer's own number of the document, unique among its RFQs; null when not given. """
    description: None | str | Unset = UNSET
    """ Free text; null when there is none. """
    intent: RfqCreateIntent | Unset = "firm"
    """ Whether an order is meant to follow (firm), a budget (budgetary), or a comparison of prices (benchmark). """
    visibility: RfqCreateVisibility | Unset = "invited"
    """ Whether every verified supplier sees the RFQ, or those who are invited. """
    currency: str | Unset = "IDR"
    """ ISO 4217 code. """
    incoterm: None | str | Unset = UNSET
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str | Unset = UNSET
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None | Unset = UNSET
    """ Calendar days from the invoice to payment; null when not agreed. """
    nda_required: bool | Unset = False
    """ Whether suppliers have to accept a confidentiality agreement before they see confidential documents. """
    nda_text: None | str | Unset = UNSET
    """ Text of the confidentiality agreement; null when there is none. """
    opening_quorum: RfqCreateOpeningQuorum | Unset = 1
    """ How many people have to approve before quotes are opened. """
    envelopes: RfqCreateEnvelopes | Unset = 1
    """ 2: the technical part is opened and scored before prices are. """
    questions_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    quotes_close_at: datetime.datetime | None | Unset = UNSET
    """ RFC 3339 instant with a zone. """
    evaluation: list[WeightIn] | Unset = UNSET
    """ The criteria with their weights; empty when the lowest cost decides. """
    over_delivery_percent: str | Unset = "0"
    """ Exact decimal. """
    standstill_days: int | Unset = 0
    """ Days after its issue in which an award cannot be accepted, so that losing suppliers may object. """
    acceptance_days: int | Unset = 14
    """ Days after the standstill in which the supplier may accept; then the award lapses. """
    lines: list[RfqLineIn] | Unset = UNSET
    """ What it is about, line by line. """

    def to_dict(self) -> dict[str, Any]:
        title = self.title

        external_reference: None | str | Unset
        if isinstance(self.external_reference, Unset):
            external_reference = UNSET
        else:
            external_reference = self.external_reference

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        intent: str | Unset = UNSET
        if not isinstance(self.intent, Unset):
            intent = self.intent

        visibility: str | Unset = UNSET
        if not isinstance(self.visibility, Unset):
            visibility = self.visibility

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

        nda_required = self.nda_required

        nda_text: None | str | Unset
        if isinstance(self.nda_text, Unset):
            nda_text = UNSET
        else:
            nda_text = self.nda_text

        opening_quorum: int | Unset = UNSET
        if not isinstance(self.opening_quorum, Unset):
            opening_quorum = self.opening_quorum

        envelopes: int | Unset = UNSET
        if not isinstance(self.envelopes, Unset):
            envelopes = self.envelopes

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

        evaluation: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.evaluation, Unset):
            evaluation = []
            for evaluation_item_data in self.evaluation:
                evaluation_item = evaluation_item_data.to_dict()
                evaluation.append(evaluation_item)

        over_delivery_percent = self.over_delivery_percent

        standstill_days = self.standstill_days

        acceptance_days = self.acceptance_days

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "title": title,
            }
        )
        if external_reference is not UNSET:
            field_dict["external_reference"] = external_reference
        if description is not UNSET:
            field_dict["description"] = description
        if intent is not UNSET:
            field_dict["intent"] = intent
        if visibility is not UNSET:
            field_dict["visibility"] = visibility
        if currency is not UNSET:
            field_dict["currency"] = currency
        if incoterm is not UNSET:
            field_dict["incoterm"] = incoterm
        if delivery_place is not UNSET:
            field_dict["delivery_place"] = delivery_place
        if payment_days is not UNSET:
            field_dict["payment_days"] = payment_days
        if nda_required is not UNSET:
            field_dict["nda_required"] = nda_required
        if nda_text is not UNSET:
            field_dict["nda_text"] = nda_text
        if opening_quorum is not UNSET:
            field_dict["opening_quorum"] = opening_quorum
        if envelopes is not UNSET:
            field_dict["envelopes"] = envelopes
        if questions_close_at is not UNSET:
            field_dict["questions_close_at"] = questions_close_at
        if quotes_close_at is not UNSET:
            field_dict["quotes_close_at"] = quotes_close_at
        if evaluation is not UNSET:
            field_dict["evaluation"] = evaluation
        if over_delivery_percent is not UNSET:
            field_dict["over_delivery_percent"] = over_delivery_percent
        if standstill_days is not UNSET:
            field_dict["standstill_days"] = standstill_days
        if acceptance_days is not UNSET:
            field_dict["acceptance_days"] = acceptance_days
        if lines is not UNSET:
            field_dict["lines"] = lines

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rfq_line_in import RfqLineIn  # noqa: PLC0415
        from ..models.weight_in import WeightIn  # noqa: PLC0415

        d = dict(src_dict)
        title = d.pop("title")

        def _parse_external_reference(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        external_reference = _parse_external_reference(d.pop("external_reference", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        _intent = d.pop("intent", UNSET)
        intent: RfqCreateIntent | Unset
        if isinstance(_intent, Unset):
            intent = UNSET
        else:
            intent = check_rfq_create_intent(_intent)

        _visibility = d.pop("visibility", UNSET)
        visibility: RfqCreateVisibility | Unset
        if isinstance(_visibility, Unset):
            visibility = UNSET
        else:
            visibility = check_rfq_create_visibility(_visibility)

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

        nda_required = d.pop("nda_required", UNSET)

        def _parse_nda_text(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        nda_text = _parse_nda_text(d.pop("nda_text", UNSET))

        _opening_quorum = d.pop("opening_quorum", UNSET)
        opening_quorum: RfqCreateOpeningQuorum | Unset
        if isinstance(_opening_quorum, Unset):
            opening_quorum = UNSET
        else:
            opening_quorum = check_rfq_create_opening_quorum(_opening_quorum)

        _envelopes = d.pop("envelopes", UNSET)
        envelopes: RfqCreateEnvelopes | Unset
        if isinstance(_envelopes, Unset):
            envelopes = UNSET
        else:
            envelopes = check_rfq_create_envelopes(_envelopes)

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

        _evaluation = d.pop("evaluation", UNSET)
        evaluation: list[WeightIn] | Unset = UNSET
        if _evaluation is not UNSET:
            evaluation = []
            for evaluation_item_data in _evaluation:
                evaluation_item = WeightIn.from_dict(evaluation_item_data)

                evaluation.append(evaluation_item)

        over_delivery_percent = d.pop("over_delivery_percent", UNSET)

        standstill_days = d.pop("standstill_days", UNSET)

        acceptance_days = d.pop("acceptance_days", UNSET)

        _lines = d.pop("lines", UNSET)
        lines: list[RfqLineIn] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = RfqLineIn.from_dict(lines_item_data)

                lines.append(lines_item)

        built_ = cls(
            title=title,
            external_reference=external_reference,
            description=description,
            intent=intent,
            visibility=visibility,
            currency=currency,
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            nda_required=nda_required,
            nda_text=nda_text,
            opening_quorum=opening_quorum,
            envelopes=envelopes,
            questions_close_at=questions_close_at,
            quotes_close_at=quotes_close_at,
            evaluation=evaluation,
            over_delivery_percent=over_delivery_percent,
            standstill_days=standstill_days,
            acceptance_days=acceptance_days,
            lines=lines,
        )

        return built_
