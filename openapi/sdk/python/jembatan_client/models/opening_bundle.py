from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.opening_chain import OpeningChain
    from ..models.opening_entry import OpeningEntry
    from ..models.opening_header import OpeningHeader


T = TypeVar("T", bound="OpeningBundle")


@_attrs_define
class OpeningBundle:
    """Everything that is needed to check an opening offline: keep the file, `jembatan verify-opening` reads it.

    `root` is the root of a Merkle tree (RFC 6962, SHA-256) over the header and the entries, the same for everybody who
    took part, and is in the RFQ's `rfq.quotes_opened` event.

    """

    format_: str
    """ Name and version of this format. """
    root: str
    """ 32 bytes in lower-case hexadecimal. """
    header: OpeningHeader
    """ The facts of the opening, the same for everybody: the first leaf of the tree.

    `left_out_*` count what had been submitted and was withdrawn or lapsed before the opening; `early_attempts` the
    refused attempts to see or open the quotes. """
    header_leaf: str
    """ 32 bytes in lower-case hexadecimal. """
    entries: list[OpeningEntry]
    """ The submissions under the root, in the order of the tree's leaves. """
    chains: list[OpeningChain]
    """ The events that lead to the opening, chain by chain, so that their hashes can be made again. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        format_ = self.format_

        root = self.root

        header = self.header.to_dict()

        header_leaf = self.header_leaf

        entries = []
        for entries_item_data in self.entries:
            entries_item = entries_item_data.to_dict()
            entries.append(entries_item)

        chains = []
        for chains_item_data in self.chains:
            chains_item = chains_item_data.to_dict()
            chains.append(chains_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "format": format_,
                "root": root,
                "header": header,
                "header_leaf": header_leaf,
                "entries": entries,
                "chains": chains,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.opening_chain import OpeningChain  # noqa: PLC0415
        from ..models.opening_entry import OpeningEntry  # noqa: PLC0415
        from ..models.opening_header import OpeningHeader  # noqa: PLC0415

        d = dict(src_dict)
        format_ = d.pop("format")

        root = d.pop("root")

        header = OpeningHeader.from_dict(d.pop("header"))

        header_leaf = d.pop("header_leaf")

        entries = []
        _entries = d.pop("entries")
        for entries_item_data in _entries:
            entries_item = OpeningEntry.from_dict(entries_item_data)

            entries.append(entries_item)

        chains = []
        _chains = d.pop("chains")
        for chains_item_data in _chains:
            chains_item = OpeningChain.from_dict(chains_item_data)

            chains.append(chains_item)

        built_ = cls(
            format_=format_,
            root=root,
            header=header,
            header_leaf=header_leaf,
            entries=entries,
            chains=chains,
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
