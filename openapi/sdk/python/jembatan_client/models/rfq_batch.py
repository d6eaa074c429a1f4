from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.rfq_batch_mode import RfqBatchMode, check_rfq_batch_mode
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.rfq_create import RfqCreate


T = TypeVar("T", bound="RfqBatch")


@_attrs_define
class RfqBatch:
    """RFQs as `createRfq` takes them. With `publish` each is published as well, or not made."""

    mode: RfqBatchMode
    """ `all_or_nothing`: one that fails undoes all. `per_item`: what succeeds is kept. """
    rfqs: list[RfqCreate]
    """ The RFQs, each as `createRfq` takes it. """
    publish: bool | Unset = False
    """ Whether each is published at once; else they stay drafts. """

    def to_dict(self) -> dict[str, Any]:
        mode: str = self.mode

        rfqs = []
        for rfqs_item_data in self.rfqs:
            rfqs_item = rfqs_item_data.to_dict()
            rfqs.append(rfqs_item)

        publish = self.publish

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "mode": mode,
                "rfqs": rfqs,
            }
        )
        if publish is not UNSET:
            field_dict["publish"] = publish

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rfq_create import RfqCreate  # noqa: PLC0415

        d = dict(src_dict)
        mode = check_rfq_batch_mode(d.pop("mode"))

        rfqs = []
        _rfqs = d.pop("rfqs")
        for rfqs_item_data in _rfqs:
            rfqs_item = RfqCreate.from_dict(rfqs_item_data)

            rfqs.append(rfqs_item)

        publish = d.pop("publish", UNSET)

        built_ = cls(
            mode=mode,
            rfqs=rfqs,
            publish=publish,
        )

        return built_
