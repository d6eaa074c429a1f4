from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from ..models.lot_sample import LotSample


T = TypeVar("T", bound="InspectedLot")


@_attrs_define
class InspectedLot:
    """What the recordings add up to; `open` has yet to be inspected.

    `verdict` is that on the sample, null without one and while it is not whole; `nonconforming` is the least number of
    units
    that it showed nonconforming.

    """

    line_no: int
    """ Number of the line, the same in RFQ, quotes, award and order; null when it is about the whole. """
    lot: str
    """ The supplier's name of the lot. """
    received: str
    """ Exact decimal. """
    accepted: str
    """ Exact decimal. """
    rejected: str
    """ Exact decimal. """
    open_: str
    """ Exact decimal. """
    sample: LotSample | None
    verdict: None | str
    """ Whether the sample passed; null while none was judged.

    Known values: passed, failed. """
    nonconforming: str
    """ Exact decimal. """
    conceded: bool
    """ Whether the lot was accepted by concession although its sample failed. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.lot_sample import LotSample  # noqa: PLC0415

        line_no = self.line_no

        lot = self.lot

        received = self.received

        accepted = self.accepted

        rejected = self.rejected

        open_ = self.open_

        sample: dict[str, Any] | None
        if isinstance(self.sample, LotSample):
            sample = self.sample.to_dict()
        else:
            sample = self.sample

        verdict: None | str
        verdict = self.verdict

        nonconforming = self.nonconforming

        conceded = self.conceded

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "line_no": line_no,
                "lot": lot,
                "received": received,
                "accepted": accepted,
                "rejected": rejected,
                "open": open_,
                "sample": sample,
                "verdict": verdict,
                "nonconforming": nonconforming,
                "conceded": conceded,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.lot_sample import LotSample  # noqa: PLC0415

        d = dict(src_dict)
        line_no = d.pop("line_no")

        lot = d.pop("lot")

        received = d.pop("received")

        accepted = d.pop("accepted")

        rejected = d.pop("rejected")

        open_ = d.pop("open")

        def _parse_sample(data: object) -> LotSample | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sample_type_0 = LotSample.from_dict(data)

                return sample_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LotSample | None, data)

        sample = _parse_sample(d.pop("sample"))

        def _parse_verdict(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        verdict = _parse_verdict(d.pop("verdict"))

        nonconforming = d.pop("nonconforming")

        conceded = d.pop("conceded")

        built_ = cls(
            line_no=line_no,
            lot=lot,
            received=received,
            accepted=accepted,
            rejected=rejected,
            open_=open_,
            sample=sample,
            verdict=verdict,
            nonconforming=nonconforming,
            conceded=conceded,
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
