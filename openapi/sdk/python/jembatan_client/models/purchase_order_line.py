from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.line_acknowledgement import LineAcknowledgement


T = TypeVar("T", bound="PurchaseOrderLine")


@_attrs_define
class PurchaseOrderLine:
    """One line. accepted + rejected <= received, received + short <= despatched.

    `open` is what has yet to be accepted of what was ordered, `despatchable` what may still be sent by
    the order; where a part is only forecast, `get_schedule` says how much of that is called off.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    part_number: str
    """ The buyer's number of the part. """
    drawing_revision: None | str
    """ Revision of the drawing that is valid for the part; null when there is none. """
    name_id: str
    """ Name of the part in Indonesian. """
    name_en: None | str
    """ Name of the part in English; null when there is none. """
    line_digest: str
    """ Digest of the line as it was quoted or ordered: whether it changed since is told by comparing. """
    unit: str
    """ UN/ECE Recommendation 20 code, for example `H87` for pieces. """
    unit_price: str
    """ Exact decimal. """
    tooling: str
    """ Exact decimal. """
    due_on: datetime.date | None
    """ Calendar day. """
    promised_on: datetime.date | None
    """ Calendar day. """
    acknowledgement: LineAcknowledgement | None
    ordered: str
    """ Exact decimal. """
    tolerance: str
    """ Exact decimal. """
    despatched: str
    """ Exact decimal. """
    short: str
    """ Exact decimal. """
    received: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    returned: str
    """ How much of `rejected` went back. """
    open_: str
    """ Exact decimal. """
    despatchable: str
    """ Exact decimal. """
    approval_plan: str
    """ How the first article of the line is approved: none, fai, isir or ppap. """
    gate: str
    """ `closed`: production waits for an approved first article; `limited`: an approval with deviation; `none`: no
    approval is asked for; `open`: approved. """
    gate_quantity: None | str
    """ Production in all that a deviation lets leave. """
    gate_until: datetime.datetime | None
    """ When the deviation ends. """
    samples_left: str
    """ How much may be sent as samples; 0 where none are needed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.line_acknowledgement import LineAcknowledgement  # noqa: PLC0415

        line_no = self.line_no

        part_number = self.part_number

        drawing_revision: None | str
        drawing_revision = self.drawing_revision

        name_id = self.name_id

        name_en: None | str
        name_en = self.name_en

        line_digest = self.line_digest

        unit = self.unit

        unit_price = self.unit_price

        tooling = self.tooling

        due_on: None | str
        if isinstance(self.due_on, datetime.date):
            due_on = self.due_on.isoformat()
        else:
            due_on = self.due_on

        promised_on: None | str
        if isinstance(self.promised_on, datetime.date):
            promised_on = self.promised_on.isoformat()
        else:
            promised_on = self.promised_on

        acknowledgement: dict[str, Any] | None
        if isinstance(self.acknowledgement, LineAcknowledgement):
            acknowledgement = self.acknowledgement.to_dict()
        else:
            acknowledgement = self.acknowledgement

        ordered = self.ordered

        tolerance = self.tolerance

        despatched = self.despatched

        short = self.short

        received = self.received

        accepted = self.accepted

        rejected = self.rejected

        returned = self.returned

        open_ = self.open_

        despatchable = self.despatchable

        approval_plan = self.approval_plan

        gate = self.gate

        gate_quantity: None | str
        gate_quantity = self.gate_quantity

        gate_until: None | str
        if isinstance(self.gate_until, datetime.datetime):
            gate_until = self.gate_until.isoformat()
        else:
            gate_until = self.gate_until

        samples_left = self.samples_left

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "part_number": part_number,
                "drawing_revision": drawing_revision,
                "name_id": name_id,
                "name_en": name_en,
                "line_digest": line_digest,
                "unit": unit,
                "unit_price": unit_price,
                "tooling": tooling,
                "due_on": due_on,
                "promised_on": promised_on,
                "acknowledgement": acknowledgement,
                "ordered": ordered,
                "tolerance": tolerance,
                "despatched": despatched,
                "short": short,
                "received": received,
                "accepted": accepted,
                "rejected": rejected,
                "returned": returned,
                "open": open_,
                "despatchable": despatchable,
                "approval_plan": approval_plan,
                "gate": gate,
                "gate_quantity": gate_quantity,
                "gate_until": gate_until,
                "samples_left": samples_left,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.line_acknowledgement import LineAcknowledgement  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        part_number = d.pop("part_number")

        def _parse_drawing_revision(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        drawing_revision = _parse_drawing_revision(d.pop("drawing_revision"))

        name_id = d.pop("name_id")

        def _parse_name_en(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        name_en = _parse_name_en(d.pop("name_en"))

        line_digest = d.pop("line_digest")

        unit = d.pop("unit")

        unit_price = d.pop("unit_price")

        tooling = d.pop("tooling")

        def _parse_due_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                due_on_type_0 = datetime.date.fromisoformat(data)

                return due_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        due_on = _parse_due_on(d.pop("due_on"))

        def _parse_promised_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                promised_on_type_0 = datetime.date.fromisoformat(data)

                return promised_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        promised_on = _parse_promised_on(d.pop("promised_on"))

        def _parse_acknowledgement(data: object) -> LineAcknowledgement | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                acknowledgement_type_0 = LineAcknowledgement.from_dict(data)

                return acknowledgement_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LineAcknowledgement | None, data)

        acknowledgement = _parse_acknowledgement(d.pop("acknowledgement"))

        ordered = d.pop("ordered")

        tolerance = d.pop("tolerance")

        despatched = d.pop("despatched")

        short = d.pop("short")

        received = d.pop("received")

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        returned = d.pop("returned")

        open_ = d.pop("open")

        despatchable = d.pop("despatchable")

        approval_plan = d.pop("approval_plan")

        gate = d.pop("gate")

        def _parse_gate_quantity(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        gate_quantity = _parse_gate_quantity(d.pop("gate_quantity"))

        def _parse_gate_until(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                gate_until_type_0 = datetime.datetime.fromisoformat(data)

                return gate_until_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        gate_until = _parse_gate_until(d.pop("gate_until"))

        samples_left = d.pop("samples_left")

        built_ = cls(
            line_no=line_no,
            part_number=part_number,
            drawing_revision=drawing_revision,
            name_id=name_id,
            name_en=name_en,
            line_digest=line_digest,
            unit=unit,
            unit_price=unit_price,
            tooling=tooling,
            due_on=due_on,
            promised_on=promised_on,
            acknowledgement=acknowledgement,
            ordered=ordered,
            tolerance=tolerance,
            despatched=despatched,
            short=short,
            received=received,
            accepted=accepted,
            rejected=rejected,
            returned=returned,
            open_=open_,
            despatchable=despatchable,
            approval_plan=approval_plan,
            gate=gate,
            gate_quantity=gate_quantity,
            gate_until=gate_until,
            samples_left=samples_left,
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
