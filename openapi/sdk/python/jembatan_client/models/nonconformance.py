from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.blocked import Blocked
    from ..models.defect import Defect
    from ..models.disposition_out import DispositionOut
    from ..models.nonconformance_step import NonconformanceStep


T = TypeVar("T", bound="Nonconformance")


@_attrs_define
class Nonconformance:
    """A claim about `quantity` of one lot: rejected at an inspection, or accepted and found bad later.

    `reworked`, `conceded`, `returned` and `replaced` say what was carried out of the dispositions.

    """

    id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    order_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    inspection_id: str
    """ Opaque identifier: a prefix that tells the kind, then 32 hexadecimal digits. """
    origin: str
    """ `rejection` by an inspection, or `complaint` about accepted pieces. """
    state: str
    """ Present state; how it can go on is listed by `listStateMachines`. """
    state_label: str
    """ Label of the state, in the language of `Accept-Language`. """
    allowed_actions: list[str]
    """ Names of the operations that the caller may take now. """
    blocked_actions: list[Blocked]
    """ Actions that belong to this state but cannot be taken now, each with the reason. """
    etag: str
    """ Strong entity tag, quotes included; send it back as `If-Match`. """
    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    quantity: str
    """ Exact decimal. """
    disposition: None | str
    """ That of the whole quantity; null where it is split. """
    dispositions: list[DispositionOut]
    """ What becomes of the pieces, by quantity. """
    reworked: str
    """ Exact decimal. """
    conceded: str
    """ Exact decimal. """
    returned: str
    """ Exact decimal. """
    replaced: str
    """ Exact decimal. """
    due_at: datetime.datetime | None
    """ When the supplier's next answer is due. """
    overdue: bool
    """ Whether an answer is due and has not come. """
    defects: list[Defect]
    """ What is wrong, by code and quantity. """
    steps: list[NonconformanceStep]
    """ What was done and said, oldest first. """
    created_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    updated_at: datetime.datetime
    """ RFC 3339 instant with a zone. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        order_id = self.order_id

        inspection_id = self.inspection_id

        origin = self.origin

        state = self.state

        state_label = self.state_label

        allowed_actions = self.allowed_actions

        blocked_actions = []
        for blocked_actions_item_data in self.blocked_actions:
            blocked_actions_item = blocked_actions_item_data.to_dict()
            blocked_actions.append(blocked_actions_item)

        etag = self.etag

        line_no = self.line_no

        lot = self.lot

        quantity = self.quantity

        disposition: None | str
        disposition = self.disposition

        dispositions = []
        for dispositions_item_data in self.dispositions:
            dispositions_item = dispositions_item_data.to_dict()
            dispositions.append(dispositions_item)

        reworked = self.reworked

        conceded = self.conceded

        returned = self.returned

        replaced = self.replaced

        due_at: None | str
        if isinstance(self.due_at, datetime.datetime):
            due_at = self.due_at.isoformat()
        else:
            due_at = self.due_at

        overdue = self.overdue

        defects = []
        for defects_item_data in self.defects:
            defects_item = defects_item_data.to_dict()
            defects.append(defects_item)

        steps = []
        for steps_item_data in self.steps:
            steps_item = steps_item_data.to_dict()
            steps.append(steps_item)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "order_id": order_id,
                "inspection_id": inspection_id,
                "origin": origin,
                "state": state,
                "state_label": state_label,
                "allowed_actions": allowed_actions,
                "blocked_actions": blocked_actions,
                "etag": etag,
                "line_no": line_no,
                "lot": lot,
                "quantity": quantity,
                "disposition": disposition,
                "dispositions": dispositions,
                "reworked": reworked,
                "conceded": conceded,
                "returned": returned,
                "replaced": replaced,
                "due_at": due_at,
                "overdue": overdue,
                "defects": defects,
                "steps": steps,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.blocked import Blocked  # noqa: PLC0415
        from ..models.defect import Defect  # noqa: PLC0415
        from ..models.disposition_out import DispositionOut  # noqa: PLC0415
        from ..models.nonconformance_step import NonconformanceStep  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        order_id = d.pop("order_id")

        inspection_id = d.pop("inspection_id")

        origin = d.pop("origin")

        state = d.pop("state")

        state_label = d.pop("state_label")

        allowed_actions = cast(list[str], d.pop("allowed_actions"))

        blocked_actions = []
        _blocked_actions = d.pop("blocked_actions")
        for blocked_actions_item_data in _blocked_actions:
            blocked_actions_item = Blocked.from_dict(blocked_actions_item_data)

            blocked_actions.append(blocked_actions_item)

        etag = d.pop("etag")

        line_no = d.pop("line_no")

        lot = d.pop("lot")

        quantity = d.pop("quantity")

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

        reworked = d.pop("reworked")

        conceded = d.pop("conceded")

        returned = d.pop("returned")

        replaced = d.pop("replaced")

        def _parse_due_at(data: object) -> datetime.datetime | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                due_at_type_0 = datetime.datetime.fromisoformat(data)

                return due_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None, data)

        due_at = _parse_due_at(d.pop("due_at"))

        overdue = d.pop("overdue")

        defects = []
        _defects = d.pop("defects")
        for defects_item_data in _defects:
            defects_item = Defect.from_dict(defects_item_data)

            defects.append(defects_item)

        steps = []
        _steps = d.pop("steps")
        for steps_item_data in _steps:
            steps_item = NonconformanceStep.from_dict(steps_item_data)

            steps.append(steps_item)

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))

        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))

        built_ = cls(
            id=id,
            order_id=order_id,
            inspection_id=inspection_id,
            origin=origin,
            state=state,
            state_label=state_label,
            allowed_actions=allowed_actions,
            blocked_actions=blocked_actions,
            etag=etag,
            line_no=line_no,
            lot=lot,
            quantity=quantity,
            disposition=disposition,
            dispositions=dispositions,
            reworked=reworked,
            conceded=conceded,
            returned=returned,
            replaced=replaced,
            due_at=due_at,
            overdue=overdue,
            defects=defects,
            steps=steps,
            created_at=created_at,
            updated_at=updated_at,
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
