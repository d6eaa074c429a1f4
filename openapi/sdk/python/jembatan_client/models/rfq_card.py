from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.rfq_fit import RfqFit


T = TypeVar("T", bound="RfqCard")


@_attrs_define
class RfqCard:
    """An RFQ in a list; the lines are in `GET /v1/rfqs/{rfq_id}`."""

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    buyer_name: str
    """ Name of the buying organisation. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    external_reference: None | str
    """ The buyer's own number of the document, unique among its RFQs; null when not given. """
    title: str
    """ What it is about, in one line. """
    intent: str
    """ Whether an order is meant to follow (firm), a budget (budgetary), or a comparison of prices (benchmark).

    Known values: firm, budgetary, benchmark. """
    visibility: str
    """ Whether every verified supplier sees the RFQ, or those who are invited.

    Known values: open, invited. """
    nda_required: bool
    """ Whether suppliers have to accept a confidentiality agreement before they see confidential documents. """
    quotes_close_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    published_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    line_count: int
    """ Number of lines. """
    participation: None | str
    """ State of the caller's own part in the RFQ; null when it has none. """
    fit: None | RfqFit
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.rfq_fit import RfqFit  # noqa: PLC0415

        id = self.id

        buyer_id = self.buyer_id

        buyer_name = self.buyer_name

        state = self.state

        state_label = self.state_label

        etag = self.etag

        external_reference: None | str
        external_reference = self.external_reference

        title = self.title

        intent = self.intent

        visibility = self.visibility

        nda_required = self.nda_required

        quotes_close_at: None | str
        if isinstance(self.quotes_close_at, datetime.datetime):
            quotes_close_at = self.quotes_close_at.isoformat()
        else:
            quotes_close_at = self.quotes_close_at

        published_at: None | str
        if isinstance(self.published_at, datetime.datetime):
            published_at = self.published_at.isoformat()
        else:
            published_at = self.published_at

        line_count = self.line_count

        participation: None | str
        participation = self.participation

        fit: dict[str, Any] | None
        if isinstance(self.fit, RfqFit):
            fit = self.fit.to_dict()
        else:
            fit = self.fit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "buyer_id": buyer_id,
                "buyer_name": buyer_name,
                "state": state,
                "state_label": state_label,
                "etag": etag,
                "external_reference": external_reference,
                "title": title,
                "intent": intent,
                "visibility": visibility,
                "nda_required": nda_required,
                "quotes_close_at": quotes_close_at,
                "published_at": published_at,
                "line_count": line_count,
                "participation": participation,
                "fit": fit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rfq_fit import RfqFit  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        buyer_id = d.pop("buyer_id")

        buyer_name = d.pop("buyer_name")

        state = d.pop("state")

        state_label = d.pop("state_label")

        etag = d.pop("etag")

        def _parse_external_reference(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        external_reference = _parse_external_reference(d.pop("external_reference"))

        title = d.pop("title")

        intent = d.pop("intent")

        visibility = d.pop("visibility")

        nda_required = d.pop("nda_required")

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

        line_count = d.pop("line_count")

        def _parse_participation(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        participation = _parse_participation(d.pop("participation"))

        def _parse_fit(data: object) -> None | RfqFit:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                fit_type_0 = RfqFit.from_dict(data)

                return fit_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | RfqFit, data)

        fit = _parse_fit(d.pop("fit"))

        built_ = cls(
            id=id,
            buyer_id=buyer_id,
            buyer_name=buyer_name,
            state=state,
            state_label=state_label,
            etag=etag,
            external_reference=external_reference,
            title=title,
            intent=intent,
            visibility=visibility,
            nda_required=nda_required,
            quotes_close_at=quotes_close_at,
            published_at=published_at,
            line_count=line_count,
            participation=participation,
            fit=fit,
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
