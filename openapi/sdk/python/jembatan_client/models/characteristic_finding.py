from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.defect import Defect
    from ..models.inspection_result import InspectionResult


T = TypeVar("T", bound="CharacteristicFinding")


@_attrs_define
class CharacteristicFinding:
    """What one recording of an inspection says of the lot; `failed` was rejected for this characteristic.

    `result` is that of the characteristic in the lot's sample, null where the recording has none. With `ship_to_stock`
    the
    lot was accepted without inspection.

    """

    receipt_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    inspection_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    inspector: None | str
    """ Who inspected; null when not told. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    failed: str
    """ Exact decimal. """
    result: InspectionResult | None
    ship_to_stock: bool
    """ Whether the lot goes to stock without inspection. """
    defects: list[Defect]
    """ Those at this characteristic. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.inspection_result import InspectionResult  # noqa: PLC0415

        receipt_id = self.receipt_id

        inspection_id = self.inspection_id

        at = self.at.isoformat()

        inspector: None | str
        inspector = self.inspector

        accepted = self.accepted

        rejected = self.rejected

        failed = self.failed

        result: dict[str, Any] | None
        if isinstance(self.result, InspectionResult):
            result = self.result.to_dict()
        else:
            result = self.result

        ship_to_stock = self.ship_to_stock

        defects = []
        for defects_item_data in self.defects:
            defects_item = defects_item_data.to_dict()
            defects.append(defects_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "receipt_id": receipt_id,
                "inspection_id": inspection_id,
                "at": at,
                "inspector": inspector,
                "accepted": accepted,
                "rejected": rejected,
                "failed": failed,
                "result": result,
                "ship_to_stock": ship_to_stock,
                "defects": defects,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.defect import Defect  # noqa: PLC0415
        from ..models.inspection_result import InspectionResult  # noqa: PLC0415

        d = dict(src_dict)
        receipt_id = d.pop("receipt_id")

        inspection_id = d.pop("inspection_id")

        at = datetime.datetime.fromisoformat(d.pop("at"))

        def _parse_inspector(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        inspector = _parse_inspector(d.pop("inspector"))

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        failed = d.pop("failed")

        def _parse_result(data: object) -> InspectionResult | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                result_type_0 = InspectionResult.from_dict(data)

                return result_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(InspectionResult | None, data)

        result = _parse_result(d.pop("result"))

        ship_to_stock = d.pop("ship_to_stock")

        defects = []
        _defects = d.pop("defects")
        for defects_item_data in _defects:
            defects_item = Defect.from_dict(defects_item_data)

            defects.append(defects_item)

        built_ = cls(
            receipt_id=receipt_id,
            inspection_id=inspection_id,
            at=at,
            inspector=inspector,
            accepted=accepted,
            rejected=rejected,
            failed=failed,
            result=result,
            ship_to_stock=ship_to_stock,
            defects=defects,
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
