from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.work_in import WorkIn


T = TypeVar("T", bound="HeartbeatCreate")


@_attrs_define
class HeartbeatCreate:
    """The workshop's weekly report on one order.

    `free_hours_per_week` are those that it has for this order, machines and people together; `raw_stock_days` says for
    how many
    working days raw material lasts.

    """

    free_hours_per_week: str
    """ Machine hours a week that are free, as an exact decimal. """
    raw_stock_days: int
    """ Days for which the raw material suffices. """
    lines: list[WorkIn] | Unset = UNSET
    """ What it is about, line by line. """
    note: None | str | Unset = UNSET
    """ Remark for people; null when there is none. """

    def to_dict(self) -> dict[str, Any]:
        free_hours_per_week = self.free_hours_per_week

        raw_stock_days = self.raw_stock_days

        lines: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.lines, Unset):
            lines = []
            for lines_item_data in self.lines:
                lines_item = lines_item_data.to_dict()
                lines.append(lines_item)

        note: None | str | Unset
        if isinstance(self.note, Unset):
            note = UNSET
        else:
            note = self.note

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "free_hours_per_week": free_hours_per_week,
                "raw_stock_days": raw_stock_days,
            }
        )
        if lines is not UNSET:
            field_dict["lines"] = lines
        if note is not UNSET:
            field_dict["note"] = note

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.work_in import WorkIn  # noqa: PLC0415

        d = dict(src_dict)
        free_hours_per_week = d.pop("free_hours_per_week")

        raw_stock_days = d.pop("raw_stock_days")

        _lines = d.pop("lines", UNSET)
        lines: list[WorkIn] | Unset = UNSET
        if _lines is not UNSET:
            lines = []
            for lines_item_data in _lines:
                lines_item = WorkIn.from_dict(lines_item_data)

                lines.append(lines_item)

        def _parse_note(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        note = _parse_note(d.pop("note", UNSET))

        built_ = cls(
            free_hours_per_week=free_hours_per_week,
            raw_stock_days=raw_stock_days,
            lines=lines,
            note=note,
        )

        return built_
