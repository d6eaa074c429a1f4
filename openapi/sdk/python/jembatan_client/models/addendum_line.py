from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.addendum_change import AddendumChange


T = TypeVar("T", bound="AddendumLine")


@_attrs_define
class AddendumLine:
    """A line that was added, removed or changed.

    Its digest differs where prices depend on the change: quotes that price the line wait for their suppliers, unless
    the
    addendum is not material. Without `members`, only terms or documents that the line depends on have changed.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    change: str
    """ Whether it was added, removed or changed.

    Known values: added, removed, changed. """
    digest_before: None | str
    """ Digest of the line before the addendum; null when the line is new. """
    digest_after: None | str
    """ Digest of the line after the addendum; null when the line was taken away. """
    members: list[AddendumChange]
    """ What changed, member by member. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        line_no = self.line_no

        change = self.change

        digest_before: None | str
        digest_before = self.digest_before

        digest_after: None | str
        digest_after = self.digest_after

        members = []
        for members_item_data in self.members:
            members_item = members_item_data.to_dict()
            members.append(members_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "change": change,
                "digest_before": digest_before,
                "digest_after": digest_after,
                "members": members,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.addendum_change import AddendumChange  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        change = d.pop("change")

        def _parse_digest_before(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        digest_before = _parse_digest_before(d.pop("digest_before"))

        def _parse_digest_after(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        digest_after = _parse_digest_after(d.pop("digest_after"))

        members = []
        _members = d.pop("members")
        for members_item_data in _members:
            members_item = AddendumChange.from_dict(members_item_data)

            members.append(members_item)

        built_ = cls(
            line_no=line_no,
            change=change,
            digest_before=digest_before,
            digest_after=digest_after,
            members=members,
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
