from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.disposition_out import DispositionOut
    from ..models.eight_d_report import EightDReport


T = TypeVar("T", bound="NonconformanceStep")


@_attrs_define
class NonconformanceStep:
    """What one side wrote when it took a step."""

    action: str
    """ The action that was taken. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    by: str
    """ Who did it. """
    disposition: None | str
    """ What becomes of the pieces: rework, return, replace, scrap or use_as_is. """
    dispositions: list[DispositionOut]
    """ What becomes of the pieces, by quantity. """
    note: None | str
    """ Remark for people; null when there is none. """
    report: EightDReport | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.eight_d_report import EightDReport  # noqa: PLC0415

        action = self.action

        at = self.at.isoformat()

        by = self.by

        disposition: None | str
        disposition = self.disposition

        dispositions = []
        for dispositions_item_data in self.dispositions:
            dispositions_item = dispositions_item_data.to_dict()
            dispositions.append(dispositions_item)

        note: None | str
        note = self.note

        report: dict[str, Any] | None
        if isinstance(self.report, EightDReport):
            report = self.report.to_dict()
        else:
            report = self.report

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "action": action,
                "at": at,
                "by": by,
                "disposition": disposition,
                "dispositions": dispositions,
                "note": note,
                "report": report,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.disposition_out import DispositionOut  # noqa: PLC0415
        from ..models.eight_d_report import EightDReport  # noqa: PLC0415

        d = dict(src_dict)
        action = d.pop("action")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        by = d.pop("by")

        def _parse_disposition(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        disposition = _parse_disposition(d.pop("disposition"))

        dispositions = []
        _dispositions = d.pop("dispositions")
        for dispositions_item_data in _dispositions:
            dispositions_item = DispositionOut.from_dict(dispositions_item_data)

            dispositions.append(dispositions_item)

        def _parse_note(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        note = _parse_note(d.pop("note"))

        def _parse_report(data: object) -> EightDReport | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                report_type_0 = EightDReport.from_dict(data)

                return report_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(EightDReport | None, data)

        report = _parse_report(d.pop("report"))

        built_ = cls(
            action=action,
            at=at,
            by=by,
            disposition=disposition,
            dispositions=dispositions,
            note=note,
            report=report,
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
