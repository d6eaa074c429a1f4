from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.evaluation_weight import EvaluationWeight
    from ..models.rfq_line import RfqLine


T = TypeVar("T", bound="Rfq")


@_attrs_define
class Rfq:
    """A request for quotation. `revision` counts publications; `etag` changes with every change."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
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
    revision: int
    """ Counted from 0: each publication makes one of an RFQ, each change that both sides signed one of an order.
    """
    round_: int
    """ Round of quoting, from 1. """
    round_kind: None | str
    """ `negotiation` or `best_and_final`; null in the first round. """
    round_message: None | str
    """ For the buyer and those who are in this round. """
    in_round: bool
    """ Whether the caller takes part and may quote in this round. """
    external_reference: None | str
    """ The buyer's own number of the document, unique among its RFQs; null when not given. """
    title: str
    """ What it is about, in one line. """
    description: None | str
    """ Free text; null when there is none. """
    intent: str
    """ Whether an order is meant to follow (firm), a budget (budgetary), or a comparison of prices (benchmark).

    Known values: firm, budgetary, benchmark. """
    visibility: str
    """ Whether every verified supplier sees the RFQ, or those who are invited.

    Known values: open, invited. """
    currency: str
    """ ISO 4217 code. """
    incoterm: None | str
    """ Incoterms 2020 rule by its three letters; null when not agreed. """
    delivery_place: None | str
    """ Where it is to be delivered; null when not agreed. """
    payment_days: int | None
    """ Calendar days from the invoice to payment; null when not agreed. """
    nda_required: bool
    """ Whether suppliers have to accept a confidentiality agreement before they see confidential documents. """
    nda_text: None | str
    """ Text of the confidentiality agreement; null when there is none. """
    nda_version: int
    """ The version of `nda_text`; only its acceptance counts. """
    opening_quorum: int
    """ How many people have to approve before quotes are opened. """
    opening_approvals: int
    """ How many have approved the opening so far. """
    envelopes: int
    """ 2: the technical part is opened and scored before prices are.

    Known values: 1, 2. """
    questions_close_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    quotes_close_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    evaluation: list[EvaluationWeight]
    """ The criteria with their weights; empty when the lowest cost decides. """
    over_delivery_percent: str
    """ Exact decimal. """
    standstill_days: int
    """ Days after its issue in which an award cannot be accepted, so that losing suppliers may object. """
    acceptance_days: int
    """ Days after the standstill in which the supplier may accept; then the award lapses. """
    published_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    closed_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    technical_opened_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    opened_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    scores_closed_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    ended_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    end_reason: None | str
    """ Why it ended, as a code; null while it has not, or when no reason is asked for. """
    reissue_of: None | str
    """ The RFQ that this one issues again; the buyer's alone. """
    reissued_as: None | str
    """ The RFQ that issues this one again; the buyer's alone. """
    participation: None | str
    """ The caller's own part, if it has one. """
    nda_accepted: bool
    """ Whether the caller accepted the present `nda_version`. """
    lines: list[RfqLine]
    """ What it is about, line by line. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        buyer_id = self.buyer_id

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        revision = self.revision

        round_ = self.round_

        round_kind: None | str
        round_kind = self.round_kind

        round_message: None | str
        round_message = self.round_message

        in_round = self.in_round

        external_reference: None | str
        external_reference = self.external_reference

        title = self.title

        description: None | str
        description = self.description

        intent = self.intent

        visibility = self.visibility

        currency = self.currency

        incoterm: None | str
        incoterm = self.incoterm

        delivery_place: None | str
        delivery_place = self.delivery_place

        payment_days: int | None
        payment_days = self.payment_days

        nda_required = self.nda_required

        nda_text: None | str
        nda_text = self.nda_text

        nda_version = self.nda_version

        opening_quorum = self.opening_quorum

        opening_approvals = self.opening_approvals

        envelopes = self.envelopes

        questions_close_at: None | str
        if isinstance(self.questions_close_at, datetime.datetime):
            questions_close_at = self.questions_close_at.isoformat()
        else:
            questions_close_at = self.questions_close_at

        quotes_close_at: None | str
        if isinstance(self.quotes_close_at, datetime.datetime):
            quotes_close_at = self.quotes_close_at.isoformat()
        else:
            quotes_close_at = self.quotes_close_at

        evaluation = []
        for evaluation_item_data in self.evaluation:
            evaluation_item = evaluation_item_data.to_dict()
            evaluation.append(evaluation_item)

        over_delivery_percent = self.over_delivery_percent

        standstill_days = self.standstill_days

        acceptance_days = self.acceptance_days

        published_at: None | str
        if isinstance(self.published_at, datetime.datetime):
            published_at = self.published_at.isoformat()
        else:
            published_at = self.published_at

        closed_at: None | str
        if isinstance(self.closed_at, datetime.datetime):
            closed_at = self.closed_at.isoformat()
        else:
            closed_at = self.closed_at

        technical_opened_at: None | str
        if isinstance(self.technical_opened_at, datetime.datetime):
            technical_opened_at = self.technical_opened_at.isoformat()
        else:
            technical_opened_at = self.technical_opened_at

        opened_at: None | str
        if isinstance(self.opened_at, datetime.datetime):
            opened_at = self.opened_at.isoformat()
        else:
            opened_at = self.opened_at

        scores_closed_at: None | str
        if isinstance(self.scores_closed_at, datetime.datetime):
            scores_closed_at = self.scores_closed_at.isoformat()
        else:
            scores_closed_at = self.scores_closed_at

        ended_at: None | str
        if isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        end_reason: None | str
        end_reason = self.end_reason

        reissue_of: None | str
        reissue_of = self.reissue_of

        reissued_as: None | str
        reissued_as = self.reissued_as

        participation: None | str
        participation = self.participation

        nda_accepted = self.nda_accepted

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "buyer_id": buyer_id,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "revision": revision,
                "round": round_,
                "round_kind": round_kind,
                "round_message": round_message,
                "in_round": in_round,
                "external_reference": external_reference,
                "title": title,
                "description": description,
                "intent": intent,
                "visibility": visibility,
                "currency": currency,
                "incoterm": incoterm,
                "delivery_place": delivery_place,
                "payment_days": payment_days,
                "nda_required": nda_required,
                "nda_text": nda_text,
                "nda_version": nda_version,
                "opening_quorum": opening_quorum,
                "opening_approvals": opening_approvals,
                "envelopes": envelopes,
                "questions_close_at": questions_close_at,
                "quotes_close_at": quotes_close_at,
                "evaluation": evaluation,
                "over_delivery_percent": over_delivery_percent,
                "standstill_days": standstill_days,
                "acceptance_days": acceptance_days,
                "published_at": published_at,
                "closed_at": closed_at,
                "technical_opened_at": technical_opened_at,
                "opened_at": opened_at,
                "scores_closed_at": scores_closed_at,
                "ended_at": ended_at,
                "end_reason": end_reason,
                "reissue_of": reissue_of,
                "reissued_as": reissued_as,
                "participation": participation,
                "nda_accepted": nda_accepted,
                "lines": lines,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.evaluation_weight import EvaluationWeight  # noqa: PLC0415
        from ..models.rfq_line import RfqLine  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        buyer_id = d.pop("buyer_id")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        revision = d.pop("revision")

        round_ = d.pop("round")

        def _parse_round_kind(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        round_kind = _parse_round_kind(d.pop("round_kind"))

        def _parse_round_message(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        round_message = _parse_round_message(d.pop("round_message"))

        in_round = d.pop("in_round")

        def _parse_external_reference(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        external_reference = _parse_external_reference(d.pop("external_reference"))

        title = d.pop("title")

        def _parse_description(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        description = _parse_description(d.pop("description"))

        intent = d.pop("intent")

        visibility = d.pop("visibility")

        currency = d.pop("currency")

        def _parse_incoterm(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        incoterm = _parse_incoterm(d.pop("incoterm"))

        def _parse_delivery_place(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        delivery_place = _parse_delivery_place(d.pop("delivery_place"))

        def _parse_payment_days(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        payment_days = _parse_payment_days(d.pop("payment_days"))

        nda_required = d.pop("nda_required")

        def _parse_nda_text(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nda_text = _parse_nda_text(d.pop("nda_text"))

        nda_version = d.pop("nda_version")

        opening_quorum = d.pop("opening_quorum")

        opening_approvals = d.pop("opening_approvals")

        envelopes = d.pop("envelopes")

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

        def _parse_quotes_close_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                quotes_close_at_type_0 = datetime.datetime.fromisoformat(data)

                return quotes_close_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        quotes_close_at = _parse_quotes_close_at(d.pop("quotes_close_at"))

        evaluation = []
        _evaluation = d.pop("evaluation")
        for evaluation_item_data in _evaluation:
            evaluation_item = EvaluationWeight.from_dict(evaluation_item_data)

            evaluation.append(evaluation_item)

        over_delivery_percent = d.pop("over_delivery_percent")

        standstill_days = d.pop("standstill_days")

        acceptance_days = d.pop("acceptance_days")

        def _parse_published_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                published_at_type_0 = datetime.datetime.fromisoformat(data)

                return published_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        published_at = _parse_published_at(d.pop("published_at"))

        def _parse_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        closed_at = _parse_closed_at(d.pop("closed_at"))

        def _parse_technical_opened_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                technical_opened_at_type_0 = datetime.datetime.fromisoformat(data)

                return technical_opened_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        technical_opened_at = _parse_technical_opened_at(d.pop("technical_opened_at"))

        def _parse_opened_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                opened_at_type_0 = datetime.datetime.fromisoformat(data)

                return opened_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        opened_at = _parse_opened_at(d.pop("opened_at"))

        def _parse_scores_closed_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                scores_closed_at_type_0 = datetime.datetime.fromisoformat(data)

                return scores_closed_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        scores_closed_at = _parse_scores_closed_at(d.pop("scores_closed_at"))

        def _parse_ended_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        ended_at = _parse_ended_at(d.pop("ended_at"))

        def _parse_end_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_reason = _parse_end_reason(d.pop("end_reason"))

        def _parse_reissue_of(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reissue_of = _parse_reissue_of(d.pop("reissue_of"))

        def _parse_reissued_as(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        reissued_as = _parse_reissued_as(d.pop("reissued_as"))

        def _parse_participation(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        participation = _parse_participation(d.pop("participation"))

        nda_accepted = d.pop("nda_accepted")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = RfqLine.from_dict(lines_item_data)

            lines.append(lines_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            buyer_id=buyer_id,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            revision=revision,
            round_=round_,
            round_kind=round_kind,
            round_message=round_message,
            in_round=in_round,
            external_reference=external_reference,
            title=title,
            description=description,
            intent=intent,
            visibility=visibility,
            currency=currency,
            incoterm=incoterm,
            delivery_place=delivery_place,
            payment_days=payment_days,
            nda_required=nda_required,
            nda_text=nda_text,
            nda_version=nda_version,
            opening_quorum=opening_quorum,
            opening_approvals=opening_approvals,
            envelopes=envelopes,
            questions_close_at=questions_close_at,
            quotes_close_at=quotes_close_at,
            evaluation=evaluation,
            over_delivery_percent=over_delivery_percent,
            standstill_days=standstill_days,
            acceptance_days=acceptance_days,
            published_at=published_at,
            closed_at=closed_at,
            technical_opened_at=technical_opened_at,
            opened_at=opened_at,
            scores_closed_at=scores_closed_at,
            ended_at=ended_at,
            end_reason=end_reason,
            reissue_of=reissue_of,
            reissued_as=reissued_as,
            participation=participation,
            nda_accepted=nda_accepted,
            lines=lines,
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
