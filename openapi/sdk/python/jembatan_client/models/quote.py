from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.not_copied import NotCopied
    from ..models.quote_amendment import QuoteAmendment
    from ..models.quote_content import QuoteContent
    from ..models.quote_line_state import QuoteLineState
    from ..models.quote_totals import QuoteTotals
    from ..models.technical_part import TechnicalPart


T = TypeVar("T", bound="Quote")


@_attrs_define
class Quote:
    """A quote; `submitted_version` is the submission that counts, 0 before the first.

    `lines_to_reconfirm` are those that this submission prices as they were before an addendum: until they are confirmed
    or priced anew they count for nothing. `content` is what its supplier works on until the opening
    (`has_unsubmitted_changes`: it differs from that submission), then what was opened; `technical` is what was opened
    first
    where the RFQ has two envelopes. `amended_content` is what counts instead once a counter-offer was accepted.
    `totals`
    are ours, of what counts, at the quantities asked. `shortlisted` is null for the supplier until a further round
    starts.
    `not_copied` belongs to the answer to `createQuote` with `copy_from`.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    supplier_name: str
    """ Name of the supplying organisation. """
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
    round_: int
    """ Round of quoting, from 1. """
    submitted_version: int
    """ Which submission counts, from 1; 0 before the first. """
    submitted_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    commitment: None | str
    """ sha256 of canonical content and nonce, in hex. """
    has_unsubmitted_changes: bool
    """ Whether the draft differs from what was submitted last. """
    lines_to_reconfirm: list[int]
    """ Numbers of the lines that changed since the supplier priced them. """
    line_states: list[QuoteLineState]
    """ Whether the price of each line still answers what is asked. """
    technical_opened_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    opened_at: datetime.datetime | None
    """ RFC 3339 instant with a zone. """
    end_reason: None | str
    """ Why it ended, as a code; null while it has not, or when no reason is asked for. """
    end_note: None | str
    """ What was added when it ended; null when nothing. """
    technical: None | TechnicalPart
    content: None | QuoteContent
    amended_content: None | QuoteContent
    amendments: list[QuoteAmendment]
    """ What accepted counter-offers changed, oldest first. """
    totals: None | QuoteTotals
    shortlisted: bool | None
    """ Whether the quote is on the buyer's shortlist. """
    not_copied: list[NotCopied]
    """ What of an earlier quote could not be taken over. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.quote_content import QuoteContent  # noqa: PLC0415
        from ..models.quote_totals import QuoteTotals  # noqa: PLC0415
        from ..models.technical_part import TechnicalPart  # noqa: PLC0415

        id = self.id

        rfq_id = self.rfq_id

        supplier_id = self.supplier_id

        supplier_name = self.supplier_name

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        round_ = self.round_

        submitted_version = self.submitted_version

        submitted_at: None | str
        if isinstance(self.submitted_at, datetime.datetime):
            submitted_at = self.submitted_at.isoformat()
        else:
            submitted_at = self.submitted_at

        commitment: None | str
        commitment = self.commitment

        has_unsubmitted_changes = self.has_unsubmitted_changes

        lines_to_reconfirm = self.lines_to_reconfirm

        line_states = []
        for line_states_item_data in self.line_states:
            line_states_item = line_states_item_data.to_dict()
            line_states.append(line_states_item)

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

        end_reason: None | str
        end_reason = self.end_reason

        end_note: None | str
        end_note = self.end_note

        technical: dict[str, Any] | None
        if isinstance(self.technical, TechnicalPart):
            technical = self.technical.to_dict()
        else:
            technical = self.technical

        content: dict[str, Any] | None
        if isinstance(self.content, QuoteContent):
            content = self.content.to_dict()
        else:
            content = self.content

        amended_content: dict[str, Any] | None
        if isinstance(self.amended_content, QuoteContent):
            amended_content = self.amended_content.to_dict()
        else:
            amended_content = self.amended_content

        amendments = []
        for amendments_item_data in self.amendments:
            amendments_item = amendments_item_data.to_dict()
            amendments.append(amendments_item)

        totals: dict[str, Any] | None
        if isinstance(self.totals, QuoteTotals):
            totals = self.totals.to_dict()
        else:
            totals = self.totals

        shortlisted: bool | None
        shortlisted = self.shortlisted

        not_copied = []
        for not_copied_item_data in self.not_copied:
            not_copied_item = not_copied_item_data.to_dict()
            not_copied.append(not_copied_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "rfq_id": rfq_id,
                "supplier_id": supplier_id,
                "supplier_name": supplier_name,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "round": round_,
                "submitted_version": submitted_version,
                "submitted_at": submitted_at,
                "commitment": commitment,
                "has_unsubmitted_changes": has_unsubmitted_changes,
                "lines_to_reconfirm": lines_to_reconfirm,
                "line_states": line_states,
                "technical_opened_at": technical_opened_at,
                "opened_at": opened_at,
                "end_reason": end_reason,
                "end_note": end_note,
                "technical": technical,
                "content": content,
                "amended_content": amended_content,
                "amendments": amendments,
                "totals": totals,
                "shortlisted": shortlisted,
                "not_copied": not_copied,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.not_copied import NotCopied  # noqa: PLC0415
        from ..models.quote_amendment import QuoteAmendment  # noqa: PLC0415
        from ..models.quote_content import QuoteContent  # noqa: PLC0415
        from ..models.quote_line_state import QuoteLineState  # noqa: PLC0415
        from ..models.quote_totals import QuoteTotals  # noqa: PLC0415
        from ..models.technical_part import TechnicalPart  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        rfq_id = d.pop("rfq_id")

        supplier_id = d.pop("supplier_id")

        supplier_name = d.pop("supplier_name")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        round_ = d.pop("round")

        submitted_version = d.pop("submitted_version")

        def _parse_submitted_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                submitted_at_type_0 = datetime.datetime.fromisoformat(data)

                return submitted_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        submitted_at = _parse_submitted_at(d.pop("submitted_at"))

        def _parse_commitment(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        commitment = _parse_commitment(d.pop("commitment"))

        has_unsubmitted_changes = d.pop("has_unsubmitted_changes")

        lines_to_reconfirm = cast(list[int], d.pop("lines_to_reconfirm"))

        line_states = []
        _line_states = d.pop("line_states")
        for line_states_item_data in _line_states:
            line_states_item = QuoteLineState.from_dict(line_states_item_data)

            line_states.append(line_states_item)

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

        def _parse_end_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_reason = _parse_end_reason(d.pop("end_reason"))

        def _parse_end_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        end_note = _parse_end_note(d.pop("end_note"))

        def _parse_technical(data: object) -> None | TechnicalPart:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                technical_type_0 = TechnicalPart.from_dict(data)

                return technical_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TechnicalPart, data)

        technical = _parse_technical(d.pop("technical"))

        def _parse_content(data: object) -> None | QuoteContent:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                content_type_0 = QuoteContent.from_dict(data)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QuoteContent, data)

        content = _parse_content(d.pop("content"))

        def _parse_amended_content(data: object) -> None | QuoteContent:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                amended_content_type_0 = QuoteContent.from_dict(data)

                return amended_content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QuoteContent, data)

        amended_content = _parse_amended_content(d.pop("amended_content"))

        amendments = []
        _amendments = d.pop("amendments")
        for amendments_item_data in _amendments:
            amendments_item = QuoteAmendment.from_dict(amendments_item_data)

            amendments.append(amendments_item)

        def _parse_totals(data: object) -> None | QuoteTotals:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                totals_type_0 = QuoteTotals.from_dict(data)

                return totals_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | QuoteTotals, data)

        totals = _parse_totals(d.pop("totals"))

        def _parse_shortlisted(data: object) -> bool | None:
            if data is None:
                return data
            return cast(bool | None, data)

        shortlisted = _parse_shortlisted(d.pop("shortlisted"))

        not_copied = []
        _not_copied = d.pop("not_copied")
        for not_copied_item_data in _not_copied:
            not_copied_item = NotCopied.from_dict(not_copied_item_data)

            not_copied.append(not_copied_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            rfq_id=rfq_id,
            supplier_id=supplier_id,
            supplier_name=supplier_name,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            round_=round_,
            submitted_version=submitted_version,
            submitted_at=submitted_at,
            commitment=commitment,
            has_unsubmitted_changes=has_unsubmitted_changes,
            lines_to_reconfirm=lines_to_reconfirm,
            line_states=line_states,
            technical_opened_at=technical_opened_at,
            opened_at=opened_at,
            end_reason=end_reason,
            end_note=end_note,
            technical=technical,
            content=content,
            amended_content=amended_content,
            amendments=amendments,
            totals=totals,
            shortlisted=shortlisted,
            not_copied=not_copied,
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
