from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.line_change_in import LineChangeIn
    from ..models.terms_change_in import TermsChangeIn


T = TypeVar("T", bound="ChangeOrderPropose")


@_attrs_define
class ChangeOrderPropose:
    """What is proposed: changes of lines and terms, or the cancellation of the order; `reason` from `change_reasons`."""

    reason: str
    """ Code of a vocabulary. """
    lines: list[LineChangeIn] | Unset = UNSET
    """ What it is about, line by line. """
    terms: None | TermsChangeIn | Unset = UNSET
    cancels: bool | Unset = False
    """ Whether the change cancels what is still open of the order. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.terms_change_in import TermsChangeIn  # noqa: PLC0415

        reason = self.reason

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        terms: dict[str, Any] | None | Unset
        if isinstance(self.terms, Unset):
            terms = UNSET
        elif isinstance(self.terms, TermsChangeIn):
            terms = self.terms.to_dict()
        else:
            terms = self.terms

        cancels = self.cancels

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "reason": reason,
            }
        )
        if lines is not UNSET:
            field_dict["lines"] = lines
        if terms is not UNSET:
            field_dict["terms"] = terms
        if cancels is not UNSET:
            field_dict["cancels"] = cancels
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_change_in import LineChangeIn  # noqa: PLC0415
        from ..models.terms_change_in import TermsChangeIn  # noqa: PLC0415

        d = dict(src_dict)
        reason = d.pop("reason")

        _lines = d.pop("lines", UNSET)
        lines: list[LineChangeIn] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = LineChangeIn.from_dict(lines_item_data)

                lines.append(lines_item)

        def _parse_terms(data: object) -> None | TermsChangeIn | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                terms_type_0 = TermsChangeIn.from_dict(data)

                return terms_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TermsChangeIn | Unset, data)

        terms = _parse_terms(d.pop("terms", UNSET))

        cancels = d.pop("cancels", UNSET)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            reason=reason,
            lines=lines,
            terms=terms,
            cancels=cancels,
            note=note,
        )

        return built_
