from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.committed_content import CommittedContent


T = TypeVar("T", bound="OpeningEntry")


@_attrs_define
class OpeningEntry:
    """One submission of a quote that was opened.

    `quote` names the quote in this opening; who knows the id can compute it. `quote_id`, `content` and `nonce` are null
    where they are not for the reader: a supplier reads its own, the buyer what was opened. `superseded`: replaced by a
    later submission of the same quote.

    """

    quote: str
    """ 32 bytes in lower-case hexadecimal. """
    number: int
    """ Which submission of the quote it is, from 1. """
    submitted_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    commitment: str
    """ 32 bytes in lower-case hexadecimal. """
    state: str
    """ Whether the submission was opened, or a later one took its place.

    Known values: opened, superseded. """
    leaf: str
    """ 32 bytes in lower-case hexadecimal. """
    quote_id: None | str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    content: CommittedContent | None
    nonce: None | str
    """ 32 bytes in lower-case hexadecimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.committed_content import CommittedContent  # noqa: PLC0415

        quote = self.quote

        number = self.number

        submitted_at = self.submitted_at.isoformat()

        commitment = self.commitment

        state = self.state

        leaf = self.leaf

        quote_id: None | str
        quote_id = self.quote_id

        content: dict[str, Any] | None
        if isinstance(self.content, CommittedContent):
            content = self.content.to_dict()
        else:
            content = self.content

        nonce: None | str
        nonce = self.nonce

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "quote": quote,
                "number": number,
                "submitted_at": submitted_at,
                "commitment": commitment,
                "state": state,
                "leaf": leaf,
                "quote_id": quote_id,
                "content": content,
                "nonce": nonce,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.committed_content import CommittedContent  # noqa: PLC0415

        d = dict(src_dict)
        quote = d.pop("quote")

        number = d.pop("number")

        submitted_at = datetime.datetime.fromisoformat(d.pop("submitted_at"))

        commitment = d.pop("commitment")

        state = d.pop("state")

        leaf = d.pop("leaf")

        def _parse_quote_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        quote_id = _parse_quote_id(d.pop("quote_id"))

        def _parse_content(data: object) -> CommittedContent | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                content_type_0 = CommittedContent.from_dict(data)

                return content_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(CommittedContent | None, data)

        content = _parse_content(d.pop("content"))

        def _parse_nonce(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        nonce = _parse_nonce(d.pop("nonce"))

        built_ = cls(
            quote=quote,
            number=number,
            submitted_at=submitted_at,
            commitment=commitment,
            state=state,
            leaf=leaf,
            quote_id=quote_id,
            content=content,
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
