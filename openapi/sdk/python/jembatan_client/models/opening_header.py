from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.opening_approval import OpeningApproval


T = TypeVar("T", bound="OpeningHeader")


@_attrs_define
class OpeningHeader:
    """The facts of the opening, the same for everybody: the first leaf of the tree.

    `left_out_*` count what had been submitted and was withdrawn or lapsed before the opening; `early_attempts` the
    refused attempts to see or open the quotes.

    """

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    round_: int
    """ Round of quoting, from 1. """
    quotes_close_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    closed_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    opened_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    quorum: int
    """ How many approvals the opening needed. """
    approvals: list[OpeningApproval]
    """ Who approved the opening. """
    quotes: int
    """ How many quotes were opened. """
    submissions: int
    """ How many submissions are under the root. """
    left_out_quotes: int
    """ Quotes that this reader's copy leaves out. """
    left_out_submissions: int
    """ Submissions that this reader's copy leaves out. """
    early_attempts: int
    """ How often somebody tried to read sealed quotes before the deadline. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        round_ = self.round_

        quotes_close_at = self.quotes_close_at.isoformat()

        closed_at = self.closed_at.isoformat()

        opened_at = self.opened_at.isoformat()

        quorum = self.quorum

        approvals = []
        for approvals_item_data in self.approvals:
            approvals_item = approvals_item_data.to_dict()
            approvals.append(approvals_item)

        quotes = self.quotes

        submissions = self.submissions

        left_out_quotes = self.left_out_quotes

        left_out_submissions = self.left_out_submissions

        early_attempts = self.early_attempts

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "round": round_,
                "quotes_close_at": quotes_close_at,
                "closed_at": closed_at,
                "opened_at": opened_at,
                "quorum": quorum,
                "approvals": approvals,
                "quotes": quotes,
                "submissions": submissions,
                "left_out_quotes": left_out_quotes,
                "left_out_submissions": left_out_submissions,
                "early_attempts": early_attempts,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.opening_approval import OpeningApproval  # noqa: PLC0415

        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        round_ = d.pop("round")

        quotes_close_at = datetime.datetime.fromisoformat(d.pop("quotes_close_at"))

        closed_at = datetime.datetime.fromisoformat(d.pop("closed_at"))

        opened_at = datetime.datetime.fromisoformat(d.pop("opened_at"))

        quorum = d.pop("quorum")

        approvals = []
        _approvals = d.pop("approvals")
        for approvals_item_data in _approvals:
            approvals_item = OpeningApproval.from_dict(approvals_item_data)

            approvals.append(approvals_item)

        quotes = d.pop("quotes")

        submissions = d.pop("submissions")

        left_out_quotes = d.pop("left_out_quotes")

        left_out_submissions = d.pop("left_out_submissions")

        early_attempts = d.pop("early_attempts")

        built_ = cls(
            rfq_id=rfq_id,
            round_=round_,
            quotes_close_at=quotes_close_at,
            closed_at=closed_at,
            opened_at=opened_at,
            quorum=quorum,
            approvals=approvals,
            quotes=quotes,
            submissions=submissions,
            left_out_quotes=left_out_quotes,
            left_out_submissions=left_out_submissions,
            early_attempts=early_attempts,
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
