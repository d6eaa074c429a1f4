from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.coverage_line import CoverageLine
    from ..models.heartbeat import Heartbeat


T = TypeVar("T", bound="Coverage")


@_attrs_define
class Coverage:
    """The projection of an order's schedule from the workshop's newest report.

    `stale`: there is none within eight days. `years_without_holidays` are years of which no public holidays are known:
    their
    working days are those that are no weekend.

    """

    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    zone: str
    """ Time zone of the days: WIB (UTC+7), WITA (UTC+8) or WIT (UTC+9).

    Known values: WIB, WITA, WIT. """
    stale: bool
    """ Whether the workshop's last report is too old to be relied on. """
    years_without_holidays: list[int]
    """ Years of whose holidays nothing is known, so that working days are counted by weekends alone. """
    heartbeat: Heartbeat | None
    lines: list[CoverageLine]
    """ What it is about, line by line. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.heartbeat import Heartbeat  # noqa: PLC0415

        order_id = self.order_id

        zone = self.zone

        stale = self.stale

        years_without_holidays = self.years_without_holidays

        heartbeat: dict[str, Any] | None
        if isinstance(self.heartbeat, Heartbeat):
            heartbeat = self.heartbeat.to_dict()
        else:
            heartbeat = self.heartbeat

        lines = []
        for lines_item_data in self.lines:
            lines_item = lines_item_data.to_dict()
            lines.append(lines_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "order_id": order_id,
                "zone": zone,
                "stale": stale,
                "years_without_holidays": years_without_holidays,
                "heartbeat": heartbeat,
                "lines": lines,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.coverage_line import CoverageLine  # noqa: PLC0415
        from ..models.heartbeat import Heartbeat  # noqa: PLC0415

        d = dict(src_dict)
        order_id = d.pop("order_id")

        zone = d.pop("zone")

        stale = d.pop("stale")

        years_without_holidays = cast(list[int], d.pop("years_without_holidays"))

        def _parse_heartbeat(data: object) -> Heartbeat | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                heartbeat_type_0 = Heartbeat.from_dict(data)

                return heartbeat_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Heartbeat | None, data)

        heartbeat = _parse_heartbeat(d.pop("heartbeat"))

        lines = []
        _lines = d.pop("lines")
        for lines_item_data in _lines:
            lines_item = CoverageLine.from_dict(lines_item_data)

            lines.append(lines_item)

        built_ = cls(
            order_id=order_id,
            zone=zone,
            stale=stale,
            years_without_holidays=years_without_holidays,
            heartbeat=heartbeat,
            lines=lines,
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
