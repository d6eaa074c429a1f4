from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="QuoteReceipt")


@_attrs_define
class QuoteReceipt:
    """What the supplier holds against us: sha256(canonical content, then the nonce's 32 bytes) is `commitment`, in hex.

    Canonical content is the JSON of `content` with members sorted by name at every level, no spaces, UTF-8 and nothing
    escaped that need not be (RFC 8785); decimals stay the strings that are shown. Content that an earlier release
    sealed
    lacks members that came later: they are shown as null or empty, and left out of its canonical JSON. Keep the
    receipt:
    after the opening `jembatan verify-opening bundle.json --receipt receipt.json` tells whether what it promises was
    opened.

    """

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    round_: int
    """ Round of quoting, from 1. """
    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    submitted_version: int
    """ Which submission counts, from 1; 0 before the first. """
    submitted_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    commitment: str
    """ SHA-256 over the nonce and the content of the quote, in hexadecimal: it binds the supplier before the
    opening. """
    nonce: str
    """ Random bytes that went into the commitment, in hexadecimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        round_ = self.round_

        quote_id = self.quote_id

        submitted_version = self.submitted_version

        submitted_at = self.submitted_at.isoformat()

        commitment = self.commitment

        nonce = self.nonce

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "round": round_,
                "quote_id": quote_id,
                "submitted_version": submitted_version,
                "submitted_at": submitted_at,
                "commitment": commitment,
                "nonce": nonce,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        round_ = d.pop("round")

        quote_id = d.pop("quote_id")

        submitted_version = d.pop("submitted_version")

        submitted_at = datetime.datetime.fromisoformat(d.pop("submitted_at"))

        commitment = d.pop("commitment")

        nonce = d.pop("nonce")

        built_ = cls(
            rfq_id=rfq_id,
            round_=round_,
            quote_id=quote_id,
            submitted_version=submitted_version,
            submitted_at=submitted_at,
            commitment=commitment,
            nonce=nonce,
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
