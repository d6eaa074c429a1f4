from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.award_line_in import AwardLineIn
    from ..models.award_propose_reasons import AwardProposeReasons


T = TypeVar("T", bound="AwardPropose")


@_attrs_define
class AwardPropose:
    """Quantities of one opened quote. The prices follow from the quote. `note` is for the supplier to read."""

    quote_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    lines: list[AwardLineIn]
    """ What it is about, line by line. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """
    reasons: AwardProposeReasons | Unset = UNSET
    """ By losing quote, the code of `loss_reasons` it hears in place of what its figures say. """

    def to_dict(self) -> dict[str, Any]:
        quote_id = self.quote_id

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        reasons: dict[str, Any] | Unset = UNSET
        if not isinstance(self.reasons, Unset):
            reasons = self.reasons.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "quote_id": quote_id,
                "lines": lines,
            }
        )
        if note is not UNSET:
            field_dict["note"] = note
        if reasons is not UNSET:
            field_dict["reasons"] = reasons

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.award_line_in import AwardLineIn  # noqa: PLC0415
        from ..models.award_propose_reasons import AwardProposeReasons  # noqa: PLC0415

        d = dict(src_dict)
        quote_id = d.pop("quote_id")

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = AwardLineIn.from_dict(lines_item_data)

            lines.append(lines_item)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        _reasons = d.pop("reasons", UNSET)
        reasons: AwardProposeReasons | Unset
        if isinstance(_reasons, Unset):
            reasons = UNSET
        else:
            reasons = AwardProposeReasons.from_dict(_reasons)

        built_ = cls(
            quote_id=quote_id,
            lines=lines,
            note=note,
            reasons=reasons,
        )

        return built_
