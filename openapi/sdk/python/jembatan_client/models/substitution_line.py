from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="SubstitutionLine")


@_attrs_define
class SubstitutionLine:
    """One line with an import baseline; `idr_unit_value` is CIF price x the stated rupiah rate.

    `awarded` and `accepted` are what happened in the period, the `counted` ones what of it counts within the annual
    quantity that
    all RFQs for the same part, HS code and unit share in a calendar year.

    """

    rfq_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    part_number: str
    """ The buyer's number of the part. """
    hs_code: str
    """ Code of the customs tariff, digits and points; null when not given. """
    idr_unit_value: str
    """ Exact decimal. """
    annual_quantity: str
    """ Exact decimal. """
    requested: str
    """ Exact decimal. """
    is_superseded: bool
    """ It was issued again: what was not awarded counts there. """
    awarded: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    counted_potential: str
    """ Exact decimal. """
    counted_committed: str
    """ Exact decimal. """
    counted_realised: str
    """ Exact decimal. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rfq_id = self.rfq_id

        line_no = self.line_no

        part_number = self.part_number

        hs_code = self.hs_code

        idr_unit_value = self.idr_unit_value

        annual_quantity = self.annual_quantity

        requested = self.requested

        is_superseded = self.is_superseded

        awarded = self.awarded

        accepted = self.accepted

        counted_potential = self.counted_potential

        counted_committed = self.counted_committed

        counted_realised = self.counted_realised

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rfq_id": rfq_id,
                "line_no": line_no,
                "part_number": part_number,
                "hs_code": hs_code,
                "idr_unit_value": idr_unit_value,
                "annual_quantity": annual_quantity,
                "requested": requested,
                "is_superseded": is_superseded,
                "awarded": awarded,
                "accepted": accepted,
                "counted_potential": counted_potential,
                "counted_committed": counted_committed,
                "counted_realised": counted_realised,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        rfq_id = d.pop("rfq_id")

        line_no = d.pop("line_no")

        part_number = d.pop("part_number")

        hs_code = d.pop("hs_code")

        idr_unit_value = d.pop("idr_unit_value")

        annual_quantity = d.pop("annual_quantity")

        requested = d.pop("requested")

        is_superseded = d.pop("is_superseded")

        awarded = d.pop("awarded")

        accepted = d.pop("accepted")

        counted_potential = d.pop("counted_potential")

        counted_committed = d.pop("counted_committed")

        counted_realised = d.pop("counted_realised")

        built_ = cls(
            rfq_id=rfq_id,
            line_no=line_no,
            part_number=part_number,
            hs_code=hs_code,
            idr_unit_value=idr_unit_value,
            annual_quantity=annual_quantity,
            requested=requested,
            is_superseded=is_superseded,
            awarded=awarded,
            accepted=accepted,
            counted_potential=counted_potential,
            counted_committed=counted_committed,
            counted_realised=counted_realised,
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
